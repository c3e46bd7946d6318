//! A deal on its way into a stage that asks for something.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::FileView;
use crate::deals::{Missing, MoveGate};
use crate::forms::{Answers, Context, FieldKey, FormDefinition, RawAnswers, UploadedFile};
use crate::pipeline::{LostReason, Stage};
use crate::{Date, DealId};

/// What the drop, or the page, asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryPart {
    pub deal: DealId,
    pub customer: String,
    pub number: String,
    pub version: i64,
    /// Where the deal goes.
    pub stage: Stage,
    /// What the stage asks by its kind.
    pub gate: MoveGate,
    /// What it asks by its own rules.
    pub missing: Missing,
    /// The fields that may be answered now.
    pub open: BTreeSet<FieldKey>,
    /// The deal's own form version, as the partner knows it.
    pub form: FormDefinition,
    /// What was answered so far.
    pub given: Answers,
    pub files: Vec<FileView>,
    pub today: Date,
    pub tier: Option<String>,
    pub partner_country: String,
    pub lost_reasons: Vec<LostReason>,
    /// Under which files are taken.
    pub submit_key: String,
}

impl EntryPart {
    /// Whether nothing is to be answered: the deal may go there as it is.
    pub fn is_free(&self) -> bool {
        self.missing.is_nothing() && matches!(self.gate, MoveGate::Free | MoveGate::AskEntry)
    }

    /// All answers, as the form's inputs begin.
    pub fn raw(&self) -> RawAnswers {
        self.given.to_raw()
    }

    /// The answers that are to be sent: of those fields that are open.
    pub fn to_send(&self, answers: &RawAnswers) -> RawAnswers {
        let mut sent = answers.clone();
        for field in &self.form.fields {
            if !self.open.contains(&field.key) {
                sent.remove(&field.key);
            }
        }
        sent
    }

    /// What the form's rules may look at besides the answers; `files` are those that are there by now.
    pub fn context(&self, files: &[FileView]) -> Context {
        let file = |file: &FileView| UploadedFile {
            id: file.id,
            name: file.name.clone(),
            bytes: u64::try_from(file.size_bytes).unwrap_or_default(),
        };
        Context {
            tier: self.tier.as_deref().and_then(|tier| tier.parse().ok()),
            partner_country: Some(self.partner_country.clone()).filter(|code| !code.is_empty()),
            files: files.iter().map(file).collect(),
            ..Context::on(self.today)
        }
    }
}
