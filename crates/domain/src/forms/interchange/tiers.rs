//! The tiers that conditions look at: each program has its own, so a form that moves looks at those of the same name.
//!
//! Found wherever a written condition has a tier's id, so that conditions of any shape are met.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::note::{Loss, Note, Notes};
use crate::{
    TierId,
    forms::{Condition, FormDefinition, Requirement},
    program::Tier,
};

/// Every tier that some condition looks at.
pub fn tiers_of(form: &FormDefinition) -> BTreeSet<TierId> {
    let mut found = BTreeSet::new();
    for_each(&mut form.clone(), |_, tier| {
        found.insert(tier);
        tier
    });
    found
}

/// Makes conditions look at the program's `own` tiers, by the names that the form's own had; names what is not to be had.
pub fn meet_tiers(
    form: &mut FormDefinition,
    names: &BTreeMap<TierId, String>,
    own: &[Tier],
) -> Vec<Note> {
    let mut notes = Notes::default();
    for_each(form, |label, tier| {
        if own.iter().any(|known| known.id == tier) {
            return tier;
        }
        let name = names.get(&tier);
        let same = name.and_then(|name| own.iter().find(|known| known.name == *name));
        let Some(same) = same else {
            let loss = Loss::Tier {
                label: label.to_owned(),
                tier: name.cloned().unwrap_or_else(|| tier.to_string()),
            };
            notes.add(String::new(), loss);
            return tier;
        };
        same.id
    });
    notes.into_list()
}

/// `meet` gets the field's label and a tier, and gives the tier that is to stand there.
fn for_each(form: &mut FormDefinition, mut meet: impl FnMut(&str, TierId) -> TierId) {
    for field in &mut form.fields {
        let written = json!([field.visible_when, field.required]);
        let mut changed = written.clone();
        walk(&mut changed, &mut |tier| meet(&field.label, tier));
        if changed == written {
            continue;
        }
        let read = serde_json::from_value::<(Option<Condition>, Requirement)>(changed);
        if let Ok((visible_when, required)) = read {
            field.visible_when = visible_when;
            field.required = required;
        }
    }
}

fn walk(value: &mut Value, meet: &mut dyn FnMut(TierId) -> TierId) {
    match value {
        Value::String(text) => {
            if let Ok(tier) = text.parse::<TierId>() {
                *text = meet(tier).to_string();
            }
        }
        Value::Array(items) => {
            for item in items {
                walk(item, meet);
            }
        }
        Value::Object(members) => {
            for item in members.values_mut() {
                walk(item, meet);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
