//! What forms with files have in common, whatever they ask.

use axum::{
    extract::{Request, multipart::Field},
    http::header,
};
use domain::ErrorCode;

use super::unread;
use crate::http::problem::Problem;

/// Whether its parts are posted one by one; a form without files may be one line of pairs.
pub fn is_multipart(request: &Request) -> bool {
    let kind = request.headers().get(header::CONTENT_TYPE);
    kind.and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| kind.starts_with("multipart/form-data"))
}

/// The text of one input. Read in pieces, so that nobody fills the memory with one: beyond so many bytes it is `too_long`.
pub async fn text(
    mut part: Field<'_>,
    max_bytes: usize,
    too_long: Problem,
) -> Result<String, Problem> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(|error| unread(&error))? {
        if bytes.len() + chunk.len() > max_bytes {
            return Err(too_long);
        }
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes).map_err(|_| Problem::new(ErrorCode::Malformed))
}
