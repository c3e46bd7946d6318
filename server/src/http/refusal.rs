//! A plain form that is refused: who filled it in reads a page, and not the document that programs read.
//!
//! A door answers with the form's own page where that can say what is wrong. This is for all else: the door refused before it
//! knew the page, or some layer refused before the door was asked.

use app::{error::ActionError, refusal, request::REQUEST_ID};
use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, Method, header, request, response},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use leptos::prelude::IntoAny as _;

use super::problem::Problem;
use crate::state::AppState;

/// Makes pages of refusals that a browser would show as text.
pub async fn refusals(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if !is_plain_form(&request) {
        return next.run(request).await;
    }
    let (asked, body) = request.into_parts();
    let response = next.run(Request::from_parts(asked.clone(), body)).await;
    let Some(problem) = refused(&response) else {
        return response;
    };
    let (refused, _) = response.into_parts();
    page(&state, asked, refused, problem).await
}

/// Whether who asks would show a page to somebody.
pub fn wants_page(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT);
    accept
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"))
}

/// The errors of server functions go another way: `fault`, `server_fns`.
fn is_plain_form(request: &Request) -> bool {
    request.method() == Method::POST
        && wants_page(request.headers())
        && !request.uri().path().starts_with("/api/")
}

/// Why it was refused, unless a page says it already.
fn refused(response: &Response) -> Option<Problem> {
    let status = response.status();
    let is_error = status.is_client_error() || status.is_server_error();
    let kind = response.headers().get(header::CONTENT_TYPE);
    let is_page = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if !is_error || is_page {
        return None;
    }
    let told = response.extensions().get::<Problem>().cloned();
    Some(told.unwrap_or_else(|| Problem::of_status(status)))
}

async fn page(
    state: &AppState,
    mut asked: request::Parts,
    refused: response::Parts,
    Problem(mut error): Problem,
) -> Response {
    let id = asked.headers.get(REQUEST_ID);
    let id = id.and_then(|id| id.to_str().map(ToOwned::to_owned).ok());
    error.request_id = error.request_id.or(id);
    asked.method = Method::GET;
    let (options, error) = (state.leptos.clone(), ActionError(error));
    let document = move || refusal::document(&options, error.clone()).into_any();
    let render = leptos_axum::render_app_async_with_context(state.context(), document);
    let request = Request::from_parts(asked, Body::empty());
    let mut page = render(request).await.into_response();
    *page.status_mut() = refused.status;
    for name in [header::ALLOW, header::RETRY_AFTER, header::SET_COOKIE] {
        for value in refused.headers.get_all(&name) {
            page.headers_mut().append(name.clone(), value.clone());
        }
    }
    page
}
