//! Which customers somebody may choose while a form is filled in, and which posted ids are therefore accepted.

use domain::CustomerId;
use domain::deals::Deal;
use domain::forms::{Answer, FieldKind, FormDefinition, KnownCustomer, RawAnswers, SystemField};
use domain::people::{CompanyRight, PartnerRight};
use domain::views::CustomerChoice;
use store::{Conn, known_customers};

use super::record::Recorder;
use super::registrar::{Registrar, form_of};
use crate::{CompanyAccess, PartnerAccess, ServiceError};

/// Shown at once.
const SHOWN: i64 = 20;

impl PartnerAccess {
    /// The customers of the partner's own deals in the program, narrowed by name; at most 20.
    pub async fn known_customers(&self, search: &str) -> Result<Vec<CustomerChoice>, ServiceError> {
        self.require(PartnerRight::Register)?;
        let mut conn = self.services.read().await?;
        Ok(known_customers::list_of_membership(&mut conn, self.membership, search, SHOWN).await?)
    }

    /// The same for the form's page, before anything is typed; nothing where the form asks for no customer so.
    pub(super) async fn first_customers(
        &self,
        conn: &mut Conn,
        form: &FormDefinition,
    ) -> Result<Vec<CustomerChoice>, ServiceError> {
        if form.fields.iter().all(|f| f.kind != FieldKind::Customer) {
            return Ok(Vec::new());
        }
        Ok(known_customers::list_of_membership(conn, self.membership, "", SHOWN).await?)
    }
}

impl CompanyAccess {
    /// The company's customers, narrowed by name; at most 20.
    pub async fn known_customers(&self, search: &str) -> Result<Vec<CustomerChoice>, ServiceError> {
        self.require(CompanyRight::ViewDeals)?;
        let mut conn = self.services.read().await?;
        Ok(known_customers::list_of_company(&mut conn, self.company, search, SHOWN).await?)
    }
}

impl Registrar {
    /// Those of the posted customers that the partner may know.
    pub(super) async fn customers_of(
        &self,
        conn: &mut Conn,
        form: &FormDefinition,
        raw: &RawAnswers,
    ) -> Result<Option<Vec<KnownCustomer>>, ServiceError> {
        let mut known = Vec::new();
        for id in posted(form, raw) {
            known.extend(known_customers::find_of_membership(conn, self.membership, id).await?);
        }
        Ok(Some(known))
    }
}

impl Recorder {
    /// Those that the deal has already, whoever chose them, and those of the posted ones that its partner may know.
    pub(super) async fn partner_customers(
        &self,
        conn: &mut Conn,
        deal: &Deal,
        form: &FormDefinition,
        raw: &RawAnswers,
    ) -> Result<Option<Vec<KnownCustomer>>, ServiceError> {
        let chosen = deal.answers.0.values().filter_map(|answer| match answer {
            Answer::Customer { id, name } => Some(KnownCustomer {
                id: *id,
                name: name.clone(),
            }),
            _ => None,
        });
        let mut known: Vec<KnownCustomer> = chosen.collect();
        for id in posted(form, raw) {
            let membership = deal.membership;
            known.extend(known_customers::find_of_membership(conn, membership, id).await?);
        }
        Ok(Some(known))
    }

    /// Those of the posted customers that are the company's.
    pub(super) async fn company_customers(
        &self,
        conn: &mut Conn,
        form: &FormDefinition,
        raw: &RawAnswers,
    ) -> Result<Option<Vec<KnownCustomer>>, ServiceError> {
        let mut known = Vec::new();
        for id in posted(form, raw) {
            let company = self.program.company;
            known.extend(known_customers::find_of_company(conn, company, id).await?);
        }
        Ok(Some(known))
    }
}

/// What can be an id at all, each once.
fn posted(form: &FormDefinition, raw: &RawAnswers) -> Vec<CustomerId> {
    let asked = form.fields.iter().filter(|f| f.kind == FieldKind::Customer);
    let mut ids: Vec<CustomerId> = asked
        .filter_map(|field| raw.customer_id(&field.key)?.trim().parse().ok())
        .collect();
    ids.sort();
    ids.dedup();
    ids
}

/// The customer that was chosen as the deal's own, if it is still there; nobody takes it away until the transaction ends.
pub(super) async fn chosen_customer(
    conn: &mut Conn,
    deal: &Deal,
) -> Result<Option<CustomerId>, ServiceError> {
    let mut answers = deal.answers.0.values();
    if !answers.any(|answer| matches!(answer, Answer::Customer { .. })) {
        return Ok(None);
    }
    let form = form_of(conn, deal.form_version).await?.definition.0;
    let own = form.system(SystemField::Customer);
    match own.and_then(|field| deal.answers.get(&field.key)) {
        Some(Answer::Customer { id, .. }) => {
            Ok(store::customers::find_held(conn, deal.company, *id).await?)
        }
        _ => Ok(None),
    }
}
