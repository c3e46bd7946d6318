//! The board as plain values: which card lies where, what a move changes, and how it is taken back exactly.
//!
//! Nothing here knows the page. The rules are those of `domain`; the arithmetic of columns is here.

pub mod drag;
mod order;
mod replay;
pub mod selection;
pub mod shape;
pub mod speech;
pub mod window;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use domain::commands::Place;
use domain::deals::{MoveFacts, MoveGate, Mover, Refusal, WinStatus, check_move, check_works};
use domain::money::Totals;
use domain::pipeline::{Pipeline, Stage, StageKind};
use domain::views::{BoardView, Card, CardOrder, WaitingCard};
use domain::{DealId, Rank, StageId, Timestamp};

use selection::Selection;
use shape::Shape;

/// A place: the stage, and how many cards of it lie before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    pub stage: StageId,
    pub index: usize,
}

/// One column, as far as it is loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnModel {
    pub stage: StageId,
    /// All deals of the column, loaded or not.
    pub count: i64,
    pub totals: Totals,
    pub ids: Vec<DealId>,
}

impl ColumnModel {
    pub fn is_whole(&self) -> bool {
        usize::try_from(self.count).is_ok_and(|count| count <= self.ids.len())
    }
}

/// The board as one person sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardModel {
    pub pipeline: Pipeline,
    pub columns: Vec<ColumnModel>,
    pub waiting: Vec<WaitingCard>,
    /// Whose each deal is; filled on the company's board.
    pub partners: BTreeMap<DealId, String>,
    pub now: Timestamp,
    pub seq: i64,
    pub mover: Mover,
    pub submissions_open: bool,
    /// Moves that the server has not acknowledged yet.
    pub saving: BTreeSet<DealId>,
    /// Columns whose cards do not lie as they were placed.
    orders: BTreeMap<StageId, CardOrder>,
    pub selection: Selection,
    pub shape: Shape,
    /// What the company calls the answers that cards show.
    pub fact_labels: Vec<String>,
    cards: BTreeMap<DealId, Card>,
}

/// How to take a move back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inverse {
    before: Card,
    pub from: Slot,
}

impl BoardModel {
    pub fn new(view: BoardView, mover: Mover, partners: BTreeMap<DealId, String>) -> Self {
        let mut cards = BTreeMap::new();
        let mut columns = Vec::with_capacity(view.pipeline.stages.len());
        // In the pipeline's order, whatever order the columns came in; an empty stage is a column too.
        let mut sent: BTreeMap<StageId, _> = view
            .columns
            .into_iter()
            .map(|column| (column.stage, column))
            .collect();
        for stage in &view.pipeline.stages {
            let column = sent.remove(&stage.id);
            let (count, totals, loaded) = column
                .map_or((0, Totals::default(), Vec::new()), |column| {
                    (column.count, column.totals, column.cards)
                });
            let ids = loaded.iter().map(|card| card.id).collect();
            cards.extend(loaded.into_iter().map(|card| (card.id, card)));
            columns.push(ColumnModel {
                stage: stage.id,
                count,
                totals,
                ids,
            });
        }
        Self {
            pipeline: view.pipeline,
            columns,
            waiting: view.waiting,
            partners,
            now: view.now,
            seq: view.seq,
            mover,
            submissions_open: view.submissions_open,
            saving: BTreeSet::new(),
            orders: BTreeMap::new(),
            selection: Selection::default(),
            shape: Shape::default(),
            fact_labels: view.fact_labels,
            cards,
        }
    }

    pub fn card(&self, deal: DealId) -> Option<&Card> {
        self.cards.get(&deal)
    }

    pub fn waiting_card(&self, deal: DealId) -> Option<&WaitingCard> {
        self.waiting.iter().find(|card| card.id == deal)
    }

    pub fn column(&self, stage: StageId) -> Option<&ColumnModel> {
        self.columns.iter().find(|column| column.stage == stage)
    }

    pub fn stage(&self, stage: StageId) -> Option<&Stage> {
        self.pipeline.find(stage)
    }

    pub fn stage_name(&self, stage: StageId) -> &str {
        self.stage(stage).map_or("", |stage| stage.name.as_str())
    }

    /// The customer's name: what a card is called, wherever it lies.
    pub fn name(&self, deal: DealId) -> &str {
        self.card(deal)
            .map(|card| card.customer.as_str())
            .or_else(|| self.waiting_card(deal).map(|card| card.customer.as_str()))
            .filter(|name| !name.is_empty())
            .unwrap_or("This draft")
    }

    /// Where the card lies now.
    pub fn slot(&self, deal: DealId) -> Option<Slot> {
        let stage = self.card(deal)?.stage;
        let index = self.column(stage)?.ids.iter().position(|id| *id == deal)?;
        Some(Slot { stage, index })
    }

    fn facts(&self, deal: DealId) -> Option<MoveFacts> {
        if let Some(card) = self.card(deal) {
            return Some(card.move_facts());
        }
        self.waiting_card(deal).map(|card| MoveFacts {
            registration: card.registration,
            protected_until: None,
            win: WinStatus::None,
        })
    }

    /// Whether the deal may go there, and what the drop asks for. A new place in its own column asks nothing.
    pub fn check(&self, deal: DealId, to: StageId) -> Result<MoveGate, Refusal> {
        self.check_as(self.mover, deal, to)
    }

    /// The same for another mover: the company's board moves nothing, but it overrides.
    pub fn check_as(&self, mover: Mover, deal: DealId, to: StageId) -> Result<MoveGate, Refusal> {
        let facts = self.facts(deal).ok_or(Refusal::NotApproved)?;
        let stage = self.stage(to).ok_or(Refusal::StageGone)?;
        let from = self.card(deal).and_then(|card| self.stage(card.stage));
        check_move(facts, from, stage, mover, self.now)
    }

    /// Why the card cannot be lifted at all, if so.
    pub fn lift_refusal(&self, deal: DealId) -> Option<Refusal> {
        match self.facts(deal) {
            Some(facts) => check_works(facts, self.mover, self.now).err(),
            None => Some(Refusal::NotApproved),
        }
    }

    /// The columns between two places that do not take the card, with the reason: by keys they are passed over.
    pub fn passed_over(&self, deal: DealId, from: StageId, to: StageId) -> Vec<(&str, Refusal)> {
        let at = |stage| self.columns.iter().position(|column| column.stage == stage);
        let (Some(from), Some(to)) = (at(from), at(to)) else {
            return Vec::new();
        };
        let between = (from.min(to) + 1)..from.max(to);
        let columns = between.filter_map(|place| self.columns.get(place));
        columns
            .filter_map(|column| {
                let why = self.check(deal, column.stage).err()?;
                Some((self.stage_name(column.stage), why))
            })
            .collect()
    }

    /// The place to name to the server: after the card that lies before the slot, the moved card not counted.
    pub fn place(&self, deal: DealId, to: Slot) -> Place {
        if self.order(to.stage) != CardOrder::Placed {
            return Place::Top;
        }
        let before = to.index.checked_sub(1).and_then(|index| {
            let column = self.column(to.stage)?;
            column
                .ids
                .iter()
                .filter(|id| **id != deal)
                .nth(index)
                .copied()
        });
        before.map_or(Place::Top, Place::After)
    }

    /// How many loaded cards a column holds beside this one.
    pub fn others(&self, deal: DealId, stage: StageId) -> usize {
        self.column(stage).map_or(0, |column| {
            column.ids.iter().filter(|id| **id != deal).count()
        })
    }

    /// Moves the card at once, as the server will: counts and sums follow, a won deal locks.
    pub fn apply(&mut self, deal: DealId, to: Slot) -> Option<Inverse> {
        let from = self.slot(deal)?;
        let kind = self.stage(to.stage)?.kind;
        let before = self.card(deal)?.clone();
        let mut after = before.clone();
        if from.stage != to.stage {
            after.stage = to.stage;
            after.entered_at = self.now;
            if kind == StageKind::Won {
                after.win = WinStatus::Pending;
            }
        }
        self.take_out(&before);
        self.put_in(after, to.index);
        Some(Inverse { before, from })
    }

    /// Puts the card back exactly where and as it was.
    pub fn roll_back(&mut self, inverse: Inverse) {
        if let Some(present) = self.card(inverse.before.id).cloned() {
            self.take_out(&present);
            self.put_in(inverse.before, inverse.from.index);
        }
    }

    /// The server has written the move: the deal has this place and version now.
    pub fn confirm(&mut self, deal: DealId, rank: Rank, version: i64) {
        self.saving.remove(&deal);
        if let Some(card) = self.cards.get_mut(&deal) {
            card.rank = rank;
            card.version = version;
        }
    }

    fn take_out(&mut self, card: &Card) {
        self.cards.remove(&card.id);
        if let Some(column) = self
            .columns
            .iter_mut()
            .find(|column| column.stage == card.stage)
        {
            column.ids.retain(|id| *id != card.id);
            column.count -= 1;
            if let Some(value) = card.value {
                column.totals.subtract(value);
            }
        }
    }

    fn put_in(&mut self, card: Card, index: usize) {
        if let Some(column) = self
            .columns
            .iter_mut()
            .find(|column| column.stage == card.stage)
        {
            column.ids.insert(index.min(column.ids.len()), card.id);
            column.count += 1;
            if let Some(value) = card.value {
                column.totals.add(value);
            }
        }
        self.cards.insert(card.id, card);
    }

    /// Takes the server's newer board. Columns that had more loaded are filled up by [`Self::extend`] afterwards.
    pub fn replace(&mut self, view: BoardView, partners: BTreeMap<DealId, String>) {
        // An answer that was asked for before another one, and arrived after it, knows less.
        if view.seq >= self.seq {
            let orders = std::mem::take(&mut self.orders);
            let (selection, shape) = (
                std::mem::take(&mut self.selection),
                std::mem::take(&mut self.shape),
            );
            *self = Self::new(view, self.mover, partners).ordered(orders);
            (self.selection, self.shape) = (selection, shape);
        }
    }

    /// Adds the next cards of a column. Those that came to lie elsewhere in the meantime are taken from there.
    pub fn extend(&mut self, stage: StageId, cards: Vec<Card>, partners: BTreeMap<DealId, String>) {
        for card in cards {
            if card.stage != stage || self.saving.contains(&card.id) {
                continue;
            }
            for column in &mut self.columns {
                column.ids.retain(|id| *id != card.id);
            }
            if let Some(column) = self.columns.iter_mut().find(|column| column.stage == stage) {
                column.ids.push(card.id);
            }
            self.cards.insert(card.id, card);
        }
        self.partners.extend(partners);
    }

    /// The last loaded card of a column that has more: where the next fetch goes on.
    pub fn resume_after(&self, stage: StageId) -> Option<&Card> {
        let column = self.column(stage).filter(|column| !column.is_whole())?;
        column.ids.last().and_then(|id| self.card(*id))
    }

    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty() && self.columns.iter().all(|column| column.count == 0)
    }
}
