//! The kinds of messages: the facts of a deal that its company may see, by the names that receivers read.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::commissions::CommissionFact;
use crate::deals::DealFact;
use crate::people::UnknownWord;

macro_rules! events {
    ($($(#[$doc:meta])* $variant:ident = $text:literal, $label:literal;)*) => {
        /// What a message tells of: its `type`. These names never change; new ones may come.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum WebhookEvent {
            $($(#[$doc])* $variant,)*
        }

        impl WebhookEvent {
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The `type` on the wire.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// As people read it.
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)* }
            }
        }
    };
}

events! {
    Submitted = "deal.submitted", "A deal is registered";
    Resubmitted = "deal.resubmitted", "Questions are answered and it is submitted again";
    Withdrawn = "deal.withdrawn", "A registration is withdrawn";
    Appealed = "deal.appealed", "A verdict is appealed";
    AnswersChanged = "deal.answers_changed", "The company, or after the approval the partner, changes answers of a deal";
    Approved = "deal.approved", "A registration is approved";
    Declined = "deal.declined", "A registration is declined";
    Ineligible = "deal.marked_ineligible", "A deal is ineligible";
    InfoRequested = "deal.info_requested", "More information is asked for";
    StageMoved = "deal.stage_moved", "A deal moves to another stage";
    StageRetired = "deal.stage_retired", "A deal\u{2019}s stage is retired";
    Lost = "deal.lost", "A deal is lost";
    WinMarked = "deal.win_marked", "A deal is marked as won";
    WinConfirmed = "deal.win_confirmed", "A win is confirmed";
    WinRejected = "deal.win_rejected", "A win is rejected";
    ProtectionExtended = "deal.protection_extended", "A protection is extended";
    ProtectionExpired = "deal.protection_expired", "A protection runs out";
    CommissionAccrued = "commission.accrued", "A commission is pending";
    CommissionApproved = "commission.approved", "A commission is approved";
    CommissionVoided = "commission.voided", "A commission is void";
    CommissionHeld = "commission.held", "A commission is put on hold";
    CommissionReleased = "commission.released", "A commission is released";
    CommissionDeclined = "commission.declined", "A commission is declined";
    CommissionPaid = "commission.paid", "A commission is paid";
    CommissionCorrected = "commission.corrected", "A commission is corrected";
    TransactionEntered = "transaction.entered", "A transaction is entered";
}

impl WebhookEvent {
    /// The kind of that fact. `None` for what is the partner team's own ([`crate::deals::PRIVATE_FACTS`]) or the company's
    /// ([`crate::messages::INTERNAL_FACTS`]), and for a new place within a column, which is no news.
    pub fn of(fact: &DealFact) -> Option<Self> {
        Some(match fact {
            DealFact::DealSubmitted { .. } => Self::Submitted,
            DealFact::DealResubmitted { .. } => Self::Resubmitted,
            DealFact::DealWithdrawn => Self::Withdrawn,
            DealFact::DealAppealed { .. } => Self::Appealed,
            DealFact::DealApproved { .. } => Self::Approved,
            DealFact::DealDeclined { .. } => Self::Declined,
            DealFact::DealMarkedIneligible { .. } => Self::Ineligible,
            DealFact::InfoRequested { .. } => Self::InfoRequested,
            DealFact::StageMoved { .. } => Self::StageMoved,
            DealFact::StageRetired { .. } => Self::StageRetired,
            DealFact::DealLost { .. } => Self::Lost,
            DealFact::WinMarked { .. } => Self::WinMarked,
            DealFact::WinConfirmed { .. } => Self::WinConfirmed,
            DealFact::WinRejected { .. } => Self::WinRejected,
            DealFact::AnswersChanged { .. } | DealFact::DealAmended { .. } => Self::AnswersChanged,
            DealFact::ProtectionExtended { .. } => Self::ProtectionExtended,
            DealFact::ProtectionExpired => Self::ProtectionExpired,
            DealFact::Commission(fact) => Self::of_commission(fact),
            DealFact::DealDrafted
            | DealFact::DraftDeleted
            | DealFact::FileAttached { .. }
            | DealFact::FileRemoved { .. }
            | DealFact::DealReordered { .. }
            | DealFact::CompanyAnswersChanged { .. } => return None,
        })
    }

    fn of_commission(fact: &CommissionFact) -> Self {
        match fact {
            CommissionFact::CommissionAccrued { .. } => Self::CommissionAccrued,
            CommissionFact::CommissionApproved { .. } => Self::CommissionApproved,
            CommissionFact::CommissionVoided { .. } => Self::CommissionVoided,
            CommissionFact::CommissionHeld { .. } => Self::CommissionHeld,
            CommissionFact::CommissionReleased { .. } => Self::CommissionReleased,
            CommissionFact::CommissionDeclined { .. } => Self::CommissionDeclined,
            CommissionFact::CommissionPaid { .. } => Self::CommissionPaid,
            CommissionFact::CommissionCorrected { .. } => Self::CommissionCorrected,
            CommissionFact::TransactionEntered { .. } => Self::TransactionEntered,
        }
    }
}

impl fmt::Display for WebhookEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for WebhookEvent {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        let mut all = Self::ALL.iter().copied();
        all.find(|event| event.as_str() == text).ok_or(UnknownWord)
    }
}

impl Serialize for WebhookEvent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for WebhookEvent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FileId;

    #[test]
    fn names_are_told_apart_and_read_back() {
        for event in WebhookEvent::ALL {
            assert_eq!(event.as_str().parse(), Ok(*event));
            assert_eq!(serde_json::to_value(event).unwrap(), event.as_str());
        }
        assert!("deal.drafted".parse::<WebhookEvent>().is_err());
    }

    #[test]
    fn what_is_the_partners_own_is_told_to_nobody() {
        let file = FileId(uuid::Uuid::nil());
        for fact in [
            DealFact::DealDrafted,
            DealFact::DraftDeleted,
            DealFact::FileAttached {
                file,
                name: "a".into(),
            },
            DealFact::FileRemoved {
                file,
                name: "a".into(),
            },
        ] {
            assert!(fact.is_private());
            assert_eq!(WebhookEvent::of(&fact), None);
        }
        assert_eq!(
            WebhookEvent::of(&DealFact::DealWithdrawn),
            Some(WebhookEvent::Withdrawn)
        );
    }
}
