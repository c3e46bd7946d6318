//! What people are told of, by which channel, and what each of them chose.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::commissions::CommissionFact;
use crate::deals::DealFact;
use crate::people::{Side, words};

words! {
    /// What a person can be told of: a row of their choices.
    NoticeKind {
        Registrations = "registrations", "A partner registers a deal, answers, changes an answer, appeals or withdraws";
        Wins = "wins", "A partner marks a deal as won";
        Verdicts = "verdicts", "The company decides on a registration or asks for more";
        WinVerdicts = "win_verdicts", "The company confirms or rejects a win";
        Changes = "changes", "The company moves a deal or changes its answers, or its protection is extended or ends";
        Commissions = "commissions", "A commission is owed, kept back, declined, corrected or paid";
        PartnerMessages = "partner_messages", "A partner writes a message";
        CompanyMessages = "company_messages", "The company writes a message";
        Webhooks = "webhooks", "A webhook is switched off because it failed (admins)";
        Forms = "forms", "A scheduled form cannot be published (admins)";
    }
}

words! {
    /// By which way somebody is told: a column of their choices.
    Channel {
        Bell = "bell", "In the app";
        Mail = "mail", "By email";
    }
}

impl NoticeKind {
    /// The side whose people are told.
    pub fn side(self) -> Side {
        match self {
            Self::Registrations
            | Self::Wins
            | Self::PartnerMessages
            | Self::Webhooks
            | Self::Forms => Side::Company,
            Self::Verdicts
            | Self::WinVerdicts
            | Self::Changes
            | Self::Commissions
            | Self::CompanyMessages => Side::Partner,
        }
    }
}

/// Under which row of the choices a fact stands, and what it is in a few words; `None` where nobody is told.
pub fn news(fact: &DealFact) -> Option<(NoticeKind, &'static str)> {
    use NoticeKind::{Changes, Registrations, Verdicts, WinVerdicts, Wins};
    Some(match fact {
        DealFact::DealSubmitted { .. } => (Registrations, "new registration"),
        DealFact::DealResubmitted { .. } => (Registrations, "your questions are answered"),
        DealFact::DealAppealed { .. } => (Registrations, "the partner appeals"),
        DealFact::DealWithdrawn => (Registrations, "withdrawn"),
        DealFact::DealAmended { .. } => (Registrations, "answers changed by the partner"),
        DealFact::WinMarked {
            override_reason: None,
            ..
        } => (Wins, "a win to confirm"),
        DealFact::DealApproved { .. } => (Verdicts, "approved"),
        DealFact::DealDeclined { .. } => (Verdicts, "declined"),
        DealFact::DealMarkedIneligible { .. } => (Verdicts, "ineligible"),
        DealFact::InfoRequested { .. } => (Verdicts, "more information is asked for"),
        DealFact::WinConfirmed { .. } => (WinVerdicts, "the win is confirmed"),
        DealFact::WinRejected { .. } => (WinVerdicts, "the win is rejected"),
        DealFact::AnswersChanged { .. } => (Changes, "answers changed by the company"),
        DealFact::ProtectionExtended { .. } => (Changes, "protection extended"),
        DealFact::ProtectionExpired => (Changes, "protection ran out"),
        DealFact::StageRetired { .. }
        | DealFact::StageMoved {
            override_reason: Some(_),
            ..
        }
        | DealFact::DealLost {
            override_reason: Some(_),
            ..
        }
        | DealFact::WinMarked {
            override_reason: Some(_),
            ..
        } => (Changes, "moved by the company"),
        DealFact::Commission(fact) => return news_of_commission(fact),
        DealFact::DealDrafted
        | DealFact::DraftDeleted
        | DealFact::FileAttached { .. }
        | DealFact::FileRemoved { .. }
        | DealFact::DealReordered { .. }
        | DealFact::CompanyAnswersChanged { .. }
        | DealFact::StageMoved {
            override_reason: None,
            ..
        }
        | DealFact::DealLost {
            override_reason: None,
            ..
        } => return None,
    })
}

/// Whether a fact is worth a mail of its own. A retired stage moves many deals at once: it rings bells, and writes to nobody.
pub fn is_for_mail(fact: &DealFact) -> bool {
    !matches!(fact, DealFact::StageRetired { .. })
}

/// What is pending or void goes with the news of the win.
fn news_of_commission(fact: &CommissionFact) -> Option<(NoticeKind, &'static str)> {
    let headline = match fact {
        CommissionFact::CommissionApproved { .. } => "a commission is owed to you",
        CommissionFact::CommissionHeld { .. } => "a commission is on hold",
        CommissionFact::CommissionReleased { .. } => "a commission is owed again",
        CommissionFact::CommissionDeclined { .. } => "a commission is declined",
        CommissionFact::CommissionPaid { .. } => "a commission is paid",
        CommissionFact::CommissionCorrected { .. } => "a commission is corrected",
        CommissionFact::CommissionAccrued { .. }
        | CommissionFact::CommissionVoided { .. }
        | CommissionFact::TransactionEntered { .. } => return None,
    };
    Some((NoticeKind::Commissions, headline))
}

/// What somebody does not want to hear. Everything else they are told: by every channel, until they choose.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeChoices {
    off: BTreeSet<(NoticeKind, Channel)>,
}

impl NoticeChoices {
    /// Whether that news is wanted by that channel.
    pub fn wants(&self, kind: NoticeKind, channel: Channel) -> bool {
        !self.off.contains(&(kind, channel))
    }

    /// Chooses one of them.
    pub fn set(&mut self, kind: NoticeKind, channel: Channel, wanted: bool) {
        if wanted {
            self.off.remove(&(kind, channel));
        } else {
            self.off.insert((kind, channel));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_wanted_until_somebody_chooses() {
        let mut choices = NoticeChoices::default();
        for kind in NoticeKind::ALL {
            for channel in Channel::ALL {
                assert!(choices.wants(*kind, *channel));
            }
        }
        choices.set(NoticeKind::Wins, Channel::Mail, false);
        assert!(!choices.wants(NoticeKind::Wins, Channel::Mail));
        assert!(choices.wants(NoticeKind::Wins, Channel::Bell));
        choices.set(NoticeKind::Wins, Channel::Mail, true);
        assert_eq!(choices, NoticeChoices::default());
    }
}
