//! Cards that are selected, to be moved together: which they are, and what a move of several changes.

use std::collections::{BTreeMap, BTreeSet};

use domain::commands::Place;
use domain::deals::{MoveGate, Refusal};
use domain::views::CardOrder;
use domain::{DealId, StageId};

use super::{BoardModel, Inverse, Slot};

/// What is selected, and the dialogs that are about it. A card that left the board may stay in it: [`BoardModel::chosen`]
/// leaves it out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    pub deals: BTreeSet<DealId>,
    /// Where a range begins: the card that was pressed last.
    anchor: Option<DealId>,
    /// Cards whose last move waits to be sent: a group that took them along would overtake it.
    pub waits: BTreeSet<DealId>,
    /// Set while the dialog of their move is open.
    pub going: Option<Going>,
    /// Set while it is said what did not move.
    pub report: Option<Report>,
}

/// Where the dialog of a move of several leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Going {
    /// It asks for the stage, too.
    Anywhere,
    To(StageId),
}

/// What became of a move of several when some of it was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub title: String,
    pub lines: Vec<String>,
}

/// One card of a move of several that lies in its new place already, and what the server has to be told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub deal: DealId,
    pub name: String,
    pub to: StageId,
    pub place: Place,
    /// Where the card lay before, as it is named to the server.
    pub from: (StageId, Place),
    pub version: i64,
    pub inverse: Inverse,
}

/// What the rules say to a move of several.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sorted {
    pub free: Vec<DealId>,
    /// Whether the stage asks something of any of them.
    pub asks: bool,
    pub refused: Vec<(DealId, Refusal)>,
}

impl BoardModel {
    pub fn is_selected(&self, deal: DealId) -> bool {
        self.selection.deals.contains(&deal)
    }

    fn may_travel(&self, deal: DealId) -> bool {
        self.card(deal).is_some()
            && self.lift_refusal(deal).is_none()
            && !self.saving.contains(&deal)
            && !self.selection.waits.contains(&deal)
    }

    /// The selected cards that can be moved now, column by column, from top to bottom.
    pub fn chosen(&self) -> Vec<DealId> {
        if self.selection.deals.is_empty() {
            return Vec::new();
        }
        let cards = self.columns.iter().flat_map(|column| column.ids.iter());
        cards
            .copied()
            .filter(|deal| self.is_selected(*deal) && self.may_travel(*deal))
            .collect()
    }

    /// All cards that travel when this one is lifted, if it is not alone.
    pub fn travelling(&self, deal: DealId) -> Option<Vec<DealId>> {
        let chosen = self.chosen();
        (chosen.len() > 1 && chosen.contains(&deal)).then_some(chosen)
    }

    /// Those of them that go to that stage when this one is dropped there; `gathers` brings those that lie in it along.
    pub fn travelling_to(&self, deal: DealId, to: StageId, gathers: bool) -> Option<Vec<DealId>> {
        let mut travelling = self.travelling(deal)?;
        // In a column with an order of its own no card has another place to go to.
        if !gathers || self.order(to) != CardOrder::Placed {
            travelling.retain(|id| self.card(*id).is_some_and(|card| card.stage != to));
        }
        Some(travelling)
    }

    /// Selects the card, or takes it out again.
    pub fn toggle(&mut self, deal: DealId) {
        if !self.selection.deals.remove(&deal) {
            self.selection.deals.insert(deal);
        }
        self.selection.anchor = Some(deal);
    }

    /// Selects all from the card that was pressed last to this one. Where they lie in two columns, this one alone.
    pub fn extend_selection(&mut self, deal: DealId) {
        let Some(range) = self.range_to(deal) else {
            self.selection.deals.insert(deal);
            self.selection.anchor = Some(deal);
            return;
        };
        let range: Vec<DealId> = range
            .into_iter()
            .filter(|deal| self.lift_refusal(*deal).is_none())
            .collect();
        self.selection.deals.extend(range);
    }

    fn range_to(&self, deal: DealId) -> Option<Vec<DealId>> {
        let from = self.slot(self.selection.anchor?)?;
        let to = self.slot(deal).filter(|to| to.stage == from.stage)?;
        let (first, last) = (from.index.min(to.index), from.index.max(to.index));
        let range = self.column(to.stage)?.ids.get(first..=last)?;
        Some(range.to_vec())
    }

    /// What that stage says to each of them.
    pub fn sort_for(&self, deals: &[DealId], to: StageId) -> Sorted {
        let mut sorted = Sorted::default();
        for deal in deals {
            match self.check(*deal, to) {
                Ok(gate) => {
                    sorted.asks |= gate != MoveGate::Free;
                    sorted.free.push(*deal);
                }
                Err(why) => sorted.refused.push((*deal, why)),
            }
        }
        sorted
    }

    /// Lays the cards one below the other, the first where the lifted one was let go; or where the column's own order puts them.
    pub fn lay_down(&mut self, deals: &[DealId], lifted: DealId, to: Slot) -> Vec<Step> {
        let mut above = self.column(to.stage).and_then(|column| {
            let others = column.ids.iter().filter(|id| **id != lifted);
            let before = others.take(to.index).filter(|id| !deals.contains(id));
            before.last().copied()
        });
        let ordered = self.order(to.stage) != CardOrder::Placed;
        let mut steps: Vec<Step> = Vec::with_capacity(deals.len());
        for deal in deals {
            let index = above.map_or(0, |above| self.index_below(above, *deal, to.stage));
            let stage = to.stage;
            let slot = self.landing(*deal, Slot { stage, index });
            if let Some(mut step) = self.step(*deal, slot) {
                // As placed they lie below each other, whatever the column's order shows.
                if let (true, Some(before)) = (ordered, steps.last()) {
                    step.place = Place::After(before.deal);
                }
                above = Some(*deal);
                steps.push(step);
            }
        }
        steps
    }

    /// Lays each card where it is said to lie, in that order.
    pub fn lay_back(&mut self, places: &[(DealId, Slot)]) -> Vec<Step> {
        let steps = places.iter().copied();
        steps
            .filter_map(|(deal, slot)| self.step(deal, slot))
            .collect()
    }

    /// The place right below a card of the column, the moved card not counted.
    fn index_below(&self, above: DealId, moved: DealId, stage: StageId) -> usize {
        let column = self.column(stage);
        let place = column.and_then(|column| {
            let mut others = column.ids.iter().filter(|id| **id != moved);
            others.position(|id| *id == above)
        });
        place.map_or(0, |place| place + 1)
    }

    fn step(&mut self, deal: DealId, to: Slot) -> Option<Step> {
        let card = self.card(deal)?;
        let (name, version) = (card.customer.clone(), card.version);
        let lay = self.slot(deal)?;
        let from = (lay.stage, self.place(deal, lay));
        let place = self.place(deal, to);
        let inverse = self.apply(deal, to)?;
        self.saving.insert(deal);
        Some(Step {
            deal,
            name,
            to: to.stage,
            place,
            from,
            version,
            inverse,
        })
    }
}

/// The place to name to the server when cards before it were refused, and do not lie there.
pub fn standing(place: Place, refused: &BTreeMap<DealId, Place>) -> Place {
    let mut place = place;
    while let Place::After(deal) = place
        && let Some(before) = refused.get(&deal)
    {
        place = *before;
    }
    place
}
