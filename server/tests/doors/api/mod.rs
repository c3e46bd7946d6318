//! The API, asked in this process: its conventions, and which key gets in where.

mod conventions;
mod document;
mod matrix;
mod once;

use std::sync::atomic::{AtomicU64, Ordering};

use axum::http::Method;
use domain::{CompanyId, PartnerId, UserId, keys::KeyScope};
use services::keys::MakeKey;

use crate::support::{Answer, Call, House};

/// A key of the demo's people.
pub fn wanted(scopes: &[KeyScope]) -> MakeKey {
    MakeKey {
        name: "Test".to_owned(),
        scopes: scopes.to_vec(),
        days: 30,
    }
}

pub async fn company_key(
    house: &House,
    user: UserId,
    company: CompanyId,
    scopes: &[KeyScope],
) -> String {
    let team = house.services.company_team(user, company).await.unwrap();
    team.make_key(wanted(scopes)).await.unwrap().token
}

pub async fn partner_key(
    house: &House,
    user: UserId,
    partner: PartnerId,
    scopes: &[KeyScope],
) -> String {
    let team = house.services.partner_team(user, partner).await.unwrap();
    team.make_key(wanted(scopes)).await.unwrap().token
}

/// What a program sends.
pub fn call(method: Method, path: &str, key: &str, body: &str) -> Call {
    let mut headers = vec![
        ("authorization", format!("Bearer {key}")),
        ("accept", "application/json".to_owned()),
    ];
    if !body.is_empty() {
        headers.push(("content-type", "application/json".to_owned()));
    }
    if method == Method::POST {
        static KEYS: AtomicU64 = AtomicU64::new(0);
        let number = KEYS.fetch_add(1, Ordering::Relaxed);
        headers.push(("idempotency-key", format!("call-{number}")));
    }
    Call {
        method,
        path: path.to_owned(),
        token: None,
        headers,
        body: body.into(),
    }
}

pub fn get(path: &str, key: &str) -> Call {
    call(Method::GET, path, key, "")
}

pub fn post(path: &str, key: &str, body: &str) -> Call {
    call(Method::POST, path, key, body)
}

/// The whole problem, in its form: what every error of the API has.
pub fn problem(answer: &Answer) -> serde_json::Value {
    assert_eq!(
        answer.header("content-type"),
        "application/problem+json",
        "{}",
        answer.body
    );
    let problem = answer.json();
    assert_eq!(problem["status"], answer.status.as_u16(), "{problem}");
    let code = problem["code"].as_str().unwrap();
    assert_eq!(problem["type"], format!("/api/v1/docs#problem-{code}"));
    assert!(!problem["detail"].as_str().unwrap().is_empty(), "{problem}");
    assert_eq!(
        problem["request_id"],
        answer.header("x-request-id"),
        "{problem}"
    );
    problem
}
