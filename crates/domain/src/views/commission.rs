//! Commissions, the same for both sides.

use serde::{Deserialize, Serialize};

use crate::commissions::{Calculation, CauseKind, CommissionState, CommissionStatus};
use crate::{CommissionId, CustomerId, Date, DealId, Money, PartnerId, Timestamp, TransactionId};

/// One commission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommissionView {
    pub id: CommissionId,
    pub deal: DealId,
    pub deal_number: String,
    pub customer: String,
    /// The partner's name, for the company; empty for partners.
    pub partner: String,
    pub cause: CauseKind,
    /// The transaction's reference and day, when it is for one.
    pub transaction: Option<(String, Date)>,
    /// The commission that this line corrects.
    pub corrects: Option<CommissionId>,
    pub calculation: Calculation,
    pub state: CommissionState,
    pub accrued_at: Timestamp,
    pub changed_at: Timestamp,
    pub version: i64,
}

impl CommissionView {
    pub fn amount(&self) -> Money {
        self.calculation.amount
    }

    pub fn status(&self) -> CommissionStatus {
        self.state.status()
    }
}

/// What a list of commissions is narrowed to. Lives in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CommissionFilter {
    pub status: Option<CommissionStatus>,
    /// For the company.
    pub partner: Option<PartnerId>,
}

/// What the commissions of one status come to, in one currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommissionTotal {
    pub status: CommissionStatus,
    pub total: Money,
    pub count: i64,
}

/// One page of the list, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommissionList {
    pub rows: Vec<CommissionView>,
    /// Opaque; `None` on the last page.
    pub next: Option<String>,
    /// Over all pages and every status, narrowed only to the partner.
    pub totals: Vec<CommissionTotal>,
    /// Partners to narrow to, for the company; empty for partners.
    pub partners: Vec<(PartnerId, String)>,
    /// Whether the viewer holds, declines, pays and corrects.
    pub may_pay: bool,
    pub now: Timestamp,
}

/// What a customer bought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransactionView {
    pub id: TransactionId,
    pub deal: DealId,
    pub customer: CustomerId,
    pub amount: Money,
    pub on: Date,
    pub reference: String,
    /// What it earned, over all offers.
    pub earned: Vec<Money>,
    /// Dated before the win: it earns nothing.
    pub before_win: bool,
    pub entered_at: Timestamp,
}
