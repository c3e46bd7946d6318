//! Times and states in words.

use domain::Timestamp;
use domain::commissions::CommissionFact;
use domain::deals::{DealFact, Registration, RegistrationStatus, WinStatus};
use domain::views::DealView;

use crate::lasting::count;
pub use crate::lasting::duration;
use crate::ui::Tone;

/// `48 hours`, `3 days` when it is whole days of more than two.
pub fn hours(hours: i64) -> String {
    if hours > 48 && hours % 24 == 0 {
        count(hours / 24, "day", "days")
    } else {
        count(hours, "hour", "hours")
    }
}

/// What is left of the protection; a started day counts.
pub fn protection_left(until: Timestamp, now: Timestamp) -> String {
    let seconds = until.seconds() - now.seconds();
    if seconds <= 0 {
        return "ended".to_owned();
    }
    let days = seconds.div_euclid(86_400) + 1;
    format!("{} left", count(days, "day", "days"))
}

pub fn registration_tone(status: RegistrationStatus) -> Tone {
    match status {
        RegistrationStatus::Draft | RegistrationStatus::Withdrawn => Tone::Plain,
        RegistrationStatus::Submitted => Tone::Info,
        RegistrationStatus::NeedsInfo | RegistrationStatus::Expired => Tone::Warn,
        RegistrationStatus::Approved => Tone::Good,
        RegistrationStatus::Declined | RegistrationStatus::Ineligible => Tone::Bad,
    }
}

pub fn win_tone(status: WinStatus) -> Tone {
    match status {
        WinStatus::None => Tone::Plain,
        WinStatus::Pending => Tone::Warn,
        WinStatus::Confirmed => Tone::Good,
        WinStatus::Rejected => Tone::Bad,
    }
}

/// The mark in the timeline.
pub fn fact_tone(fact: &DealFact) -> Tone {
    match fact {
        DealFact::DealApproved { .. }
        | DealFact::WinConfirmed { .. }
        | DealFact::WinMarked { .. }
        | DealFact::Commission(
            CommissionFact::CommissionApproved { .. } | CommissionFact::CommissionPaid { .. },
        ) => Tone::Good,
        DealFact::InfoRequested { .. }
        | DealFact::ProtectionExpired
        | DealFact::DealAppealed { .. }
        | DealFact::Commission(CommissionFact::CommissionHeld { .. }) => Tone::Warn,
        DealFact::DealDeclined { .. }
        | DealFact::DealMarkedIneligible { .. }
        | DealFact::DealLost { .. }
        | DealFact::WinRejected { .. }
        | DealFact::DealWithdrawn
        | DealFact::Commission(
            CommissionFact::CommissionDeclined { .. } | CommissionFact::CommissionVoided { .. },
        ) => Tone::Bad,
        _ => Tone::Plain,
    }
}

/// When the company means to have decided, while it still has to.
pub fn due_at(deal: &DealView) -> Option<Timestamp> {
    match &deal.registration {
        Registration::Submitted(submission) => Some(submission.due_at),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_said_as_days_where_they_are_whole_days() {
        assert_eq!(hours(48), "48 hours");
        assert_eq!(hours(72), "3 days");
        assert_eq!(hours(1), "1 hour");
    }

    #[test]
    fn a_started_day_of_protection_counts() {
        let now = Timestamp::from_seconds(1_000_000);
        assert_eq!(protection_left(now.plus_seconds(10), now), "1 day left");
        assert_eq!(protection_left(now.plus_days(8), now), "9 days left");
        assert_eq!(protection_left(now, now), "ended");
    }
}
