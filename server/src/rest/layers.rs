//! What every request of the API passes through: its key, its pace, what it accepts, and a problem for every error.

use std::time::Instant;

use app::request::{ClientAddress, REQUEST_ID};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use services::keys::KeyCaller;

use super::{
    problem::ApiProblem,
    request::{IDEMPOTENCY_KEY, idempotency_key},
};
use crate::state::AppState;

/// Every error leaves as a problem with the request's id.
pub async fn problems(request: Request, next: Next) -> Response {
    let id = request.headers().get(REQUEST_ID);
    let id = id.and_then(|id| id.to_str().ok()).map(ToOwned::to_owned);
    let conditional = request.headers().contains_key(header::IF_MATCH);
    let mut response = next.run(request).await;
    if !response.status().is_client_error() && !response.status().is_server_error() {
        return response;
    }
    let problem = response.extensions_mut().remove::<ApiProblem>();
    let problem = problem.unwrap_or_else(|| ApiProblem::of_status(response.status()));
    let problem = if conditional {
        problem.of_precondition()
    } else {
        problem
    };
    let mut answer = problem.numbered(id).into_response();
    for name in [header::ALLOW, header::RETRY_AFTER] {
        if let Some(value) = response.headers().get(&name) {
            answer.headers_mut().insert(name, value.clone());
        }
    }
    answer
}

/// The API speaks JSON; who takes none is told before anything is done.
pub async fn accepts(request: Request, next: Next) -> Response {
    if takes_json(request.headers()) {
        next.run(request).await
    } else {
        let text = "The API answers in application/json";
        ApiProblem::header("not_acceptable", "Accept", text).into_response()
    }
}

fn takes_json(headers: &HeaderMap) -> bool {
    let mut lines = headers.get_all(header::ACCEPT).iter().peekable();
    if lines.peek().is_none() {
        return true;
    }
    lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .any(|range| {
            let mut parts = range.split(';').map(str::trim);
            let kind = parts.next().unwrap_or_default().to_ascii_lowercase();
            let refused = parts.any(|part| {
                part.strip_prefix("q=")
                    .is_some_and(|q| q.parse::<f32>().is_ok_and(|q| q == 0.0))
            });
            !refused
                && matches!(
                    kind.as_str(),
                    "*/*" | "application/*" | "application/json" | "application/problem+json"
                )
        })
}

/// Finds the key, and takes nothing else: no cookie opens the API, so no other site can act with one.
pub async fn key(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let found = match bearer(request.headers()) {
        Some(token) => state.services.find_key(token).await,
        None => Ok(None),
    };
    let caller = match found {
        Ok(Some(caller)) => caller,
        Ok(None) => return unknown(&state, &request),
        Err(error) => return ApiProblem::from(error).into_response(),
    };
    if let Err(wait) = state.rest.pace.take(caller.id(), Instant::now()) {
        return too_many(wait.as_secs_f64());
    }
    request.extensions_mut().insert::<KeyCaller>(caller);
    next.run(request).await
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Whoever tries keys is counted by address.
fn unknown(state: &AppState, request: &Request) -> Response {
    let address = request.extensions().get::<ClientAddress>();
    let allowed =
        address.is_none_or(|address| state.rest.strangers.allow(address.0, Instant::now()));
    if !allowed {
        return too_many(1.0);
    }
    let text = "Send a live key: Authorization: Bearer dbk_...";
    ApiProblem::new("signed_out", text).into_response()
}

fn too_many(seconds: f64) -> Response {
    let text = "Too many requests. Wait as many seconds as Retry-After says";
    let mut response = ApiProblem::new("too_many", text).into_response();
    let seconds = format!("{:.0}", seconds.ceil().max(1.0));
    if let Ok(value) = HeaderValue::from_str(&seconds) {
        response.headers_mut().insert(header::RETRY_AFTER, value);
    }
    response
}

/// A command has an Idempotency-Key, and does not run twice at once.
pub async fn once(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    // Whoever sends none is told where the address is one of a command's.
    let Ok(key) = idempotency_key(request.headers()).map(ToOwned::to_owned) else {
        return next.run(request).await;
    };
    let Some(caller) = request.extensions().get::<KeyCaller>() else {
        return next.run(request).await;
    };
    let Some(_held) = state.rest.running.hold(caller.id(), &key) else {
        let text = "A request with this Idempotency-Key is still being carried out";
        let mut response = ApiProblem::header("running", IDEMPOTENCY_KEY, text).into_response();
        let second = HeaderValue::from_static("1");
        response.headers_mut().insert(header::RETRY_AFTER, second);
        return response;
    };
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn takes(accept: &str) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert("accept", accept.parse().unwrap());
        takes_json(&headers)
    }

    #[test]
    fn json_is_taken_or_the_request_is_refused() {
        assert!(takes_json(&HeaderMap::new()));
        for accept in [
            "*/*",
            "text/html, application/json;q=0.5",
            "application/*",
            "Application/JSON",
        ] {
            assert!(takes(accept), "{accept}");
        }
        for accept in [
            "text/html",
            "application/json;q=0",
            "application/xml, image/*",
            "",
        ] {
            assert!(!takes(accept), "{accept}");
        }
    }

    #[test]
    fn only_a_bearer_is_a_key() {
        let key = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("authorization", value.parse().unwrap());
            bearer(&headers).map(ToOwned::to_owned)
        };
        assert_eq!(key("Bearer dbk_1").as_deref(), Some("dbk_1"));
        assert_eq!(key("bearer dbk_1").as_deref(), Some("dbk_1"));
        assert_eq!(key("Basic dbk_1"), None);
        assert_eq!(key("dbk_1"), None);
    }
}
