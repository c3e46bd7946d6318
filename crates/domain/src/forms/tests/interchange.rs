//! Forms as files: our own without loss, those of others as well as can be, hostile ones refused by place.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{form, is, key, properties::forms};
use crate::{
    Currency, TierId,
    forms::{
        Choice, Condition, Field, FieldKind, FormDefinition, KindName, Operator, Requirement,
        Subject, SystemField, check_publishable, check_sizes,
        interchange::{
            FileFault, Loss, MAX_FILE_BYTES, Note, ReadForm, Refused, meet_tiers, read_file,
            tiers_of, write_file,
        },
        templates::Template,
    },
    program::Tier,
};

fn written(form: &FormDefinition) -> Value {
    serde_json::from_str(&write_file(form, "A form", &[])).unwrap()
}

fn read(file: &Value) -> ReadForm {
    read_file(&file.to_string()).unwrap()
}

fn refused(text: &str) -> FileFault {
    read_file(text).unwrap_err().remove(0)
}

fn paths(notes: &[Note]) -> Vec<&str> {
    notes.iter().map(|note| note.path.as_str()).collect()
}

proptest! {
    #[test]
    fn what_was_written_is_read_as_it_was(form in forms()) {
        prop_assume!(check_sizes(&form).is_ok());
        let read = read_file(&write_file(&form, "A form", &[])).unwrap();
        prop_assert_eq!(&read.form, &form);
        prop_assert_eq!(read.notes, vec![]);
    }

    #[test]
    fn any_file_is_answered(text in any::<String>(), form in forms(), cut in 0_usize..4_000) {
        let whole = write_file(&form, &text, &[]);
        let part: String = whole.chars().take(cut).collect();
        for file in [text, part] {
            if let Err(faults) = read_file(&file) {
                prop_assert!(faults.iter().all(|fault| !fault.text().is_empty()));
            }
        }
    }

    #[test]
    fn the_schema_alone_is_read_too(form in forms()) {
        let mut file = written(&form);
        file.as_object_mut().unwrap().remove("x-dealboard");
        if let Ok(read) = read_file(&file.to_string()) {
            prop_assert!(read.notes.iter().all(|note| !note.text().is_empty()));
            prop_assert!(read.form.fields.len() <= form.fields.len());
        }
    }
}

#[test]
fn templates_are_taken_along_whole() {
    for template in Template::ALL {
        let form = template.form(Currency::EUR);
        let read = read_file(&write_file(&form, template.label(), &[])).unwrap();
        assert_eq!((read.form, read.notes), (form, vec![]));
    }
}

#[test]
fn rows_are_arrays_of_objects() {
    let kind = |name: &str, required| json!({"key": name, "kind": "text", "label": name, "required": required});
    let rows = json!({"columns": [kind("a", "always"), kind("b", "never")], "most": 7});
    let field = json!({"key": "lines", "kind": {"rows": rows}, "label": "Lines"});
    let own = form(vec![serde_json::from_value(field).unwrap()]);
    let file = written(&own);
    let lines = &file["properties"]["lines"];
    assert_eq!(lines["type"], "array");
    assert_eq!(lines["maxItems"], 7);
    assert_eq!(lines["items"]["additionalProperties"], false);
    let cells = &lines["items"]["properties"];
    assert_eq!(cells["a"]["description"], "Required in every row.");
    assert_eq!(cells["b"]["title"], "b");
    let read = read(&file);
    assert_eq!((read.form, read.notes), (own, vec![]));
}

#[test]
fn other_tools_read_order_headings_and_rules() {
    let mut own = form(vec![
        Field::new(key("more"), FieldKind::Heading, "More"),
        Field::new(key("vat"), FieldKind::Text, "VAT number").shown_when(is("country", "DE")),
        Field::new(key("why"), FieldKind::LongText, "Why")
            .shown_when(Condition::on(&key("vat"), Operator::Filled)),
        Field::new(key("who"), FieldKind::Text, "Who").shown_when(is("customer", "Acme")),
    ]);
    own.fields[0].placeholder = "Acme Ltd".to_owned();
    let file = written(&own);
    assert_eq!(file["title"], "A form");
    let elements = file["uischema"]["elements"].as_array().unwrap();
    assert_eq!(elements[0]["scope"], "#/properties/customer");
    assert_eq!(elements[8], json!({"type": "Label", "text": "More"}));
    assert_eq!(
        elements[9]["rule"],
        json!({
            "effect": "SHOW",
            "condition": {
                "scope": "#/properties/country",
                "schema": {"enum": ["DE"]},
                "failWhenUndefined": true,
            },
        })
    );
    assert_eq!(elements[10]["options"]["multi"], true);
    assert_eq!(
        elements[10]["rule"]["condition"]["schema"],
        json!({"not": {"enum": ["", null]}})
    );
    // Dealboard compares text without its case, which a schema cannot.
    assert!(elements[11].get("rule").is_none());
}

#[test]
fn what_was_changed_by_hand_is_named() {
    let mut file = written(&form(vec![]));
    file["properties"]["customer"]["title"] = json!("Another");
    file["x-dealboard"]["form"]["fields"][1]["colour"] = json!("red");
    let read = read(&file);
    assert_eq!(read.form, form(vec![]));
    assert_eq!(
        paths(&read.notes),
        ["/x-dealboard/form/fields/1/colour", "/properties"]
    );
    assert_eq!(read.notes[1].loss, Loss::NotCompared);
}

#[test]
fn a_schema_of_others_becomes_fields() {
    let read = read(&json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Lead",
        "type": "object",
        "required": ["customer", "agreed", "product"],
        "properties": {
            "customer": {"type": "string", "title": "Company", "description": "Who buys", "maxLength": 80, "default": "Acme"},
            "contactEmail": {"type": "string", "format": "email"},
            "seats": {"type": "integer", "minimum": 1, "maximum": 500},
            "rate": {"type": ["number", "null"], "multipleOf": 0.001},
            "agreed": {"type": "boolean"},
            "terms": {"type": "boolean", "const": true},
            "product": {"enum": ["a", "b", null]},
            "size": {"type": "string", "oneOf": [{"const": "s", "title": "Small"}, {"const": "l", "title": "Large"}]},
            "regions": {"type": "array", "items": {"enum": ["eu", "us"]}, "default": ["eu"]},
            "starts": {"type": "string", "format": "date-time"},
            "site": {"type": "string", "format": "uri"},
            "story": {"type": "string", "maxLength": 4000},
            "value": {"type": "object", "properties": {"amount": {}, "currency": {"enum": ["EUR"]}}},
        },
    }));
    let field = |name: &str| read.form.field(&key(name)).unwrap();
    let customer = field("customer");
    assert_eq!(
        (customer.label.as_str(), customer.help.as_str()),
        ("Company", "Who buys")
    );
    assert_eq!(customer.limits.max_length, Some(80));
    assert_eq!(customer.required, Requirement::Always);
    assert_eq!(customer.system, Some(SystemField::Customer));
    assert_eq!(customer.default, ["Acme"]);
    assert_eq!(field("contact_email").label, "Contact Email");
    assert_eq!(field("contact_email").kind, FieldKind::Email);
    assert_eq!(field("seats").limits.max.unwrap().to_string(), "500");
    assert!(matches!(
        field("rate").kind,
        FieldKind::Number { decimals: 3, .. }
    ));
    assert_eq!(field("agreed").required, Requirement::Never);
    assert_eq!(field("product").kind.options().len(), 2);
    assert_eq!(field("size").kind.options()[0], Choice::new("s", "Small"));
    assert_eq!(field("regions").kind.name(), KindName::MultiSelect);
    assert_eq!(field("regions").default, ["eu"]);
    assert_eq!(field("starts").kind, FieldKind::Date);
    assert_eq!(field("site").kind, FieldKind::Url);
    assert_eq!(field("story").kind, FieldKind::LongText);
    assert_eq!(field("value").system, Some(SystemField::Value));
    assert_eq!(
        paths(&read.notes),
        [
            "/properties/agreed",
            "/properties/contactEmail",
            "/properties/starts/format",
        ]
    );
}

#[test]
fn what_a_form_cannot_say_is_named_by_its_place() {
    let read = read(&json!({
        "if": {},
        "properties": {
            "a/b": {"type": "object", "properties": {"c": {"type": "string"}}},
            "code": {"type": "string", "pattern": "^x+$", "format": "ipv4"},
            "list": {"type": "array", "items": {"type": "string"}},
            "long": {"type": "string", "title": "x".repeat(300)},
            "other": {"$ref": "#/$defs/other"},
            "some": {"type": "number", "exclusiveMinimum": 0, "maximum": 1e300},
            "any": true,
        },
    }));
    let kept: Vec<&str> = read.form.fields.iter().map(|f| f.key.as_str()).collect();
    assert_eq!(kept, ["code", "long", "some"]);
    assert_eq!(
        paths(&read.notes),
        [
            "/if",
            "/properties/a~1b",
            "/properties/any",
            "/properties/code/pattern",
            "/properties/code/format",
            "/properties/list",
            "/properties/long/title",
            "/properties/other",
            "/properties/some/exclusiveMinimum",
            "/properties/some/maximum",
        ]
    );
    assert_eq!(check_sizes(&read.form), Ok(()));
}

#[test]
fn the_order_of_a_foreign_file_stays() {
    let text = r#"{"properties": {"z": {"type": "string"}, "a": {"type": "string"}, "m": {"type": "string"}}}"#;
    let form = read_file(text).unwrap().form;
    let order: Vec<&str> = form.fields.iter().map(|f| f.key.as_str()).collect();
    assert_eq!(order, ["z", "a", "m"]);
}

#[test]
fn a_file_with_a_thousand_oddities_names_fifty() {
    let odd: serde_json::Map<String, Value> = (0..1_000)
        .map(|number| (format!("odd{number}"), json!(true)))
        .collect();
    let mut file = json!({"properties": {"a": {"type": "string"}}});
    file["properties"]["a"].as_object_mut().unwrap().extend(odd);
    let notes = read(&file).notes;
    assert_eq!(notes.len(), 51);
    assert_eq!(notes[50].text(), "And 950 more.");
}

#[test]
fn hostile_files_are_refused_by_place() {
    let max = usize::try_from(MAX_FILE_BYTES).unwrap();
    let large = format!("{{\"a\": \"{}\"}}", "x".repeat(max));
    assert!(matches!(refused(&large).reason, Refused::TooLarge { .. }));

    let deep = format!(
        "{{\"properties\": {}1{}}}",
        "[".repeat(100),
        "]".repeat(100)
    );
    let fault = refused(&deep);
    assert!(matches!(fault.reason, Refused::TooDeep { .. }));
    assert!(fault.path.starts_with("/properties/0/0/0"));

    let twice = r#"{"properties": {"a": {"type": "string"}, "a": {"type": "number"}}}"#;
    let fault = refused(twice);
    assert_eq!(
        (fault.path.as_str(), &fault.reason),
        ("/properties/a", &Refused::NameTwice)
    );

    let many: serde_json::Map<String, Value> = (0..10_000)
        .map(|number| (format!("f{number}"), json!({"type": "string"})))
        .collect();
    let fault = refused(&json!({"properties": many}).to_string());
    assert_eq!(fault.path, "/properties");
    assert_eq!(fault.reason, Refused::TooManyFields { max: 200 });

    let field = json!({"key": "a", "kind": "text", "label": "A"});
    let many = vec![field; 10_000];
    let file = json!({"x-dealboard": {"version": 1, "form": {"fields": many}}});
    let fault = refused(&file.to_string());
    assert_eq!(fault.path, "/x-dealboard/form/fields");

    for text in ["", "{", "[1, 2", "{\"a\": 1} more", "nul", "\u{0}"] {
        let reason = refused(text).reason;
        assert!(matches!(reason, Refused::NotJson { .. }), "{text:?}");
    }
    for text in [
        "[]",
        "null",
        "{}",
        "{\"properties\": {}}",
        "{\"properties\": 1}",
    ] {
        assert_eq!(refused(text).reason, Refused::NoFields, "{text}");
    }
}

#[test]
fn a_path_does_not_grow_with_a_name() {
    let name = "n".repeat(100_000);
    let text = format!("{{\"{name}\": 1, \"{name}\": 2}}");
    assert!(refused(&text).path.chars().count() < 100);
}

#[test]
fn what_is_wrong_in_our_own_part_is_named_by_its_place() {
    let change = |place: usize, name: &str, value: Value| {
        let mut file = written(&form(vec![]));
        file["x-dealboard"]["form"]["fields"][place][name] = value;
        refused(&file.to_string())
    };
    let fault = change(2, "kind", json!("telepathy"));
    assert_eq!(fault.path, "/x-dealboard/form/fields/2");
    assert!(fault.text().contains("telepathy"));
    let fault = change(1, "label", json!("x".repeat(201)));
    assert_eq!(fault.path, "/x-dealboard/form/fields/1");
    assert!(matches!(fault.reason, Refused::Faulty(_)));
    let mut newer = written(&form(vec![]));
    newer["x-dealboard"]["version"] = json!(2);
    let fault = refused(&newer.to_string());
    assert_eq!(
        (fault.path.as_str(), fault.reason),
        ("/x-dealboard/version", Refused::Newer)
    );
}

#[test]
fn conditions_look_at_the_tier_of_the_same_name() {
    let tier = |number: u128, name: &str| Tier {
        id: TierId(uuid::Uuid::from_u128(number)),
        name: name.to_owned(),
        position: 1,
    };
    let (gold, silver) = (tier(1, "Gold"), tier(2, "Silver"));
    let on = |tier: &Tier| Condition {
        subject: Subject::Tier,
        operator: Operator::Is(tier.id.to_string()),
    };
    let own = form(vec![
        Field::new(key("a"), FieldKind::Text, "A").shown_when(on(&gold)),
        Field::new(key("b"), FieldKind::Text, "B").required_when(on(&silver)),
    ]);
    assert_eq!(tiers_of(&own), BTreeSet::from([gold.id, silver.id]));
    let theirs = [gold.clone(), silver.clone(), tier(3, "Bronze")];
    let read = read_file(&write_file(&own, "A form", &theirs)).unwrap();
    assert_eq!(read.form, own);
    assert_eq!(read.tiers.len(), 2);

    let mut same = read.form.clone();
    assert_eq!(meet_tiers(&mut same, &read.tiers, &theirs), vec![]);
    assert_eq!(same, own);

    let here = [tier(7, "Gold")];
    let mut moved = read.form;
    let notes = meet_tiers(&mut moved, &read.tiers, &here);
    assert_eq!(moved.fields[8].visible_when, Some(on(&here[0]).into()));
    assert_eq!(
        moved.fields[9].required,
        Requirement::When(on(&silver).into())
    );
    assert_eq!(notes.len(), 1);
    assert!(notes[0].text().contains("\u{201c}Silver\u{201d}"));
    assert_eq!(check_publishable(&moved), Ok(()));
}
