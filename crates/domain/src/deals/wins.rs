//! The win: marked by the partner, confirmed or rejected by the company.

use serde::{Deserialize, Serialize};

use super::deal::{Deal, Placement, Step};
use super::facts::{DealFact, StageRef};
use super::refusal::Refusal;
use super::reviews::checked_reason;
use crate::people::words;
use crate::pipeline::{Pipeline, StageKind};
use crate::{CustomerId, Rank, StageId, Timestamp, UserId};

words! {
    /// The win's status alone.
    WinStatus {
        None = "none", "Not won";
        Pending = "pending", "Win waits for confirmation";
        Confirmed = "confirmed", "Won";
        Rejected = "rejected", "Win rejected";
    }
}

/// Whether the deal is won, with who and when. While pending or confirmed the partner changes nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Win {
    #[default]
    None,
    Pending {
        by: UserId,
        at: Timestamp,
        customer: CustomerId,
    },
    Confirmed {
        by: UserId,
        at: Timestamp,
        customer: CustomerId,
        marked_at: Timestamp,
    },
    Rejected {
        by: UserId,
        at: Timestamp,
        reason: String,
    },
}

impl Win {
    pub fn status(&self) -> WinStatus {
        match self {
            Self::None => WinStatus::None,
            Self::Pending { .. } => WinStatus::Pending,
            Self::Confirmed { .. } => WinStatus::Confirmed,
            Self::Rejected { .. } => WinStatus::Rejected,
        }
    }

    /// Whether the partner may no longer change the deal (R25).
    pub fn locks(&self) -> bool {
        self.status().locks()
    }

    pub fn customer(&self) -> Option<CustomerId> {
        match self {
            Self::Pending { customer, .. } | Self::Confirmed { customer, .. } => Some(*customer),
            Self::None | Self::Rejected { .. } => None,
        }
    }
}

impl WinStatus {
    pub fn locks(self) -> bool {
        matches!(self, Self::Pending | Self::Confirmed)
    }
}

/// The company's judgement of a win.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum WinVerdict {
    Confirm,
    /// Reopens the deal at that open stage.
    Reject {
        reason: String,
        reopen_at: StageId,
    },
}

impl Deal {
    /// Confirms a pending win.
    pub fn confirm_win(&self, by: UserId, now: Timestamp) -> Step {
        let Win::Pending { at, customer, .. } = self.win else {
            return Err(self.no_pending_win());
        };
        let mut deal = self.changed(by, now);
        deal.win = Win::Confirmed {
            by,
            at: now,
            customer,
            marked_at: at,
        };
        Ok((deal, DealFact::WinConfirmed { customer }))
    }

    /// Rejects a pending win with a reason and reopens the deal at an open stage, at its end.
    pub fn reject_win(
        &self,
        pipeline: &Pipeline,
        reason: &str,
        reopen_at: StageId,
        rank: Rank,
        by: UserId,
        now: Timestamp,
    ) -> Step {
        if self.win.status() != WinStatus::Pending {
            return Err(self.no_pending_win());
        }
        let reason = checked_reason(reason)?;
        let stage = pipeline.find(reopen_at).ok_or(Refusal::StageGone)?;
        if stage.kind != StageKind::Open {
            return Err(Refusal::ReopensAtOpenStageOnly);
        }
        let present = self.placement.as_ref().map(|placement| placement.stage);
        let from = present.and_then(|present| pipeline.find(present));
        if from.is_some_and(|from| from.pipeline != stage.pipeline) {
            return Err(Refusal::OtherPipeline);
        }
        let mut deal = self.changed(by, now);
        deal.win = Win::Rejected {
            by,
            at: now,
            reason: reason.clone(),
        };
        deal.placement = Some(Placement {
            stage: stage.id,
            entered_at: now,
            rank,
            lost: None,
        });
        Ok((
            deal,
            DealFact::WinRejected {
                reason,
                to: StageRef::of(stage),
            },
        ))
    }

    fn no_pending_win(&self) -> Refusal {
        match self.win {
            Win::Confirmed { .. } => Refusal::WinAlreadyConfirmed,
            _ => Refusal::NoPendingWin,
        }
    }
}
