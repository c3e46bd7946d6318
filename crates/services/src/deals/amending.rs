//! The partner changes answers of a deal that is approved and open. One rule for the page and for the API.

use domain::DealId;
use domain::commands::{AmendDeal, ChangeAnswers, ResubmitDeal};
use domain::deals::{Deal, EntryFacts, Refusal, RegistrationStatus, missing};
use domain::forms::{
    Context, FieldError, FieldErrors, FieldProblem, FormDefinition, RawAnswers, ValidAnswers,
    validate_amended, with_changes,
};
use domain::people::PartnerRight;
use domain::views::AmendPart;
use store::{Conn, Tx};

use super::record::{Recorder, number_text};
use super::registrar::form_of;
use crate::{PartnerAccess, ServiceError};

impl PartnerAccess {
    /// The answers of that deal and which of them may be changed; or why none may.
    pub async fn amend_part(&self, id: DealId) -> Result<AmendPart, ServiceError> {
        self.require(PartnerRight::Register)?;
        let mut conn = self.services.read().await?;
        let recorder = self.recorder();
        let deal = recorder.load(&mut conn, id).await?;
        deal.check_amendable(self.services.now())?;
        let form = form_of(&mut conn, deal.form_version).await?.definition.0;
        let context = recorder.company_context(&mut conn, &deal).await?;
        Ok(AmendPart {
            deal: id,
            customer: deal.summary.customer.clone(),
            number: number_text(&self.program.number_prefix, deal.number),
            version: deal.version,
            open: form.amendable_keys(),
            form: form.for_partner(),
            given: deal.answers,
            files: context.files,
            today: context.today,
            tier: context.tier.map(|tier| tier.to_string()),
            partner_country: context.partner_country.unwrap_or_default(),
        })
    }

    /// Puts other answers in a deal that is approved and open; gives its version, which is the old one where nothing changes.
    pub async fn amend_deal(&self, command: AmendDeal) -> Result<i64, ServiceError> {
        let sized = command.answers.check_size();
        sized.map_err(|_| ServiceError::TooLarge)?;
        self.write(PartnerRight::Register, command, |tx, recorder, command| {
            Box::pin(async move { recorder.amend(tx, &command).await })
        })
        .await
    }

    /// The same for what is mentioned: everything else stays as the deal has it.
    pub async fn amend_answers(&self, command: ChangeAnswers) -> Result<i64, ServiceError> {
        let sized = command.answers.check_size();
        sized.map_err(|_| ServiceError::TooLarge)?;
        self.write(PartnerRight::Register, command, |tx, recorder, command| {
            Box::pin(async move {
                let ChangeAnswers {
                    deal: id,
                    answers,
                    version,
                } = command;
                let deal = recorder.load(tx, id).await?;
                let form = form_of(tx, deal.form_version).await?.definition.0;
                let whole = AmendDeal {
                    deal: id,
                    answers: with_changes(&form, &deal.answers, &answers),
                    note: String::new(),
                    version,
                };
                recorder.amend(tx, &whole).await
            })
        })
        .await
    }

    /// What was answered so far, where the partner may answer otherwise now: because the company asked, or because the deal is
    /// approved and open.
    pub async fn changeable_answers(&self, id: DealId) -> Result<RawAnswers, ServiceError> {
        self.require(PartnerRight::Register)?;
        let mut conn = self.services.read().await?;
        let deal = self.recorder().load(&mut conn, id).await?;
        match deal.status() {
            RegistrationStatus::NeedsInfo => {}
            RegistrationStatus::Approved => deal.check_amendable(self.services.now())?,
            _ => return Err(Refusal::AlreadySubmitted.into()),
        }
        Ok(deal.answers.to_raw())
    }

    /// Answers the company's questions, or changes answers after the approval: as the deal stands.
    pub async fn change_deal(&self, command: ResubmitDeal) -> Result<i64, ServiceError> {
        self.require(PartnerRight::Register)?;
        let mut conn = self.services.read().await?;
        let deal = self.recorder().load(&mut conn, command.deal).await?;
        drop(conn);
        if deal.status() != RegistrationStatus::Approved {
            return self.resubmit_deal(command).await;
        }
        let ResubmitDeal {
            deal,
            answers,
            note,
            version,
        } = command;
        self.amend_deal(AmendDeal {
            deal,
            answers,
            note,
            version,
        })
        .await
    }
}

impl Recorder {
    async fn amend(&self, tx: &mut Tx, command: &AmendDeal) -> Result<i64, ServiceError> {
        let deal = self.load_at(tx, command.deal, command.version).await?;
        // Before the answers: whoever may change none is not told that one is wrong.
        deal.check_amendable(self.now)?;
        let form = form_of(tx, deal.form_version).await?.definition.0;
        let mut context = self.company_context(tx, &deal).await?;
        context.customers = self
            .partner_customers(tx, &deal, &form, &command.answers)
            .await?;
        let answers = validate_amended(&form, &deal.answers, &command.answers, &context)?;
        if answers.changed_from(&deal.answers).is_empty() {
            return Ok(deal.version);
        }
        self.check_kept_for_stage(tx, &deal, &answers, (&form, &context))
            .await?;
        let (user, now) = (self.user()?, self.now);
        let (deal, fact) = deal
            .amend(answers, (&form, &command.note), user, now)
            .map_err(ServiceError::at_note)?;
        self.take_unique(tx, &form, &deal).await?;
        self.keep(tx, &deal, fact).await
    }

    /// What the deal's stage asked for may be answered otherwise, and is not taken out again.
    async fn check_kept_for_stage(
        &self,
        conn: &mut Conn,
        deal: &Deal,
        answers: &ValidAnswers,
        (form, context): (&FormDefinition, &Context),
    ) -> Result<(), ServiceError> {
        let Some(placement) = &deal.placement else {
            return Ok(());
        };
        let (company, program) = (self.program.company, self.program.id);
        let pipeline = store::pipelines::get(conn, company, program).await?;
        let Some(stage) = pipeline.find(placement.stage) else {
            return Ok(());
        };
        let form = form.for_partner();
        let after = EntryFacts {
            form: &form,
            answers: answers.answers(),
            context,
            file_in_messages: true,
        };
        let was_answered = |key| deal.answers.get(key).is_some_and(|a| !a.is_blank());
        let missing = missing(&stage.rules, &after, "").fields;
        let emptied = missing.iter().filter(|key| was_answered(*key));
        let errors: Vec<FieldError> = emptied
            .map(|key| FieldError::at(key, FieldProblem::Missing))
            .collect();
        if errors.is_empty() {
            Ok(())
        } else {
            Err(FieldErrors(errors).into())
        }
    }
}
