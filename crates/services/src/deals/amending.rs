//! The partner changes answers of a deal that is approved and open. One rule for the page and for the API.

use domain::DealId;
use domain::commands::{AmendDeal, ResubmitDeal};
use domain::deals::{Refusal, RegistrationStatus};
use domain::forms::{RawAnswers, validate_amended};
use domain::people::PartnerRight;
use domain::views::AmendPart;
use store::Tx;

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
        let (user, now) = (self.user()?, self.now);
        let (deal, fact) = deal
            .amend(answers, (&form, &command.note), user, now)
            .map_err(ServiceError::at_note)?;
        self.take_unique(tx, &form, &deal).await?;
        self.keep(tx, &deal, fact).await
    }
}
