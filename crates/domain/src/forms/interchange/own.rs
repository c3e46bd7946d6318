//! Reading what Dealboard wrote.

use std::collections::BTreeMap;

use serde::Deserialize as _;
use serde_json::Value;

use super::{
    MARK, ReadForm,
    check::check,
    fault::{FileFault, Refused},
    json_schema,
    node::{Node, step},
    note::{Loss, Notes},
    write::VERSION,
};
use crate::{
    TierId,
    forms::{Field, FormDefinition, MAX_FIELDS},
};

/// What a reader says of a text can repeat the text.
const MAX_WHY: usize = 200;

/// `mark` is what stands under [`MARK`] in `root`.
pub(super) fn read(root: &Node, mark: &Node) -> Result<ReadForm, Vec<FileFault>> {
    let one = |fault| vec![fault];
    check_version(mark).map_err(one)?;
    let paths = check_fields(mark).map_err(one)?;
    let place = format!("/{MARK}/form");
    let written = mark.get("form").map_or(Value::Null, Node::to_value);
    let form = FormDefinition::deserialize(&written)
        .map_err(|error| one(unreadable(place.clone(), &error)))?;
    check(&form, &paths, &place)?;
    let mut notes = Notes::default();
    let again = serde_json::to_value(&form).unwrap_or_default();
    note_unknown(&place, &written, &again, &mut notes);
    compare(root, &form, &mut notes);
    Ok(ReadForm {
        form,
        notes: notes.into_list(),
        tiers: tier_names(mark),
    })
}

fn check_version(mark: &Node) -> Result<(), FileFault> {
    if mark.get("version").and_then(Node::count) == Some(VERSION) {
        Ok(())
    } else {
        Err(FileFault::at(format!("/{MARK}/version"), Refused::Newer))
    }
}

/// Each field alone, so that what cannot be read is named by its place; gives the places.
fn check_fields(mark: &Node) -> Result<Vec<String>, FileFault> {
    let place = format!("/{MARK}/form/fields");
    let fields = mark.get("form").and_then(|form| form.get("fields"));
    let Some(fields) = fields.and_then(Node::list) else {
        return Err(FileFault::at(place, Refused::NoFields));
    };
    if fields.len() > MAX_FIELDS {
        let max = MAX_FIELDS;
        return Err(FileFault::at(place, Refused::TooManyFields { max }));
    }
    let mut paths = Vec::new();
    for (number, field) in fields.iter().enumerate() {
        let path = format!("{place}/{number}");
        if let Err(error) = Field::deserialize(&field.to_value()) {
            return Err(unreadable(path, &error));
        }
        paths.push(path);
    }
    Ok(paths)
}

fn unreadable(path: String, error: &serde_json::Error) -> FileFault {
    let why = error.to_string().chars().take(MAX_WHY).collect();
    FileFault::at(path, Refused::Unreadable { why })
}

/// Names what stands in the file and no more in the form: a newer or a hand-made property.
fn note_unknown(path: &str, written: &Value, read: &Value, notes: &mut Notes) {
    match (written, read) {
        (Value::Object(written), Value::Object(read)) => {
            for (name, value) in written {
                let path = format!("{path}/{}", step(name));
                match read.get(name) {
                    Some(read) => note_unknown(&path, value, read, notes),
                    None if says_nothing(value) => {}
                    None => notes.add(path, Loss::LeftOut),
                }
            }
        }
        (Value::Array(written), Value::Array(read)) => {
            for (place, (written, read)) in written.iter().zip(read).enumerate() {
                note_unknown(&format!("{path}/{place}"), written, read, notes);
            }
        }
        _ => {}
    }
}

/// What a form leaves out when it is written.
fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty() || text == "never" || text == "both",
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(flag) => !flag,
        Value::Number(_) => false,
    }
}

/// Who changed the schema and not the form is told that it made no difference.
fn compare(root: &Node, form: &FormDefinition, notes: &mut Notes) {
    let own = json_schema(form);
    for name in ["properties", "required"] {
        let written = root.get(name).map(Node::to_value);
        if written.is_some() && written.as_ref() != own.get(name) {
            notes.add(format!("/{name}"), Loss::NotCompared);
        }
    }
}

fn tier_names(mark: &Node) -> BTreeMap<TierId, String> {
    let tiers = mark
        .get("tiers")
        .and_then(Node::members)
        .unwrap_or_default();
    tiers
        .iter()
        .filter_map(|(id, name)| Some((id.parse().ok()?, name.text()?.to_owned())))
        .collect()
}
