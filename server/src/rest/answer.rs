//! What a handler gives: JSON with its `ETag`, a receipt with its Location, a page of a list.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::problem::ApiProblem;

/// What every handler gives.
pub type Answer = Result<Response, ApiProblem>;

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// Send it as `cursor` for the next page; null on the last one.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// All there is.
    pub fn whole(items: Vec<T>) -> Self {
        Self { items, next: None }
    }
}

/// The thing itself.
pub fn ok(body: impl Serialize) -> Response {
    Json(body).into_response()
}

/// The thing, and the version by which it may be changed.
pub fn versioned(body: impl Serialize, version: i64) -> Response {
    tagged(ok(body), version)
}

/// A receipt of what was made there.
pub fn created(body: impl Serialize, location: &str) -> Response {
    let mut response = (StatusCode::CREATED, Json(body)).into_response();
    if let Ok(location) = HeaderValue::from_str(location) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

/// Puts the version on as the `ETag`.
pub fn tagged(mut response: Response, version: i64) -> Response {
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{version}\"")) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}
