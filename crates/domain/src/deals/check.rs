//! May this card go to that column? Asked by the browser while dragging, and by the server when deciding.

use serde::{Deserialize, Serialize};

use super::refusal::Refusal;
use super::registration::RegistrationStatus;
use super::wins::WinStatus;
use crate::Timestamp;
use crate::pipeline::{Stage, StageKind};

/// Who moves the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mover {
    /// Somebody of the partner team whose role works deals.
    Partner,
    /// Somebody of the partner team whose role only looks.
    PartnerViewer,
    /// Somebody of the company without saying that it is an override.
    Company,
    /// Somebody of the company who may override and gives a reason.
    CompanyOverride,
}

/// What the rule needs to know of a deal; a card on the board knows it too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MoveFacts {
    pub registration: RegistrationStatus,
    pub protected_until: Option<Timestamp>,
    pub win: WinStatus,
}

/// What the drop still asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoveGate {
    /// Nothing: the card may lie there.
    Free,
    /// A reason from the company's list.
    AskLostReason,
    /// That the deal is really won: it locks.
    ConfirmWin,
}

/// Whether a deal may go to a stage, and what the drop asks for.
///
/// Approval opens the stages (R18); an ineligible or declined deal never moves (R17); a won deal is locked (R25);
/// the company moves nothing unless it overrides (R3).
pub fn check_move(
    deal: MoveFacts,
    to: &Stage,
    mover: Mover,
    now: Timestamp,
) -> Result<MoveGate, Refusal> {
    match mover {
        Mover::Company => return Err(Refusal::CompanyOverridesOnly),
        Mover::PartnerViewer => return Err(Refusal::MayNotWorkDeals),
        Mover::Partner | Mover::CompanyOverride => {}
    }
    check_workable(deal, now)?;
    Ok(match to.kind {
        StageKind::Open => MoveGate::Free,
        StageKind::Lost => MoveGate::AskLostReason,
        StageKind::Won => MoveGate::ConfirmWin,
    })
}

/// Whether the deal's stage can change at all now.
pub(super) fn check_workable(deal: MoveFacts, now: Timestamp) -> Result<(), Refusal> {
    match deal.registration {
        RegistrationStatus::Draft => Err(Refusal::NotSubmittedYet),
        RegistrationStatus::Submitted => Err(Refusal::AwaitsReview),
        RegistrationStatus::NeedsInfo => Err(Refusal::AwaitsInfo),
        RegistrationStatus::Declined => Err(Refusal::IsDeclined),
        RegistrationStatus::Ineligible => Err(Refusal::IsIneligible),
        RegistrationStatus::Withdrawn => Err(Refusal::IsWithdrawn),
        RegistrationStatus::Expired => Err(Refusal::IsExpired),
        RegistrationStatus::Approved if deal.win.locks() => Err(Refusal::LockedByWin),
        // The sweep that writes Expired runs now and then; the rule does not wait for it.
        RegistrationStatus::Approved if deal.protected_until.is_some_and(|until| until <= now) => {
            Err(Refusal::IsExpired)
        }
        RegistrationStatus::Approved => Ok(()),
    }
}
