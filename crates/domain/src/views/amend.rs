//! The answers of an approved deal, on the page that changes them.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::forms::{Answers, Context, FieldKey, FormDefinition, RawAnswers, UploadedFile};
use crate::{Date, DealId};

/// What the partner may answer otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AmendPart {
    pub deal: DealId,
    pub customer: String,
    pub number: String,
    pub version: i64,
    /// The deal's own form version, as the partner knows it.
    pub form: FormDefinition,
    /// The fields that may be answered otherwise.
    pub open: BTreeSet<FieldKey>,
    pub given: Answers,
    pub files: Vec<UploadedFile>,
    pub today: Date,
    pub tier: Option<String>,
    pub partner_country: String,
}

impl AmendPart {
    /// The answers as they are, as the form's inputs begin.
    pub fn raw(&self) -> RawAnswers {
        self.given.to_raw()
    }

    /// What the form's rules may look at besides the answers.
    pub fn context(&self) -> Context {
        Context {
            tier: self.tier.as_deref().and_then(|tier| tier.parse().ok()),
            partner_country: Some(self.partner_country.clone()).filter(|code| !code.is_empty()),
            files: self.files.clone(),
            ..Context::on(self.today)
        }
    }
}
