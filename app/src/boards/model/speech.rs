//! What a screen reader hears of a move: whole sentences, by name.

use domain::{DealId, StageId};

use super::{BoardModel, Slot};

/// `Qualified, 3 of 12`: the place that the card has, or would have, with it counted.
pub fn position(board: &BoardModel, deal: DealId, slot: Slot) -> String {
    let slot = board.landing(deal, slot);
    let Some(column) = board.column(slot.stage) else {
        return String::new();
    };
    let lies_here = board
        .card(deal)
        .is_some_and(|card| card.stage == slot.stage);
    let total = column.count + i64::from(!lies_here);
    format!(
        "{}, {} of {total}",
        board.stage_name(slot.stage),
        slot.index + 1
    )
}

pub fn lifted(board: &BoardModel, deal: DealId, from: Slot) -> String {
    format!(
        "Lifted {}. {}.",
        board.name(deal),
        position(board, deal, from)
    )
}

pub fn over(board: &BoardModel, deal: DealId, slot: Slot) -> String {
    format!("{}.", position(board, deal, slot))
}

/// By keys: over the next column that takes the card, with the columns that do not.
pub fn walked(board: &BoardModel, deal: DealId, from: Slot, slot: Slot) -> String {
    let passed = board.passed_over(deal, from.stage, slot.stage);
    let passed = passed.iter().fold(String::new(), |said, (stage, why)| {
        format!("{said}Passed over {stage}. {} ", why.text())
    });
    format!("{passed}{}", over(board, deal, slot))
}

/// No column that way takes the card.
pub fn barred(board: &BoardModel, stage: StageId, why: &str) -> String {
    format!("Not to {}. {why}", board.stage_name(stage))
}

/// Said before the board changes.
pub fn dropped(board: &BoardModel, deal: DealId, slot: Slot) -> String {
    format!(
        "Dropped {}. {}.",
        board.name(deal),
        position(board, deal, slot)
    )
}

pub fn cancelled(board: &BoardModel, deal: DealId, from: Slot) -> String {
    format!(
        "Cancelled. {} is back in {}.",
        board.name(deal),
        position(board, deal, from)
    )
}

/// A rule, or the server, said no.
pub fn refused(name: &str, why: &str) -> String {
    format!("{name} cannot move. {why}")
}

/// The card had moved and went back.
pub fn went_back(name: &str, why: &str) -> String {
    format!("{name} is back where it was. {why}")
}

/// A drop inside a column that is not in the order in which people place cards.
pub fn in_order(board: &BoardModel, deal: DealId, stage: StageId) -> String {
    format!(
        "{} is ordered by {}, so {} stays where it is.",
        board.stage_name(stage),
        board.order(stage).label().to_lowercase(),
        board.name(deal)
    )
}

/// For the toast; `within` when the stage stayed the same.
pub fn moved(name: &str, stage: &str, within: bool) -> String {
    let how = if within { "within" } else { "to" };
    format!("Moved {name} {how} {stage}.")
}

/// What the columns, the handles and the menus are described by.
pub const KEYS: &str = "Press Space to lift, the arrow keys to move, Space to drop, Escape to cancel. Press X to select.";
