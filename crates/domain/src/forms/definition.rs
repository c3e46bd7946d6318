//! What a company asks.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    Bound, DefaultRule, FieldKey, FieldKind, Mask, OptionRule, Rule, SystemField, Traits, bounded,
};
use crate::FormVersionId;

/// Characters in a one-line answer, whatever the field's own limit says.
pub const TEXT_CAP: u32 = 500;
/// Characters in a long answer, whatever the field's own limit says.
pub const LONG_TEXT_CAP: u32 = 10_000;

/// A published version never changes; deals keep the version they were registered with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormVersion {
    pub id: FormVersionId,
    /// Counts from 1 within the program.
    pub number: i32,
    pub definition: FormDefinition,
}

/// The fields, in the order in which the partner meets them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormDefinition {
    #[serde(deserialize_with = "bounded::fields")]
    pub fields: Vec<Field>,
}

impl FormDefinition {
    pub fn field(&self, key: &FieldKey) -> Option<&Field> {
        self.fields.iter().find(|f| f.key == *key)
    }

    /// The fields that are open for another answer where these are: the regions of a country go with it.
    pub fn opened<'k>(&self, fields: impl IntoIterator<Item = &'k FieldKey>) -> BTreeSet<FieldKey> {
        let mut open: BTreeSet<FieldKey> = fields.into_iter().cloned().collect();
        for field in &self.fields {
            if let FieldKind::Region { country: Some(key) } = &field.kind
                && open.contains(key)
            {
                open.insert(field.key.clone());
            }
        }
        open
    }

    pub fn system(&self, system: SystemField) -> Option<&Field> {
        self.fields.iter().find(|f| f.system == Some(system))
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    pub key: FieldKey,
    pub kind: FieldKind,
    pub label: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub help: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub placeholder: String,
    #[serde(default, skip_serializing_if = "Requirement::is_never")]
    pub required: Requirement,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visible_when: Option<Rule>,
    /// What the empty form shows, as a browser would post it; an amount is `[amount, currency]`, a date may be `today+30`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub default: Vec<String>,
    #[serde(default, skip_serializing_if = "Limits::is_none")]
    pub limits: Limits,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub system: Option<SystemField>,
    #[serde(default, skip_serializing_if = "Traits::is_plain")]
    pub traits: Traits,
    /// Options that are offered only where a rule holds; all others always are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub option_rules: Vec<OptionRule>,
    /// Tried from the top before `default`: the first whose rule holds is what the form fills in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub defaults: Vec<DefaultRule>,
}

impl Field {
    /// An optional field without limits; the rest is set with struct update syntax.
    pub fn new(key: FieldKey, kind: FieldKind, label: impl Into<String>) -> Self {
        Self {
            key,
            kind,
            label: label.into(),
            help: String::new(),
            placeholder: String::new(),
            required: Requirement::Never,
            visible_when: None,
            default: Vec::new(),
            limits: Limits::default(),
            system: None,
            traits: Traits::default(),
            option_rules: Vec::new(),
            defaults: Vec::new(),
        }
    }

    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = Requirement::Always;
        self
    }

    #[must_use]
    pub fn required_when(mut self, rule: impl Into<Rule>) -> Self {
        self.required = Requirement::When(rule.into());
        self
    }

    #[must_use]
    pub fn shown_when(mut self, rule: impl Into<Rule>) -> Self {
        self.visible_when = Some(rule.into());
        self
    }

    #[must_use]
    pub fn system(mut self, system: SystemField) -> Self {
        self.system = Some(system);
        self
    }

    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The names that its inputs are posted under; those of a repeating group depend on its rows.
    pub fn input_names(&self) -> Vec<String> {
        let parts = self.kind.parts().iter();
        let parts = parts.map(|part| format!("{}.{part}", self.key));
        std::iter::once(self.key.to_string()).chain(parts).collect()
    }

    /// The most characters that an answer may have.
    pub fn length_cap(&self) -> u32 {
        let cap = if self.kind == FieldKind::LongText {
            LONG_TEXT_CAP
        } else {
            TEXT_CAP
        };
        self.limits.max_length.map_or(cap, |own| own.min(cap))
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Requirement {
    #[default]
    Never,
    Always,
    When(Rule),
}

impl Requirement {
    pub fn is_never(&self) -> bool {
        *self == Self::Never
    }
}

/// Each limit speaks only about the kinds it fits; `check_publishable` refuses it elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// In characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_length: Option<u32>,
    /// In characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u32>,
    /// Inclusive; numbers, amounts and dates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<Bound>,
    /// Inclusive; numbers, amounts and dates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<Bound>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mask: Option<Mask>,
}

impl Limits {
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}
