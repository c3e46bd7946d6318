//! The document is what it was, whole, and readable by people.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::{Call, House};

/// A change of the API is a change of this file, to be looked at: `UPDATE_OPENAPI=1` writes it anew.
#[test]
fn the_document_is_the_one_that_was_reviewed() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doors/api/openapi.json");
    let text = serde_json::to_string_pretty(&server::rest::document()).unwrap() + "\n";
    if std::env::var_os("UPDATE_OPENAPI").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    let kept = std::fs::read_to_string(path).unwrap();
    assert!(
        kept == text,
        "the API's document changed: look at it, then UPDATE_OPENAPI=1"
    );
}

#[test]
fn everything_it_refers_to_is_there_and_every_operation_has_a_name() {
    let document = server::rest::document();
    assert_eq!(document["openapi"], "3.1.0");
    let mut refs = BTreeSet::new();
    collect(&document, &mut refs);
    for reference in refs {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
    let mut names = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let name = operation["operationId"].as_str().unwrap().to_owned();
            assert!(names.insert(name), "{method} {path}");
            assert!(
                !operation["summary"].as_str().unwrap().is_empty(),
                "{method} {path}"
            );
            assert!(
                operation["responses"].get("401").is_some(),
                "{method} {path}"
            );
        }
    }
}

fn collect(value: &Value, refs: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            if let Some(Value::String(reference)) = members.get("$ref") {
                refs.insert(reference.clone());
            }
            members.values().for_each(|value| collect(value, refs));
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, refs)),
        _ => {}
    }
}

#[tokio::test]
async fn the_page_needs_no_script_and_says_everything() {
    let house = House::empty().await;
    let page = house.send(Call::get("/api/v1/docs")).await;
    assert_eq!(
        (page.status.as_u16(), page.header("content-type")),
        (200, "text/html; charset=utf-8")
    );
    assert!(!page.body.contains("<script") && !page.body.contains(" style="));
    let ids: Vec<&str> = page
        .body
        .split(" id=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len());
    for link in page.body.split("href=\"#").skip(1) {
        let to = link.split('"').next().unwrap();
        assert!(unique.contains(to), "{to}");
    }
    let document = house.send(Call::get("/api/v1/openapi.json")).await.json();
    for item in document["paths"].as_object().unwrap().values() {
        for operation in item.as_object().unwrap().values() {
            assert!(unique.contains(operation["operationId"].as_str().unwrap()));
        }
    }
}
