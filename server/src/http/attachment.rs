//! Answers that a browser keeps as a file.

use axum::{
    http::{HeaderValue, header},
    response::Response,
};

/// A table with its headings.
pub const CSV: &str = "text/csv; charset=utf-8; header=present";

/// `name`: ours, or made of slugs; a header takes no other letters.
pub fn attached(mut response: Response, kind: &'static str, name: &str) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename={name}")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
