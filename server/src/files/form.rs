//! What forms with files have in common, whatever they ask.

use std::task::Poll;

use axum::{
    body::Body,
    extract::{FromRequest as _, Multipart, Request, multipart::Field},
    http::header,
};
use domain::ErrorCode;
use futures_util::{StreamExt as _, stream::poll_fn};
use http_body_util::{BodyStream, StreamBody};

use super::unread;
use crate::http::problem::Problem;

/// Whether its parts are posted one by one; a form without files may be one line of pairs.
pub fn is_multipart(request: &Request) -> bool {
    let kind = request.headers().get(header::CONTENT_TYPE);
    kind.and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| kind.starts_with("multipart/form-data"))
}

/// The parts of a posted form, to be read one after another.
pub async fn parts(request: Request) -> Result<Multipart, Problem> {
    Multipart::from_request(request.map(piece_by_piece), &())
        .await
        .map_err(|_| Problem::new(ErrorCode::Malformed))
}

/// The parser takes from a body all that can be had before it gives anything on: with a client that sends faster than the
/// disk writes, that is much of the file. After each piece this body has nothing for a moment, so that the piece goes on first.
fn piece_by_piece(body: Body) -> Body {
    let mut pieces = BodyStream::new(body);
    let mut has_given = false;
    let pieces = poll_fn(move |context| {
        if std::mem::take(&mut has_given) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let piece = pieces.poll_next_unpin(context);
        has_given = piece.is_ready();
        // As it was below, wrapped once: what is too long is told by its kind.
        piece.map(|piece| piece.map(|piece| piece.map_err(axum::Error::into_inner)))
    });
    Body::new(StreamBody::new(pieces))
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
