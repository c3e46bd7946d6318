//! Errors as RFC 9457 problem documents. The error's own fields lie beside the standard ones, so that the browser reads
//! the same body as the error that its server function gave.

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{AppError, ErrorCode};
use serde::Serialize;
use services::ServiceError;

/// An error on its way out.
#[derive(Debug, Clone)]
pub struct Problem(pub AppError);

#[derive(Serialize)]
struct Document<'e> {
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'static str,
    status: u16,
    detail: String,
    #[serde(flatten)]
    error: &'e AppError,
}

impl Problem {
    pub fn new(code: ErrorCode) -> Self {
        Self(AppError::new(code))
    }

    /// The problem that says what a bare status says.
    pub fn of_status(status: StatusCode) -> Self {
        Self::new(match status.as_u16() {
            401 => ErrorCode::SignedOut,
            403 => ErrorCode::Forbidden,
            404 | 405 => ErrorCode::NotFound,
            409 => ErrorCode::Conflict,
            413 => ErrorCode::TooLarge,
            422 => ErrorCode::Invalid,
            429 => ErrorCode::TooMany,
            503 => ErrorCode::Busy,
            400..500 => ErrorCode::Malformed,
            _ => ErrorCode::Internal,
        })
    }

    /// The document, with a status of its own where the code's would be less exact (405, 415). It goes along beside its
    /// text, for the envelope.
    pub fn respond(&self, status: StatusCode) -> Response {
        let document = Document {
            kind: "about:blank",
            title: self.0.code.label(),
            status: status.as_u16(),
            detail: self.0.text(),
            error: &self.0,
        };
        let body = serde_json::to_vec(&document).unwrap_or_default();
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = status;
        response.extensions_mut().insert(self.clone());
        response.headers_mut().insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        response
    }

    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.0.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        self.respond(self.status())
    }
}

impl From<ServiceError> for Problem {
    fn from(error: ServiceError) -> Self {
        // The log line stands inside the request's span, which names its id.
        Self(error.into_app_error(None))
    }
}

/// An id out of an address: one that cannot be an id is unknown, like any other that is not here.
pub fn known<T: std::str::FromStr>(id: &str) -> Result<T, Problem> {
    id.parse().map_err(|_| Problem::new(ErrorCode::NotFound))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_reads_its_own_error_from_the_document() {
        let error = AppError::input("email", "Enter an email address");
        let document = Document {
            kind: "about:blank",
            title: error.code.label(),
            status: 422,
            detail: error.text(),
            error: &error,
        };
        let json = serde_json::to_string(&document).unwrap();
        assert!(json.contains(r#""type":"about:blank""#));
        assert_eq!(serde_json::from_str::<AppError>(&json).unwrap(), error);
    }
}
