//! What events are about, so that people find one among many.

use super::event::WebhookEvent;
use crate::people::words;

words! {
    /// The events of one group stand together, in the order of [`WebhookEvent::ALL`].
    EventGroup {
        Registrations = "registrations", "Registrations";
        Decisions = "decisions", "Decisions";
        Stages = "stages", "Stages";
        Wins = "wins", "Wins";
        Protection = "protection", "Protection";
        Commissions = "commissions", "Commissions";
        Transactions = "transactions", "Transactions of customers";
    }
}

impl WebhookEvent {
    pub fn group(self) -> EventGroup {
        match self {
            Self::Submitted
            | Self::Resubmitted
            | Self::Withdrawn
            | Self::Appealed
            | Self::AnswersChanged => EventGroup::Registrations,
            Self::Approved | Self::Declined | Self::Ineligible | Self::InfoRequested => {
                EventGroup::Decisions
            }
            Self::StageMoved | Self::StageRetired | Self::Lost => EventGroup::Stages,
            Self::WinMarked | Self::WinConfirmed | Self::WinRejected => EventGroup::Wins,
            Self::ProtectionExtended | Self::ProtectionExpired => EventGroup::Protection,
            Self::CommissionAccrued
            | Self::CommissionApproved
            | Self::CommissionVoided
            | Self::CommissionHeld
            | Self::CommissionReleased
            | Self::CommissionDeclined
            | Self::CommissionPaid
            | Self::CommissionCorrected => EventGroup::Commissions,
            Self::TransactionEntered => EventGroup::Transactions,
        }
    }
}

/// All events, group by group.
pub fn grouped_events() -> impl Iterator<Item = (EventGroup, &'static [WebhookEvent])> {
    WebhookEvent::ALL
        .chunk_by(|one, next| one.group() == next.group())
        .filter_map(|events| Some((events.first()?.group(), events)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_group_stands_together_and_once() {
        let groups: Vec<EventGroup> = grouped_events().map(|(group, _)| group).collect();
        assert_eq!(groups, EventGroup::ALL);
        let events = grouped_events().flat_map(|(_, events)| events);
        assert!(events.eq(WebhookEvent::ALL));
    }
}
