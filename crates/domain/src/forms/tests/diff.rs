use std::collections::BTreeSet;

use proptest::prelude::*;

use super::properties::forms;
use super::{field, form, is, key};
use crate::forms::{
    Change, ChangeTag, Choice, Difference, Field, FieldKind, FormDefinition, KindName, Requirement,
    apply, change_summary, diff, sentence,
};

fn texts(old: &FormDefinition, new: &FormDefinition) -> Vec<String> {
    diff(old, new).iter().flat_map(Change::texts).collect()
}

#[test]
fn says_in_words_what_changes() {
    let old = form(vec![field("gone", FieldKind::Text)]);
    let mut new = form(vec![field("fresh", FieldKind::Text)]);
    new.fields[0].label = "Business".into();
    new.fields[2].required = Requirement::Never;
    new.fields[1].help = String::new();
    assert_eq!(
        texts(&old, &new),
        [
            "“Customer name” is now called “Business”",
            "“Customer website”: help changes from “Like example.com. It tells us which business you mean.” to none",
            "“Country”: required changes from “yes” to “no”",
            "“gone” is removed",
            "“fresh” is new",
        ]
    );
}

#[test]
fn names_only_what_was_moved() {
    let old = form(vec![]);
    let mut new = old.clone();
    let moved = new.fields.remove(6);
    new.fields.insert(1, moved);
    assert_eq!(
        texts(&old, &new),
        ["“Expected close date” moves to another place"]
    );
}

#[test]
fn options_are_counted() {
    let list = |options: &[(&str, &str)]| {
        let options = options.iter().map(|(v, l)| Choice::new(*v, *l)).collect();
        form(vec![field("list", FieldKind::Select { options })])
    };
    let old = list(&[("a", "A"), ("b", "B"), ("c", "C")]);
    let new = list(&[("b", "B"), ("a", "Alpha"), ("d", "D"), ("e", "E")]);
    assert_eq!(
        texts(&old, &new),
        ["“list”: 2 options added, 1 option removed, 1 option renamed, options in another order"]
    );
}

#[test]
fn conditions_read_back() {
    let mut new = form(vec![
        field("vat", FieldKind::Text).shown_when(is("country", "DE")),
    ]);
    assert_eq!(
        sentence(new.fields[8].visible_when.as_ref().unwrap(), &new),
        "Country is Germany"
    );
    let old = new.clone();
    new.fields[8].visible_when = None;
    assert_eq!(
        texts(&old, &new),
        ["“vat”: shown changes from “when Country is Germany” to “always”"]
    );
    assert!(new.field(&key("vat")).is_some());
}

#[test]
fn old_and_new_stand_beside_each_other_under_a_word() {
    let list = |options: &[(&str, &str)]| {
        let options = options.iter().map(|(v, l)| Choice::new(*v, *l)).collect();
        field("list", FieldKind::Select { options })
    };
    let old = form(vec![
        list(&[("a", "A"), ("b", "B")]),
        field("gone", FieldKind::Text).required(),
    ]);
    let mut new = form(vec![list(&[("a", "Alpha"), ("b", "B")])]);
    new.fields[2].required = Requirement::Never;
    new.fields[6].kind = FieldKind::DateRange;
    new.fields[0].required = Requirement::When(is("country", "DE").into());
    let changes = diff(&old, &new);
    let said = |label: &str| {
        let change = changes.iter().find(|change| change.label == label).unwrap();
        let lines = change.differences().into_iter();
        lines
            .map(
                |Difference {
                     tag,
                     property,
                     from,
                     to,
                 }| (tag, property, from, to),
            )
            .collect::<Vec<_>>()
    };
    let line = |tag: ChangeTag, property: &str, from: &str, to: &str| {
        vec![(tag, property.to_owned(), from.to_owned(), to.to_owned())]
    };
    assert_eq!(
        said("Country"),
        line(ChangeTag::MadeOptional, "required", "yes", "no")
    );
    assert_eq!(
        said("Customer name"),
        line(
            ChangeTag::MandatoryWhen,
            "required",
            "yes",
            "when Country is Germany"
        )
    );
    assert_eq!(
        said("Expected close date"),
        line(
            ChangeTag::Retyped,
            "kind",
            KindName::Date.label(),
            KindName::DateRange.label()
        )
    );
    assert_eq!(
        said("list"),
        line(ChangeTag::Options, "options", "A", "Alpha")
    );
    assert_eq!(
        said("gone"),
        line(ChangeTag::Removed, "field", "Short text, mandatory", "")
    );
    assert_eq!(
        change_summary(&changes),
        [
            (ChangeTag::Removed, 1),
            (ChangeTag::Retyped, 1),
            (ChangeTag::MadeOptional, 1),
            (ChangeTag::MandatoryWhen, 1),
            (ChangeTag::Options, 1),
        ]
    );
    let words: BTreeSet<&str> = ChangeTag::ALL.iter().map(|tag| tag.label()).collect();
    assert_eq!(words.len(), ChangeTag::ALL.len());
}

/// Fields in any order, of which any may be missing; no key twice.
fn mixed() -> impl Strategy<Value = FormDefinition> {
    let fields = forms().prop_map(|form| form.fields).prop_shuffle();
    (fields, any::<u32>()).prop_map(|(fields, kept)| {
        let mut seen = BTreeSet::new();
        let fields: Vec<Field> = fields
            .into_iter()
            .enumerate()
            .filter(|(at, field)| kept & (1 << (at % 32)) != 0 && seen.insert(field.key.clone()))
            .map(|(_, field)| field)
            .collect();
        FormDefinition { fields }
    })
}

proptest! {
    #[test]
    fn what_differs_done_to_the_old_gives_the_new(old in mixed(), new in mixed()) {
        let changes = diff(&old, &new);
        prop_assert_eq!(&apply(&old, &changes), &new);
        prop_assert_eq!(changes.is_empty(), old == new);
        prop_assert_eq!(apply(&new, &diff(&new, &old)), old);
        for change in &changes {
            prop_assert!(!change.what.is_empty());
            prop_assert_eq!(change.differences().len(), change.texts().len());
        }
        let json = serde_json::to_string(&changes).unwrap();
        prop_assert_eq!(serde_json::from_str::<Vec<Change>>(&json).unwrap(), changes);
    }
}
