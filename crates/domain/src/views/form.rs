//! The form editor of a program.

use serde::{Deserialize, Serialize};

use crate::forms::{
    ArchivedField, DefinitionFault, FieldKey, FormDefinition, FormVersion, templates::Template,
};
use crate::program::{Program, Tier};
use crate::{Date, FormVersionId, ImportId, MembershipId, ProgramId, TierId, Timestamp};

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
    pub past: FormPast,
    /// For conditions on the partner's tier.
    pub tiers: Vec<Tier>,
    pub today: Date,
}

/// What was published, what is to be, and what is not asked any more.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormPast {
    /// Newest first.
    pub history: Vec<FormVersionLine>,
    pub scheduled: Option<ScheduledForm>,
    /// What the published version does not ask, and one before it did.
    pub archived: Vec<ArchivedField>,
}

/// A form that becomes a version by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScheduledForm {
    pub definition: FormDefinition,
    /// When it is published.
    pub at: Timestamp,
    /// Who scheduled it.
    pub who: String,
    /// Its time came and it was refused: what stands in its way now, which may be nothing any more.
    pub held: Option<Vec<DefinitionFault>>,
}

/// Two versions beside each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormVersionsView {
    pub past: FormPast,
    pub old: FormVersion,
    pub new: FormVersion,
    /// What partners fill in now.
    pub published: FormVersion,
}

/// What publishing the draft would meet, counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormImpact {
    /// Registrations that partners began and did not send: they go on in the new version.
    pub open_drafts: i64,
    /// Registrations in review and approved deals that are neither won nor lost: they keep their version.
    pub open_deals: i64,
    /// In the order of the form; only fields that somebody would notice.
    pub fields: Vec<FieldImpact>,
    /// Imports that are not started yet, and have a column for a field that goes or becomes another kind.
    pub imports: Vec<ImportImpact>,
    /// What the answers that are stored forbid.
    pub faults: Vec<DefinitionFault>,
}

/// A change of one field that meets what people typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldImpact {
    pub label: String,
    pub meets: Meeting,
    /// Drafts with an answer to it; of a field that becomes mandatory, drafts without.
    pub drafts: u64,
    /// Registered deals with an answer to it.
    pub deals: u64,
    /// The stages that ask for it, of a field that partners are not asked any more, or otherwise; by name.
    pub stages: Vec<String>,
}

/// How a change meets answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Meeting {
    Removed,
    Retyped,
    /// It becomes the company's own, the company's to answer, or read-only: partners do not answer it any more.
    NotAsked,
    MadeMandatory,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportImpact {
    pub import: ImportId,
    pub file: String,
    /// The labels of the fields.
    pub fields: Vec<String>,
}

/// Whether a field's stored answers could be answers of another kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetypeCheck {
    pub answers: u64,
    pub unfit: u64,
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
