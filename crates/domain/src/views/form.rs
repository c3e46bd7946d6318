//! The form editor of a program.

use serde::{Deserialize, Serialize};

use crate::forms::{FieldKey, FormDefinition, FormVersion, templates::Template};
use crate::program::{Program, Tier};
use crate::{Date, FormVersionId, MembershipId, ProgramId, TierId, Timestamp};

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

/// Who else has the form open, and whether the draft went on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormEditors {
    pub others: Vec<OtherEditor>,
    /// The draft's version as it is saved; 0 when there is none.
    pub version: i64,
}

/// Another open window of the form editor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherEditor {
    pub who: String,
    /// The same person's.
    pub own: bool,
    /// The field whose properties it shows.
    pub field: Option<FieldKey>,
}

/// A partner to look at the form as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewPartner {
    pub membership: MembershipId,
    pub name: String,
    pub tier: Option<TierId>,
    /// ISO 3166 alpha-2; empty when it is not known.
    pub country: String,
}

/// What a draft can be started from, beside a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormSources {
    pub templates: Vec<TemplateLine>,
    /// The company's other programs, by name.
    pub programs: Vec<OtherProgram>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateLine {
    pub template: Template,
    pub name: String,
    /// Whom it is for, in one sentence.
    pub description: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherProgram {
    pub id: ProgramId,
    pub name: String,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FormSource {
    Template(Template),
    /// The form that this program's partners fill in now.
    Program(ProgramId),
    /// The text of a file.
    File(String),
}

/// A form that can take the draft's place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormStart {
    pub definition: FormDefinition,
    /// What could not be carried over, in words.
    pub left_out: Vec<String>,
}
