//! The company's judgement of a registration.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::deal::{Deal, Placement, Step};
use super::facts::{DealFact, StageRef};
use super::refusal::Refusal;
use super::registration::{Registration, RegistrationStatus, Submission};
use crate::forms::FieldKey;
use crate::people::words;
use crate::pipeline::{Pipeline, Stage};
use crate::program::ProgramSettings;
use crate::text::clean_text;
use crate::{PipelineId, Rank, Timestamp, UserId};

/// Longest reason or message, in characters.
pub const MAX_REASON: usize = 2_000;

words! {
    /// The verdicts, as words.
    DecisionKind {
        Approve = "approve", "Approve";
        Decline = "decline", "Decline";
        Ineligible = "ineligible", "Mark ineligible";
        AskInfo = "ask_info", "Ask for info";
    }
}

/// One verdict, with the text that the partner reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "decision", rename_all = "snake_case")]
pub enum Decision {
    Approve {
        message: String,
    },
    Decline {
        reason: String,
    },
    /// The company's own team already works the deal.
    Ineligible {
        reason: String,
    },
    /// Opens the named fields to the partner (none named: all).
    AskInfo {
        message: String,
        fields: Vec<FieldKey>,
    },
}

impl Decision {
    pub fn kind(&self) -> DecisionKind {
        match self {
            Self::Approve { .. } => DecisionKind::Approve,
            Self::Decline { .. } => DecisionKind::Decline,
            Self::Ineligible { .. } => DecisionKind::Ineligible,
            Self::AskInfo { .. } => DecisionKind::AskInfo,
        }
    }
}

/// What an approval grants: where the deal lands and for how long it is protected.
#[derive(Debug, Clone)]
pub struct Terms<'a> {
    pub pipeline: &'a Pipeline,
    /// The pipeline that the deal enters: see [`crate::pipeline::Heads::entered_by`].
    pub enters: PipelineId,
    pub settings: ProgramSettings,
    /// The place in the first open column of it.
    pub rank: Rank,
}

/// A reason cleaned; missing or too long is refused.
pub(crate) fn checked_reason(text: &str) -> Result<String, Refusal> {
    let cleaned = clean_text(text);
    if cleaned.is_empty() {
        return Err(Refusal::ReasonMissing);
    }
    checked_length(cleaned)
}

/// At most [`MAX_REASON`] characters.
pub(super) fn checked_length(text: String) -> Result<String, Refusal> {
    if text.chars().count() > MAX_REASON {
        Err(Refusal::ReasonTooLong)
    } else {
        Ok(text)
    }
}

impl Deal {
    /// The company decides on a submitted registration.
    pub fn decide(
        &self,
        decision: &Decision,
        terms: Terms<'_>,
        by: UserId,
        now: Timestamp,
    ) -> Step {
        let Registration::Submitted(submission) = &self.registration else {
            return Err(self.not_awaiting_review());
        };
        let mut deal = self.changed(by, now);
        let fact = match decision {
            Decision::Approve { message } => deal.approve(submission, message, terms, by, now)?,
            Decision::Decline { reason } => {
                let reason = checked_reason(reason)?;
                deal.registration = Registration::Declined {
                    submission: submission.clone(),
                    by,
                    at: now,
                    reason: reason.clone(),
                };
                DealFact::DealDeclined { reason }
            }
            Decision::Ineligible { reason } => {
                let reason = checked_reason(reason)?;
                deal.registration = Registration::Ineligible {
                    submission: submission.clone(),
                    by,
                    at: now,
                    reason: reason.clone(),
                };
                DealFact::DealMarkedIneligible { reason }
            }
            Decision::AskInfo { message, fields } => {
                let message = checked_reason(message)?;
                let mut named = BTreeSet::new();
                let mut fields = fields.clone();
                fields.retain(|key| named.insert(key.clone()));
                deal.registration = Registration::NeedsInfo {
                    submission: submission.clone(),
                    by,
                    at: now,
                    message: message.clone(),
                    fields: fields.clone(),
                };
                DealFact::InfoRequested { message, fields }
            }
        };
        Ok((deal, fact))
    }

    fn approve(
        &mut self,
        submission: &Submission,
        message: &str,
        terms: Terms<'_>,
        by: UserId,
        now: Timestamp,
    ) -> Result<DealFact, Refusal> {
        let message = checked_length(clean_text(message))?;
        let stage: &Stage = terms
            .pipeline
            .first_open_of(terms.enters)
            .ok_or(Refusal::NoOpenStage)?;
        let protected_until = now.plus_days(terms.settings.protection_days);
        self.registration = Registration::Approved {
            submission: submission.clone(),
            by,
            at: now,
            message: message.clone(),
            protected_until,
            extended: false,
        };
        self.placement = Some(Placement {
            stage: stage.id,
            entered_at: now,
            rank: terms.rank,
            lost: None,
        });
        Ok(DealFact::DealApproved {
            message,
            protected_until,
            stage: StageRef::of(stage),
        })
    }

    /// The partner's one appeal against declined or ineligible: back to the queue.
    pub fn appeal(
        &self,
        note: &str,
        settings: ProgramSettings,
        by: UserId,
        now: Timestamp,
    ) -> Step {
        let (Registration::Declined { submission, .. }
        | Registration::Ineligible { submission, .. }) = &self.registration
        else {
            return Err(self.not_awaiting_review());
        };
        if submission.appealed {
            return Err(Refusal::AppealUsed);
        }
        let note = checked_reason(note)?;
        let mut deal = self.changed(by, now);
        deal.registration = Registration::Submitted(Submission {
            due_at: now.plus_hours(settings.decision_hours),
            appealed: true,
            note: note.clone(),
            ..submission.clone()
        });
        Ok((deal, DealFact::DealAppealed { note }))
    }

    /// Grants the one extension of the protection, also after it ran out (then from now on).
    pub fn extend(&self, settings: ProgramSettings, by: UserId, now: Timestamp) -> Step {
        if self.win.locks() {
            return Err(Refusal::LockedByWin);
        }
        let (submission, until, extended, message) = match &self.registration {
            Registration::Approved {
                submission,
                protected_until,
                extended,
                message,
                ..
            } => (
                submission,
                (*protected_until).max(now),
                *extended,
                message.clone(),
            ),
            Registration::Expired {
                submission,
                extended,
                ..
            } => (submission, now, *extended, String::new()),
            _ => return Err(Refusal::NotApproved),
        };
        if extended {
            return Err(Refusal::ExtensionUsed);
        }
        let until = until.plus_days(settings.extension_days);
        let mut deal = self.changed(by, now);
        deal.registration = Registration::Approved {
            submission: submission.clone(),
            by,
            at: now,
            message,
            protected_until: until,
            extended: true,
        };
        Ok((deal, DealFact::ProtectionExtended { until }))
    }

    /// The system's: protection that ran out on an open deal.
    pub fn expire(&self, now: Timestamp) -> Step {
        let Registration::Approved {
            submission,
            protected_until,
            extended,
            ..
        } = &self.registration
        else {
            return Err(Refusal::NotApproved);
        };
        if self.win.locks() {
            return Err(Refusal::LockedByWin);
        }
        if *protected_until > now {
            return Err(Refusal::AlreadyApproved);
        }
        let mut deal = self.changed(self.changed_by, now);
        deal.registration = Registration::Expired {
            submission: submission.clone(),
            at: now,
            extended: *extended,
        };
        Ok((deal, DealFact::ProtectionExpired))
    }

    fn not_awaiting_review(&self) -> Refusal {
        match self.status() {
            RegistrationStatus::Draft => Refusal::NotSubmittedYet,
            RegistrationStatus::Submitted => Refusal::AwaitsReview,
            RegistrationStatus::NeedsInfo => Refusal::AwaitsInfo,
            RegistrationStatus::Approved => Refusal::AlreadyApproved,
            RegistrationStatus::Declined => Refusal::IsDeclined,
            RegistrationStatus::Ineligible => Refusal::IsIneligible,
            RegistrationStatus::Withdrawn => Refusal::IsWithdrawn,
            RegistrationStatus::Expired => Refusal::IsExpired,
        }
    }
}
