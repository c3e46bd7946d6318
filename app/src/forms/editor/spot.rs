//! A place in a rule of a field: what one control of the editor changes.

use domain::forms::{Combine, Condition, FieldKey, FormDefinition, Rule, RulePart};

use super::{desk::Desk, rule_model as model};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    pub key: FieldKey,
    pub part: RulePart,
    /// The way from the top: which rule of each group.
    pub place: Vec<usize>,
}

/// The beginning of ids.
pub fn word(part: RulePart) -> String {
    match part {
        RulePart::Shown => "shown".to_owned(),
        RulePart::Required => "required".to_owned(),
        RulePart::Option(at) => format!("option-{at}"),
        RulePart::Default(at) => format!("default-{at}"),
    }
}

impl Spot {
    pub fn top(key: FieldKey, part: RulePart) -> Self {
        Self {
            key,
            part,
            place: Vec::new(),
        }
    }

    /// Another place in the same rule.
    pub fn at(&self, place: Vec<usize>) -> Self {
        Self {
            place,
            ..Self::top(self.key.clone(), self.part)
        }
    }

    pub fn inside(&self, at: usize) -> Self {
        self.at(self.place.iter().copied().chain([at]).collect())
    }

    /// The id of a control: `shown-subject`, and inside groups `shown-1-0-subject`.
    pub fn id(&self, control: &str) -> String {
        let mut parts = vec![word(self.part)];
        parts.extend(self.place.iter().map(ToString::to_string));
        parts.push(control.to_owned());
        parts.join("-")
    }

    /// What stands there, if anything does still.
    pub fn rule<'a>(&self, form: &'a FormDefinition) -> Option<&'a Rule> {
        let rule = form.field(&self.key)?.rule(self.part)?;
        model::find(rule, &self.place)
    }

    pub fn condition(&self, form: &FormDefinition) -> Option<Condition> {
        match self.rule(form)? {
            Rule::Compare(condition) => Some(condition.clone()),
            Rule::Group(..) => None,
        }
    }

    pub fn combine(&self, form: &FormDefinition) -> Option<Combine> {
        match self.rule(form)? {
            Rule::Compare(_) => None,
            Rule::Group(combine, _) => Some(*combine),
        }
    }

    pub fn change(&self, desk: Desk, change: impl FnOnce(&mut Rule)) {
        desk.change(&self.key, |field| {
            let rule = field.rule_mut(self.part);
            if let Some(rule) = rule.and_then(|rule| model::find_mut(rule, &self.place)) {
                change(rule);
            }
        });
    }
}
