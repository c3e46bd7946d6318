//! Where a commission stands. Each state carries its own facts.

use serde::{Deserialize, Serialize};

use crate::people::words;
use crate::{Date, PayoutId, Timestamp, UserId};

words! {
    /// The status alone.
    CommissionStatus {
        Pending = "pending", "Pending";
        Approved = "approved", "Approved";
        Held = "held", "On hold";
        Declined = "declined", "Declined";
        Paid = "paid", "Paid";
        Voided = "voided", "Void";
    }
}

impl CommissionStatus {
    /// Whether it counts towards what the deal has earned.
    pub fn counts(self) -> bool {
        !matches!(self, Self::Declined | Self::Voided)
    }
}

/// The status with who, when and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum CommissionState {
    /// The win waits for its confirmation.
    Pending,
    /// Owed, and not paid yet.
    Approved { at: Timestamp },
    /// Owed, and kept back until the company lets it go.
    Held {
        by: UserId,
        at: Timestamp,
        reason: String,
        approved_at: Timestamp,
    },
    /// Not owed: the company says why.
    Declined {
        by: UserId,
        at: Timestamp,
        reason: String,
    },
    /// Read-only from here on: corrections are lines of their own.
    Paid {
        by: UserId,
        at: Timestamp,
        payout: PayoutId,
        reference: String,
        paid_on: Date,
        approved_at: Timestamp,
    },
    /// The win was rejected.
    Voided { at: Timestamp },
}

impl CommissionState {
    pub fn status(&self) -> CommissionStatus {
        match self {
            Self::Pending => CommissionStatus::Pending,
            Self::Approved { .. } => CommissionStatus::Approved,
            Self::Held { .. } => CommissionStatus::Held,
            Self::Declined { .. } => CommissionStatus::Declined,
            Self::Paid { .. } => CommissionStatus::Paid,
            Self::Voided { .. } => CommissionStatus::Voided,
        }
    }

    /// Why it was held or declined.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Held { reason, .. } | Self::Declined { reason, .. } => Some(reason),
            Self::Pending | Self::Approved { .. } | Self::Paid { .. } | Self::Voided { .. } => None,
        }
    }

    pub fn payout(&self) -> Option<PayoutId> {
        match self {
            Self::Paid { payout, .. } => Some(*payout),
            _ => None,
        }
    }

    /// Its payment's reference and day.
    pub fn payment(&self) -> Option<(&str, Date)> {
        match self {
            Self::Paid {
                reference, paid_on, ..
            } => Some((reference, *paid_on)),
            _ => None,
        }
    }
}
