//! What of a field is at fault.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextPart {
    Label,
    Help,
    Placeholder,
    Unit,
    Option,
    Default,
    Operand,
    RowName,
    RowNames,
    Expression,
    Text,
    OldAnswer,
}

impl TextPart {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Label => "The label",
            Self::Help => "The help text",
            Self::Placeholder => "The placeholder",
            Self::Unit => "The unit",
            Self::Option => "An option",
            Self::Default => "The default",
            Self::Operand => "A value in its conditions",
            Self::RowName => "The name of a row",
            Self::RowNames => "The name of several rows",
            Self::Expression => "The expression",
            Self::Text => "The text",
            Self::OldAnswer => "An old answer",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitName {
    Length,
    Range,
    Pattern,
}

impl LimitName {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Length => "length limit",
            Self::Range => "range",
            Self::Pattern => "pattern",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TraitName {
    Unique,
    Prefill,
    ReadOnly,
    CompanyOnly,
    Replaces,
    EditedBy,
}

impl TraitName {
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Unique => {
                "Only texts, numbers, email and web addresses and dates that partners give can be unique. Untick it."
            }
            Self::Prefill => "It cannot be filled from that. Choose something else, or nothing.",
            Self::Replaces => {
                "The field whose place it takes is still asked. Remove that field, or clear what this one replaces."
            }
            Self::ReadOnly => {
                "Every deal needs this answer, so somebody must be able to give it. Make it editable."
            }
            Self::CompanyOnly => {
                "It cannot be the company\u{2019}s own: partners upload files, a deal\u{2019}s own facts come from partners, and what the company fills in is neither prefilled nor read-only. Let partners see it, or clear the rest."
            }
            Self::EditedBy => {
                "The company cannot be the one who edits it: partners upload files and give what every deal needs, nobody edits what they do not see, and what the form fills in is edited by nobody, or by partners. Let partners edit it, or clear the rest."
            }
        }
    }
}
