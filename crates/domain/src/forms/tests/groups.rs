//! Groups of fields: two marks in the list, and what they mean.

use std::{collections::BTreeSet, sync::Arc};

use serde_json::Value;

use super::{field, form, is, key, post, today};
use crate::forms::{
    Change, Condition, Fault, Field, FieldBlock, FieldKey, FieldKind, FormDefinition, GroupFault,
    HintKind, Operator, Requirement, Rows, Standings, apply, blocks, check_publishable, diff,
    group_faults, hints,
    interchange::{read_file, write_file},
    pages_shown, sentence, states, validate, visible,
};

fn group(title: &str) -> Field {
    field(title, FieldKind::Group)
}

fn end(name: &str) -> Field {
    field(name, FieldKind::GroupEnd)
}

/// A question, and a group of two that hangs on it, with one more behind.
fn visit() -> FormDefinition {
    form(vec![
        field("wanted", FieldKind::YesNo),
        group("visit")
            .shown_when(is("wanted", "yes"))
            .help("Where we come"),
        field("room", FieldKind::Text).required(),
        field("floor", FieldKind::Text).shown_when(Condition::on(&key("room"), Operator::Filled)),
        end("visit_end"),
        field("after", FieldKind::Text),
    ])
}

fn faults(fields: Vec<Field>) -> Vec<(String, GroupFault)> {
    let found = check_publishable(&form(fields)).err().unwrap_or_default();
    let found = found.into_iter();
    found
        .map(|fault| match fault.fault {
            Fault::FieldGroup { fault: what } => (fault.label, what),
            other => panic!("{other:?}"),
        })
        .collect()
}

#[test]
fn the_condition_of_a_group_holds_for_all_its_fields() {
    let form = visit();
    assert!(check_publishable(&form).is_ok());
    let seen = |said: &str| visible(&form, &post(&[("wanted", said)]), &today());
    assert!(seen("yes").contains(&key("room")) && !seen("no").contains(&key("room")));
    assert!(seen("no").contains(&key("after")));
    let said = post(&[("wanted", "no"), ("room", "5"), ("floor", "1")]);
    // Hidden with its group, it neither blocks nor stores, and counts as unanswered.
    let valid = validate(&form, &said, &today()).unwrap();
    assert!(valid.answers().get(&key("room")).is_none());
    assert!(valid.answers().get(&key("floor")).is_none());
    let missing = validate(&form, &post(&[("wanted", "yes")]), &today()).unwrap_err();
    assert_eq!(missing.iter().next().unwrap().field, "room");
    // Nothing is asked of the marks, and nothing is taken for them.
    let posted = validate(&form, &post(&[("wanted", "no"), ("visit", "x")]), &today());
    assert_eq!(posted.unwrap_err().iter().next().unwrap().field, "visit");
}

#[test]
fn a_group_is_hidden_with_its_page() {
    let mut form = visit();
    let page = field("page", FieldKind::PageBreak).shown_when(is("customer", "Nobody"));
    let at = form
        .fields
        .iter()
        .position(|f| f.key == key("visit"))
        .unwrap();
    form.fields.insert(at, page);
    let seen = visible(&form, &post(&[("wanted", "yes")]), &today());
    assert!(!seen.contains(&key("visit")) && !seen.contains(&key("room")));
    assert!(!form.always_shows(form.field(&key("room")).unwrap()));
    let floor = form.field(&key("floor")).unwrap();
    assert_eq!(
        sentence(&form.shown_when(floor).unwrap(), &form),
        "Customer name is Nobody and wanted is yes and room is answered"
    );
    assert!(form.always_shows(form.field(&key("wanted")).unwrap()));
}

#[test]
fn a_page_with_nothing_but_marks_is_passed_over() {
    let form = form(vec![
        field("page", FieldKind::PageBreak),
        group("visit"),
        field("room", FieldKind::Text).shown_when(is("customer", "Acme")),
        end("visit_end"),
    ]);
    let shown = |customer: &str| pages_shown(&form, &post(&[("customer", customer)]), &today());
    assert_eq!(shown("Acme"), [0, 1]);
    assert_eq!(shown("Zenith"), [0]);
}

#[test]
fn a_keystroke_reaches_what_stands_in_the_group() {
    let form = Arc::new(visit());
    let mut standings = Standings::new(form.clone(), &post(&[]), &today());
    for said in ["yes", "no", "yes"] {
        let raw = post(&[("wanted", said), ("room", "5")]);
        let followed = standings.follow(&raw, &today());
        assert!(followed.moved, "{said}");
        let walked = states(&form, &raw, &today());
        let walked: Vec<bool> = walked.iter().map(|state| state.visible).collect();
        let now: Vec<bool> = standings.states().map(|state| state.visible).collect();
        assert_eq!(now, walked, "{said}");
    }
    // The title is not answered, so nothing but the group's fields and its end follow it.
    let found: BTreeSet<FieldKey> = standings
        .dependants(&key("wanted"))
        .into_iter()
        .cloned()
        .collect();
    assert_eq!(
        found,
        ["floor", "room", "visit", "visit_end"].map(key).into()
    );
}

#[test]
fn the_marks_stand_in_pairs() {
    let text = |name: &str| field(name, FieldKind::Text);
    assert_eq!(faults(vec![group("a"), text("x"), end("b")]), []);
    let one = |fields, label: &str, what: GroupFault| {
        assert_eq!(faults(fields), [(label.to_owned(), what)]);
    };
    one(vec![group("a"), text("x")], "a", GroupFault::NotEnded);
    one(vec![text("x"), end("b")], "b", GroupFault::NotBegun);
    one(vec![group("a"), end("b")], "a", GroupFault::Empty);
    let ruled = end("b").shown_when(is("customer", "Acme"));
    one(
        vec![group("a"), text("x"), ruled],
        "b",
        GroupFault::EndHasCondition,
    );
}

#[test]
fn what_may_not_stand_in_a_group_is_named_where_it_stands() {
    let text = || field("x", FieldKind::Text);
    let within = || "a".to_owned();
    let nested = vec![group("a"), group("inner"), text(), end("b"), end("c")];
    assert_eq!(
        faults(nested),
        [("inner".to_owned(), GroupFault::Nested { group: within() })]
    );
    let page = vec![
        group("a"),
        text(),
        field("page", FieldKind::PageBreak),
        end("b"),
    ];
    assert_eq!(
        faults(page),
        [(
            "page".to_owned(),
            GroupFault::PageWithin { group: within() }
        )]
    );
    let rows = FieldKind::Rows(Rows {
        columns: vec![field("y", FieldKind::Text)],
        sums: Vec::new(),
        least: 0,
        most: 3,
        name: String::new(),
        plural: String::new(),
    });
    let rows = vec![group("a"), field("lines", rows), end("b")];
    assert_eq!(
        faults(rows),
        [(
            "lines".to_owned(),
            GroupFault::RowsWithin { group: within() }
        )]
    );
}

#[test]
fn a_mark_demands_nothing_and_is_read_well() {
    let mut asked = group("a");
    asked.required = Requirement::Always;
    let form = form(vec![asked, field("x", FieldKind::Text), end("b")]);
    let found = check_publishable(&form).unwrap_err();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].fault, Fault::HeadingRequired);
    let unpaired = FormDefinition {
        fields: vec![end("b"), group("a"), field("page", FieldKind::PageBreak)],
    };
    let told = group_faults(&unpaired);
    assert_eq!(told.len(), 3);
    for (fault, _) in told {
        let label = &fault.label;
        assert!(
            fault.text().starts_with(&format!("{label}: ")),
            "{}",
            fault.text()
        );
    }
}

#[test]
fn a_form_is_cut_into_blocks() {
    let form = visit();
    let own = form
        .fields
        .iter()
        .position(|f| f.key == key("wanted"))
        .unwrap();
    let names: Vec<String> = blocks(&form.fields[own..])
        .into_iter()
        .map(|block| match block {
            FieldBlock::Alone(field) => field.key.to_string(),
            FieldBlock::Group { head, fields } => {
                let inner: Vec<&str> = fields.iter().map(|f| f.key.as_str()).collect();
                format!("{}({})", head.key, inner.join(" "))
            }
        })
        .collect();
    assert_eq!(names, ["wanted", "visit(room floor)", "after"]);
    let titles = |name: &str| form.group_of(&key(name)).map(|group| group.key.as_str());
    assert_eq!(titles("room"), Some("visit"));
    assert_eq!((titles("visit"), titles("after")), (None, None));
    let places = [own + 1, own + 4].map(|place| form.other_mark(place));
    assert_eq!(places, [Some(own + 4), Some(own + 1)]);
    assert_eq!(form.other_mark(own), None);
}

#[test]
fn what_is_no_pair_yet_is_cut_all_the_same() {
    let open = [
        group("a"),
        field("x", FieldKind::Text),
        group("b"),
        field("page", FieldKind::PageBreak),
    ];
    assert_eq!(blocks(&open).len(), 3);
    let fields = vec![end("a"), field("x", FieldKind::Text)];
    let form = FormDefinition { fields };
    assert_eq!(blocks(&form.fields).len(), 1);
    assert_eq!(form.other_mark(0), None);
}

#[test]
fn a_group_is_diffed_moved_and_taken_along_as_any_field() {
    let (old, new) = (form(vec![field("room", FieldKind::Text)]), visit());
    let changes = diff(&old, &new);
    assert_eq!(apply(&old, &changes), new);
    let told: Vec<String> = changes.iter().flat_map(Change::texts).collect();
    assert!(
        told.iter()
            .any(|text| text == "\u{201c}visit\u{201d} is new"),
        "{told:?}"
    );
    let file = write_file(&new, "Visit", &[]);
    let read = read_file(&file).unwrap();
    assert_eq!((read.form, read.notes), (new, vec![]));
    let file: Value = serde_json::from_str(&file).unwrap();
    let elements = file["uischema"]["elements"].as_array().unwrap();
    let layout = elements
        .iter()
        .find(|element| element["type"] == "Group")
        .unwrap();
    assert_eq!(layout["label"], "visit");
    assert_eq!(layout["rule"]["effect"], "SHOW");
    assert_eq!(layout["elements"][0]["scope"], "#/properties/room");
    assert_eq!(layout["elements"].as_array().unwrap().len(), 2);
    assert!(file["properties"].get("visit").is_none());
}

#[test]
fn what_stands_in_a_group_that_may_be_hidden_is_not_always_asked() {
    let never = Condition::on(&key("customer"), Operator::Empty);
    let form = form(vec![
        group("a").shown_when(never),
        field("x", FieldKind::Text).required(),
        field("y", FieldKind::Text).required_when(Condition::on(&key("x"), Operator::Filled)),
        end("b"),
        field("z", FieldKind::Text).required_when(Condition::on(&key("x"), Operator::Filled)),
    ]);
    let found = hints(&form);
    let of = |name: &str| {
        found
            .iter()
            .filter(|hint| hint.field == Some(key(name)))
            .count()
    };
    // The group is never shown; what stands in it is not told of one by one.
    assert!(found.iter().any(
        |hint| hint.field == Some(key("a")) && matches!(hint.what, HintKind::NeverShown { .. })
    ));
    assert_eq!((of("x"), of("y"), of("z")), (0, 0, 1));
}
