use super::{field, form, is, key};
use crate::forms::{Choice, FieldKind, FormDefinition, Requirement, diff, sentence};

fn texts(old: &FormDefinition, new: &FormDefinition) -> Vec<String> {
    diff(old, new)
        .iter()
        .map(super::super::Change::text)
        .collect()
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
            "“gone” is removed",
            "“Customer name” is now called “Business”",
            "“Customer website”: help changes from “Like example.com. It tells us which business you mean.” to none",
            "“Country”: required changes from “yes” to “no”",
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
