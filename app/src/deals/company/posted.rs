//! What the override form posts, as a command.

use domain::commands::{MoveDeal, Place};
use domain::deals::MoveDetails;
use domain::{AppError, DealId, StageId};

/// The stage that was chosen, if one was.
pub fn stage(chosen: &str) -> Result<StageId, AppError> {
    let stage = chosen.parse();
    stage.map_err(|_| AppError::input("to_stage", "Choose a stage"))
}

pub fn details(reason: String, lost_reason: &str, won: bool) -> MoveDetails {
    MoveDetails {
        lost_reason: lost_reason.parse().ok(),
        win_confirmed: won,
        override_reason: Some(reason),
        ..MoveDetails::default()
    }
}

pub fn move_to(deal: DealId, version: i64, to_stage: StageId, details: MoveDetails) -> MoveDeal {
    MoveDeal {
        deal,
        to_stage,
        place: Place::Top,
        details,
        version,
    }
}
