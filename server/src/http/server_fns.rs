//! The statuses of server functions. Leptos answers every error with 500, also a body that it could not read; here each
//! gets the status of its code and becomes a problem document, which the browser reads as the same error.

use app::request::REQUEST_ID;
use axum::{
    body::to_bytes,
    extract::Request,
    http::{HeaderValue, header::SET_COOKIE},
    middleware::Next,
    response::Response,
};
use domain::{AppError, ErrorCode};

use super::problem::Problem;

/// By this header Leptos marks an error, and its client knows one.
const MARK: &str = "serverfnerror";
/// Far above any error of ours: 200 faulty fields.
const LONGEST: usize = 1 << 20;

/// Corrects the answers of server functions; all others pass as they are.
pub async fn statuses(request: Request, next: Next) -> Response {
    let id = request.headers().get(REQUEST_ID).cloned();
    let response = next.run(request).await;
    // A plain form post is answered by a redirect; the error goes on in a cookie.
    let failed = !response.status().is_redirection();
    let Some(mark) = response.headers().get(MARK).filter(|_| failed).cloned() else {
        return response;
    };
    correct(response, mark, id).await
}

async fn correct(response: Response, mark: HeaderValue, id: Option<HeaderValue>) -> Response {
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, LONGEST).await.unwrap_or_default();
    let mut error = serde_json::from_slice::<AppError>(&body).unwrap_or_else(|_| {
        tracing::error!("a server function gave an error that is none of ours");
        AppError::new(ErrorCode::Internal)
    });
    let id = id.and_then(|id| id.to_str().map(ToOwned::to_owned).ok());
    error.request_id = error.request_id.or(id);
    let problem = Problem(error);
    let mut answer = problem.respond(problem.status());
    answer.headers_mut().insert(MARK, mark);
    // A session that ended clears its cookie.
    for (name, value) in &parts.headers {
        if name == SET_COOKIE {
            answer.headers_mut().append(name, value.clone());
        }
    }
    answer
}
