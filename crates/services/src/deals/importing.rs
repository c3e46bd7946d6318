//! What an import does with one row: the same verbs as people's, one after another, and how they are taken back.

use std::sync::Arc;

use domain::commands::{DecideDeal, JudgeWin, MoveDeal, Place, SubmitDeal};
use domain::deals::{Decision, MoveDetails, Mover, WinStatus, WinVerdict};
use domain::forms::RawAnswers;
use domain::imports::{Landing, RowProblem};
use domain::people::{PartnerRight, PartnerRole};
use domain::pipeline::StageKind;
use domain::{DealId, FormVersionId, MembershipId, UserId};
use store::Tx;
use store::deals::Scope;

use super::record::{Recorder, number_text};
use super::registrar::Registrar;
use super::reviews::{decide_in, judge_in};
use super::working::move_in;
use crate::ServiceError;

/// A deal that a row becomes.
#[derive(Debug, Clone)]
pub(crate) struct NewDeal {
    /// One for each row of each import: a row that is imported twice is one deal.
    pub key: String,
    pub membership: MembershipId,
    pub country: String,
    pub owner: UserId,
    pub form: FormVersionId,
    pub answers: RawAnswers,
    pub landing: Landing,
    /// A win is confirmed with the import; else it waits in the queue.
    pub confirm_win: bool,
    /// What the history says of moves by the company.
    pub why: String,
}

/// Registers the deal for its partner, decides on it and moves it where the row says; gives it with its version. Whoever
/// acts is the recorder's person, on the company's side.
pub(crate) async fn import_deal(
    tx: &mut Tx,
    recorder: &Recorder,
    new: &NewDeal,
) -> Result<(DealId, i64), ServiceError> {
    let found = store::memberships::find(tx, new.membership).await?;
    let membership = found
        .filter(|row| row.program_id == recorder.program.id)
        .ok_or(ServiceError::NotFound)?;
    if !PartnerRole::Owner.may(PartnerRight::Register, membership.status) {
        return Err(ServiceError::input(
            "",
            "The partner is not active in this program any more",
        ));
    }
    let registrar = Registrar {
        recorder: Recorder {
            scope: Scope::Membership(membership.id),
            ..recorder.clone()
        },
        membership: membership.id,
        partner: membership.partner_id,
        tier: membership.tier_id,
        country: new.country.as_str().into(),
        owner: Some(new.owner),
        imported: true,
        known: Arc::default(),
    };
    let submit = SubmitDeal {
        submit_key: new.key.clone(),
        form_version: new.form,
        answers: new.answers.clone(),
    };
    let registered = registrar.submit(tx, &submit).await?;
    let (deal, version) = (registered.deal, registered.version);
    if registered.before {
        return Ok((deal, version));
    }
    let decision = match &new.landing {
        Landing::Submitted => return Ok((deal, version)),
        Landing::Declined { reason } => Decision::Decline {
            reason: reason.clone(),
        },
        Landing::Ineligible { reason } => Decision::Ineligible {
            reason: reason.clone(),
        },
        Landing::Approved | Landing::Stage { .. } => Decision::Approve {
            message: String::new(),
        },
    };
    let decide = DecideDeal {
        deal,
        decision,
        version,
    };
    let version = decide_in(tx, recorder, &decide).await?;
    let version = place(tx, recorder, new, deal, version).await?;
    Ok((deal, version))
}

/// Moves it from where its approval put it to the row's own, and confirms its win if that is wanted.
async fn place(
    tx: &mut Tx,
    recorder: &Recorder,
    new: &NewDeal,
    deal: DealId,
    version: i64,
) -> Result<i64, ServiceError> {
    let Landing::Stage { stage, lost_reason } = new.landing else {
        return Ok(version);
    };
    let pipeline = recorder.pipeline(tx).await?;
    let approved = recorder.load(tx, deal).await?;
    if approved
        .placement
        .is_some_and(|placement| placement.stage == stage)
    {
        return Ok(version);
    }
    let is_won = pipeline
        .find(stage)
        .is_some_and(|stage| stage.kind == StageKind::Won);
    let command = MoveDeal {
        deal,
        to_stage: stage,
        place: Place::Bottom,
        details: MoveDetails {
            lost_reason,
            win_confirmed: is_won,
            override_reason: Some(new.why.clone()),
            ..MoveDetails::default()
        },
        version,
    };
    let moved = move_in(tx, recorder, Mover::Import, &command).await?;
    if !(is_won && new.confirm_win) {
        return Ok(moved.version);
    }
    let judge = JudgeWin {
        deal,
        verdict: WinVerdict::Confirm,
        version: moved.version,
    };
    judge_in(tx, recorder, &judge).await
}

/// Takes an imported deal back: its win is rejected, it is withdrawn. Not if somebody worked it since; then nothing is
/// changed, and that is said.
pub(crate) async fn take_back_deal(
    tx: &mut Tx,
    recorder: &Recorder,
    deal: DealId,
    version: i64,
) -> Result<Option<RowProblem>, ServiceError> {
    let kept = recorder.load(tx, deal).await?;
    let number = number_text(&recorder.program.number_prefix, kept.number);
    if kept.win.status() == WinStatus::Confirmed {
        return Ok(Some(RowProblem::WinConfirmed { number }));
    }
    if kept.version != version {
        return Ok(Some(RowProblem::WorkedSince { number }));
    }
    if store::imports::rows::is_talked_about(tx, deal).await? {
        return Ok(Some(RowProblem::TalkedAbout { number }));
    }
    if kept.win.status() == WinStatus::Pending {
        let pipeline = recorder.pipeline(tx).await?;
        let present = kept.placement.as_ref().map(|placement| placement.stage);
        let first = pipeline.first_open_of(pipeline.pipeline_of(present));
        let reopen_at = first.ok_or(domain::deals::Refusal::NoOpenStage)?.id;
        let judge = JudgeWin {
            deal,
            verdict: WinVerdict::Reject {
                reason: "The import was taken back".to_owned(),
                reopen_at,
            },
            version,
        };
        judge_in(tx, recorder, &judge).await?;
    }
    let deal = recorder.load(tx, deal).await?;
    let (deal, fact) = deal.take_back_import(recorder.user()?, recorder.now)?;
    recorder.keep(tx, &deal, fact).await?;
    Ok(None)
}
