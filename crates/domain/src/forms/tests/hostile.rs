//! Definitions that somebody made to do harm. Each is refused at its place, and what stands behind the fault is not read: most
//! of these texts end in something that no reader takes.

use super::{field, form, is, key, today};
use crate::forms::{
    Answer, Choice, Condition, DefinitionFault, Fault, Field, FieldKey, FieldKind, FormDefinition,
    Mask, Operator, Rule,
    check_lists::ListName,
    check_publishable, check_sizes,
    interchange::{FileFault, MAX_FILE_BYTES, Refused, read_file},
    states,
};

/// What no reader gets over.
const NEVER: &str = "\u{0}never read";
const MANY: usize = 10_000;

fn refused(text: &str) -> FileFault {
    read_file(text).unwrap_err().remove(0)
}

/// A file of ours with these fields, as they are written.
fn own(fields: &str) -> String {
    format!(r#"{{"x-dealboard": {{"version": 1, "form": {{"fields": [{fields}]}}}}}}"#)
}

fn one(rest: &str) -> String {
    own(&format!(r#"{{"key": "a", "label": "A", {rest}}}"#))
}

fn foreign(rest: &str) -> String {
    format!(r#"{{"properties": {{"a": {{"type": "number", {rest}}}}}}}"#)
}

/// The start of a file with very many fields; it has no end.
fn many_properties() -> String {
    let field = |number| format!(r#""f{number}": {{"type": "string"}},"#);
    let fields: String = (0..MANY).map(field).collect();
    format!(r#"{{"properties": {{{fields}{NEVER}"#)
}

fn many_fields() -> String {
    let fields = r#"{"key": "a", "kind": "text", "label": "A"},"#.repeat(MANY);
    format!(r#"{{"x-dealboard": {{"version": 1, "form": {{"fields": [{fields}{NEVER}"#)
}

#[test]
fn a_file_ends_where_it_is_too_much() {
    let lists = format!(r#"{{"properties": {{"a": {}{NEVER}"#, "[".repeat(MANY));
    let objects = r#"{"a":"#.repeat(MANY) + NEVER;
    let rules = r#"{"any":["#.repeat(MANY);
    let rules = one(&format!(
        r#""kind": "text", "visible_when": {rules}{NEVER}"#
    ));
    let twice = format!(r#"{{"properties": {{"a": {{}}, "a": {NEVER}"#);
    let fields = Refused::TooManyFields { max: 200 };
    let deep = Refused::TooDeep { max: 60 };
    let place = "/x-dealboard/form/fields";
    let ruled = format!("{place}/0/visible_when/any/0");
    for (text, path, reason) in [
        (many_properties(), "/properties", fields.clone()),
        (many_fields(), place, fields),
        (lists, "/properties/a/0/0", deep.clone()),
        (objects, "/a/a/a", deep.clone()),
        (rules, &ruled, deep),
        (twice, "/properties/a", Refused::NameTwice),
    ] {
        let fault = refused(&text);
        assert!(fault.path.starts_with(path), "{path}: {}", fault.path);
        assert_eq!(fault.reason, reason, "{path}");
        // Whatever the file holds, what is said of it is short.
        assert!(fault.text().len() < 1_000, "{}", fault.text());
    }
}

#[test]
fn ten_megabytes_are_not_read_at_all() {
    let long = "x".repeat(10 << 20);
    for text in [
        long.clone(),
        format!("{NEVER}{long}"),
        foreign(&format!(r#""title": "{long}""#)),
        " ".repeat(10 << 20) + "{}",
    ] {
        let max = MAX_FILE_BYTES;
        assert_eq!(refused(&text).reason, Refused::TooLarge { max });
    }
    assert!(Mask::parse(&long).is_err());
    assert!(FieldKey::parse(&long).is_err());
}

#[test]
fn numbers_and_texts_that_are_none_are_named_by_their_place() {
    for (text, path) in [
        (foreign(r#""maximum": 1e400"#), "/properties/a/maximum"),
        (foreign(r#""minimum": -1e400"#), "/properties/a/minimum"),
        (foreign(r#""title": "\ud800""#), "/properties/a/title"),
        (foreign(r#""title": "\udc00x""#), "/properties/a/title"),
        (foreign(r#""\ud83d": 1"#), "/properties/a"),
        (
            one(r#""kind": "text", "help": "\ud800\u0041""#),
            "/x-dealboard/form/fields/0/help",
        ),
        (
            one(r#""kind": "text", "limits": {"max_length": 1e999}"#),
            "/x-dealboard/form/fields/0/limits/max_length",
        ),
    ] {
        let fault = refused(&text);
        assert_eq!(fault.path, path, "{text}");
        assert!(matches!(fault.reason, Refused::NotJson { .. }), "{text}");
    }
}

#[test]
fn what_is_too_large_in_one_field_is_named_at_the_field() {
    let place = "/x-dealboard/form/fields/0";
    let mask = r"\\".repeat(100_000);
    let parts = vec![r#"{"any": []}"#; 3_000].join(",");
    for text in [
        one(&format!(
            r#""kind": "text", "limits": {{"mask": "{mask}"}}"#
        )),
        one(&format!(
            r#""kind": "text", "visible_when": {{"all": [{parts}]}}"#
        )),
        own(&format!(
            r#"{{"key": "{}", "kind": "text", "label": "A"}}"#,
            "a".repeat(100_000)
        )),
        one(r#""kind": "text", "limits": {"max_length": 99999999999}"#),
    ] {
        let fault = refused(&text);
        assert_eq!(fault.path, place);
        assert!(matches!(fault.reason, Refused::Unreadable { .. }));
        assert!(fault.text().len() < 1_000, "{}", fault.text());
    }
    let is_faulty = |text: &str, wanted: Fault| {
        let fault = refused(text);
        assert_eq!(fault.path, place);
        match fault.reason {
            Refused::Faulty(found) => assert_eq!(found.fault, wanted),
            other => panic!("{other:?}"),
        }
    };
    let texts = vec![r#""a""#; 2_000].join(",");
    let list_too_long = |list, max| Fault::ListTooLong { list, max };
    is_faulty(
        &one(&format!(r#""kind": "text", "default": [{texts}]"#)),
        list_too_long(ListName::Defaults, 10),
    );
    is_faulty(
        &one(&format!(
            r#""kind": {{"file": {{"max_bytes": 1, "accept": [{texts}]}}}}"#
        )),
        list_too_long(ListName::Endings, 50),
    );
    let euros = texts.replace("\"a\"", "\"EUR\"");
    is_faulty(
        &one(&format!(
            r#""kind": {{"money": {{"currencies": [{euros}]}}}}"#
        )),
        list_too_long(ListName::Currencies, 200),
    );
    let compared = format!(r#"{{"subject": "b", "operator": {{"one_of": [{texts}]}}}}"#);
    is_faulty(
        &one(&format!(r#""kind": "text", "visible_when": {compared}"#)),
        list_too_long(ListName::Operands, 500),
    );
    let mapped = vec![r#"{"from": "a", "to": "b"}"#; 2_000].join(",");
    let replaces = format!(r#"{{"key": "b", "mapping": [{mapped}]}}"#);
    is_faulty(
        &one(&format!(
            r#""kind": "text", "traits": {{"replaces": {replaces}}}"#
        )),
        list_too_long(ListName::OldAnswers, 200),
    );
}

/// What the editor sends is read as a form at once.
#[test]
fn a_form_that_is_sent_ends_where_it_is_too_much() {
    let fields = |fields: &str| format!(r#"{{"fields": [{fields}"#);
    let text = |rest: &str| {
        fields(&format!(
            r#"{{"key": "a", "kind": "text", "label": "A", {rest}"#
        ))
    };
    let field = r#"{"key": "a", "kind": "text", "label": "A"},"#;
    let deep = r#"{"any":["#.repeat(MANY);
    let wide = r#"{"any":[]},"#.repeat(MANY);
    let condition = r#""subject": "b", "operator": "filled""#;
    for (text, told) in [
        (
            fields(&(field.repeat(MANY) + NEVER)),
            "/fields: more fields than any form may have",
        ),
        (
            text(&format!(r#""visible_when": {deep}{NEVER}"#)),
            "/fields/0: groups inside one another",
        ),
        (
            text(&format!(r#""visible_when": {{"all": [{wide}{NEVER}"#)),
            "/fields/0: more conditions than",
        ),
        (
            text(&format!(
                r#""visible_when": {{{condition}, {condition}, {NEVER}"#
            )),
            "/fields/0: duplicate field",
        ),
        (
            text(&format!(r#""label": "B", {NEVER}"#)),
            "/fields/0: duplicate field",
        ),
        (
            fields(&format!(
                "{field}{{\"key\": \"b\", \"kind\": \"text\", \"label\": \"\\ud800\"{NEVER}"
            )),
            "/fields/1: ",
        ),
        (
            text(&format!(r#""limits": {{"max_length": 1e400{NEVER}"#)),
            "/fields/0: ",
        ),
    ] {
        let error = serde_json::from_str::<FormDefinition>(&text).unwrap_err();
        let error = error.to_string();
        assert!(error.starts_with(told), "{told}: {error}");
        assert!(error.len() < 1_000);
    }
    // Depth in what nobody knows is passed over without recursion.
    let unknown = format!(
        r#"{{"fields": [], "x": {}{}}}"#,
        "[".repeat(MANY),
        "]".repeat(MANY)
    );
    assert!(serde_json::from_str::<FormDefinition>(&unknown).is_ok());
}

fn fault_of(fields: Vec<Field>, at: &str) -> Fault {
    let faults = check_publishable(&form(fields)).unwrap_err();
    let mut faults = faults.into_iter();
    let found = faults.find(|fault| fault.field == Some(key(at)));
    found.unwrap().fault
}

#[test]
fn conditions_that_go_round_or_forward_are_refused_at_their_field() {
    let text = |name: &str, on: &str| field(name, FieldKind::Text).shown_when(is(on, "x"));
    let later = |label: &str| Fault::ConditionOnLater {
        label: label.to_owned(),
    };
    assert_eq!(
        fault_of(vec![text("a", "b"), text("b", "a")], "a"),
        later("b")
    );
    let ring = vec![text("a", "c"), text("b", "a"), text("c", "b")];
    assert_eq!(fault_of(ring, "a"), later("c"));
    assert_eq!(
        fault_of(vec![text("a", "a")], "a"),
        Fault::ConditionOnItself
    );
    assert_eq!(
        fault_of(vec![text("a", "gone")], "a"),
        Fault::ConditionUnknownField { key: key("gone") }
    );
    let twice = vec![field("a", FieldKind::Text), field("a", FieldKind::Text)];
    assert_eq!(fault_of(twice, "a"), Fault::KeyTwice);
}

/// Whatever stands in a draft, one walk judges each rule once: 200 fields that each hang on all above them.
#[test]
fn conditions_do_not_multiply() {
    let fields = (0..200).map(|number: usize| {
        let above = (number.saturating_sub(50)..number)
            .map(|other| Rule::Compare(is(&format!("f{other}"), "x")));
        let asked = field(&format!("f{number}"), FieldKind::Text);
        asked.shown_when(Rule::all(above.collect()))
    });
    let form = FormDefinition {
        fields: fields.collect(),
    };
    assert_eq!(check_sizes(&form), Ok(()));
    let raw = (0..200).map(|n| (format!("f{n}"), "x")).collect();
    let states = states(&form, &raw, &today());
    assert!(states.iter().all(|state| state.visible));
    let grown = (0..9).fold(Rule::from(is("customer", "x")), |inner, _| {
        Rule::any(vec![inner.clone(), inner])
    });
    let fault = check_sizes(&super::form(vec![
        field("a", FieldKind::Text).shown_when(grown),
    ]));
    let faults: Vec<Fault> = fault.unwrap_err().into_iter().map(|f| f.fault).collect();
    assert_eq!(
        faults,
        [
            Fault::ListTooLong {
                list: ListName::Operands,
                max: 500
            },
            Fault::GroupsTooDeep { max: 8 },
            Fault::TooManyConditions { max: 50 },
        ]
    );
}

#[test]
fn faults_without_end_are_told_up_to_an_end() {
    let options = vec![Choice::new("", ""); 5_000];
    let mut long = field("a", FieldKind::Select { options });
    long.label = "x".repeat(100_000);
    let faults: Vec<DefinitionFault> = check_publishable(&form(vec![long])).unwrap_err();
    assert_eq!(faults.len(), 500);
    let told: usize = faults.iter().map(|fault| fault.text().len()).sum();
    assert!(told < 500_000, "{told}");
}

/// A letter may change its length with its case; what is much longer is another text.
#[test]
fn a_long_answer_is_not_compared_with_a_short_value() {
    let says = |answer: &str, value: &str| {
        let condition = Condition::on(&key("need"), Operator::OneOf(vec![value.to_owned()]));
        let above = [(key("need"), Answer::Text(answer.to_owned()))].into();
        condition.holds(&above, &today())
    };
    assert!(says("STRASSE", " strasse "));
    assert!(says("\u{212a}", "k") && says("k", "\u{212a}"));
    assert!(says("\u{130}", "i\u{307}") && says("\u{39f}\u{3a3}", "\u{3bf}\u{3c2}"));
    assert!(!says(&"x".repeat(10_000), "x") && !says("x", &"x".repeat(10_000)));
    assert!(!says("x", "") && !says("x", "   "));
}
