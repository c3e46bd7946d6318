//! Definitions that somebody made to do harm, at the two doors that take one: the file of a form, and the draft of the editor.

use serde_json::json;

use crate::{
    messages::doors,
    support::{Answer, Call, House},
};

const JSON: &str = "application/json";

async fn send(house: &House, token: &str, path: &str, body: String) -> Answer {
    let call = Call::post(path, JSON, body).signed_in(Some(token));
    house.send(call).await
}

async fn editor(house: &House, token: &str, program: &str) -> serde_json::Value {
    let program = json!({"program": program});
    let answer = send(house, token, "/api/form_editor", program.to_string());
    answer.await.json()
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_definitions_are_refused_and_nothing_is_kept() {
    let house = House::with_demo(0).await;
    let [_, (company, mara)] = doors(&house).await;
    let program = company.split('/').nth(2).unwrap().to_owned();
    let deep = "[".repeat(10_000);
    for (file, told) in [
        (
            format!(r#"{{"properties": {{"a": {deep}"#),
            "/properties/a/0",
        ),
        (
            r#"{"properties": {"a": {"type": "number", "maximum": 1e400}}}"#.to_owned(),
            "/properties/a/maximum",
        ),
        (
            r#"{"properties": {"a": {}, "a": {}}}"#.to_owned(),
            "/properties/a",
        ),
        (
            r#"{"properties": {"a": {"title": "\ud800"}}}"#.to_owned(),
            "/properties/a/title",
        ),
        ("x".repeat(1_100_000), "1 MB"),
    ] {
        let source = json!({"program": program, "source": {"file": file}});
        let source = source.to_string();
        let answer = send(&house, &mara, "/api/open_form_source", source).await;
        assert!(answer.is_clear_refusal(), "{told}: {}", answer.body);
        assert!(answer.body.contains(told), "{told}: {}", answer.body);
    }

    let before = editor(&house, &mara, &program).await;
    let field = json!({"key": "a", "kind": "text", "label": "A"});
    let draft = |fields: String| {
        format!(
            r#"{{"program": "{program}", "command": {{"version": 0, "definition": {{"fields": [{fields}]}}}}}}"#
        )
    };
    let many = |count| vec![field.to_string(); count].join(",");
    let rule = r#"{"any": ["#.repeat(10_000) + &"]}".repeat(10_000);
    let ruled = format!(r#"{{"key": "a", "kind": "text", "label": "A", "visible_when": {rule}}}"#);
    for fields in [many(10_000), many(201), ruled] {
        let answer = send(&house, &mara, "/api/keep_form_draft", draft(fields)).await;
        assert!(
            answer.is_clear_refusal(),
            "{} {}",
            answer.status,
            answer.body
        );
    }
    assert_eq!(editor(&house, &mara, &program).await, before);
    assert!(before["draft"]["fields"].is_array(), "{before}");
}
