//! What a new version changes, in words that need no knowledge of the inside.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    Field, FieldKey, FieldKind, FormDefinition, diff_kind, diff_properties::properties,
    problem_text::counted,
};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub field: FieldKey,
    /// In the newer version, or in the older when the field is gone.
    pub label: String,
    pub what: What,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    Added,
    Removed,
    Moved,
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
}

impl Change {
    pub fn text(&self) -> String {
        let label = &self.label;
        match &self.what {
            What::Added => format!("\u{201c}{label}\u{201d} is new"),
            What::Removed => format!("\u{201c}{label}\u{201d} is removed"),
            What::Moved => format!("\u{201c}{label}\u{201d} moves to another place"),
            What::Renamed { from } => {
                format!("\u{201c}{from}\u{201d} is now called \u{201c}{label}\u{201d}")
            }
            What::Changed { property, from, to } => {
                let shown = |text: &str| {
                    if text.is_empty() {
                        "none".to_owned()
                    } else {
                        format!("\u{201c}{text}\u{201d}")
                    }
                };
                format!(
                    "\u{201c}{label}\u{201d}: {property} changes from {} to {}",
                    shown(from),
                    shown(to)
                )
            }
            What::Options {
                added,
                removed,
                renamed,
                reordered,
            } => {
                let count = |n: usize, verb: &str| {
                    (n > 0).then(|| {
                        format!(
                            "{} {verb}",
                            counted(u64::try_from(n).unwrap_or(u64::MAX), "option")
                        )
                    })
                };
                let parts: Vec<String> = [
                    count(*added, "added"),
                    count(*removed, "removed"),
                    count(*renamed, "renamed"),
                ]
                .into_iter()
                .flatten()
                .chain(reordered.then(|| "options in another order".to_owned()))
                .collect();
                format!("\u{201c}{label}\u{201d}: {}", parts.join(", "))
            }
            What::Column { change } => {
                format!("\u{201c}{label}\u{201d}, column {}", change.text())
            }
        }
    }
}

/// Removed fields first, then the rest in the order of the new form. Empty for equal forms.
pub fn diff(old: &FormDefinition, new: &FormDefinition) -> Vec<Change> {
    let change = |field: &Field, what| Change {
        field: field.key.clone(),
        label: field.label.clone(),
        what,
    };
    let mut changes: Vec<Change> = old
        .fields
        .iter()
        .filter(|f| new.field(&f.key).is_none())
        .map(|f| change(f, What::Removed))
        .collect();
    let moved = moved(old, new);
    for field in &new.fields {
        let Some(before) = old.field(&field.key) else {
            changes.push(change(field, What::Added));
            continue;
        };
        if before.label != field.label {
            changes.push(change(
                field,
                What::Renamed {
                    from: before.label.clone(),
                },
            ));
        }
        if moved.contains(&&field.key) {
            changes.push(change(field, What::Moved));
        }
        for ((property, from), (_, to)) in properties(before, old)
            .into_iter()
            .zip(properties(field, new))
        {
            if from != to {
                changes.push(change(
                    field,
                    What::Changed {
                        property: property.to_owned(),
                        from,
                        to,
                    },
                ));
            }
        }
        if let Some(what) = options(&before.kind, &field.kind) {
            changes.push(change(field, what));
        }
        let columns = diff_kind::columns(&before.kind, &field.kind).into_iter();
        changes.extend(columns.map(|what| change(field, what)));
    }
    changes
}

/// The fewest fields whose moving explains the new order: all but a longest run that kept its order.
fn moved<'a>(old: &FormDefinition, new: &'a FormDefinition) -> Vec<&'a FieldKey> {
    let before: BTreeMap<&FieldKey, usize> = old
        .fields
        .iter()
        .enumerate()
        .map(|(at, f)| (&f.key, at))
        .collect();
    let common: Vec<(&FieldKey, usize)> = new
        .fields
        .iter()
        .filter_map(|f| before.get(&f.key).map(|at| (&f.key, *at)))
        .collect();
    // The longest kept run that ends at each field: its length, and the field before it.
    let mut runs: Vec<(usize, Option<usize>)> = Vec::with_capacity(common.len());
    for (at, (_, position)) in common.iter().enumerate() {
        let best = (0..at)
            .filter(|earlier| common.get(*earlier).is_some_and(|(_, p)| p < position))
            .max_by_key(|earlier| runs.get(*earlier).map_or(0, |(length, _)| *length));
        let length = best
            .and_then(|b| runs.get(b))
            .map_or(1, |(length, _)| length + 1);
        runs.push((length, best));
    }
    let mut kept = vec![false; common.len()];
    let mut next = (0..runs.len()).max_by_key(|at| runs.get(*at).map_or(0, |(length, _)| *length));
    while let Some(at) = next {
        if let Some(mark) = kept.get_mut(at) {
            *mark = true;
        }
        next = runs.get(at).and_then(|(_, before)| *before);
    }
    common
        .into_iter()
        .zip(kept)
        .filter(|(_, kept)| !kept)
        .map(|((key, _), _)| key)
        .collect()
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
