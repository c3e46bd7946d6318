//! What cells can name: partners, the options of choices, countries.

use std::collections::{BTreeMap, BTreeSet};

use super::row::Member;
use crate::MembershipId;
use crate::forms::{COUNTRIES, Choice, FieldKey, FormDefinition};
use crate::text::fold;

/// Every name that a cell of an import can hold, folded once for all of its rows: what a row costs depends on how long its
/// own cells are, and not on how long the lists are.
#[derive(Debug, Clone)]
pub struct Names {
    members: Vec<Member>,
    /// Their places, by id and by folded name.
    ids: BTreeMap<String, usize>,
    partners: BTreeMap<String, Vec<usize>>,
    options: BTreeMap<FieldKey, Options>,
    /// Codes by folded name.
    countries: BTreeMap<String, &'static str>,
}

/// The options of one field.
#[derive(Debug, Clone)]
pub(super) struct Options {
    values: BTreeSet<String>,
    /// Values by folded label; of labels that fold alike, the first one's.
    labels: BTreeMap<String, String>,
}

impl Names {
    pub fn new(form: &FormDefinition, members: Vec<Member>) -> Self {
        let (mut ids, mut partners) = (BTreeMap::new(), BTreeMap::<String, Vec<usize>>::new());
        for (place, member) in members.iter().enumerate() {
            ids.insert(member.partner.clone(), place);
            partners.entry(fold(&member.name)).or_default().push(place);
        }
        let choices = form.fields.iter();
        let choices = choices.filter(|field| !field.kind.options().is_empty());
        let options = choices.map(|field| (field.key.clone(), Options::new(field.kind.options())));
        let countries = COUNTRIES.iter().map(|(code, name)| (fold(name), *code));
        Self {
            ids,
            partners,
            options: options.collect(),
            countries: countries.collect(),
            members,
        }
    }

    /// The partner with that id, or all that are called so.
    pub(super) fn partners(&self, name: &str) -> Vec<&Member> {
        if let Some(member) = self
            .ids
            .get(name)
            .and_then(|place| self.members.get(*place))
        {
            return vec![member];
        }
        let places = self.partners.get(&fold(name)).into_iter().flatten();
        places
            .filter_map(|place| self.members.get(*place))
            .collect()
    }

    pub(super) fn member(&self, membership: MembershipId) -> Option<&Member> {
        let mut members = self.members.iter();
        members.find(|member| member.membership == membership)
    }

    /// None, if it is no choice.
    pub(super) fn options(&self, key: &FieldKey) -> Option<&Options> {
        self.options.get(key)
    }

    /// The code of a country that goes by its name.
    pub(super) fn country(&self, name: &str) -> Option<&'static str> {
        self.countries.get(&fold(name)).copied()
    }
}

impl Options {
    fn new(options: &[Choice]) -> Self {
        let mut labels = BTreeMap::new();
        for option in options {
            let label = labels.entry(fold(&option.label));
            label.or_insert_with(|| option.value.clone());
        }
        Self {
            values: options.iter().map(|option| option.value.clone()).collect(),
            labels,
        }
    }

    /// The value that is written so, or whose label is.
    fn find(&self, text: &str) -> Option<&str> {
        let found = self.values.get(text);
        let found = found.or_else(|| self.labels.get(&fold(text)));
        found.map(String::as_str)
    }

    /// The value, or what is none, for the form to say so.
    pub(super) fn one(&self, text: &str) -> String {
        self.find(text).unwrap_or(text).to_owned()
    }

    /// The values that are listed there, each once. One part that is no option makes all of it no answer, so it stands for
    /// the others: never more values than there are options go on from here, however many parts a cell has.
    pub(super) fn several(&self, text: &str) -> Vec<String> {
        if let Some(value) = self.find(text) {
            return vec![value.to_owned()];
        }
        let signs: &[char] = if text.contains([';', '|', '\n']) {
            &[';', '|', '\n']
        } else {
            &[',']
        };
        let parts = text.split(signs).map(str::trim);
        let mut values = BTreeSet::new();
        for part in parts.filter(|part| !part.is_empty()) {
            let Some(value) = self.find(part) else {
                return vec![part.to_owned()];
            };
            values.insert(value);
        }
        values.into_iter().map(str::to_owned).collect()
    }
}
