//! Which fields were moved, and which only made room.

use std::collections::BTreeMap;

use super::{FieldKey, FormDefinition};

/// The fewest fields whose moving explains the new order: all but a longest run that kept its order.
pub(super) fn moved<'a>(old: &FormDefinition, new: &'a FormDefinition) -> Vec<&'a FieldKey> {
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
