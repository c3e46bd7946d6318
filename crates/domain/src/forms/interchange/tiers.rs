//! The tiers that conditions look at: each program has its own, so a form that moves looks at those of the same name.

use std::collections::{BTreeMap, BTreeSet};

use super::note::{Loss, Note, Notes};
use crate::{
    TierId,
    forms::{Condition, FormDefinition, Operator, Subject},
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
        let label = field.label.clone();
        for part in field.rule_parts() {
            if let Some(rule) = field.rule_mut(part) {
                rule.change_conditions(|condition| change(condition, |tier| meet(&label, tier)));
            }
        }
    }
}

fn change(condition: &mut Condition, mut meet: impl FnMut(TierId) -> TierId) {
    if condition.subject != Subject::Tier {
        return;
    }
    let mut put = |text: &mut String| {
        if let Ok(tier) = text.parse::<TierId>() {
            *text = meet(tier).to_string();
        }
    };
    match &mut condition.operator {
        Operator::Is(one) | Operator::IsNot(one) => put(one),
        Operator::OneOf(many) => many.iter_mut().for_each(put),
        Operator::Filled | Operator::Empty | Operator::AtLeast(_) | Operator::AtMost(_) => {}
    }
}
