//! What a commission is for.

use serde::{Deserialize, Serialize};

use crate::people::words;
use crate::{CommissionId, DealId, TransactionId};

words! {
    /// The kind of cause alone.
    CauseKind {
        Win = "win", "Won deal";
        Transaction = "transaction", "Transaction";
        Correction = "correction", "Correction";
    }
}

/// The one thing that a commission is for. Under one offer a cause earns once, however often it is looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Cause {
    /// The win that gave the deal this version: a deal that is reopened and won again is another cause.
    Win {
        deal: DealId,
        version: i64,
    },
    Transaction {
        transaction: TransactionId,
    },
    /// A line that the company added. The key is made with the form, so that one form is one line.
    Correction {
        of: CommissionId,
        key: String,
    },
}

impl Cause {
    pub fn kind(&self) -> CauseKind {
        match self {
            Self::Win { .. } => CauseKind::Win,
            Self::Transaction { .. } => CauseKind::Transaction,
            Self::Correction { .. } => CauseKind::Correction,
        }
    }

    /// A text for a unique column, beside the offer.
    pub fn key(&self) -> String {
        match self {
            Self::Win { deal, version } => format!("win:{deal}:{version}"),
            Self::Transaction { transaction } => format!("transaction:{transaction}"),
            Self::Correction { of, key } => format!("correction:{of}:{key}"),
        }
    }

    /// The commission that it corrects.
    pub fn corrects(&self) -> Option<CommissionId> {
        match self {
            Self::Correction { of, .. } => Some(*of),
            Self::Win { .. } | Self::Transaction { .. } => None,
        }
    }

    pub fn transaction(&self) -> Option<TransactionId> {
        match self {
            Self::Transaction { transaction } => Some(*transaction),
            Self::Win { .. } | Self::Correction { .. } => None,
        }
    }
}
