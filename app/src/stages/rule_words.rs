//! What a pipeline's rule may look at, and how it is said.

use domain::forms::{COUNTRIES, Field, FieldKind, OperatorKind};
use domain::program::Tier;
use leptos::prelude::*;

use super::heads::{Head, kind_of};
use crate::ui::Choice;

/// The fields to choose from; one that the form lost stays, so that the rule can be read and taken out.
pub fn subjects(fields: &[Field], present: &str) -> Vec<Choice> {
    let known = fields.iter().any(|field| field.key.as_str() == present);
    let lost = (!known && !present.is_empty()).then(|| {
        Choice::new(
            present,
            format!("{present} (the form does not ask it any more)"),
        )
    });
    let fields = fields.iter();
    fields
        .map(|field| Choice::new(field.key.as_str(), field.label.clone()))
        .chain(lost)
        .collect()
}

/// The comparisons of such a field. "One of" stands there only where a rule has it already.
pub fn offered(field: &Field, present: &str) -> Vec<OperatorKind> {
    let fitting = OperatorKind::fitting(&field.kind).iter().copied();
    let present = kind_of(present);
    fitting
        .filter(|kind| *kind != OperatorKind::OneOf || present == Some(*kind))
        .collect()
}

/// What people choose from, where a field has a list.
pub fn options(kind: &FieldKind) -> Option<Vec<Choice>> {
    match kind {
        FieldKind::Select { options }
        | FieldKind::Radio { options }
        | FieldKind::MultiSelect { options } => {
            let options = options.iter();
            let choice = |option: &domain::forms::Choice| {
                Choice::new(option.value.clone(), option.label.clone())
            };
            Some(options.map(choice).collect())
        }
        FieldKind::YesNo | FieldKind::Checkbox => {
            Some(vec![Choice::new("yes", "Yes"), Choice::new("no", "No")])
        }
        FieldKind::Country => {
            let countries = COUNTRIES.iter();
            Some(
                countries
                    .map(|(code, name)| Choice::new(*code, *name))
                    .collect(),
            )
        }
        _ => None,
    }
}

/// The rule as people say it.
pub fn sentence(head: Head, tiers: &[Tier], fields: &[Field]) -> String {
    let wanted = head.tiers.get();
    let tiers = tiers.iter().filter(|tier| wanted.contains(&tier.id));
    let tiers: Vec<&str> = tiers.map(|tier| tier.name.as_str()).collect();
    let key = head.field.get();
    let field = fields.iter().find(|field| field.key.as_str() == key);
    let answer = field.and_then(|field| {
        let kind = kind_of(&head.operator.get())?;
        let value = head.value.get();
        let shown = options(&field.kind).and_then(|choices| {
            let chosen = choices.into_iter().find(|choice| choice.value == value);
            chosen.map(|choice| choice.label)
        });
        let value = match kind {
            OperatorKind::Filled | OperatorKind::Empty => String::new(),
            _ => format!(" {}", shown.unwrap_or(value)),
        };
        Some(format!(
            "\u{201c}{}\u{201d} {}{value}",
            field.label,
            kind.label()
        ))
    });
    in_words(&tiers, answer.as_deref())
}

fn in_words(tiers: &[&str], answer: Option<&str>) -> String {
    let tiers = (!tiers.is_empty()).then(|| format!(" of tier {}", tiers.join(" or ")));
    let answer = answer.map(|answer| format!(" where {answer}"));
    if tiers.is_none() && answer.is_none() {
        return "No deals enter here yet: choose tiers or an answer.".to_owned();
    }
    format!(
        "Deals{}{} enter here.",
        tiers.unwrap_or_default(),
        answer.unwrap_or_default()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_reads_as_a_sentence() {
        assert_eq!(
            in_words(&["Gold", "Silver"], None),
            "Deals of tier Gold or Silver enter here."
        );
        assert_eq!(
            in_words(&["Gold"], Some("\u{201c}Country\u{201d} is Germany")),
            "Deals of tier Gold where \u{201c}Country\u{201d} is Germany enter here."
        );
        assert!(in_words(&[], None).starts_with("No deals enter here yet"));
    }
}
