//! The partner works the deal: moves, wins, losses, withdrawal, appeal.

use domain::commands::{AppealDeal, MoveDeal, WithdrawDeal};
use domain::customer::BusinessKey;
use domain::deals::{Deal, Entry, Move, MoveGate, Mover, Summary, WinStatus, check_move};
use domain::events::ProgramFact;
use domain::people::{CompanyRight, PartnerRight};
use domain::{CustomerId, DealId, Rank, StageId};
use serde::{Deserialize, Serialize};
use store::Tx;
use store::customers::NewCustomer;

use super::known_customers::chosen_customer;
use super::record::Recorder;
use super::registrar::form_of;
use crate::{CompanyAccess, PartnerAccess, ServiceError};

/// Where a moved deal lies now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    pub deal: DealId,
    pub stage: StageId,
    pub rank: Rank,
    pub version: i64,
}

impl PartnerAccess {
    /// Moves a deal over the stages; into a stage of kind won it marks the win.
    pub async fn move_deal(&self, command: MoveDeal) -> Result<Moved, ServiceError> {
        let sized = command.details.answers.check_size();
        sized.map_err(|_| ServiceError::TooLarge)?;
        self.write(PartnerRight::WorkDeals, command, |tx, recorder, command| {
            Box::pin(async move { move_in(tx, &recorder, Mover::Partner, &command).await })
        })
        .await
    }

    pub async fn withdraw_deal(&self, command: WithdrawDeal) -> Result<i64, ServiceError> {
        self.write(PartnerRight::Register, command, |tx, recorder, command| {
            Box::pin(async move {
                let deal = recorder.load_at(tx, command.deal, command.version).await?;
                let (deal, fact) = deal.withdraw(recorder.user()?, recorder.now)?;
                recorder.keep(tx, &deal, fact).await
            })
        })
        .await
    }

    pub async fn appeal_deal(&self, command: AppealDeal) -> Result<i64, ServiceError> {
        self.write(PartnerRight::Register, command, |tx, recorder, command| {
            Box::pin(async move {
                let deal = recorder.load_at(tx, command.deal, command.version).await?;
                let settings = recorder.program.settings;
                let (deal, fact) = deal
                    .appeal(&command.note, settings, recorder.user()?, recorder.now)
                    .map_err(ServiceError::at_note)?;
                recorder.keep(tx, &deal, fact).await
            })
        })
        .await
    }
}

impl CompanyAccess {
    /// Moves a partner's deal. Without the right, or without saying why, it is refused (R3).
    pub async fn override_stage(&self, command: MoveDeal) -> Result<Moved, ServiceError> {
        let mover = if command.details.override_reason.is_some() {
            Mover::CompanyOverride
        } else {
            Mover::Company
        };
        let right = CompanyRight::OverrideStage;
        self.write(right, command, move |tx, recorder, command| {
            Box::pin(async move { move_in(tx, &recorder, mover, &command).await })
        })
        .await
    }
}

pub(super) async fn move_in(
    tx: &mut Tx,
    recorder: &Recorder,
    mover: Mover,
    command: &MoveDeal,
) -> Result<Moved, ServiceError> {
    let deal = recorder.load_at(tx, command.deal, command.version).await?;
    let program = &recorder.program;
    let pipeline = recorder.pipeline_for_move(tx, command.to_stage).await?;
    let rank = recorder
        .rank(tx, command.to_stage, deal.id, command.place)
        .await?;
    let present = deal.placement.as_ref().map(|placement| placement.stage);
    let from = present.and_then(|stage| pipeline.find(stage));
    let to = pipeline
        .find(command.to_stage)
        .ok_or(domain::deals::Refusal::StageGone)?;
    let gate = check_move(deal.move_facts(), from, to, mover, recorder.now)?;
    let entry = recorder
        .enter(tx, &deal, (to, mover), &command.details)
        .await?;
    let is_won = gate == MoveGate::ConfirmWin && command.details.win_confirmed;
    let customer = if is_won {
        Some(customer_of_win(tx, recorder, &deal, entry.as_ref()).await?)
    } else {
        None
    };
    let step = Move {
        pipeline: &pipeline,
        to: command.to_stage,
        rank,
        mover,
        details: &command.details,
        customer: customer.map_or_else(|| recorder.id(), |(id, _)| id),
        entry: entry.as_ref(),
    };
    let (deal, fact) = deal.move_to_stage(&step, recorder.user()?, recorder.now)?;
    if entry
        .as_ref()
        .is_some_and(|entry| !entry.fields().is_empty())
    {
        let form = form_of(tx, deal.form_version).await?.definition.0;
        recorder.take_unique(tx, &form, &deal).await?;
    }
    let version = recorder.keep(tx, &deal, fact).await?;
    if deal.win.status() == WinStatus::Pending {
        crate::commissions::accrue_win(tx, recorder, &deal, version).await?;
    }
    if let Some((_, true)) = customer {
        let name = deal.summary.customer.clone();
        recorder
            .note_program(tx, program.version, ProgramFact::CustomerCreated { name })
            .await?;
    }
    let placement = deal.placement.ok_or(ServiceError::NotFound)?;
    Ok(Moved {
        deal: deal.id,
        stage: placement.stage,
        rank: placement.rank,
        version,
    })
}

/// A win makes the customer the company's (R24), once per business: found if it is one already. Asked only when the
/// rules let the win through, so that a refused move leaves nothing behind.
async fn customer_of_win(
    tx: &mut Tx,
    recorder: &Recorder,
    deal: &Deal,
    entry: Option<&Entry>,
) -> Result<(CustomerId, bool), ServiceError> {
    // One that was chosen is that business, whatever its name and its site come to.
    if let Some(chosen) = chosen_customer(tx, deal).await? {
        return Ok((chosen, false));
    }
    // As the deal is with what it brings along.
    let brought = entry.and_then(Entry::answers);
    let brought = brought.map(|answers| Summary::from(answers.system().clone()));
    let summary = brought.as_ref().unwrap_or(&deal.summary);
    let customer = NewCustomer {
        id: recorder.id(),
        company: deal.company,
        name: &summary.customer,
        business: &BusinessKey::new(&summary.customer, summary.domain.as_deref()),
        deal: deal.id,
        at: recorder.now,
    };
    Ok(store::customers::find_or_insert(tx, &customer).await?)
}
