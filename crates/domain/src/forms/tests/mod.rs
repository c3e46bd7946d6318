//! The rules together. Rules of one file are tested in that file.

mod address;
mod agreement;
mod amended;
mod answer_rules;
mod archived;
mod check;
mod computed;
mod customers;
mod diff;
mod fuzzed;
mod groups;
mod hostile;
mod interchange;
mod kinds;
mod lint;
mod properties;
mod region;
mod rows;
mod rules;
mod spoken;
mod standings;
mod validate;
mod who_edits;

use super::{
    Condition, Context, Field, FieldKey, FieldKind, FormDefinition, Operator, RawAnswers,
    starter_form,
};
use crate::Currency;

pub(super) fn key(text: &str) -> FieldKey {
    FieldKey::parse(text).unwrap()
}

pub(super) fn field(name: &str, kind: FieldKind) -> Field {
    Field::new(key(name), kind, name)
}

pub(super) fn today() -> Context {
    Context::on("2026-11-22".parse().unwrap())
}

/// The starter form with these fields behind it.
pub(super) fn form(more: Vec<Field>) -> FormDefinition {
    let mut form = starter_form(Currency::EUR);
    form.fields.extend(more);
    form
}

/// A complete post of the starter form, and these pairs.
pub(super) fn post(more: &[(&str, &str)]) -> RawAnswers {
    let base = [
        ("customer", "Brightwater"),
        ("website", "https://www.Brightwater.example/about"),
        ("country", "DE"),
        ("contact_name", "Ada Hale"),
        ("contact_email", "ada@brightwater.example"),
        ("value", "12,000.50"),
        ("value.currency", "USD"),
        ("close_date", "2026-12-31"),
        ("need", "Storage.\r\nAnd backup."),
    ];
    base.iter()
        .filter(|(n, _)| !more.iter().any(|(m, _)| m == n))
        .chain(more)
        .copied()
        .collect()
}

pub(super) fn is(name: &str, value: &str) -> Condition {
    Condition::on(&key(name), Operator::Is(value.to_owned()))
}
