//! What a stage asks of the deals that come into it, and of whoever moves them.

use serde::{Deserialize, Serialize};

use super::PipelineFault;
use crate::forms::FieldKey;
use crate::people::words;

words! {
    /// Who moves deals into a stage, or out of it. The company does so only by an override, with its reason (R3).
    #[derive(Default)]
    Movers {
        #[default]
        Both = "both", "The partner, or the company by an override";
        Partner = "partner", "The partner alone";
        Company = "company", "The company alone";
    }
}

/// The most fields that one stage asks for.
pub const MAX_ENTRY_FIELDS: usize = 20;
/// Characters in the description that partners read.
pub const MAX_DESCRIPTION: usize = 500;
/// The highest hint of how many deals a stage should hold.
pub const MAX_WIP_HINT: i32 = 10_000;

/// The rules of one stage. Without any it takes whatever the deal's life lets through.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StageRules {
    pub moves_in: Movers,
    pub moves_out: Movers,
    /// Fields of the form that must be filled. One that the deal's own form version does not have, or does not show, is not asked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldKey>,
    /// Whether the partner writes a note with the move.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub note: bool,
    /// Whether the deal must have a file: in its form, or in one of its messages.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub file: bool,
}

impl StageRules {
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a deal has to bring something.
    pub fn asks(&self) -> bool {
        self.note || self.file || !self.fields.is_empty()
    }

    pub(super) fn check(&self) -> Option<PipelineFault> {
        (self.fields.len() > MAX_ENTRY_FIELDS).then_some(PipelineFault::TooManyFields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_said_is_no_rule() {
        let none: StageRules = serde_json::from_str("{}").unwrap();
        assert!(none.is_none() && !none.asks());
        let some: StageRules =
            serde_json::from_str(r#"{"moves_in":"company","fields":["budget"],"note":true}"#)
                .unwrap();
        assert_eq!(some.moves_in, Movers::Company);
        assert!(some.asks() && some.moves_out == Movers::Both);
        let json = serde_json::to_string(&some).unwrap();
        assert_eq!(serde_json::from_str::<StageRules>(&json).unwrap(), some);
    }
}
