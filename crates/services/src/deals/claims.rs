//! Two parties on one customer: the own-team list, and what conflicts with a deal.

use domain::commands::AddClaim;
use domain::customer::{BusinessKey, is_free_mail, normalise_domain};
use domain::deals::RegistrationStatus;
use domain::errors::InputFault;
use domain::events::ProgramFact;
use domain::people::{CompanyRight, PartnerRight};
use domain::text::{clean_line, clean_text};
use domain::views::{ClaimView, ConflictHint, CustomerView};
use domain::{ClaimId, CompanyId, DealId};
use store::Conn;
use store::claims::NewClaim;

use super::record::number_text;
use crate::{CompanyAccess, PartnerAccess, ServiceError};

const LIST_LINES: i64 = 500;
/// Characters in a customer's name.
const MAX_NAME: usize = 200;
/// Characters in a note.
const MAX_NOTE: usize = 1_000;

/// Everybody else on the same business, as the company may see it.
pub(super) async fn conflicts(
    conn: &mut Conn,
    company: CompanyId,
    business: &BusinessKey,
    deal: DealId,
) -> Result<Vec<ConflictHint>, ServiceError> {
    let claims = store::claims::matching(conn, company, business).await?;
    let mut hints: Vec<ConflictHint> = claims
        .into_iter()
        .map(|claim| ConflictHint::Claim {
            customer: claim.customer,
            note: claim.note,
            since: claim.at,
        })
        .collect();
    let deals = store::deals::matching_deals(conn, company, business, Some(deal)).await?;
    hints.extend(deals.into_iter().map(|other| ConflictHint::Deal {
        id: other.id,
        number: number_text(&other.number_prefix, other.number),
        customer: other.customer_name,
        partner: other.partner,
        registration: other.registration,
        submitted_at: other.submitted_at,
    }));
    let customers = store::customers::matching(conn, company, business, Some(deal)).await?;
    hints.extend(
        customers
            .into_iter()
            .map(|(name, since)| ConflictHint::Customer { name, since }),
    );
    Ok(hints)
}

impl PartnerAccess {
    /// Whether somebody else may be on that customer already. Says neither who nor what.
    pub async fn may_conflict(
        &self,
        customer: &str,
        site: &str,
        deal: Option<DealId>,
    ) -> Result<bool, ServiceError> {
        self.require(PartnerRight::Register)?;
        let business = BusinessKey::new(&clean_line(customer), Some(site));
        if business.folded_name.is_empty() && business.domain.is_none() {
            return Ok(false);
        }
        let mut conn = self.services.read().await?;
        let others = store::deals::matching_deals(&mut conn, self.company, &business, deal).await?;
        let deals = others.iter().any(|other| {
            other.partner_id != self.partner || other.registration != RegistrationStatus::NeedsInfo
        });
        Ok(deals
            || !store::claims::matching(&mut conn, self.company, &business)
                .await?
                .is_empty()
            || !store::customers::matching(&mut conn, self.company, &business, deal)
                .await?
                .is_empty())
    }
}

impl CompanyAccess {
    /// The own-team list, newest first.
    pub async fn claims(&self) -> Result<Vec<ClaimView>, ServiceError> {
        self.require(CompanyRight::ViewDeals)?;
        Ok(store::claims::list(&mut self.services.read().await?, self.company, LIST_LINES).await?)
    }

    pub async fn add_claim(&self, command: AddClaim) -> Result<ClaimId, ServiceError> {
        self.require(CompanyRight::EditClaims)?;
        let (customer, note) = checked(&command)?;
        let business = BusinessKey::new(&customer, Some(&command.site));
        let given = (customer, note, business);
        let right = CompanyRight::EditClaims;
        self.write(right, given, |tx, recorder, (customer, note, business)| {
            Box::pin(async move {
                let claim = NewClaim {
                    id: recorder.id(),
                    company: recorder.program.company,
                    customer: &customer,
                    business: &business,
                    note: &note,
                    by: recorder.user()?,
                    at: recorder.now,
                };
                store::claims::insert(tx, &claim).await?;
                let id = claim.id;
                let version = recorder.program.version;
                recorder
                    .note_program(tx, version, ProgramFact::ClaimAdded { customer })
                    .await?;
                Ok(id)
            })
        })
        .await
    }

    pub async fn remove_claim(&self, claim: ClaimId) -> Result<(), ServiceError> {
        self.write(CompanyRight::EditClaims, claim, |tx, recorder, claim| {
            Box::pin(async move {
                let removed = store::claims::delete(tx, recorder.program.company, claim).await?;
                let customer = removed.ok_or(ServiceError::NotFound)?;
                let version = recorder.program.version;
                recorder
                    .note_program(tx, version, ProgramFact::ClaimRemoved { customer })
                    .await
            })
        })
        .await
    }

    /// The company's customers, narrowed by name.
    pub async fn customers(&self, search: &str) -> Result<Vec<CustomerView>, ServiceError> {
        self.require(CompanyRight::ViewDeals)?;
        Ok(store::customers::list(
            &mut self.services.read().await?,
            self.company,
            search,
            LIST_LINES,
        )
        .await?)
    }
}

fn checked(command: &AddClaim) -> Result<(String, String), ServiceError> {
    let mut faults = Vec::new();
    let mut fault = |input: &str, text: &str| {
        faults.push(InputFault {
            input: input.into(),
            text: text.into(),
        });
    };
    let customer = clean_line(&command.customer);
    let note = clean_text(&command.note);
    if customer.is_empty() {
        fault("customer", "Enter the customer\u{2019}s name");
    } else if customer.chars().count() > MAX_NAME {
        fault("customer", "Shorten the name to 200 characters or fewer");
    }
    if note.chars().count() > MAX_NOTE {
        fault("note", "Shorten the note to 1,000 characters or fewer");
    }
    match (command.site.trim(), normalise_domain(&command.site)) {
        ("", _) => {}
        (_, None) => fault("site", "Enter a website like example.com"),
        (_, Some(domain)) if is_free_mail(&domain) => {
            fault(
                "site",
                "Enter the customer\u{2019}s own website, not a mail provider\u{2019}s",
            );
        }
        _ => {}
    }
    if faults.is_empty() {
        Ok((customer, note))
    } else {
        Err(ServiceError::Invalid(faults))
    }
}
