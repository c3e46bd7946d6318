//! Which fields look at which. All edges lead down the form, because a rule sees only what stands above it.

use std::collections::{BTreeMap, BTreeSet};

use super::{FieldKey, FieldKind, FormDefinition};

/// Fields are named by their places in the form: in a draft two may have the same key.
#[derive(Clone, Debug)]
pub(super) struct Dependants {
    places: BTreeMap<FieldKey, Vec<usize>>,
    below: Vec<Vec<usize>>,
    heads: Vec<Option<usize>>,
}

impl Dependants {
    pub(super) fn of(form: &FormDefinition) -> Self {
        let mut found = Self {
            places: BTreeMap::new(),
            below: vec![Vec::new(); form.fields.len()],
            heads: Vec::with_capacity(form.fields.len()),
        };
        let (mut page, mut group) = (None, None);
        for (place, field) in form.fields.iter().enumerate() {
            let keys = field.looks_at();
            let above = keys.iter().flat_map(|key| found.at(key));
            let above: Vec<usize> = above.copied().collect();
            let head = match field.kind {
                FieldKind::PageBreak => {
                    (page, group) = (Some(place), None);
                    None
                }
                FieldKind::Group => {
                    group = Some(place);
                    page
                }
                FieldKind::GroupEnd => group.take().or(page),
                _ => group.or(page),
            };
            found.heads.push(head);
            for other in above.into_iter().chain(head) {
                if let Some(below) = found.below.get_mut(other) {
                    below.push(place);
                }
            }
            found
                .places
                .entry(field.key.clone())
                .or_default()
                .push(place);
        }
        found
    }

    /// The places of the fields with that key.
    pub(super) fn at(&self, key: &FieldKey) -> &[usize] {
        self.places.get(key).map_or(&[], Vec::as_slice)
    }

    /// The places of those that look at the field there; of a page break, those on its page; of a
    /// group, those in it.
    pub(super) fn below(&self, place: usize) -> &[usize] {
        self.below.get(place).map_or(&[], Vec::as_slice)
    }

    /// What the field there stands under: the mark of its group, or else the page break of its page; none for a page break
    /// itself.
    pub(super) fn head(&self, place: usize) -> Option<usize> {
        self.heads.get(place).copied().flatten()
    }

    /// All that an answer there may change, directly or through others.
    pub(super) fn all_below(&self, place: usize) -> BTreeSet<usize> {
        let mut all = BTreeSet::new();
        let mut rest = vec![place];
        while let Some(place) = rest.pop() {
            let below = self.below(place).iter().copied();
            rest.extend(below.filter(|below| all.insert(*below)));
        }
        all
    }
}

impl FormDefinition {
    /// Those fields, and all that an answer to one of them may change, directly or through others.
    #[must_use]
    pub fn with_dependants(&self, keys: &BTreeSet<FieldKey>) -> BTreeSet<FieldKey> {
        let dependants = Dependants::of(self);
        let places = keys.iter().flat_map(|key| dependants.at(key));
        let below: BTreeSet<usize> = places
            .flat_map(|place| dependants.all_below(*place))
            .collect();
        let below = below
            .into_iter()
            .filter_map(|place| self.fields.get(place))
            .map(|field| field.key.clone());
        below.chain(keys.iter().cloned()).collect()
    }
}
