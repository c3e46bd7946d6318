//! The one error that crosses the wire. Its text comes from one table that matches every code.

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::deals::{EntryFault, Refusal};
use crate::forms::{DefinitionFault, FieldErrors};
use crate::people::words;
use crate::pipeline::PipelineFault;

words! {
    /// Stable codes, with the sentence that people read when nothing more exact is known.
    ErrorCode {
        SignedOut = "signed_out", "You are signed out. Sign in again; nothing you typed is lost on this page.";
        NotFound = "not_found", "This page does not exist, or you may not see it.";
        Forbidden = "forbidden", "Your role does not allow that.";
        Invalid = "invalid", "Some answers need your attention.";
        Rule = "rule", "That is not possible now.";
        Conflict = "conflict", "Somebody else changed this in the meantime.";
        Malformed = "malformed", "The request could not be read. Reload the page and try again.";
        TooLarge = "too_large", "That is too large.";
        TooMany = "too_many", "Too many tries. Wait a moment, then try again.";
        Busy = "busy", "The server is busy. Try again in a moment.";
        Offline = "offline", "The server cannot be reached. Check your connection and try again.";
        Internal = "internal", "Something went wrong on our side. Nothing was changed.";
    }
}

impl ErrorCode {
    /// The HTTP status that goes with it.
    pub fn status(self) -> u16 {
        match self {
            Self::SignedOut => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::Rule | Self::Conflict => 409,
            Self::TooLarge => 413,
            Self::Invalid => 422,
            Self::Malformed => 400,
            Self::TooMany => 429,
            Self::Busy | Self::Offline => 503,
            Self::Internal => 500,
        }
    }
}

/// Who changed it, and when, as seen by the one whose change came too late.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConflictView {
    pub current_version: i64,
    pub who: String,
    pub at: Timestamp,
    /// What they did, as in the timeline: "moved the deal from Proposal to Negotiation".
    pub what: String,
}

/// A fault of one input of a plain (not designed) form, such as sign-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputFault {
    /// The input's name.
    pub input: String,
    pub text: String,
}

/// Why a command was not done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppError {
    pub code: ErrorCode,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Why>,
    /// The request's id, to quote when asking for help.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

/// What exactly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    Refusal(Refusal),
    Fields(FieldErrors),
    /// What a stage asks for.
    Entry(EntryFault),
    Inputs(Vec<InputFault>),
    Definition(Vec<DefinitionFault>),
    Pipeline(Vec<PipelineFault>),
    Conflict(ConflictView),
}

impl AppError {
    pub fn new(code: ErrorCode) -> Self {
        Self {
            code,
            why: None,
            request_id: None,
        }
    }

    pub fn input(name: &str, text: &str) -> Self {
        Self::inputs(vec![InputFault {
            input: name.into(),
            text: text.into(),
        }])
    }

    pub fn inputs(faults: Vec<InputFault>) -> Self {
        Self {
            why: Some(Why::Inputs(faults)),
            ..Self::new(ErrorCode::Invalid)
        }
    }

    /// One sentence for a banner or toast.
    pub fn text(&self) -> String {
        match &self.why {
            Some(Why::Refusal(refusal)) => refusal.text().to_owned(),
            Some(Why::Conflict(conflict)) => conflict.text(),
            Some(Why::Entry(fault)) => fault.text(),
            Some(Why::Pipeline(faults)) => joined(faults.iter().map(ToString::to_string)),
            Some(Why::Inputs(faults)) => joined(faults.iter().map(|fault| fault.text.clone())),
            Some(Why::Fields(_) | Why::Definition(_)) | None => self.code.label().to_owned(),
        }
    }

    /// The fault of that input, if it has one.
    pub fn input_text(&self, name: &str) -> Option<&str> {
        match &self.why {
            Some(Why::Inputs(faults)) => faults
                .iter()
                .find(|fault| fault.input == name)
                .map(|fault| fault.text.as_str()),
            _ => None,
        }
    }
}

fn joined(sentences: impl Iterator<Item = String>) -> String {
    let sentences: Vec<String> = sentences.collect();
    sentences.join(". ")
}

impl ConflictView {
    pub fn text(&self) -> String {
        let who = if self.who.is_empty() {
            "Dealboard"
        } else {
            &self.who
        };
        format!(
            "{who} {} at {}. Your change was not saved.",
            self.what,
            self.at.display_utc()
        )
    }
}

impl From<Refusal> for AppError {
    fn from(refusal: Refusal) -> Self {
        // R6: a closed door is forbidden; the rest are conflicts with the deal's state.
        let code = match refusal {
            Refusal::SubmissionsClosed
            | Refusal::MayNotWorkDeals
            | Refusal::CompanyOverridesOnly => ErrorCode::Forbidden,
            Refusal::ReasonMissing
            | Refusal::ReasonTooLong
            | Refusal::LostReasonMissing
            | Refusal::LostReasonUnknown
            | Refusal::CorrectionIsZero
            | Refusal::CorrectionTooLarge
            | Refusal::FieldsUnknown
            | Refusal::EntryMissing => ErrorCode::Invalid,
            _ => ErrorCode::Rule,
        };
        Self {
            why: Some(Why::Refusal(refusal)),
            ..Self::new(code)
        }
    }
}

impl From<EntryFault> for AppError {
    fn from(fault: EntryFault) -> Self {
        Self {
            why: Some(Why::Entry(fault)),
            ..Self::new(ErrorCode::Invalid)
        }
    }
}

impl From<FieldErrors> for AppError {
    fn from(errors: FieldErrors) -> Self {
        Self {
            why: Some(Why::Fields(errors)),
            ..Self::new(ErrorCode::Invalid)
        }
    }
}

impl std::fmt::Display for AppError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text())
    }
}

impl std::error::Error for AppError {}
