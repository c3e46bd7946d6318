//! Which words of a foreign schema were read, so that the rest can be named.

use super::{
    kind::decimals,
    node::{Node, step},
    note::{Loss, Notes},
};
use crate::forms::FieldKind;

/// Those of the file as a whole. What tools write for themselves says nothing about answers.
const OF_FORM: [&str; 9] = [
    "$schema",
    "$id",
    "$comment",
    "title",
    "description",
    "type",
    "properties",
    "required",
    "additionalProperties",
];
/// Those of every kind of field.
const OF_FIELD: [&str; 5] = ["type", "title", "description", "default", "$comment"];

pub(super) fn note_unread_of_form(root: &Node, notes: &mut Notes) {
    note_others(root, "", &[&OF_FORM], notes);
}

pub(super) fn note_unread(schema: &Node, kind: &FieldKind, path: &str, notes: &mut Notes) {
    let own: &[&str] = match kind {
        FieldKind::Number { .. } if decimals(schema).is_some() => {
            &["minimum", "maximum", "multipleOf"]
        }
        FieldKind::Number { .. } => &["minimum", "maximum"],
        FieldKind::Money { .. } | FieldKind::Address => {
            &["properties", "required", "additionalProperties"]
        }
        FieldKind::Customer => &[
            "properties",
            "required",
            "additionalProperties",
            "x-maxLength",
        ],
        FieldKind::Select { .. } => &["enum", "oneOf", "anyOf"],
        FieldKind::MultiSelect { .. } => &["items", "uniqueItems"],
        FieldKind::Checkbox => &["const", "enum"],
        FieldKind::Date => &["format"],
        FieldKind::Country => &["pattern"],
        _ => &["minLength", "maxLength", "x-maxLength", "format"],
    };
    note_others(schema, path, &[&OF_FIELD, own], notes);
    note_format(schema, kind, path, notes);
}

fn note_others(schema: &Node, path: &str, known: &[&[&str]], notes: &mut Notes) {
    for (name, _) in schema.members().unwrap_or_default() {
        if !known.iter().any(|words| words.contains(&name.as_str())) {
            notes.add(format!("{path}/{}", step(name)), Loss::LeftOut);
        }
    }
}

/// A format that a kind of its own stands for is read; any other is not.
fn note_format(schema: &Node, kind: &FieldKind, path: &str, notes: &mut Notes) {
    let Some(format) = schema.get("format").and_then(Node::text) else {
        return;
    };
    let loss = match kind {
        FieldKind::Date if format == "date-time" => Loss::DayOnly,
        FieldKind::Text | FieldKind::LongText => Loss::AnyText,
        _ => return,
    };
    notes.add(format!("{path}/format"), loss);
}
