//! Edits of a repeating group's columns, as plain functions. A column is named by its place: its key follows its label until it is
//! published.

use domain::{
    Currency,
    forms::{Field, FieldKey, FieldKind, KindName, Rows},
};

use super::{model::to_kind, moving::Way};

/// What a column can be: one value, typed into one line or chosen from a list.
pub const KINDS: [KindName; 10] = [
    KindName::Text,
    KindName::Number,
    KindName::Money,
    KindName::Percent,
    KindName::Date,
    KindName::Select,
    KindName::YesNo,
    KindName::Email,
    KindName::Phone,
    KindName::Url,
];

/// Rows at most, of a new group.
const MOST: u8 = 10;

/// A group with two columns, to begin with.
pub fn new_rows() -> Rows {
    let mut rows = Rows {
        columns: Vec::new(),
        sums: Vec::new(),
        least: 0,
        most: MOST,
        name: String::new(),
        plural: String::new(),
    };
    for (label, kind) in [("Item", KindName::Text), ("Quantity", KindName::Number)] {
        let at = add(&mut rows);
        rename(&mut rows, at, label, false);
        change_kind(&mut rows, at, kind, Currency::EUR);
    }
    rows
}

/// Adds a column of text at the end; gives its place.
pub fn add(rows: &mut Rows) -> usize {
    let label = "Column";
    let key = FieldKey::from_label(label, |key| rows.column(key.as_str()).is_some());
    rows.columns.push(Field::new(key, FieldKind::Text, label));
    rows.columns.len() - 1
}

pub fn remove(rows: &mut Rows, at: usize) {
    if at < rows.columns.len() {
        let gone = rows.columns.remove(at);
        rows.sums.retain(|key| *key != gone.key);
    }
}

/// Gives the new place, unless the column stands at that end.
pub fn shift(rows: &mut Rows, at: usize, way: Way) -> Option<usize> {
    let to = match way {
        Way::Up => at.checked_sub(1)?,
        Way::Down => at + 1,
    };
    if at.max(to) >= rows.columns.len() {
        return None;
    }
    rows.columns.swap(at, to);
    Some(to)
}

/// `fixed`: answers refer to the column already, so its key stays.
pub fn rename(rows: &mut Rows, at: usize, label: &str, fixed: bool) {
    let others: Vec<FieldKey> = rows
        .columns
        .iter()
        .enumerate()
        .filter(|(place, _)| *place != at)
        .map(|(_, column)| column.key.clone())
        .collect();
    let Some(column) = rows.columns.get_mut(at) else {
        return;
    };
    label.clone_into(&mut column.label);
    if fixed {
        return;
    }
    let key = FieldKey::from_label(label, |key| others.contains(key));
    for sum in &mut rows.sums {
        if *sum == column.key {
            sum.clone_from(&key);
        }
    }
    column.key = key;
}

/// The column as another kind, with all that still fits.
pub fn change_kind(rows: &mut Rows, at: usize, kind: KindName, currency: Currency) {
    let Some(column) = rows.columns.get_mut(at) else {
        return;
    };
    to_kind(column, kind, currency);
    if !adds_up(&column.kind) {
        let key = column.key.clone();
        rows.sums.retain(|sum| *sum != key);
    }
}

pub fn adds_up(kind: &FieldKind) -> bool {
    matches!(kind, FieldKind::Number { .. } | FieldKind::Money { .. })
}

/// In the order of the columns, so that taking a total away and giving it again changes nothing.
pub fn sum(rows: &mut Rows, at: usize, summed: bool) {
    let Some(key) = rows.columns.get(at).map(|column| column.key.clone()) else {
        return;
    };
    let columns = rows.columns.iter().map(|column| column.key.clone());
    rows.sums = columns
        .filter(|own| {
            if *own == key {
                summed
            } else {
                rows.sums.contains(own)
            }
        })
        .collect();
}

#[cfg(test)]
mod tests {
    use domain::forms::{check_publishable, starter_form};

    use super::*;

    fn keys(rows: &Rows) -> Vec<&str> {
        rows.columns.iter().map(|c| c.key.as_str()).collect()
    }

    #[test]
    fn a_new_group_can_be_published() {
        let mut form = starter_form(Currency::EUR);
        let key = FieldKey::parse("lines").unwrap();
        let kind = FieldKind::Rows(new_rows());
        form.fields.push(Field::new(key, kind, "Lines"));
        assert_eq!(check_publishable(&form), Ok(()));
    }

    #[test]
    fn keys_follow_labels_until_they_are_published() {
        let mut rows = new_rows();
        assert_eq!(keys(&rows), ["item", "quantity"]);
        sum(&mut rows, 1, true);
        rename(&mut rows, 1, "Item", false);
        assert_eq!(keys(&rows), ["item", "item_2"]);
        assert_eq!(rows.sums.first().map(FieldKey::as_str), Some("item_2"));
        rename(&mut rows, 1, "Seats", true);
        assert_eq!(keys(&rows), ["item", "item_2"]);
        let at = add(&mut rows);
        assert_eq!((at, add(&mut rows)), (2, 3));
        assert_eq!(keys(&rows), ["item", "item_2", "column", "column_2"]);
    }

    #[test]
    fn totals_go_with_their_column() {
        let mut rows = new_rows();
        sum(&mut rows, 1, true);
        change_kind(&mut rows, 1, KindName::Money, Currency::EUR);
        assert_eq!(rows.sums.len(), 1);
        assert_eq!(shift(&mut rows, 1, Way::Down), None);
        assert_eq!(shift(&mut rows, 1, Way::Up), Some(0));
        assert_eq!(shift(&mut rows, 0, Way::Up), None);
        assert_eq!(keys(&rows), ["quantity", "item"]);
        change_kind(&mut rows, 0, KindName::Text, Currency::EUR);
        assert!(rows.sums.is_empty());
        sum(&mut rows, 1, true);
        remove(&mut rows, 1);
        assert_eq!((rows.sums.len(), keys(&rows)), (0, vec!["quantity"]));
    }
}
