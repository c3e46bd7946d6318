//! What a field's own rules say that a schema can say exactly, whatever the other answers are.

use serde_json::{Map, Number, Value, json};

use super::schema::must_be_answered;
use crate::forms::{Bound, Decimal, Field, FieldKind, FormDefinition, limits::range};

pub(super) fn narrow(field: &Field, form: &FormDefinition, schema: &mut Map<String, Value>) {
    let asked = must_be_answered(field, form);
    let mut say = |word: &str, value: Value| drop(schema.insert(word.to_owned(), value));
    match &field.kind {
        FieldKind::Checkbox if asked => say("const", json!(true)),
        FieldKind::MultiSelect { .. } | FieldKind::File { .. } if asked => {
            say("minItems", json!(1));
        }
        // Of a number that is sent as a text this says nothing.
        FieldKind::Number { .. } | FieldKind::Percent { .. } => {
            let (min, max) = range(field);
            for (word, bound) in [("minimum", min), ("maximum", max)] {
                if let Some(number) = bound.and_then(Bound::number).and_then(exact) {
                    say(word, json!(number));
                }
            }
        }
        _ => {}
    }
}

/// Nothing for what a JSON number cannot hold: a limit that is almost right refuses what the form takes.
fn exact(decimal: Decimal) -> Option<Number> {
    let text = decimal.to_string();
    let number: Number = serde_json::from_str(&text).ok()?;
    (number.to_string() == text).then_some(number)
}
