//! What a new version changes, in words that need no knowledge of the inside.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    Field, FieldKey, FieldKind, FormDefinition, diff_kind, diff_order::moved,
    diff_properties::properties,
};

/// What becomes of one field, with all that [`apply`] needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub field: FieldKey,
    /// In the newer version, or in the older when the field is gone.
    pub label: String,
    /// Nothing for a new field.
    pub before: Option<Field>,
    /// Nothing for a field that is gone.
    pub after: Option<Field>,
    /// Where a new or a moved field stands in the newer form, counted from 0.
    pub at: Option<usize>,
    /// The same in words; never empty.
    pub what: Vec<What>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    Added,
    Removed,
    /// After which field it stood, and stands; empty for the first place.
    Moved {
        from: String,
        to: String,
    },
    Renamed {
        from: String,
    },
    /// A property with its old and new value in words; empty means none.
    Changed {
        property: String,
        from: String,
        to: String,
    },
    Options {
        added: usize,
        removed: usize,
        renamed: usize,
        reordered: bool,
    },
    /// Of a column of a repeating group.
    Column {
        change: Box<Change>,
    },
    /// Something that has no words of its own.
    Other,
}

/// In the order of the new form; a field that is gone comes where it stood. Empty for equal forms. In both, no key may
/// stand twice.
pub fn diff(old: &FormDefinition, new: &FormDefinition) -> Vec<Change> {
    let moved = moved(old, new);
    let mut gone = gone(old, new);
    let mut changes = gone.remove(&None::<&FieldKey>).unwrap_or_default();
    for (at, field) in new.fields.iter().enumerate() {
        let before = old.field(&field.key);
        let moves = moved.contains(&&field.key);
        let what = match before {
            None => vec![What::Added],
            Some(before) => changed((before, old), (field, new), moves),
        };
        if !what.is_empty() {
            changes.push(Change {
                field: field.key.clone(),
                label: field.label.clone(),
                before: before.cloned(),
                after: Some(field.clone()),
                at: (moves || before.is_none()).then_some(at),
                what,
            });
        }
        changes.extend(gone.remove(&Some(&field.key)).unwrap_or_default());
    }
    changes
}

/// What [`diff`] told apart, done to the older form, gives the newer.
#[must_use]
pub fn apply(form: &FormDefinition, changes: &[Change]) -> FormDefinition {
    let of: BTreeMap<&FieldKey, &Change> = changes.iter().map(|c| (&c.field, c)).collect();
    let kept = form
        .fields
        .iter()
        .filter_map(|field| match of.get(&field.key) {
            None => Some(field.clone()),
            // Put in again below, at its new place.
            Some(change) if change.at.is_some() => None,
            Some(change) => change.after.clone(),
        });
    let mut fields: Vec<Field> = kept.collect();
    let placed = changes.iter();
    let mut placed: Vec<(usize, &Field)> = placed
        .filter_map(|change| change.at.zip(change.after.as_ref()))
        .collect();
    placed.sort_by_key(|(at, _)| *at);
    for (at, field) in placed {
        fields.insert(at.min(fields.len()), field.clone());
    }
    FormDefinition { fields }
}

/// The fields that are gone, by the field behind which each stood that is still there.
fn gone<'a>(
    old: &'a FormDefinition,
    new: &FormDefinition,
) -> BTreeMap<Option<&'a FieldKey>, Vec<Change>> {
    let mut found: BTreeMap<Option<&FieldKey>, Vec<Change>> = BTreeMap::new();
    let mut behind = None;
    for field in &old.fields {
        if new.field(&field.key).is_some() {
            behind = Some(&field.key);
            continue;
        }
        found.entry(behind).or_default().push(Change {
            field: field.key.clone(),
            label: field.label.clone(),
            before: Some(field.clone()),
            after: None,
            at: None,
            what: vec![What::Removed],
        });
    }
    found
}

/// What is told of a field that both forms have; nothing when it is the same.
fn changed(
    (before, old): (&Field, &FormDefinition),
    (field, new): (&Field, &FormDefinition),
    moves: bool,
) -> Vec<What> {
    let mut what = Vec::new();
    if before.label != field.label {
        what.push(What::Renamed {
            from: before.label.clone(),
        });
    }
    if moves {
        what.push(What::Moved {
            from: stands_after(old, &field.key),
            to: stands_after(new, &field.key),
        });
    }
    // Of a field that stayed, a condition may only read otherwise, because what it looks at is called otherwise.
    let pairs = properties(before, old)
        .into_iter()
        .zip(properties(field, new));
    let differing = pairs.filter(|((_, from), (_, to))| before != field && from != to);
    what.extend(differing.map(|((property, from), (_, to))| What::Changed {
        property: property.to_owned(),
        from,
        to,
    }));
    what.extend(options(&before.kind, &field.kind));
    what.extend(diff_kind::columns(&before.kind, &field.kind));
    if what.is_empty() && before != field {
        what.push(What::Other);
    }
    what
}

/// The label of the field before it; empty when it is the first.
fn stands_after(form: &FormDefinition, key: &FieldKey) -> String {
    let at = form.fields.iter().position(|field| field.key == *key);
    let before = at.and_then(|at| at.checked_sub(1));
    before
        .and_then(|at| form.fields.get(at))
        .map(|field| field.label.clone())
        .unwrap_or_default()
}

fn options(old: &FieldKind, new: &FieldKind) -> Option<What> {
    let (old, new) = (old.options(), new.options());
    let before: BTreeMap<&str, &str> = old
        .iter()
        .map(|o| (o.value.as_str(), o.label.as_str()))
        .collect();
    let after: BTreeMap<&str, &str> = new
        .iter()
        .map(|o| (o.value.as_str(), o.label.as_str()))
        .collect();
    let added = after.keys().filter(|v| !before.contains_key(*v)).count();
    let removed = before.keys().filter(|v| !after.contains_key(*v)).count();
    let renamed = after
        .iter()
        .filter(|(v, label)| before.get(*v).is_some_and(|b| b != *label))
        .count();
    let order_before: Vec<&str> = old
        .iter()
        .map(|o| o.value.as_str())
        .filter(|v| after.contains_key(v))
        .collect();
    let order_after: Vec<&str> = new
        .iter()
        .map(|o| o.value.as_str())
        .filter(|v| before.contains_key(v))
        .collect();
    let reordered = order_before != order_after;
    (added + removed + renamed > 0 || reordered).then_some(What::Options {
        added,
        removed,
        renamed,
        reordered,
    })
}
