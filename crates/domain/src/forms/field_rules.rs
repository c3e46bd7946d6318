//! The rules of a field: when it is shown, when it must be answered, which options are offered, what is filled in.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Field, FieldKey, Requirement, Rule};

/// An option that is offered only where the rule holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionRule {
    /// The option's value.
    pub option: String,
    pub when: Rule,
}

/// What is filled in where the rule holds, written as a field's default is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DefaultRule {
    pub when: Rule,
    pub value: Vec<String>,
}

/// Which of them; the numbers are places in `option_rules` and `defaults`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RulePart {
    Shown,
    Required,
    Option(usize),
    Default(usize),
}

impl RulePart {
    /// What the designer calls it.
    pub fn label(self) -> String {
        match self {
            Self::Shown => "Shown".to_owned(),
            Self::Required => "Answer needed".to_owned(),
            Self::Option(at) => format!("Option condition {}", at.saturating_add(1)),
            Self::Default(at) => format!("Default {}", at.saturating_add(1)),
        }
    }

    /// Whether it is one of a list of rules, so that its place must be named.
    pub fn is_one_of_many(self) -> bool {
        matches!(self, Self::Option(_) | Self::Default(_))
    }
}

impl Field {
    /// Every rule that the field may have now.
    pub fn rule_parts(&self) -> impl Iterator<Item = RulePart> + use<> {
        let options = (0..self.option_rules.len()).map(RulePart::Option);
        let defaults = (0..self.defaults.len()).map(RulePart::Default);
        let own = [RulePart::Shown, RulePart::Required].into_iter();
        own.chain(options).chain(defaults)
    }

    pub fn rule(&self, part: RulePart) -> Option<&Rule> {
        match (part, &self.required) {
            (RulePart::Shown, _) => self.visible_when.as_ref(),
            (RulePart::Required, Requirement::When(rule)) => Some(rule),
            (RulePart::Required, Requirement::Never | Requirement::Always) => None,
            (RulePart::Option(at), _) => self.option_rules.get(at).map(|rule| &rule.when),
            (RulePart::Default(at), _) => self.defaults.get(at).map(|rule| &rule.when),
        }
    }

    pub fn rule_mut(&mut self, part: RulePart) -> Option<&mut Rule> {
        match (part, &mut self.required) {
            (RulePart::Shown, _) => self.visible_when.as_mut(),
            (RulePart::Required, Requirement::When(rule)) => Some(rule),
            (RulePart::Required, Requirement::Never | Requirement::Always) => None,
            (RulePart::Option(at), _) => self.option_rules.get_mut(at).map(|rule| &mut rule.when),
            (RulePart::Default(at), _) => self.defaults.get_mut(at).map(|rule| &mut rule.when),
        }
    }

    /// Without a rule a field is always shown, never needs an answer, offers the option always, and has that default no more.
    pub fn set_rule(&mut self, part: RulePart, rule: Option<Rule>) {
        match (part, rule) {
            (RulePart::Shown, rule) => self.visible_when = rule,
            (RulePart::Required, rule) => {
                self.required = rule.map_or(Requirement::Never, Requirement::When);
            }
            (_, Some(rule)) => {
                if let Some(own) = self.rule_mut(part) {
                    *own = rule;
                }
            }
            (RulePart::Option(at), None) => {
                if at < self.option_rules.len() {
                    self.option_rules.remove(at);
                }
            }
            (RulePart::Default(at), None) => {
                if at < self.defaults.len() {
                    self.defaults.remove(at);
                }
            }
        }
    }

    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.rule_parts().filter_map(move |part| self.rule(part))
    }

    /// Follows a field to its new key, in every rule and in what the kind itself looks at.
    pub fn rename_in_rules(&mut self, from: &FieldKey, to: &FieldKey) {
        self.kind.rename_field(from, to);
        for part in self.rule_parts() {
            if let Some(rule) = self.rule_mut(part) {
                rule.rename_field(from, to);
            }
        }
    }

    /// The rule by which that option is offered.
    pub fn option_rule(&self, value: &str) -> Option<&Rule> {
        let mut rules = self.option_rules.iter();
        rules
            .find(|rule| rule.option == value)
            .map(|rule| &rule.when)
    }

    /// The fields whose answers decide how this one stands. While somebody types, a field is judged again only when one of
    /// these is answered otherwise: whatever else comes to look at other fields belongs here.
    pub fn looks_at(&self) -> BTreeSet<FieldKey> {
        let ruled = self.rules().flat_map(Rule::fields).cloned();
        ruled.chain(self.kind.looks_at()).collect()
    }
}
