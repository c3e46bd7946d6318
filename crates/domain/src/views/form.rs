//! The form editor of a program.

use serde::{Deserialize, Serialize};

use crate::forms::{FormDefinition, FormVersion};
use crate::program::{Program, Tier};
use crate::{Date, FormVersionId, Timestamp};

/// What the company's designer opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormEditorView {
    pub program: Program,
    pub company: String,
    /// What partners fill in now.
    pub published: FormVersion,
    /// What is being edited; equal to the published one when nobody changed anything.
    pub draft: FormDefinition,
    /// The draft's version, to save against; 0 when there is none.
    pub version: i64,
    /// Who saved the draft last, and when.
    pub saved: Option<SavedBy>,
    pub history: Vec<FormVersionLine>,
    /// For conditions on the partner's tier.
    pub tiers: Vec<Tier>,
    /// Registrations that partners began and did not send: they keep the version they were begun with.
    pub open_drafts: i64,
    pub today: Date,
}

/// Who, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedBy {
    pub who: String,
    pub at: Timestamp,
}

/// One published version, newest first in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormVersionLine {
    pub id: FormVersionId,
    pub number: i32,
    /// Empty for the version that the program was made with.
    pub who: String,
    pub at: Timestamp,
}

/// The draft is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftSaved {
    pub version: i64,
    pub at: Timestamp,
}
