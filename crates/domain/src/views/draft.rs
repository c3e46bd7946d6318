//! A registration that is not sent yet, which a partner team shares.

use serde::{Deserialize, Serialize};

use super::{FileView, OtherEditor};
use crate::forms::{FieldKey, RawAnswers};
use crate::{DealId, Timestamp};

/// A line of the list of drafts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftLine {
    pub key: String,
    pub deal: DealId,
    /// Empty as long as nobody typed it.
    pub customer: String,
    pub at: Timestamp,
    /// Who has it open now, each once, by name.
    pub editors: Vec<String>,
}

/// What became of a save.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptDraft {
    pub deal: DealId,
    pub at: Timestamp,
    /// The version that the draft has now.
    pub version: i64,
    /// What others saved since this window last knew.
    pub merged: Option<MergedDraft>,
}

/// A draft that two windows wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergedDraft {
    /// What the server has now.
    pub answers: RawAnswers,
    /// The fields that both changed: what the other one said is kept until somebody decides.
    pub both: Vec<FieldKey>,
    /// Who saved it before; empty where that is not known.
    pub who: String,
    pub at: Timestamp,
    pub files: Vec<FileView>,
}

/// Who else has a registration open, and how far it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftWindows {
    pub others: Vec<OtherEditor>,
    /// Of the draft as it is saved; 0 before the first save.
    pub version: i64,
    /// The deal, once it is sent: then there is nothing to fill in any more.
    pub registered: Option<DealId>,
}
