//! What the page decides without a browser: which stages to offer, and what they ask first.

use domain::StageId;
use domain::deals::{MoveFacts, MoveGate, Mover, asks_on_entry, check_move};
use domain::views::DealView;

use crate::gates::question;
use crate::ui::Choice;

/// What the stage asks first; `None` when the rules refuse.
pub fn gate(deal: &DealView, to: StageId) -> Option<MoveGate> {
    let facts = MoveFacts {
        registration: deal.registration.status(),
        protected_until: deal.registration.protected_until(),
        win: deal.win.status(),
    };
    let present = deal.placement.as_ref().map(|placement| placement.stage);
    let from = present.and_then(|stage| deal.pipeline.find(stage));
    check_move(
        facts,
        from,
        deal.pipeline.find(to)?,
        Mover::Partner,
        deal.now,
    )
    .ok()
}

/// Whether the stage's own rules ask for something: that is asked on a page of its own.
pub fn asks(deal: &DealView, to: StageId) -> bool {
    let stage = deal.pipeline.find(to);
    gate(deal, to).is_some() && stage.is_some_and(|stage| asks_on_entry(stage, Mover::Partner))
}

pub fn gate_title(deal: &DealView, to: Option<StageId>) -> String {
    match to.and_then(|to| gate(deal, to)) {
        Some(asked) => question(asked, &deal.summary.customer),
        None => String::new(),
    }
}

/// Every stage but the one that the deal lies in.
pub fn choices(deal: &DealView) -> Vec<Choice> {
    let present = deal.placement.as_ref().map(|placement| placement.stage);
    let stages = deal.pipeline.stages.iter();
    stages
        .filter(|stage| Some(stage.id) != present)
        .map(|stage| Choice::new(stage.id.to_string(), stage.name.clone()))
        .collect()
}

/// The next stage, which is where most moves go.
pub fn first_choice(deal: &DealView) -> String {
    let present = deal.placement.as_ref().map(|placement| placement.stage);
    let stages = &deal.pipeline.stages;
    let place = stages.iter().position(|stage| Some(stage.id) == present);
    let next = place.and_then(|place| stages.get(place + 1));
    next.or_else(|| stages.first())
        .map(|stage| stage.id.to_string())
        .unwrap_or_default()
}
