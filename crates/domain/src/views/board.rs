//! The board and the list of deals.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{CardOrder, Lane, LaneKind};
use crate::deals::{MoveFacts, RegistrationStatus, WinStatus};
use crate::money::Totals;
use crate::pipeline::{Pipeline, StageKind};
use crate::{Date, DealId, Money, PipelineId, Rank, StageId, Timestamp};

/// A deal on the board: an approved (or expired) one, which lies in a stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    pub id: DealId,
    pub number: String,
    pub customer: String,
    pub value: Option<Money>,
    pub close_date: Option<Date>,
    pub stage: StageId,
    pub rank: Rank,
    pub entered_at: Timestamp,
    pub owner: String,
    pub registration: RegistrationStatus,
    pub protected_until: Option<Timestamp>,
    pub win: WinStatus,
    /// What the deal answered to the fields that the company chose for cards, one text for each; empty without an answer.
    #[serde(default)]
    pub facts: Vec<String>,
    pub version: i64,
}

impl Card {
    pub fn move_facts(&self) -> MoveFacts {
        MoveFacts {
            registration: self.registration,
            protected_until: self.protected_until,
            win: self.win,
        }
    }
}

/// A registration that lies in no stage: waiting, needing info, declined, ineligible, draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingCard {
    pub id: DealId,
    pub number: String,
    pub customer: String,
    pub value: Option<Money>,
    pub close_date: Option<Date>,
    pub owner: String,
    pub registration: RegistrationStatus,
    pub since: Timestamp,
    /// Of a draft: the form that it was begun in.
    pub submit_key: Option<String>,
    pub version: i64,
}

/// One column: what it holds in all, and the cards of it that were sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    pub stage: StageId,
    /// All deals of the column that the filter lets through.
    pub count: i64,
    pub totals: Totals,
    /// By rank. When fewer than `count`, the rest is fetched as the column is scrolled.
    pub cards: Vec<Card>,
}

/// The board as one actor may see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardView {
    pub pipeline: Pipeline,
    pub columns: Vec<Column>,
    pub waiting: Vec<WaitingCard>,
    /// What the company calls the fields that cards show besides.
    #[serde(default)]
    pub fact_labels: Vec<String>,
    /// The last event that this board has seen.
    pub seq: i64,
    pub now: Timestamp,
    pub may_work: bool,
    pub submissions_open: bool,
}

/// The company's board: the same, and whose each deal is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanyBoardView {
    pub board: BoardView,
    pub partners: BTreeMap<DealId, String>,
    pub may_override: bool,
}

/// What a list or board is narrowed to. Lives in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DealFilter {
    pub mine: bool,
    /// Folded text that customer or number must contain.
    pub search: String,
    pub stage: Option<StageId>,
    /// The board shows one pipeline: without this the first. A list shows all of them without it.
    pub pipeline: Option<PipelineId>,
    pub registration: Option<RegistrationStatus>,
    pub stage_kind: Option<StageKind>,
    /// Part of a partner's name; for the company.
    pub partner: String,
    pub min_value: Option<i64>,
    /// Protection ends within 14 days.
    pub expiring: bool,
    /// Longer in the stage than the stage allows.
    pub stuck: bool,
    /// Expected to close in the current month.
    pub closing: bool,
    pub sort: DealSort,
    /// Columns of the board whose cards do not lie as they were placed.
    pub orders: BTreeMap<StageId, CardOrder>,
    /// The board stands in lanes.
    pub lanes: Option<LaneKind>,
    /// Only what lies in that lane.
    pub lane: Option<Lane>,
}

/// The order of a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DealSort {
    #[default]
    Changed,
    Customer,
    Value,
    CloseDate,
}

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DealRow {
    pub id: DealId,
    pub number: String,
    pub customer: String,
    pub value: Option<Money>,
    pub close_date: Option<Date>,
    pub registration: RegistrationStatus,
    pub win: WinStatus,
    pub stage: Option<StageId>,
    pub stage_name: String,
    pub stage_hue: String,
    pub stage_kind: Option<StageKind>,
    pub entered_at: Option<Timestamp>,
    pub protected_until: Option<Timestamp>,
    pub owner: String,
    /// The partner's name, for the company; empty for partners.
    pub partner: String,
    pub changed_at: Timestamp,
    pub version: i64,
}

/// One page of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DealList {
    pub rows: Vec<DealRow>,
    /// Opaque; `None` on the last page.
    pub next: Option<String>,
    pub pipeline: Pipeline,
    pub may_work: bool,
    pub submissions_open: bool,
    pub now: Timestamp,
}
