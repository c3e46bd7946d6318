//! What a browser posts, before anything is believed.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Address, AddressPart, Field, FieldKey, FormDefinition};

/// 200 fields, addresses with six inputs each, 1,000 cells, and room for names that `validate` then refuses by name.
const MAX_NAMES: usize = 2_400;
/// 200 long answers of 10,000 characters would be more; no real form comes near.
const MAX_BYTES: usize = 2 * 1024 * 1024;
/// Far more rows than are ever added and taken out on one page.
const MAX_ROW_NUMBER: u16 = 9_999;
/// What an amount is posted with besides.
pub(super) const CURRENCY: &str = "currency";
/// The last day of a range, beside its first.
pub(super) const UNTIL: &str = "until";
/// The id of a customer that is known, beside its name.
pub(super) const CUSTOMER_ID: &str = "id";

/// Input names and their values, as repeated names gave them. A plain HTML form post maps to it one to one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RawAnswers(BTreeMap<String, Vec<String>>);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("more names or text than any form asks for")]
pub struct TooMuchInput;

impl RawAnswers {
    /// From the pairs of a form post. Names that start with `_` belong to the page (which button, which draft), and no key does.
    pub fn from_pairs(
        pairs: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, TooMuchInput> {
        let mut raw = Self::default();
        for (name, value) in pairs {
            if !name.starts_with('_') {
                raw.0.entry(name).or_default().push(value);
            }
        }
        raw.check_size()?;
        Ok(raw)
    }

    /// For input that came as JSON.
    pub fn check_size(&self) -> Result<(), TooMuchInput> {
        // Each value costs its own allocation, so it counts for more than its text.
        let bytes: usize = self
            .0
            .iter()
            .map(|(n, v)| n.len() + v.iter().map(|t| t.len() + 24).sum::<usize>())
            .sum();
        if self.0.len() > MAX_NAMES || bytes > MAX_BYTES {
            Err(TooMuchInput)
        } else {
            Ok(())
        }
    }

    pub fn values(&self, key: &FieldKey) -> &[String] {
        self.0.get(key.as_str()).map_or(&[], Vec::as_slice)
    }

    /// The values of one input, by the name that it is posted with.
    pub fn under(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// The first value, or nothing.
    pub fn first(&self, key: &FieldKey) -> &str {
        self.values(key).first().map_or("", String::as_str)
    }

    pub fn currency(&self, key: &FieldKey) -> Option<&str> {
        self.part(key, CURRENCY)
    }

    /// The last day of a range.
    pub fn until(&self, key: &FieldKey) -> Option<&str> {
        self.part(key, UNTIL)
    }

    /// The id of the customer that was chosen.
    pub fn customer_id(&self, key: &FieldKey) -> Option<&str> {
        self.part(key, CUSTOMER_ID)
    }

    /// What was posted for each part of an address, in their order.
    pub(super) fn address_parts(&self, key: &FieldKey) -> [Option<&str>; 5] {
        AddressPart::NAMES.map(|part| self.part(key, part))
    }

    /// An address as it was typed; what was posted for all of it as one text is its street.
    pub fn address(&self, key: &FieldKey) -> Address {
        let mut address = Address::default();
        for (part, text) in AddressPart::ALL.into_iter().zip(self.address_parts(key)) {
            address.set(part, text.unwrap_or_default().to_owned());
        }
        if address.is_empty() {
            address.set(AddressPart::Street, self.first(key).to_owned());
        }
        address
    }

    /// The name of one input of an address.
    pub fn part_name(key: &FieldKey, part: AddressPart) -> String {
        format!("{key}.{}", part.name())
    }

    /// What was posted under `key.part`.
    fn part(&self, key: &FieldKey, part: &str) -> Option<&str> {
        self.0
            .get(&format!("{key}.{part}"))?
            .first()
            .map(String::as_str)
    }

    /// The name of the second input of an amount.
    pub fn currency_name(key: &FieldKey) -> String {
        format!("{key}.{CURRENCY}")
    }

    /// The name of the amount beside which a currency of that name stands.
    pub fn amount_of(name: &str) -> Option<&str> {
        name.strip_suffix(CURRENCY)?.strip_suffix('.')
    }

    /// The name of the second input of a range of days.
    pub fn until_name(key: &FieldKey) -> String {
        format!("{key}.{UNTIL}")
    }

    /// The name of the second input of a customer.
    pub fn customer_id_name(key: &FieldKey) -> String {
        format!("{key}.{CUSTOMER_ID}")
    }

    /// The name of a cell of a repeating group.
    pub fn cell_name(key: &FieldKey, row: u16, column: &FieldKey) -> String {
        format!("{key}.{row}.{column}")
    }

    /// The field, the row and the column of the cell that has this name.
    pub fn cell_of(name: &str) -> Option<(FieldKey, u16, FieldKey)> {
        let (key, part) = name.split_once('.')?;
        let (row, column) = cell_part(part)?;
        Some((
            FieldKey::parse(key).ok()?,
            row,
            FieldKey::parse(column).ok()?,
        ))
    }

    /// What was posted for one cell.
    pub fn cell(&self, key: &FieldKey, row: u16, column: &FieldKey) -> &[String] {
        let name = Self::cell_name(key, row, column);
        self.0.get(&name).map_or(&[], Vec::as_slice)
    }

    /// The numbers of the rows that the field was posted with, empty rows too, from first to last.
    pub fn row_numbers(&self, key: &FieldKey) -> BTreeSet<u16> {
        let begins = format!("{key}.");
        let names = self.0.range(begins.clone()..).map(|(name, _)| name);
        names
            .map_while(|name| name.strip_prefix(&begins))
            .filter_map(|part| cell_part(part).map(|(row, _)| row))
            .collect()
    }

    /// Adds an empty row by the name of its first cell, where that names a cell.
    pub fn add_row(&mut self, cell: &str) {
        if Self::cell_of(cell).is_some() {
            let values = self.0.entry(cell.to_owned()).or_default();
            if values.is_empty() {
                values.push(String::new());
            }
        }
    }

    /// Takes out the row `lines.2`.
    pub fn remove_row(&mut self, row: &str) {
        let begins = format!("{row}.");
        let numbered = row
            .split_once('.')
            .is_some_and(|(_, n)| n.parse::<u16>().is_ok());
        if numbered {
            self.0.retain(|name, _| !name.starts_with(&begins));
        }
    }

    /// The values of one input, under the name that it is posted with; none takes the name out.
    pub fn replace(&mut self, name: &str, values: Vec<String>) {
        if values.is_empty() {
            self.0.remove(name);
        } else {
            self.0.insert(name.to_owned(), values);
        }
    }

    /// The field that an input of this name belongs to.
    pub fn key_of(name: &str) -> Option<FieldKey> {
        let key = name.split_once('.').map_or(name, |(key, _)| key);
        FieldKey::parse(key).ok()
    }

    /// Becomes the same as `other`; gives the names under which they differed.
    pub(super) fn follow(&mut self, other: &Self) -> Vec<String> {
        let unlike = other.0.iter();
        let unlike = unlike.filter(|(name, values)| self.0.get(*name) != Some(*values));
        let gone = self.0.keys().filter(|name| !other.0.contains_key(*name));
        let names: Vec<String> = unlike.map(|(name, _)| name).chain(gone).cloned().collect();
        for name in &names {
            match other.0.get(name) {
                Some(values) => drop(self.0.insert(name.clone(), values.clone())),
                None => drop(self.0.remove(name)),
            }
        }
        names
    }

    pub fn set(&mut self, key: &FieldKey, values: Vec<String>) {
        self.replace(key.as_str(), values);
    }

    pub fn set_money(&mut self, key: &FieldKey, amount: &str, currency: &str) {
        self.set(key, vec![amount.to_owned()]);
        self.0
            .insert(Self::currency_name(key), vec![currency.to_owned()]);
    }

    pub fn set_days(&mut self, key: &FieldKey, from: &str, until: &str) {
        self.set(key, vec![from.to_owned()]);
        self.0.insert(Self::until_name(key), vec![until.to_owned()]);
    }

    pub fn set_customer(&mut self, key: &FieldKey, id: &str, name: &str) {
        self.set(key, vec![name.to_owned()]);
        let id = Some(id).filter(|id| !id.is_empty()).map(str::to_owned);
        self.replace(&Self::customer_id_name(key), id.into_iter().collect());
    }

    pub fn set_address(&mut self, key: &FieldKey, address: &Address) {
        self.remove(key);
        for part in AddressPart::ALL {
            let text = address.part(part);
            if !text.is_empty() {
                self.replace(&Self::part_name(key, part), vec![text.to_owned()]);
            }
        }
    }

    pub fn remove(&mut self, key: &FieldKey) {
        self.0.retain(|name, _| !speaks_of(name, key));
    }

    /// Whether anything was posted under this key, even an empty value.
    pub fn mentions(&self, key: &FieldKey) -> bool {
        self.0.keys().any(|name| speaks_of(name, key))
    }

    /// Takes over what the other says of the field, if it says anything.
    pub(super) fn copy(&mut self, field: &Field, from: &Self) {
        for name in from.names_of(field) {
            if let Some(values) = from.0.get(&name) {
                self.0.insert(name, values.clone());
            }
        }
    }

    /// The names that the field is posted under; of a repeating group those that are here.
    fn names_of(&self, field: &Field) -> Vec<String> {
        if field.kind.rows().is_none() {
            return field.input_names();
        }
        let names = self.0.keys().filter(|name| speaks_of(name, &field.key));
        names.cloned().collect()
    }

    /// What a form would post for the field, name by name.
    pub fn pairs_of(&self, field: &Field) -> Vec<(String, String)> {
        self.names_of(field)
            .into_iter()
            .flat_map(|name| {
                let values = self.0.get(&name).cloned().unwrap_or_default();
                values.into_iter().map(move |value| (name.clone(), value))
            })
            .collect()
    }

    /// The same without what says nothing: empty values, and names without any.
    #[must_use]
    pub fn without_blanks(&self) -> Self {
        let said = self.0.iter().filter_map(|(name, values)| {
            let values: Vec<String> = values.iter().filter(|v| !v.is_empty()).cloned().collect();
            (!values.is_empty()).then(|| (name.clone(), values))
        });
        Self(said.collect())
    }

    /// Every name with each of its values, as a form posts them.
    pub fn pairs(&self) -> impl Iterator<Item = (String, String)> {
        self.0.iter().flat_map(|(name, values)| {
            let values = values.iter();
            values.map(move |value| (name.clone(), value.clone()))
        })
    }

    /// Only what speaks about fields of that form, without those that only the company answers.
    #[must_use]
    pub fn only(&self, form: &FormDefinition) -> Self {
        let own = self.0.iter().filter(|(name, _)| is_asked(name, form));
        Self(own.map(|(n, v)| (n.clone(), v.clone())).collect())
    }

    /// The same, with what was said before about fields that the form does not have: they may come back. Without it, when
    /// all together would be too much.
    #[must_use]
    pub fn with_others(&self, before: &Self, form: &FormDefinition) -> Self {
        let mut all = self.clone();
        for (name, values) in &before.0 {
            if !is_of(name, form) && !all.0.contains_key(name) {
                all.0.insert(name.clone(), values.clone());
            }
        }
        if all.check_size().is_ok() {
            all
        } else {
            self.clone()
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every input name with the key it speaks about, if it can be one at all, and the part of it.
    pub(super) fn names(&self) -> impl Iterator<Item = (&str, &str, Option<&str>)> {
        self.0.keys().map(|name| match name.split_once('.') {
            Some((key, part)) => (name.as_str(), key, Some(part)),
            None => (name.as_str(), name.as_str(), None),
        })
    }
}

fn is_of(name: &str, form: &FormDefinition) -> bool {
    RawAnswers::key_of(name).is_some_and(|key| form.field(&key).is_some())
}

fn is_asked(name: &str, form: &FormDefinition) -> bool {
    let field = RawAnswers::key_of(name).and_then(|key| form.field(&key));
    field.is_some_and(Field::partner_edits)
}

/// `2.quantity`: a row and a column. A row has one name only: `02` is none.
pub(super) fn cell_part(part: &str) -> Option<(u16, &str)> {
    let (row, column) = part.split_once('.')?;
    let number: u16 = row.parse().ok()?;
    let fits = number <= MAX_ROW_NUMBER && number.to_string() == row;
    fits.then_some((number, column))
}

fn speaks_of(name: &str, key: &FieldKey) -> bool {
    name.strip_prefix(key.as_str())
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

impl<K: Into<String>, V: Into<String>> FromIterator<(K, V)> for RawAnswers {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        let mut raw = Self::default();
        for (name, value) in pairs {
            raw.0.entry(name.into()).or_default().push(value.into());
        }
        raw
    }
}
