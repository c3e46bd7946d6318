//! Where a registration stands, with the facts that exist only there.

use serde::{Deserialize, Serialize};

use crate::forms::FieldKey;
use crate::people::words;
use crate::{Timestamp, UserId};

words! {
    /// The status alone: for columns, filters and badges.
    RegistrationStatus {
        Draft = "draft", "Draft";
        Submitted = "submitted", "Waiting for review";
        NeedsInfo = "needs_info", "Needs info";
        Approved = "approved", "Approved";
        Declined = "declined", "Declined";
        Ineligible = "ineligible", "Ineligible";
        Withdrawn = "withdrawn", "Withdrawn";
        Expired = "expired", "Expired";
    }
}

/// A registration, with who, when and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Registration {
    Draft,
    Submitted(Submission),
    NeedsInfo {
        submission: Submission,
        by: UserId,
        at: Timestamp,
        /// What the partner reads.
        message: String,
        /// The only fields that are open now; empty opens all.
        fields: Vec<FieldKey>,
    },
    Approved {
        submission: Submission,
        by: UserId,
        at: Timestamp,
        message: String,
        protected_until: Timestamp,
        /// Whether the one extension is used.
        extended: bool,
    },
    Declined {
        submission: Submission,
        by: UserId,
        at: Timestamp,
        reason: String,
    },
    Ineligible {
        submission: Submission,
        by: UserId,
        at: Timestamp,
        reason: String,
    },
    Withdrawn {
        submission: Option<Submission>,
        by: UserId,
        at: Timestamp,
    },
    Expired {
        submission: Submission,
        at: Timestamp,
        extended: bool,
    },
}

/// What stays true from the submission on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submission {
    pub at: Timestamp,
    pub by: UserId,
    /// When the company means to have decided.
    pub due_at: Timestamp,
    /// Whether the one appeal is used.
    pub appealed: bool,
    /// What the partner says with an appeal or an answer.
    pub note: String,
}

impl Registration {
    pub fn status(&self) -> RegistrationStatus {
        match self {
            Self::Draft => RegistrationStatus::Draft,
            Self::Submitted(_) => RegistrationStatus::Submitted,
            Self::NeedsInfo { .. } => RegistrationStatus::NeedsInfo,
            Self::Approved { .. } => RegistrationStatus::Approved,
            Self::Declined { .. } => RegistrationStatus::Declined,
            Self::Ineligible { .. } => RegistrationStatus::Ineligible,
            Self::Withdrawn { .. } => RegistrationStatus::Withdrawn,
            Self::Expired { .. } => RegistrationStatus::Expired,
        }
    }

    pub fn submission(&self) -> Option<&Submission> {
        match self {
            Self::Draft => None,
            Self::Submitted(submission)
            | Self::NeedsInfo { submission, .. }
            | Self::Approved { submission, .. }
            | Self::Declined { submission, .. }
            | Self::Ineligible { submission, .. }
            | Self::Expired { submission, .. } => Some(submission),
            Self::Withdrawn { submission, .. } => submission.as_ref(),
        }
    }

    /// Until when the deal is protected, while it is approved.
    pub fn protected_until(&self) -> Option<Timestamp> {
        match self {
            Self::Approved {
                protected_until, ..
            } => Some(*protected_until),
            _ => None,
        }
    }

    /// What the company wrote with its latest verdict, for the partner to read.
    pub fn message(&self) -> Option<&str> {
        match self {
            Self::NeedsInfo { message, .. } | Self::Approved { message, .. } => Some(message),
            Self::Declined { reason, .. } | Self::Ineligible { reason, .. } => Some(reason),
            _ => None,
        }
    }

    /// When the company last decided.
    pub fn decided_at(&self) -> Option<Timestamp> {
        match self {
            Self::NeedsInfo { at, .. }
            | Self::Approved { at, .. }
            | Self::Declined { at, .. }
            | Self::Ineligible { at, .. } => Some(*at),
            _ => None,
        }
    }
}
