//! The fields of a form that the company answers, on the deal's page: its own, and those that both sides see. No method here is
//! a partner's.

use domain::DealId;
use domain::commands::SaveCompanyAnswers;
use domain::deals::{Deal, DealFact};
use domain::errors::ConflictView;
use domain::forms::{
    Answers, Context, FieldErrors, FieldKey, FormDefinition, RawAnswers, ValidAnswers,
    validate_company, validate_shared,
};
use domain::people::CompanyRight;
use domain::views::CompanyPart;
use store::company_answers::{self, CompanyAnswers};
use store::{Conn, JsonText, Tx};

use super::record::{Recorder, conflict};
use super::registrar::{form_of, uploaded};
use crate::{CompanyAccess, ServiceError};

impl CompanyAccess {
    /// The form of that deal, whole.
    pub async fn form_of(&self, id: DealId) -> Result<FormDefinition, ServiceError> {
        self.require(CompanyRight::Decide)?;
        let mut conn = self.services.read().await?;
        let deal = self.recorder().load(&mut conn, id).await?;
        Ok(form_of(&mut conn, deal.form_version).await?.definition.0)
    }

    /// Keeps what the company answers about a deal; gives the version of its own answers. Nobody of the partner hears of those;
    /// of answers that both sides see the partner is told.
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
                context.customers = recorder
                    .company_customers(tx, &form, &command.answers)
                    .await?;
                let (shared, own) = judge(&deal, &form, &command.answers, &context)?;
                let seen = command.deal_version;
                let deal = recorder.save_shared(tx, deal, &form, shared, seen).await?;
                recorder.save_own(tx, &deal, own, before).await
            })
        })
        .await
    }
}

impl Recorder {
    /// What rules may look at when the company fills in its part of a deal, and when a stage asks for more.
    pub(super) async fn company_context(
        &self,
        conn: &mut Conn,
        deal: &Deal,
    ) -> Result<Context, ServiceError> {
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

    /// Puts answers into the deal that both sides see. `seen` is the version of the deal that the change was made on: where nothing
    /// changes, whatever happened since is no matter.
    pub(super) async fn save_shared(
        &self,
        tx: &mut Tx,
        deal: Deal,
        form: &FormDefinition,
        answers: ValidAnswers,
        seen: i64,
    ) -> Result<Deal, ServiceError> {
        if answers.changed_from(&deal.answers).is_empty() {
            return Ok(deal);
        }
        if deal.version != seen {
            return Err(conflict(tx, &deal).await?);
        }
        let (mut deal, fact) = deal.change_answers(answers, self.user()?, self.now)?;
        self.take_unique(tx, form, &deal).await?;
        if !deal.stands() {
            self.settle_unique(tx, &deal).await?;
        }
        deal.version = self.keep(tx, &deal, fact).await?;
        Ok(deal)
    }

    /// Keeps the answers over those that were there. The fact says which fields, and no version of the deal counts it.
    async fn save_own(
        &self,
        tx: &mut Tx,
        deal: &Deal,
        answers: Answers,
        before: Option<CompanyAnswers>,
    ) -> Result<i64, ServiceError> {
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
        let answers = validate_company(form, &deal.answers, raw, context)?;
        self.save_own(tx, deal, answers, None).await?;
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
        let mut keys = form.company_keys();
        let mut shared = form.shared_keys();
        if deal.check_changeable().is_err() {
            shared.clear();
        }
        keys.extend(shared.iter().cloned());
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
            shared,
            given: deal.answers.clone(),
            answers,
            files: context.files,
            today: context.today,
            tier: context.tier.map(|tier| tier.to_string()),
            partner_country: context.partner_country.unwrap_or_default(),
            version,
            deal_version: deal.version,
            may_edit,
        }))
    }
}

/// What of the posted answers goes into the deal, and what is the company's own; or all that is wrong with either.
fn judge(
    deal: &Deal,
    form: &FormDefinition,
    raw: &RawAnswers,
    context: &Context,
) -> Result<(ValidAnswers, Answers), ServiceError> {
    let shared = validate_shared(form, &deal.answers, raw, context);
    let given = shared.as_ref().map_or(&deal.answers, ValidAnswers::answers);
    let own = validate_company(form, given, raw, context);
    match (shared, own) {
        (Ok(shared), Ok(own)) => Ok((shared, own)),
        (shared, own) => {
            let errors = [shared.err(), own.err()].into_iter().flatten();
            let errors = errors.flat_map(|errors| errors.0).collect();
            Err(ServiceError::Fields(FieldErrors(errors)))
        }
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
