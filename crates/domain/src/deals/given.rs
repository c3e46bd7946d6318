//! What comes along with a move, as the history keeps it.

use serde::{Deserialize, Serialize};

use crate::forms::FieldKey;

/// What a partner brought along with a move, because the stage asks for it or of their own accord.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Given {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The fields of the form that were filled in.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldKey>,
}

impl Given {
    pub fn is_nothing(&self) -> bool {
        self.note.is_empty() && self.fields.is_empty()
    }

    /// The end of the sentence that says the move.
    pub(super) fn words(&self) -> String {
        match self.fields.len() {
            0 => String::new(),
            1 => ", and answered one more question".to_owned(),
            many => format!(", and answered {many} more questions"),
        }
    }
}
