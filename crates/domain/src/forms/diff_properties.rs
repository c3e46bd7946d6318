//! What there is to a field besides its label and its options, in words.

use super::{
    Field, FormDefinition, Limits, Prefill, Replaces, Requirement, Rule, diff_kind,
    sentence::clause,
};

/// Every property but label and options, named, in words.
pub(super) fn properties(field: &Field, form: &FormDefinition) -> Vec<(&'static str, String)> {
    let when = |rule: &Rule| format!("when {}", clause(rule, form, &[]));
    let required = match &field.required {
        Requirement::Never => "no".to_owned(),
        Requirement::Always => "yes".to_owned(),
        Requirement::When(rule) => when(rule),
    };
    let Limits {
        min_length,
        max_length,
        min,
        max,
        mask,
    } = &field.limits;
    let text = |value: Option<String>| value.unwrap_or_default();
    let traits = &field.traits;
    vec![
        ("kind", field.kind.name().label().to_owned()),
        ("required", required),
        (
            "shown",
            field
                .visible_when
                .as_ref()
                .map_or("always".to_owned(), when),
        ),
        ("help", field.help.clone()),
        ("placeholder", field.placeholder.clone()),
        ("default", field.default.join(", ")),
        ("shortest answer", text(min_length.map(|v| v.to_string()))),
        ("longest answer", text(max_length.map(|v| v.to_string()))),
        ("smallest", text(min.map(|v| v.to_string()))),
        ("largest", text(max.map(|v| v.to_string()))),
        ("pattern", text(mask.as_ref().map(ToString::to_string))),
        (
            "deal field",
            field
                .system
                .map_or("", super::SystemField::label)
                .to_owned(),
        ),
        ("details", diff_kind::details(&field.kind)),
        ("expression", diff_kind::expression(&field.kind)),
        ("text", diff_kind::text(&field.kind)),
        ("unique", yes(traits.unique)),
        (
            "filled from",
            traits.prefill.map_or("", Prefill::label).to_owned(),
        ),
        ("read only", yes(traits.read_only)),
        ("seen by", traits.seen_by.label().to_owned()),
        ("edited by", traits.edited_by.label().to_owned()),
        ("personal data", yes(traits.personal)),
        (
            "replaced field",
            traits
                .replaces
                .as_ref()
                .map(Replaces::in_words)
                .unwrap_or_default(),
        ),
        ("options offered", offered(field, when)),
        ("filled in", filled_in(field, when)),
    ]
}

fn yes(is: bool) -> String {
    if is { "yes" } else { "no" }.to_owned()
}

/// The options that are not always offered, with their rules.
fn offered(field: &Field, when: impl Fn(&Rule) -> String) -> String {
    let label = |value: &str| {
        let mut options = field.kind.options().iter();
        let found = options.find(|option| option.value == value);
        found
            .map_or(value, |option| option.label.as_str())
            .to_owned()
    };
    let rules = field.option_rules.iter();
    let said: Vec<String> = rules
        .map(|rule| format!("{} {}", label(&rule.option), when(&rule.when)))
        .collect();
    said.join("; ")
}

/// The defaults that depend on answers, with their rules.
fn filled_in(field: &Field, when: impl Fn(&Rule) -> String) -> String {
    let rules = field.defaults.iter();
    let said: Vec<String> = rules
        .map(|rule| {
            let value = rule.value.join(", ");
            let value = if value.is_empty() { "nothing" } else { &value };
            format!("{value} {}", when(&rule.when))
        })
        .collect();
    said.join("; ")
}
