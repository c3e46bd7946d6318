//! Reading a JSON Schema that somebody else made, as well as it can be.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    ReadForm,
    check::check,
    fault::{FileFault, Refused},
    keywords::{note_unread, note_unread_of_form},
    kind::{kind, longest},
    node::{Node, step},
    note::{Loss, Notes},
};
use crate::{
    forms::{
        Bound, Decimal, Field, FieldKey, FieldKind, FormDefinition, Limits, MAX_FIELDS, MAX_HELP,
        MAX_LABEL, Requirement, SystemField, decimal::MAX_SCALE,
    },
    text::{clean_line, clean_text},
};

const PLACE: &str = "/properties";

pub(super) fn read(root: &Node) -> Result<ReadForm, Vec<FileFault>> {
    let properties = root.get("properties").and_then(Node::members);
    let properties = properties.unwrap_or_default();
    let refuse = |reason| Err(vec![FileFault::at(PLACE.to_owned(), reason)]);
    if properties.is_empty() {
        return refuse(Refused::NoFields);
    }
    if properties.len() > MAX_FIELDS {
        return refuse(Refused::TooManyFields { max: MAX_FIELDS });
    }
    let required = root.get("required").and_then(Node::list);
    let required: BTreeSet<&str> = required
        .unwrap_or_default()
        .iter()
        .filter_map(Node::text)
        .collect();
    let mut reader = Reader::default();
    note_unread_of_form(root, &mut reader.notes);
    for (name, schema) in properties {
        reader.property(name, schema, required.contains(name.as_str()));
    }
    check(&reader.form, &reader.paths, PLACE)?;
    Ok(ReadForm {
        form: reader.form,
        notes: reader.notes.into_list(),
        tiers: BTreeMap::new(),
    })
}

#[derive(Default)]
struct Reader {
    form: FormDefinition,
    /// The place of each field.
    paths: Vec<String>,
    notes: Notes,
}

impl Reader {
    fn property(&mut self, name: &str, schema: &Node, required: bool) {
        let path = format!("{PLACE}/{}", step(name));
        let Some(kind) = kind(schema) else {
            self.notes.add(path, Loss::NoKind);
            return;
        };
        note_unread(schema, &kind, &path, &mut self.notes);
        let key = self.key(name, &path);
        let title = schema.get("title").and_then(Node::text).map(clean_line);
        let title = title.filter(|title| !title.is_empty());
        let title = title.unwrap_or_else(|| label_of(name));
        let help = schema.get("description").and_then(Node::text);
        let help = help.map(clean_text).unwrap_or_default();
        let label = self.cut(&title, MAX_LABEL, &path, "title");
        let mut field = Field::new(key, kind, label);
        field.help = self.cut(&help, MAX_HELP, &path, "description");
        field.required = self.requirement(schema, &field.kind, required, &path);
        field.default = self.filled_in(schema, &field.kind, &path);
        field.limits = self.limits(schema, &field, &path);
        field.system = system(&field, &self.form);
        self.form.fields.push(field);
        self.paths.push(path);
    }

    /// The name where it can be a key, else one made from it.
    fn key(&mut self, name: &str, path: &str) -> FieldKey {
        let taken = |key: &FieldKey| self.form.field(key).is_some();
        if let Some(key) = FieldKey::parse(name).ok().filter(|key| !taken(key)) {
            return key;
        }
        let key = FieldKey::from_label(&words_of(name), taken);
        let loss = Loss::Renamed { key: key.clone() };
        self.notes.add(path.to_owned(), loss);
        key
    }

    fn cut(&mut self, text: &str, max: usize, path: &str, word: &str) -> String {
        if text.chars().nth(max).is_some() {
            self.notes.add(format!("{path}/{word}"), Loss::Cut);
        }
        text.chars().take(max).collect()
    }

    /// Who must send a yes or a no need not say yes; a required checkbox would ask for it.
    fn requirement(
        &mut self,
        schema: &Node,
        kind: &FieldKind,
        required: bool,
        path: &str,
    ) -> Requirement {
        let asked = required && (*kind != FieldKind::Checkbox || only_yes(schema));
        if required && !asked {
            self.notes.add(path.to_owned(), Loss::NotRequired);
        }
        if asked {
            Requirement::Always
        } else {
            Requirement::Never
        }
    }

    fn limits(&mut self, schema: &Node, field: &Field, path: &str) -> Limits {
        let mut limits = Limits::default();
        if field.kind.is_text() {
            let cap = field.length_cap();
            limits.max_length = longest(schema).filter(|longest| (1..cap).contains(longest));
            let shortest = schema.get("minLength").and_then(Node::count);
            limits.min_length = shortest.filter(|shortest| (1..=cap).contains(shortest));
        }
        if matches!(field.kind, FieldKind::Number { .. }) {
            limits.min = self.bound(schema, "minimum", path);
            limits.max = self.bound(schema, "maximum", path);
        }
        limits
    }

    fn filled_in(&mut self, schema: &Node, kind: &FieldKind, path: &str) -> Vec<String> {
        let default = default(schema, kind);
        let said = schema
            .get("default")
            .is_some_and(|value| !matches!(value, Node::Null | Node::Flag(false)));
        if said && default.is_empty() {
            self.notes.add(format!("{path}/default"), Loss::LeftOut);
        }
        default
    }

    fn bound(&mut self, schema: &Node, word: &str, path: &str) -> Option<Bound> {
        let written = schema.get(word)?.word().unwrap_or_default();
        let number = Decimal::read(&written, MAX_SCALE);
        if number.is_none() {
            self.notes.add(format!("{path}/{word}"), Loss::LeftOut);
        }
        number.map(Bound::Number)
    }
}

fn only_yes(schema: &Node) -> bool {
    let yes = Node::Flag(true);
    let listed = schema.get("enum").and_then(Node::list);
    schema.get("const") == Some(&yes) || listed == Some(std::slice::from_ref(&yes))
}

/// As a browser would post it.
fn default(schema: &Node, kind: &FieldKind) -> Vec<String> {
    match (schema.get("default"), kind) {
        (Some(Node::Flag(true)), FieldKind::Checkbox) => vec!["yes".to_owned()],
        (Some(Node::List(items)), FieldKind::MultiSelect { .. }) => {
            items.iter().filter_map(Node::word).collect()
        }
        (
            _,
            FieldKind::Checkbox
            | FieldKind::MultiSelect { .. }
            | FieldKind::Money { .. }
            | FieldKind::Address,
        )
        | (None, _) => Vec::new(),
        (Some(value), _) => value
            .word()
            .filter(|word| !word.is_empty())
            .into_iter()
            .collect(),
    }
}

/// A field that is called as one of the deal's own facts, and can be it, is it.
fn system(field: &Field, above: &FormDefinition) -> Option<SystemField> {
    SystemField::ALL.into_iter().find(|system| {
        system.name() == field.key.as_str()
            && system.fits(&field.kind)
            && above.system(*system).is_none()
    })
}

/// `customerName` and `customer_name` are two words.
fn words_of(name: &str) -> String {
    let mut words = String::new();
    let mut lower = false;
    for letter in name.chars() {
        if letter.is_uppercase() && lower {
            words.push(' ');
        }
        lower = letter.is_lowercase();
        words.push(if matches!(letter, '_' | '-' | '.') {
            ' '
        } else {
            letter
        });
    }
    words
}

fn label_of(name: &str) -> String {
    let words = clean_line(&words_of(name));
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "Untitled".to_owned(),
    }
}
