//! What reads select: one shape per use.

use domain::deals::{RegistrationStatus, WinStatus};
use domain::pipeline::StageKind;
use domain::{Currency, Date, DealId, Money, Rank, StageId, Timestamp};

macro_rules! money {
    ($row:ident) => {
        impl $row {
            pub fn value(&self) -> Option<Money> {
                self.value_minor
                    .zip(self.currency)
                    .map(|(minor, currency)| Money::new(minor, currency))
            }
        }
    };
}

/// A card in a column.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct CardRow {
    pub id: DealId,
    pub number: Option<i64>,
    pub customer_name: String,
    pub value_minor: Option<i64>,
    pub currency: Option<Currency>,
    pub close_date: Option<Date>,
    pub stage_id: StageId,
    pub rank: Rank,
    pub stage_entered_at: Timestamp,
    pub owner: String,
    pub partner: String,
    pub registration: RegistrationStatus,
    pub protected_until: Option<Timestamp>,
    pub win: WinStatus,
    pub version: i64,
}
money!(CardRow);

/// A deal of a replay.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ReplayRow {
    pub id: DealId,
    pub number: Option<i64>,
    pub customer_name: String,
    pub value_minor: Option<i64>,
    pub currency: Option<Currency>,
}
money!(ReplayRow);

/// A registration that lies in no column.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct WaitingRow {
    pub id: DealId,
    pub number: Option<i64>,
    pub customer_name: String,
    pub value_minor: Option<i64>,
    pub currency: Option<Currency>,
    pub close_date: Option<Date>,
    pub owner: String,
    pub partner: String,
    pub registration: RegistrationStatus,
    pub changed_at: Timestamp,
    pub submit_key: Option<String>,
    pub version: i64,
}
money!(WaitingRow);

/// A line of the list.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct RowRow {
    pub id: DealId,
    pub number: Option<i64>,
    pub customer_name: String,
    pub customer_folded: String,
    pub value_minor: Option<i64>,
    pub currency: Option<Currency>,
    pub close_date: Option<Date>,
    pub registration: RegistrationStatus,
    pub win: WinStatus,
    pub stage_id: Option<StageId>,
    pub stage_name: Option<String>,
    pub stage_hue: Option<String>,
    pub stage_kind: Option<StageKind>,
    pub stage_entered_at: Option<Timestamp>,
    pub protected_until: Option<Timestamp>,
    pub owner: String,
    pub partner: String,
    pub changed_at: Timestamp,
    pub version: i64,
}
money!(RowRow);

/// A registration or win that waits for the company.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct QueueRow {
    pub id: DealId,
    pub number: Option<i64>,
    pub customer_name: String,
    pub customer_folded: String,
    pub customer_domain: Option<String>,
    pub partner: String,
    pub value_minor: Option<i64>,
    pub currency: Option<Currency>,
    pub close_date: Option<Date>,
    pub registration: RegistrationStatus,
    pub registration_facts: crate::JsonText<domain::deals::Registration>,
    pub win: WinStatus,
    pub changed_at: Timestamp,
    pub version: i64,
}
money!(QueueRow);
