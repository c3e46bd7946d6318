//! The company's review desk.

use serde::{Deserialize, Serialize};

use crate::deals::{RegistrationStatus, WinStatus};
use crate::{Date, DealId, Money, Timestamp};

/// A registration or a win that waits for the company, by due time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueItem {
    pub id: DealId,
    pub number: String,
    pub customer: String,
    pub partner: String,
    pub value: Option<Money>,
    pub close_date: Option<Date>,
    pub registration: RegistrationStatus,
    pub win: WinStatus,
    pub waiting_since: Timestamp,
    pub due_at: Timestamp,
    pub appealed: bool,
    pub conflicts: i64,
    pub version: i64,
}

/// The queue, and how long it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewView {
    pub items: Vec<QueueItem>,
    pub now: Timestamp,
    pub may_decide: bool,
}

/// What the company may want to know of the partner.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartnerRecord {
    pub registered: i64,
    pub approved: i64,
    pub won: i64,
    pub open: i64,
}

/// Somebody else on the same customer, as the company sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "with", rename_all = "snake_case")]
pub enum ConflictHint {
    /// The company's own team.
    Claim {
        customer: String,
        note: String,
        since: Timestamp,
    },
    /// Another deal, perhaps of another partner.
    Deal {
        id: DealId,
        number: String,
        customer: String,
        partner: String,
        registration: RegistrationStatus,
        submitted_at: Option<Timestamp>,
    },
    /// A customer that bought already.
    Customer { name: String, since: Timestamp },
}
