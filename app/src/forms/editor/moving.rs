//! Where a field may go, as plain functions. A gap is a place between fields: before the field at that position, or behind
//! the last one.

use domain::forms::{Field, FieldKey, FieldKind, FormDefinition, MAX_FIELDS, MAX_LABEL, pages};

use super::{grouping, model::position};

/// What came of a move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Moved {
    /// The field's new position, counted from 1.
    To(usize),
    /// It stands there already.
    Stays,
    /// Why it may not stand there.
    Refused(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Up,
    Down,
}

/// Moves the field into the gap, unless a field would then look at one below it. A group moves as a whole, by its beginning; by
/// its end it grows and shrinks.
pub fn to_gap(form: &mut FormDefinition, key: &FieldKey, gap: usize) -> Moved {
    let Some(at) = position(form, key) else {
        return Moved::Stays;
    };
    let end = grouping::end_of(form, at);
    let length = end - at + 1;
    let last = form.fields.len().saturating_sub(length);
    let to = last.min(if gap > end { gap - length } else { gap.min(at) });
    if to == at {
        return Moved::Stays;
    }
    let mut after = form.clone();
    let moved: Vec<Field> = after.fields.drain(at..=end).collect();
    drop(after.fields.splice(to..to, moved));
    if let Some(why) = grouping::refusal(form, &after) {
        return Moved::Refused(why);
    }
    let before = looks_forward(form);
    let broken = looks_forward(&after)
        .into_iter()
        .find(|pair| !before.contains(pair));
    if let Some((looker, looked)) = broken {
        return Moved::Refused(refusal(form, looker, looked));
    }
    *form = after;
    Moved::To(to + 1)
}

/// Moves the field by one place, unless it stands at that end; over a group that it may not stand in.
pub fn step(form: &mut FormDefinition, key: &FieldKey, way: Way) -> Moved {
    let gap = position(form, key).and_then(|at| {
        let gap = match way {
            Way::Up => at.checked_sub(1)?,
            Way::Down => grouping::end_of(form, at) + 2,
        };
        grouping::next_gap(form, at, gap, way)
    });
    gap.map_or(Moved::Stays, |gap| to_gap(form, key, gap))
}

/// Each field with a field that it looks at though that does not stand above.
fn looks_forward(form: &FormDefinition) -> Vec<(&FieldKey, &FieldKey)> {
    let mut found = Vec::new();
    for (at, field) in form.fields.iter().enumerate() {
        for key in field.looks_at() {
            let looked = form.fields.iter().enumerate().find(|(_, f)| f.key == key);
            if let Some((_, looked)) = looked.filter(|(other, _)| *other >= at) {
                found.push((&field.key, &looked.key));
            }
        }
    }
    found
}

fn refusal(form: &FormDefinition, looker: &FieldKey, looked: &FieldKey) -> String {
    let label = |key| {
        let field: Option<&Field> = form.field(key);
        field.map(|f| f.label.as_str()).unwrap_or_default()
    };
    let (looker, looked) = (label(looker), label(looked));
    format!("{looker} looks at {looked}, so it must come after it")
}

/// A page to move a field to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageChoice {
    /// Counted from 1.
    pub number: usize,
    /// What its page break says; empty for the first page.
    pub title: String,
    /// Behind its last field.
    pub end: usize,
}

/// The pages that the field does not stand on. None in a form of one page, and none for a page break or the end of a group.
pub fn other_pages(form: &FormDefinition, key: &FieldKey) -> Vec<PageChoice> {
    let mut found = Vec::new();
    let mut end = 0;
    for (at, page) in pages(form).iter().enumerate() {
        end += page.fields.len() + usize::from(page.head.is_some());
        let is_end = |field: &Field| field.key == *key && field.kind == FieldKind::GroupEnd;
        if page.head.is_some_and(|head| head.key == *key) || page.fields.iter().any(is_end) {
            return Vec::new();
        }
        if !page.has(key) {
            found.push(PageChoice {
                number: at + 1,
                title: page.head.map(|head| head.label.clone()).unwrap_or_default(),
                end,
            });
        }
    }
    found
}

/// The number of the page that this page break begins, counted from 1.
pub fn page_begun(form: &FormDefinition, key: &FieldKey) -> Option<usize> {
    let begins = |head: &Field| head.key == *key && head.kind == FieldKind::PageBreak;
    let at = pages(form)
        .iter()
        .position(|page| page.head.is_some_and(begins));
    at.map(|at| at + 1)
}

/// A twin behind the field, under a key of its own; gives the key. Which of the deal's facts it answers stays with the
/// first one. A group is doubled with its fields, by either of its marks, and what looks at a field of it looks at that
/// one's twin. None when the form is full.
pub fn duplicate(form: &mut FormDefinition, key: &FieldKey) -> Option<FieldKey> {
    const COPY: &str = " (copy)";
    let at = position(form, key)?;
    let at = form.other_mark(at).map_or(at, |other| at.min(other));
    let end = grouping::end_of(form, at);
    if form.fields.len() + (end - at) >= MAX_FIELDS {
        return None;
    }
    let room = MAX_LABEL.saturating_sub(COPY.len());
    let mut twins: Vec<Field> = Vec::new();
    let mut renamed = Vec::new();
    for first in form.fields.get(at..=end)? {
        let label: String = first.label.chars().take(room).chain(COPY.chars()).collect();
        let taken =
            |key: &FieldKey| form.field(key).is_some() || twins.iter().any(|twin| twin.key == *key);
        let key = FieldKey::from_label(&label, taken);
        renamed.push((first.key.clone(), key.clone()));
        twins.push(Field {
            key,
            label,
            system: None,
            ..first.clone()
        });
    }
    for twin in &mut twins {
        for (from, to) in &renamed {
            twin.rename_in_rules(from, to);
        }
    }
    let key = twins.first()?.key.clone();
    let below = end + 1;
    drop(form.fields.splice(below..below, twins));
    Some(key)
}

#[cfg(test)]
mod tests {
    use domain::forms::{Condition, Operator, SystemField, check_publishable, starter_form};

    use super::*;

    fn key(text: &str) -> FieldKey {
        FieldKey::parse(text).unwrap()
    }

    /// Six fields on two pages; `region` looks at `country`.
    fn form() -> FormDefinition {
        let field = |name: &str, kind| Field::new(key(name), kind, name);
        let looks = Condition::on(&key("country"), Operator::Is("DE".to_owned()));
        let mut region = field("region", FieldKind::Text).shown_when(looks);
        region.label = "Region".to_owned();
        let mut country = field("country", FieldKind::Country);
        country.label = "Country".to_owned();
        let fields = vec![
            field("a", FieldKind::Text),
            country,
            region,
            field("more", FieldKind::PageBreak),
            field("b", FieldKind::Text),
            field("c", FieldKind::Text),
        ];
        FormDefinition { fields }
    }

    fn order(form: &FormDefinition) -> Vec<&str> {
        form.fields.iter().map(|f| f.key.as_str()).collect()
    }

    #[test]
    fn a_field_goes_into_the_gap() {
        let mut form = form();
        assert_eq!(to_gap(&mut form, &key("c"), 0), Moved::To(1));
        assert_eq!(order(&form), ["c", "a", "country", "region", "more", "b"]);
        assert_eq!(to_gap(&mut form, &key("c"), 6), Moved::To(6));
        assert_eq!(order(&form), ["a", "country", "region", "more", "b", "c"]);
        // The gaps on both sides of it are its own place.
        assert_eq!(to_gap(&mut form, &key("a"), 0), Moved::Stays);
        assert_eq!(to_gap(&mut form, &key("a"), 1), Moved::Stays);
        assert_eq!(to_gap(&mut form, &key("c"), 99), Moved::Stays);
        assert_eq!(to_gap(&mut form, &key("gone"), 0), Moved::Stays);
    }

    #[test]
    fn steps_stop_at_the_ends() {
        let mut form = form();
        assert_eq!(step(&mut form, &key("a"), Way::Up), Moved::Stays);
        assert_eq!(step(&mut form, &key("a"), Way::Down), Moved::To(2));
        assert_eq!(order(&form).first(), Some(&"country"));
        assert_eq!(step(&mut form, &key("c"), Way::Down), Moved::Stays);
        assert_eq!(step(&mut form, &key("c"), Way::Up), Moved::To(5));
    }

    #[test]
    fn no_condition_comes_to_look_forward() {
        let mut form = form();
        let before = form.clone();
        let why = Moved::Refused("Region looks at Country, so it must come after it".to_owned());
        assert_eq!(step(&mut form, &key("region"), Way::Up), why);
        assert_eq!(to_gap(&mut form, &key("country"), 4), why);
        assert_eq!(to_gap(&mut form, &key("region"), 0), why);
        assert_eq!(form, before);
        // What was wrong before is no reason to keep anything where it stands.
        form.fields.swap(1, 2);
        assert_eq!(step(&mut form, &key("b"), Way::Down), Moved::To(6));
        assert_eq!(step(&mut form, &key("region"), Way::Down), Moved::To(3));
    }

    #[test]
    fn other_pages_are_offered_with_their_ends() {
        let mut form = form();
        let page = |number, title: &str, end| PageChoice {
            number,
            title: title.to_owned(),
            end,
        };
        assert_eq!(other_pages(&form, &key("a")), [page(2, "more", 6)]);
        assert_eq!(other_pages(&form, &key("b")), [page(1, "", 3)]);
        assert!(other_pages(&form, &key("more")).is_empty());
        assert_eq!(page_begun(&form, &key("more")), Some(2));
        assert_eq!(page_begun(&form, &key("a")), None);
        assert_eq!(to_gap(&mut form, &key("b"), 3), Moved::To(4));
        assert_eq!(order(&form), ["a", "country", "region", "b", "more", "c"]);
        form.fields.retain(|f| f.kind != FieldKind::PageBreak);
        assert!(other_pages(&form, &key("a")).is_empty());
    }

    #[test]
    fn a_twin_has_its_own_key_and_no_part_in_the_deal() {
        let mut form = starter_form(domain::Currency::EUR);
        let first = duplicate(&mut form, &key("customer")).unwrap();
        let second = duplicate(&mut form, &key("customer")).unwrap();
        assert_eq!(first.as_str(), "customer_name_copy");
        assert_eq!(second.as_str(), "customer_name_copy_2");
        let (original, twin) = (form.field(&key("customer")), form.field(&first));
        assert_eq!(original.unwrap().system, Some(SystemField::Customer));
        let twin = twin.unwrap();
        assert_eq!(
            (twin.system, twin.label.as_str()),
            (None, "Customer name (copy)")
        );
        assert_eq!(order(&form).get(1), Some(&second.as_str()));
        assert!(check_publishable(&form).is_ok());
        assert_eq!(duplicate(&mut form, &key("gone")), None);
    }

    #[test]
    fn a_long_label_leaves_room_for_its_copy() {
        let mut form = form();
        if let Some(field) = form.fields.first_mut() {
            field.label = "x".repeat(MAX_LABEL);
        }
        let twin = duplicate(&mut form, &key("a")).unwrap();
        let label = &form.field(&twin).unwrap().label;
        assert_eq!(label.chars().count(), MAX_LABEL);
        assert!(label.ends_with(" (copy)"));
    }
}
