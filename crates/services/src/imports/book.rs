//! Everything that rows are judged by, loaded once for a few steps: the form, the stages, the partners.

use std::collections::BTreeMap;

use domain::customer::BusinessKey;
use domain::deals::Refusal;
use domain::forms::{Context, FormDefinition, validate, validate_company};
use domain::imports::{Mapping, Member, Names, ReadRow, Reader, RowFault, SampleDeal, bounded};
use domain::pipeline::Pipeline;
use domain::{Currency, Date, MembershipId, Money, TierId, UserId};
use store::Conn;
use store::imports::Import;

use super::scan::Record;
use crate::deals::NewDeal;
use crate::{CompanyAccess, ServiceError};

pub(super) struct Book {
    form: FormDefinition,
    pipeline: Pipeline,
    names: Names,
    partners: BTreeMap<MembershipId, Partner>,
    mapping: Mapping,
    headings: Vec<String>,
    currency: Currency,
    today: Date,
}

struct Partner {
    name: String,
    tier: Option<TierId>,
    country: String,
    owner: Option<UserId>,
}

/// A row that can become a deal, and the business that it is about.
pub(super) struct Judged {
    pub row: ReadRow,
    pub business: BusinessKey,
    customer: String,
    value: Money,
}

/// Or what is wrong with the row.
pub(super) type Verdict = Result<Judged, Vec<RowFault>>;

impl Book {
    pub async fn open(
        conn: &mut Conn,
        access: &CompanyAccess,
        import: &Import,
    ) -> Result<Self, ServiceError> {
        let (company, program) = (access.company, access.program.id);
        let form = store::forms::find_version(conn, import.form_version_id).await?;
        let form = form.ok_or(ServiceError::NotFound)?.definition.0;
        let pipeline = store::pipelines::get(conn, company, program).await?;
        let mut owners = BTreeMap::new();
        for (membership, user) in store::memberships::list_owners(conn, company, program).await? {
            owners.entry(membership).or_insert(user);
        }
        let (mut members, mut partners) = (Vec::new(), BTreeMap::new());
        for line in store::memberships::list_by_program(conn, company, program).await? {
            let membership = line.membership;
            let id = membership.id;
            let owner = owners.get(&id).copied();
            members.push(Member {
                membership: id,
                partner: membership.partner_id.to_string(),
                name: line.partner_name.clone(),
                status: membership.status,
                has_owner: owner.is_some(),
            });
            let partner = Partner {
                name: line.partner_name,
                tier: membership.tier_id,
                country: line.partner_country,
                owner,
            };
            partners.insert(id, partner);
        }
        let headings = import
            .headings
            .0
            .iter()
            .map(|column| column.heading.clone());
        Ok(Self {
            names: Names::new(&form, members),
            form,
            pipeline,
            partners,
            mapping: import.mapping.0.clone(),
            headings: headings.collect(),
            currency: access.program.currency,
            today: access.services.now().date(),
        })
    }

    /// Reads the row and judges it as its partner's registration. All that is wrong with it is told together.
    pub fn judge(&self, record: &Record) -> Verdict {
        let reader = Reader {
            form: &self.form,
            pipeline: &self.pipeline,
            names: &self.names,
            mapping: &self.mapping,
            headings: &self.headings,
            currency: self.currency,
        };
        let reading = reader.read(&record.cells);
        let context = self.context(reading.membership);
        let answers = match validate(&self.form, &reading.answers, &context) {
            Ok(answers) => answers,
            Err(errors) => {
                let refused = reader.answer_faults(&reading, &errors);
                let mut faults = reading.faults;
                faults.extend(refused);
                return Err(bounded(faults));
            }
        };
        if let Err(errors) =
            validate_company(&self.form, answers.answers(), &reading.answers, &context)
        {
            let refused = reader.answer_faults(&reading, &errors);
            let mut faults = reading.faults;
            faults.extend(refused);
            return Err(bounded(faults));
        }
        let row = reading.whole().map_err(bounded)?;
        let system = answers.system();
        Ok(Judged {
            row,
            business: BusinessKey::new(&system.customer, system.domain.as_deref()),
            customer: system.customer.clone(),
            value: system.value,
        })
    }

    /// What a form may ask of that partner; without one what it asks of everybody.
    fn context(&self, membership: Option<MembershipId>) -> Context {
        let partner = membership.and_then(|membership| self.partners.get(&membership));
        let country = partner.map(|partner| partner.country.clone());
        Context {
            tier: partner.and_then(|partner| partner.tier),
            partner_country: country.filter(|country| !country.is_empty()),
            imported: true,
            ..Context::on(self.today)
        }
    }

    /// The row at that line as the deal that it becomes.
    pub fn sample(&self, line: i64, judged: &Judged) -> SampleDeal {
        let partner = self.partners.get(&judged.row.membership);
        let (stage, hue) = judged.row.landing.shown(&self.pipeline);
        SampleDeal {
            line,
            customer: judged.customer.clone(),
            value: judged.value,
            partner: partner
                .map(|partner| partner.name.clone())
                .unwrap_or_default(),
            stage,
            hue,
        }
    }

    /// The deal that a row of that number becomes.
    pub fn new_deal(
        &self,
        import: &Import,
        number: i64,
        row: ReadRow,
    ) -> Result<NewDeal, ServiceError> {
        let partner = self.partners.get(&row.membership);
        let partner = partner.ok_or(ServiceError::NotFound)?;
        Ok(NewDeal {
            key: format!("{}-{number}", import.id),
            membership: row.membership,
            country: partner.country.clone(),
            // The reader let no row through whose partner has nobody.
            owner: partner.owner.ok_or(Refusal::MayNotWorkDeals)?,
            form: import.form_version_id,
            answers: row.answers,
            landing: row.landing,
            confirm_win: self.mapping.confirm_wins,
            // The partner reads it: what the company calls its files is its own.
            why: "Imported by the company".to_owned(),
        })
    }
}
