//! The fields of a form that are the company's own: filled in on the deal's page. No method here is a partner's.

use domain::commands::SaveCompanyAnswers;
use domain::deals::{Deal, DealFact};
use domain::errors::ConflictView;
use domain::forms::{Answers, Context, FieldKey, FormDefinition, RawAnswers, validate_company};
use domain::people::CompanyRight;
use domain::views::CompanyPart;
use store::company_answers::{self, CompanyAnswers};
use store::{Conn, JsonText, Tx};

use super::record::Recorder;
use super::registrar::{form_of, uploaded};
use crate::{CompanyAccess, ServiceError};

impl CompanyAccess {
    /// Keeps what the company answers about a deal; gives the version of its answers. Nobody of the partner hears of it.
    pub async fn save_company_answers(
        &self,
        command: SaveCompanyAnswers,
    ) -> Result<i64, ServiceError> {
        let sized = command.answers.check_size();
        sized.map_err(|_| ServiceError::TooLarge)?;
        self.write(CompanyRight::Decide, command, |tx, recorder, command| {
            Box::pin(async move {
                let deal = recorder.load(tx, command.deal).await?;
                let form = form_of(tx, deal.form_version).await?.definition.0;
                let before = company_answers::find(tx, deal.company, deal.id).await?;
                let version = before.as_ref().map_or(0, |before| before.version);
                if version != command.version {
                    return Err(stale(tx, before).await?);
                }
                let mut context = recorder.company_context(tx, &deal).await?;
                let answers = &command.answers;
                context.customers = recorder.company_customers(tx, &form, answers).await?;
                let posted = (&command.answers, before);
                recorder.save_own(tx, &deal, &form, &context, posted).await
            })
        })
        .await
    }
}

impl Recorder {
    /// What rules may look at when the company fills in its part of a deal.
    async fn company_context(&self, conn: &mut Conn, deal: &Deal) -> Result<Context, ServiceError> {
        let membership = store::memberships::find(conn, deal.membership).await?;
        let partner = store::partners::find(conn, deal.partner).await?;
        let country = partner.map(|partner| partner.country);
        Ok(Context {
            tier: membership.and_then(|membership| membership.tier_id),
            partner_country: country.filter(|country| !country.is_empty()),
            files: uploaded(conn, deal).await?,
            ..Context::on(self.now.date())
        })
    }

    /// Judges and keeps the answers over those that were there. The fact says which fields, and no version of the deal counts it.
    async fn save_own(
        &self,
        tx: &mut Tx,
        deal: &Deal,
        form: &FormDefinition,
        context: &Context,
        (raw, before): (&RawAnswers, Option<CompanyAnswers>),
    ) -> Result<i64, ServiceError> {
        let answers = validate_company(form, &deal.answers, raw, context)?;
        let (was, version) = before.map_or_else(Default::default, |before| {
            (before.answers.0, before.version)
        });
        let fields = changed(&was, &answers);
        if fields.is_empty() {
            return Ok(version);
        }
        let row = CompanyAnswers {
            deal_id: deal.id,
            company_id: deal.company,
            answers: JsonText(answers),
            changed_by: self.user()?,
            changed_at: self.now,
            version,
        };
        let version = company_answers::save(tx, &row).await?;
        let fact = DealFact::CompanyAnswersChanged { fields };
        self.note(tx, deal, deal.version, fact).await?;
        Ok(version)
    }

    /// Keeps what a file of deals says in the company's own fields.
    pub(super) async fn import_own(
        &self,
        tx: &mut Tx,
        deal: &Deal,
        form: &FormDefinition,
        (raw, context): (&RawAnswers, &Context),
    ) -> Result<(), ServiceError> {
        if form.company_keys().is_empty() {
            return Ok(());
        }
        self.save_own(tx, deal, form, context, (raw, None)).await?;
        Ok(())
    }

    /// The company's part of a deal's page; nothing where the form has none.
    pub(super) async fn company_part(
        &self,
        conn: &mut Conn,
        deal: &Deal,
        may_edit: bool,
    ) -> Result<Option<CompanyPart>, ServiceError> {
        let form = form_of(conn, deal.form_version).await?.definition.0;
        let keys = form.company_keys();
        if keys.is_empty() {
            return Ok(None);
        }
        let own = company_answers::find(conn, deal.company, deal.id).await?;
        let context = self.company_context(conn, deal).await?;
        let (answers, version) =
            own.map_or_else(Default::default, |own| (own.answers.0, own.version));
        Ok(Some(CompanyPart {
            form: form.for_company(),
            keys,
            given: deal.answers.clone(),
            answers,
            files: context.files,
            today: context.today,
            tier: context.tier.map(|tier| tier.to_string()),
            partner_country: context.partner_country.unwrap_or_default(),
            version,
            may_edit,
        }))
    }
}

/// Puts the company's own answers beside those of the partner: for the company's eyes only.
pub(super) async fn with_own_answers(conn: &mut Conn, deal: &mut Deal) -> Result<(), ServiceError> {
    if let Some(own) = company_answers::find(conn, deal.company, deal.id).await? {
        deal.answers.0.extend(own.answers.0.0);
    }
    Ok(())
}

fn changed(before: &Answers, now: &Answers) -> Vec<FieldKey> {
    let mut keys: Vec<FieldKey> = before.0.keys().chain(now.0.keys()).cloned().collect();
    keys.sort();
    keys.dedup();
    keys.retain(|key| before.get(key) != now.get(key));
    keys
}

/// Who saved the company's answers meanwhile, and when.
async fn stale(
    conn: &mut Conn,
    before: Option<CompanyAnswers>,
) -> Result<ServiceError, ServiceError> {
    let Some(before) = before else {
        return Ok(ServiceError::Stale);
    };
    let by = before.changed_by;
    let names = store::accounts::users::list_names(conn, Some(by)).await?;
    Ok(ServiceError::Conflict(ConflictView {
        current_version: before.version,
        who: names.get(&by).cloned().unwrap_or_default(),
        at: before.changed_at,
        what: "changed the company\u{2019}s own answers".to_owned(),
    }))
}
