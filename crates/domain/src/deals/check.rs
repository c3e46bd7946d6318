//! May this card go to that column? Asked by the browser while dragging, and by the server when deciding.

use serde::{Deserialize, Serialize};

use super::refusal::Refusal;
use super::registration::RegistrationStatus;
use super::wins::WinStatus;
use crate::Timestamp;
use crate::pipeline::{Movers, Stage, StageKind};

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
    /// A row of a file that the company brings in: it says where the deal lies already, so no stage's own rules are asked.
    Import,
}

impl Mover {
    /// Whether the company does it, with a reason that the history keeps.
    pub fn is_override(self) -> bool {
        matches!(self, Self::CompanyOverride | Self::Import)
    }
}

/// What the rule needs to know of a deal; a card on the board knows it too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MoveFacts {
    pub registration: RegistrationStatus,
    pub protected_until: Option<Timestamp>,
    pub win: WinStatus,
}

/// What the drop still asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MoveGate {
    /// Nothing: the card may lie there.
    Free,
    /// What the stage's own rules ask of the deal, and nothing else. See [`super::missing`].
    AskEntry,
    /// A reason from the company's list.
    AskLostReason,
    /// That the deal is really won: it locks.
    ConfirmWin,
}

/// Whether a deal may go from its stage to another, and what the drop asks for.
///
/// Approval opens the stages (R18); an ineligible or declined deal never moves (R17); a won deal is locked (R25);
/// the company moves nothing unless it overrides (R3). A deal moves within its own pipeline, unless the company overrides. Who may move deals in and out is each stage's own rule. A new place in
/// the same stage is no move: it asks nothing.
pub fn check_move(
    deal: MoveFacts,
    from: Option<&Stage>,
    to: &Stage,
    mover: Mover,
    now: Timestamp,
) -> Result<MoveGate, Refusal> {
    check_works(deal, mover, now)?;
    if from.is_some_and(|from| from.id == to.id) {
        return Ok(MoveGate::Free);
    }
    check_direction(from, to, mover)?;
    Ok(match to.kind {
        StageKind::Open if asks_on_entry(to, mover) => MoveGate::AskEntry,
        StageKind::Open => MoveGate::Free,
        StageKind::Lost => MoveGate::AskLostReason,
        StageKind::Won => MoveGate::ConfirmWin,
    })
}

/// Whether that mover may change the deal's stage at all now, wherever to.
pub fn check_works(deal: MoveFacts, mover: Mover, now: Timestamp) -> Result<(), Refusal> {
    match mover {
        Mover::Company => return Err(Refusal::CompanyOverridesOnly),
        Mover::PartnerViewer => return Err(Refusal::MayNotWorkDeals),
        Mover::Partner | Mover::CompanyOverride | Mover::Import => {}
    }
    check_workable(deal, now)
}

/// Whether the stage's own rules ask that mover for something, beside what its kind asks. They ask the partner: an override is
/// the company's own word, and a file says what was.
pub fn asks_on_entry(to: &Stage, mover: Mover) -> bool {
    mover == Mover::Partner && to.rules.asks()
}

/// Whether the one stage leads to the other, and who may move deals out and in.
fn check_direction(from: Option<&Stage>, to: &Stage, mover: Mover) -> Result<(), Refusal> {
    let crosses = from.is_some_and(|from| from.pipeline != to.pipeline);
    if crosses && !mover.is_override() {
        return Err(Refusal::OtherPipeline);
    }
    let out = from.map_or(Movers::Both, |from| from.rules.moves_out);
    match (mover, out, to.rules.moves_in) {
        (Mover::Partner, Movers::Company, _) => Err(Refusal::CompanyMovesOut),
        (Mover::CompanyOverride, Movers::Partner, _) => Err(Refusal::PartnerMovesOut),
        (Mover::Partner, _, Movers::Company) => Err(Refusal::CompanyMovesIn),
        (Mover::CompanyOverride, _, Movers::Partner) => Err(Refusal::PartnerMovesIn),
        _ => Ok(()),
    }
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
