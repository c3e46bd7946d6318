use axum::{
    Extension,
    body::Body,
    extract::{Path, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use domain::{ErrorCode, FileId};
use services::SignedIn;
use tokio::fs::File;
use tokio_util::io::ReaderStream;

use crate::{http::problem::Problem, state::AppState};

/// Bytes that are read from the disk at once.
const PIECE: usize = 64 * 1024;

/// `GET /files/:file`: always a download. What a partner uploaded is never a page of this site.
pub async fn download(
    State(state): State<AppState>,
    signed_in: Option<Extension<SignedIn>>,
    Path(file): Path<String>,
) -> Result<Response, Problem> {
    let Some(Extension(signed_in)) = signed_in else {
        return Err(Problem::new(ErrorCode::SignedOut));
    };
    let unknown = || Problem::new(ErrorCode::NotFound);
    let id: FileId = file.parse().map_err(|_| unknown())?;
    let row = state.services.download(signed_in.person.id, id).await?;
    let bytes = File::open(state.services.file_path(id)).await;
    let bytes = bytes.map_err(|error| {
        tracing::error!(file = %id, %error, "a file that the database knows cannot be read");
        Problem::new(ErrorCode::Internal)
    })?;
    let mut response = Body::from_stream(ReaderStream::with_capacity(bytes, PIECE)).into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/octet-stream"),
    );
    headers.insert(header::CONTENT_LENGTH, row.size_bytes.into());
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; sandbox"),
    );
    if let Ok(value) = HeaderValue::from_str(&disposition(&row.name)) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

/// RFC 6266: the name for every browser of today, in the encoding that carries all of it.
fn disposition(name: &str) -> String {
    use std::fmt::Write as _;
    let mut value = String::from("attachment; filename*=UTF-8''");
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.') {
            value.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(value, "%{byte:02X}");
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_leave_its_header() {
        assert_eq!(
            disposition("Q4 \"plan\"\r\nX: y/é.pdf"),
            "attachment; filename*=UTF-8''Q4%20%22plan%22%0D%0AX%3A%20y%2F%C3%A9.pdf"
        );
    }
}
