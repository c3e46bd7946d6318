//! What happened to a commission: entries of its deal's history, read by both sides.

use serde::{Deserialize, Serialize};

use crate::{CommissionId, Date, Locale, Money, TransactionId};

/// Which commission, how much, and under which offer: what every fact says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommissionRef {
    pub commission: CommissionId,
    pub amount: Money,
    /// The offer's name then.
    pub offer: String,
}

/// One fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum CommissionFact {
    CommissionAccrued {
        #[serde(flatten)]
        of: CommissionRef,
    },
    CommissionApproved {
        #[serde(flatten)]
        of: CommissionRef,
    },
    CommissionVoided {
        #[serde(flatten)]
        of: CommissionRef,
    },
    CommissionHeld {
        #[serde(flatten)]
        of: CommissionRef,
        reason: String,
    },
    CommissionReleased {
        #[serde(flatten)]
        of: CommissionRef,
    },
    CommissionDeclined {
        #[serde(flatten)]
        of: CommissionRef,
        reason: String,
    },
    CommissionPaid {
        #[serde(flatten)]
        of: CommissionRef,
        reference: String,
        paid_on: Date,
    },
    CommissionCorrected {
        #[serde(flatten)]
        of: CommissionRef,
        corrects: CommissionId,
        reason: String,
    },
    /// Not of a commission yet: what a customer bought.
    TransactionEntered {
        transaction: TransactionId,
        amount: Money,
        on: Date,
        reference: String,
    },
}

impl CommissionFact {
    /// The word it is stored under: the serde tag.
    pub fn name(&self) -> &'static str {
        match self {
            Self::CommissionAccrued { .. } => "commission_accrued",
            Self::CommissionApproved { .. } => "commission_approved",
            Self::CommissionVoided { .. } => "commission_voided",
            Self::CommissionHeld { .. } => "commission_held",
            Self::CommissionReleased { .. } => "commission_released",
            Self::CommissionDeclined { .. } => "commission_declined",
            Self::CommissionPaid { .. } => "commission_paid",
            Self::CommissionCorrected { .. } => "commission_corrected",
            Self::TransactionEntered { .. } => "transaction_entered",
        }
    }

    /// The line in the timeline, after the actor's name.
    pub fn sentence(&self) -> String {
        self.sentence_in(Locale::default())
    }

    /// The same, with amounts and days as the locale writes them.
    pub fn sentence_in(&self, locale: Locale) -> String {
        let text = |of: &CommissionRef| {
            let amount = locale.money_exact(of.amount);
            format!("a commission of {amount} (\u{201c}{}\u{201d})", of.offer)
        };
        match self {
            Self::CommissionAccrued { of } => format!("noted {} as pending", text(of)),
            Self::CommissionApproved { of } => format!("approved {}", text(of)),
            Self::CommissionVoided { of } => format!("voided {}", text(of)),
            Self::CommissionHeld { of, .. } => format!("put {} on hold", text(of)),
            Self::CommissionReleased { of } => format!("released {}", text(of)),
            Self::CommissionDeclined { of, .. } => format!("declined {}", text(of)),
            Self::CommissionPaid {
                of,
                reference,
                paid_on,
            } => {
                let day = locale.date(*paid_on);
                format!("paid {} on {day}, reference {reference}", text(of))
            }
            Self::CommissionCorrected { of, .. } => {
                let amount = locale.money_exact(of.amount);
                format!(
                    "corrected a commission by {amount} (\u{201c}{}\u{201d})",
                    of.offer
                )
            }
            Self::TransactionEntered {
                amount,
                on,
                reference,
                ..
            } => {
                let (amount, day) = (locale.money_exact(*amount), locale.date(*on));
                format!("entered a transaction of {amount} on {day}, reference {reference}")
            }
        }
    }

    /// The words that somebody wrote with it.
    pub fn quotation(&self) -> Option<&str> {
        match self {
            Self::CommissionHeld { reason, .. }
            | Self::CommissionDeclined { reason, .. }
            | Self::CommissionCorrected { reason, .. } => Some(reason),
            _ => None,
        }
    }

    /// The commission that it tells of.
    pub fn of(&self) -> Option<&CommissionRef> {
        match self {
            Self::CommissionAccrued { of }
            | Self::CommissionApproved { of }
            | Self::CommissionVoided { of }
            | Self::CommissionHeld { of, .. }
            | Self::CommissionReleased { of }
            | Self::CommissionDeclined { of, .. }
            | Self::CommissionPaid { of, .. }
            | Self::CommissionCorrected { of, .. } => Some(of),
            Self::TransactionEntered { .. } => None,
        }
    }
}
