//! The board between two moments, told from what happened to its deals: how it was at the beginning, and each step since.

mod telling;

use serde::{Deserialize, Serialize};

use self::telling::Telling;
use super::facts::DealFact;
use crate::money::Totals;
use crate::pipeline::Pipeline;
use crate::{DealId, Money, StageId, Timestamp};

/// One fact of a deal's history that says where the deal lay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplayFact {
    pub deal: DealId,
    /// Its place among all events.
    pub seq: i64,
    pub at: Timestamp,
    /// Who did it; empty when nobody did.
    pub who: String,
    pub fact: DealFact,
}

/// A column of the replayed board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplayStage {
    pub id: StageId,
    /// As it is called now; one that is gone, as it was called then.
    pub name: String,
    pub hue: String,
    pub retired: bool,
}

/// A deal as it is called and valued today: events do not keep what it was worth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplayDeal {
    pub id: DealId,
    pub number: String,
    pub customer: String,
    pub value: Option<Money>,
}

/// What a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    Approved,
    Moved,
    /// The company moved it.
    Overridden,
    Lost,
    Won,
    WinRejected,
    StageRetired,
    Withdrawn,
}

impl StepKind {
    fn of(fact: &DealFact) -> Self {
        match fact {
            DealFact::DealApproved { .. } => Self::Approved,
            DealFact::DealLost { .. } => Self::Lost,
            DealFact::WinMarked { .. } => Self::Won,
            DealFact::WinRejected { .. } => Self::WinRejected,
            DealFact::StageRetired { .. } => Self::StageRetired,
            DealFact::DealWithdrawn => Self::Withdrawn,
            DealFact::StageMoved {
                override_reason: Some(_),
                ..
            } => Self::Overridden,
            _ => Self::Moved,
        }
    }
}

/// One deal goes from one place to another. Deals and stages are places in the lists of the [`Replay`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplayStep {
    pub deal: usize,
    /// `None`: it was not on the board.
    pub from: Option<usize>,
    /// `None`: it leaves the board.
    pub to: Option<usize>,
    pub at: Timestamp,
    pub who: String,
    pub kind: StepKind,
}

/// What a board went through between two moments.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replay {
    /// As they stand now, and behind them those that are gone and held deals meanwhile.
    pub stages: Vec<ReplayStage>,
    pub deals: Vec<ReplayDeal>,
    /// Which deal lay in which stage at the beginning; who came first stands first.
    pub start: Vec<(usize, usize)>,
    /// In the order in which they happened.
    pub steps: Vec<ReplayStep>,
}

/// The board after some of the steps.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReplayBoard {
    /// How many steps are done.
    pub index: usize,
    /// Of each stage, the deals that lie in it; who came last stands last.
    pub columns: Vec<Vec<usize>>,
    /// Of each step that is done, the place in its column that its deal left: for the way back.
    left: Vec<Option<usize>>,
}

impl Replay {
    /// Tells it from the last fact of each deal before the beginning, and from all of them since, oldest first. `known` are the
    /// deals that may be shown; a fact of another deal is none.
    pub fn told(
        pipeline: &Pipeline,
        known: Vec<ReplayDeal>,
        before: &[ReplayFact],
        since: &[ReplayFact],
    ) -> Self {
        let mut telling = Telling::new(pipeline, known);
        for fact in before {
            telling.begin(fact);
        }
        for fact in since {
            telling.go_on(fact);
        }
        telling.told()
    }

    /// The board before the first step.
    pub fn beginning(&self) -> ReplayBoard {
        let mut columns = vec![Vec::new(); self.stages.len()];
        for (deal, stage) in &self.start {
            if let Some(column) = columns.get_mut(*stage) {
                column.push(*deal);
            }
        }
        ReplayBoard {
            index: 0,
            columns,
            left: Vec::new(),
        }
    }

    /// The board after so many steps.
    pub fn at(&self, index: usize) -> ReplayBoard {
        let mut board = self.beginning();
        self.go(&mut board, index);
        board
    }

    /// Brings the board there, step by step in either direction.
    pub fn go(&self, board: &mut ReplayBoard, index: usize) {
        let index = index.min(self.steps.len());
        while board.index < index {
            self.forward(board);
        }
        while board.index > index {
            self.back(board);
        }
    }

    fn forward(&self, board: &mut ReplayBoard) {
        let step = self.steps.get(board.index);
        let from = step.and_then(|step| Some((step.deal, step.from?)));
        let left = from.and_then(|(deal, stage)| {
            let column = board.columns.get_mut(stage)?;
            let place = column.iter().position(|lies| *lies == deal)?;
            column.remove(place);
            Some(place)
        });
        board.left.push(left);
        if let Some((deal, stage)) = step.and_then(|step| Some((step.deal, step.to?)))
            && let Some(column) = board.columns.get_mut(stage)
        {
            column.push(deal);
        }
        board.index += 1;
    }

    /// Undoes the last step: its deal lies last in its column, where it came to.
    fn back(&self, board: &mut ReplayBoard) {
        board.index -= 1;
        let Some(step) = self.steps.get(board.index) else {
            return;
        };
        if let Some(column) = step.to.and_then(|stage| board.columns.get_mut(stage)) {
            column.pop();
        }
        let left = board.left.pop().flatten();
        if let (Some(place), Some(stage)) = (left, step.from)
            && let Some(column) = board.columns.get_mut(stage)
        {
            column.insert(place.min(column.len()), step.deal);
        }
    }

    /// What the deals of a column are worth today, per currency.
    pub fn totals(&self, column: &[usize]) -> Totals {
        let deals = column.iter().filter_map(|deal| self.deals.get(*deal));
        deals.filter_map(|deal| deal.value).collect()
    }

    /// The step in words: who moved what from where to where.
    pub fn sentence(&self, step: &ReplayStep) -> String {
        let who = if step.who.is_empty() {
            "Dealboard"
        } else {
            &step.who
        };
        let deal = self
            .deals
            .get(step.deal)
            .map_or("", |deal| deal.customer.as_str());
        let name = |stage: Option<usize>| {
            stage
                .and_then(|stage| self.stages.get(stage))
                .map_or("the board", |stage| stage.name.as_str())
        };
        let (from, to) = (name(step.from), name(step.to));
        match step.kind {
            StepKind::Approved => format!("{who} approved {deal}: it came to {to}"),
            StepKind::Moved => format!("{who} moved {deal} from {from} to {to}"),
            StepKind::Overridden => {
                format!("{who} overrode the stage: moved {deal} from {from} to {to}")
            }
            StepKind::Lost => format!("{who} moved {deal} from {from} to {to}: lost"),
            StepKind::Won => format!("{who} marked {deal} closed-won, from {from} to {to}"),
            StepKind::WinRejected => {
                format!("{who} rejected the win of {deal}; it is open again at {to}")
            }
            StepKind::StageRetired => {
                format!("{who} retired the stage {from}; {deal} moved to {to}")
            }
            StepKind::Withdrawn => format!("{who} withdrew {deal}; it left {from}"),
        }
    }
}

#[cfg(test)]
mod tests;
