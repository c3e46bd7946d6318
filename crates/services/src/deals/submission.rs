//! Register a Deal: once, however often it is sent.

use std::collections::BTreeSet;

use domain::commands::{ResubmitDeal, SubmitDeal};
use domain::deals::{Deal, OpenFields, Refusal, RegistrationStatus};
use domain::forms::{
    Context, FieldKey, FormDefinition, RawAnswers, says, states, validate, validate_only,
};
use domain::people::PartnerRight;
use domain::views::DealConfirmation;
use domain::{DealId, FormVersionId};
use serde::{Deserialize, Serialize};
use store::Tx;

use super::record::number_text;
use super::registrar::{Registrar, current_form, form_of, uploaded};
use crate::{PartnerAccess, ServiceError};

/// A form that was replaced while somebody was filling it is still taken for this long.
const GRACE_HOURS: i64 = 24;

/// What became of a submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Submitted {
    /// The deal is registered now.
    Now(DealId),
    /// The same form was sent before: nothing changed.
    Before(DealId),
}

impl Submitted {
    pub fn deal(&self) -> DealId {
        match self {
            Self::Now(deal) | Self::Before(deal) => *deal,
        }
    }
}

/// A deal that is registered, now or before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registered {
    pub deal: DealId,
    /// `ALT-1042`.
    pub number: String,
    pub version: i64,
    /// Whether the same form was sent before.
    pub before: bool,
}

impl PartnerAccess {
    /// Registers the deal of that key.
    pub async fn submit_deal(&self, command: SubmitDeal) -> Result<Submitted, ServiceError> {
        let registered = self.register_deal(command).await?;
        Ok(if registered.before {
            Submitted::Before(registered.deal)
        } else {
            Submitted::Now(registered.deal)
        })
    }

    /// Registers a draft that several people may have open: refused when somebody saved it after `seen`, its version as whoever sends
    /// it last saw it. Who does not say what they saw is alone.
    pub async fn submit_draft(
        &self,
        command: SubmitDeal,
        seen: Option<i64>,
    ) -> Result<DealId, ServiceError> {
        let registered = self.register_as_seen(command, seen).await?;
        Ok(registered.deal)
    }

    /// The same, with what the deal is known by.
    pub async fn register_deal(&self, command: SubmitDeal) -> Result<Registered, ServiceError> {
        self.register_as_seen(command, None).await
    }

    async fn register_as_seen(
        &self,
        command: SubmitDeal,
        seen: Option<i64>,
    ) -> Result<Registered, ServiceError> {
        self.require(PartnerRight::Register)?;
        command
            .answers
            .check_size()
            .map_err(|_| ServiceError::TooLarge)?;
        let registrar = self.registrar().await?;
        self.services
            .db()
            .write(move |tx| {
                let (registrar, command) = (registrar.clone(), command.clone());
                Box::pin(async move {
                    // First of all locks: the number is taken from this row after others are held.
                    store::programs::lock(tx, registrar.recorder.program.id).await?;
                    let registrar = registrar.fresh(tx).await?;
                    if let Some(registered) = registrar.recorder.done_before(tx).await? {
                        return Ok(registered);
                    }
                    if let Some(seen) = seen {
                        let key = &command.submit_key;
                        registrar.check_seen(tx, key, seen).await?;
                    }
                    let registered = registrar.submit(tx, &command).await?;
                    let written = registrar.recorder.written(&registered)?;
                    registrar.recorder.keep_done(tx, written).await?;
                    Ok(registered)
                })
            })
            .await
    }

    /// Answers the company's questions; only the named fields may differ.
    pub async fn resubmit_deal(&self, command: ResubmitDeal) -> Result<i64, ServiceError> {
        self.resubmit_shared(command, None).await
    }

    /// The same, where several people may have the answer open: refused when somebody saved more than `base`, what whoever sends it
    /// last knew. Who does not say what they knew is alone.
    pub async fn resubmit_shared(
        &self,
        command: ResubmitDeal,
        base: Option<RawAnswers>,
    ) -> Result<i64, ServiceError> {
        self.require(PartnerRight::Register)?;
        for answers in [Some(&command.answers), base.as_ref()]
            .into_iter()
            .flatten()
        {
            answers.check_size().map_err(|_| ServiceError::TooLarge)?;
        }
        let registrar = self.registrar().await?;
        self.services
            .db()
            .write(move |tx| {
                let (registrar, command) = (registrar.clone(), command.clone());
                let base = base.clone();
                Box::pin(async move {
                    let registrar = registrar.fresh(tx).await?;
                    registrar.resubmit(tx, &command, base.as_ref()).await
                })
            })
            .await
    }

    /// What is said after registering.
    pub async fn confirmation(&self, deal: DealId) -> Result<DealConfirmation, ServiceError> {
        self.require(PartnerRight::ViewDeals)?;
        let deal = self
            .recorder()
            .load(&mut self.services.read().await?, deal)
            .await?;
        let submission = deal
            .registration
            .submission()
            .ok_or(ServiceError::NotFound)?;
        Ok(DealConfirmation {
            deal: deal.id,
            number: number_text(&self.program.number_prefix, deal.number),
            submitted_at: submission.at,
            due_at: submission.due_at,
            customer: deal.summary.customer,
        })
    }
}

impl Registrar {
    fn registered(&self, deal: &Deal, version: i64, before: bool) -> Registered {
        Registered {
            deal: deal.id,
            number: number_text(&self.recorder.program.number_prefix, deal.number),
            version,
            before,
        }
    }

    pub(super) async fn submit(
        &self,
        tx: &mut Tx,
        command: &SubmitDeal,
    ) -> Result<Registered, ServiceError> {
        let known =
            store::deals::find_by_key_locked(tx, self.membership, &command.submit_key).await?;
        if let Some(deal) = &known
            && !matches!(deal.status(), RegistrationStatus::Draft)
        {
            return Ok(self.registered(deal, deal.version, true));
        }
        if !self.recorder.program.submissions_open {
            return Err(Refusal::SubmissionsClosed.into());
        }
        let version = self.accepted_form(tx, command.form_version).await?;
        let form = form_of(tx, version).await?;
        let files = match &known {
            Some(deal) => uploaded(tx, deal).await?,
            None => Vec::new(),
        };
        let form = &form.definition.0;
        let given = known.as_ref().map(|deal| deal.answers.clone());
        let mut context = self
            .context_of(tx, form, &files, &given.unwrap_or_default())
            .await?;
        context.customers = self.customers_of(tx, form, &command.answers).await?;
        let answers = validate(form, &command.answers, &context)?;
        let (mut draft, _) = self.draft(tx, &command.submit_key, Some(version)).await?;
        if draft.status() != RegistrationStatus::Draft {
            return Ok(self.registered(&draft, draft.version, true));
        }
        draft.form_version = version;
        let number = store::deals::take_number(tx, self.recorder.program.id).await?;
        let user = self.recorder.user()?;
        let (deal, fact) = draft.submit(
            answers,
            number,
            &self.recorder.program,
            user,
            self.recorder.now,
        )?;
        self.recorder.take_unique(tx, form, &deal).await?;
        store::deals::save_raw(tx, deal.id, None).await?;
        let version = self.recorder.keep(tx, &deal, fact).await?;
        if self.imported {
            let own = (&command.answers, &context);
            self.recorder.import_own(tx, &deal, form, own).await?;
        }
        Ok(self.registered(&deal, version, false))
    }

    /// The current form, or one that was current until a moment ago: a draft, too, is opened again in the current one.
    async fn accepted_form(
        &self,
        tx: &mut Tx,
        filled: FormVersionId,
    ) -> Result<FormVersionId, ServiceError> {
        let current = current_form(tx, self).await?;
        if current.id == filled {
            return Ok(filled);
        }
        let older = form_of(tx, filled).await?;
        if older.program_id != self.recorder.program.id {
            return Err(ServiceError::NotFound);
        }
        // What was published since does not bring it back.
        let replaced = store::forms::find_replaced_at(tx, older.program_id, older.number).await?;
        if replaced.is_some_and(|at| at.plus_hours(GRACE_HOURS) > self.recorder.now) {
            Ok(filled)
        } else {
            Err(ServiceError::Stale)
        }
    }

    async fn resubmit(
        &self,
        tx: &mut Tx,
        command: &ResubmitDeal,
        base: Option<&RawAnswers>,
    ) -> Result<i64, ServiceError> {
        let deal = self
            .recorder
            .load_at(tx, command.deal, command.version)
            .await?;
        // Nothing was asked: that is the answer, whatever the fields hold.
        if deal.status() != RegistrationStatus::NeedsInfo {
            return Err(Refusal::AlreadySubmitted.into());
        }
        let form = form_of(tx, deal.form_version).await?;
        let form = &form.definition.0;
        if let Some(base) = base {
            let said = (base, &command.answers);
            self.check_known(tx, &deal, form, said).await?;
        }
        let files = uploaded(tx, &deal).await?;
        let mut context = self.context_of(tx, form, &files, &deal.answers).await?;
        let recorder = &self.recorder;
        context.customers = recorder
            .partner_customers(tx, &deal, form, &command.answers)
            .await?;
        let answers = match deal.open_fields() {
            OpenFields::All => validate(form, &command.answers, &context)?,
            OpenFields::Only(fields) => {
                let open = form.opened(fields);
                let raw = only_open(&deal, form, &command.answers, &open, &context);
                validate_only(form, &open, &deal.answers, &raw, &context)?
            }
        };
        let (user, now) = (self.recorder.user()?, self.recorder.now);
        let (deal, fact) = deal
            .resubmit(answers, &command.note, &self.recorder.program, user, now)
            .map_err(ServiceError::at_note)?;
        self.recorder.take_unique(tx, form, &deal).await?;
        store::deals::save_raw(tx, deal.id, None).await?;
        self.recorder.keep(tx, &deal, fact).await
    }
}

/// A closed field that is sent with the answer it has is no change: a plain form sends its read-only inputs too.
fn only_open(
    deal: &Deal,
    form: &FormDefinition,
    posted: &RawAnswers,
    open: &BTreeSet<FieldKey>,
    context: &Context,
) -> RawAnswers {
    let mut raw = posted.clone();
    for state in states(form, posted, context) {
        let key = &state.field.key;
        let kept = deal.answers.get(key);
        if state.field.traits.read_only {
            raw.remove(key);
        }
        // Of what is the company's to answer, what stands in the deal says nothing of what was posted.
        if !state.field.partner_edits() {
            if says(state.field, posted, kept, context) {
                raw.remove(key);
            }
            continue;
        }
        if !open.contains(key) && kept.is_some() && state.answer.ok().flatten().as_ref() == kept {
            raw.remove(key);
        }
    }
    raw
}
