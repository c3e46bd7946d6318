//! The two rules that a field may have.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Field, FieldKey, Requirement, Rule};

/// Which of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RulePart {
    Shown,
    Required,
}

impl RulePart {
    pub const ALL: [Self; 2] = [Self::Shown, Self::Required];

    /// What the designer calls it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Shown => "Shown",
            Self::Required => "Answer needed",
        }
    }
}

impl Field {
    pub fn rule(&self, part: RulePart) -> Option<&Rule> {
        match (part, &self.required) {
            (RulePart::Shown, _) => self.visible_when.as_ref(),
            (RulePart::Required, Requirement::When(rule)) => Some(rule),
            (RulePart::Required, Requirement::Never | Requirement::Always) => None,
        }
    }

    pub fn rule_mut(&mut self, part: RulePart) -> Option<&mut Rule> {
        match (part, &mut self.required) {
            (RulePart::Shown, _) => self.visible_when.as_mut(),
            (RulePart::Required, Requirement::When(rule)) => Some(rule),
            (RulePart::Required, Requirement::Never | Requirement::Always) => None,
        }
    }

    /// Without a rule a field is always shown, and never needs an answer.
    pub fn set_rule(&mut self, part: RulePart, rule: Option<Rule>) {
        match part {
            RulePart::Shown => self.visible_when = rule,
            RulePart::Required => {
                self.required = rule.map_or(Requirement::Never, Requirement::When);
            }
        }
    }

    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        RulePart::ALL
            .into_iter()
            .filter_map(move |part| self.rule(part))
    }

    /// The fields whose answers decide how this one stands. While somebody types, a field is judged again only when one of
    /// these is answered otherwise: whatever else comes to look at other fields belongs here.
    pub fn looks_at(&self) -> BTreeSet<&FieldKey> {
        self.rules().flat_map(Rule::fields).collect()
    }
}
