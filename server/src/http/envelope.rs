//! Around everything: the request's id, its line in the log, the headers, and a proper body for every error.

use std::time::Instant;

use app::request::{ClientAddress, REQUEST_ID};
use axum::{
    body::HttpBody as _,
    extract::{MatchedPath, Request, State},
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
};
use leptos::nonce::Nonce;
use tracing::Instrument as _;

use super::{caller, headers, problem::Problem};
use crate::state::AppState;

/// Wraps the whole router.
pub async fn envelope(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = state.services.ids().next().simple().to_string();
    let address = caller::address(
        request.extensions(),
        request.headers(),
        &state.config.trusted_proxies,
    );
    let nonce = Nonce::new();
    let extensions = request.extensions_mut();
    extensions.insert(nonce.clone());
    extensions.insert(ClientAddress(address));
    let id_header = HeaderValue::from_str(&id).unwrap_or(HeaderValue::from_static("-"));
    request.headers_mut().insert(REQUEST_ID, id_header.clone());

    let span = tracing::info_span!("request", id = %id);
    let method = request.method().clone();
    // The route, not the address: links carry their tokens in it, and people's words stand in queries.
    let path = match request.extensions().get::<MatchedPath>() {
        Some(matched) => matched.as_str().to_owned(),
        None => request.uri().path().to_owned(),
    };
    let mut response = next.run(request).instrument(span.clone()).await;

    if let Some(problem) = bare(&response, &id) {
        response = problem;
    }
    name(&mut response, id);
    let secure = state.public_url.is_https();
    headers::secure(response.headers_mut(), &nonce, secure);
    response.headers_mut().insert(REQUEST_ID, id_header);
    let status = response.status().as_u16();
    let ms = started.elapsed().as_millis();
    span.in_scope(|| tracing::info!(%method, path, status, ms, %address));
    response
}

/// Writes the id into a problem document that does not say it yet: people read it to whoever helps them.
fn name(response: &mut Response, id: String) {
    let Some(mut problem) = response.extensions_mut().remove::<Problem>() else {
        return;
    };
    if problem.0.request_id.is_none() {
        problem.0.request_id = Some(id);
        *response.body_mut() = problem.respond(response.status()).into_body();
        // It was compressed perhaps; now it is as it is written.
        response.headers_mut().remove(header::CONTENT_ENCODING);
        response.headers_mut().remove(header::CONTENT_LENGTH);
    }
}

/// An error that some layer answered without a readable body, as a problem document.
fn bare(response: &Response, id: &str) -> Option<Response> {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return None;
    }
    let kind = response.headers().get(header::CONTENT_TYPE);
    let readable = kind
        .and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| kind.contains("json") || kind.contains("html"));
    if readable && !response.body().is_end_stream() {
        return None;
    }
    let mut problem = Problem::of_status(status);
    problem.0.request_id = Some(id.to_owned());
    let mut problem = problem.respond(status);
    if let Some(allow) = response.headers().get(header::ALLOW) {
        problem.headers_mut().insert(header::ALLOW, allow.clone());
    }
    Some(problem)
}
