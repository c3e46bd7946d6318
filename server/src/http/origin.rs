//! No other site acts in a signed-in person's name. Browsers say where a request comes from in Sec-Fetch-Site, older
//! ones in Origin; what is neither comes from no browser, and so carries nobody's cookies unasked.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::ErrorCode;

use super::problem::Problem;
use crate::state::AppState;

/// Refuses unsafe methods, upgrades and event streams that another site asked for.
pub async fn same_origin(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let public = state.public_url.as_str();
    if guarded(&request) && !is_own(request.headers(), public) {
        tracing::warn!(
            path = request.uri().path(),
            "refused a request of another site"
        );
        return Problem::new(ErrorCode::Forbidden).into_response();
    }
    next.run(request).await
}

/// Whether the request does more than fetch a page: plain navigation from elsewhere must go on working.
fn guarded(request: &Request) -> bool {
    let safe = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    let headers = request.headers();
    let stream = headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/event-stream"));
    !safe || stream || headers.contains_key(header::UPGRADE)
}

fn is_own(headers: &HeaderMap, public: &str) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        // `none`: typed by the person or opened from a bookmark.
        return matches!(site.as_bytes(), b"same-origin" | b"none");
    }
    let Some(origin) = headers.get(header::ORIGIN) else {
        return true;
    };
    let Ok(origin) = origin.to_str() else {
        return false;
    };
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let named = origin.split_once("://").map(|(_, host)| host);
    origin.eq_ignore_ascii_case(public) || (named.is_some() && named == host)
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    const PUBLIC: &str = "https://deals.example";

    fn own(pairs: &[(&'static str, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, value.parse().unwrap());
        }
        is_own(&headers, PUBLIC)
    }

    #[test]
    fn the_fetch_header_decides_where_there_is_one() {
        assert!(own(&[("sec-fetch-site", "same-origin")]));
        assert!(own(&[("sec-fetch-site", "none")]));
        assert!(!own(&[("sec-fetch-site", "same-site")]));
        assert!(!own(&[
            ("sec-fetch-site", "cross-site"),
            ("origin", PUBLIC)
        ]));
    }

    #[test]
    fn else_the_origin_must_be_ours() {
        assert!(own(&[]));
        assert!(own(&[("origin", PUBLIC)]));
        assert!(own(&[
            ("origin", "http://127.0.0.1:3000"),
            ("host", "127.0.0.1:3000")
        ]));
        assert!(!own(&[("origin", "null"), ("host", "null")]));
        assert!(!own(&[
            ("origin", "https://evil.example"),
            ("host", "deals.example")
        ]));
    }

    #[test]
    fn navigation_is_free_and_streams_are_not() {
        let request = |method: &str, accept: &str| {
            let request = Request::builder().method(method).header("accept", accept);
            guarded(&request.body(Body::empty()).unwrap())
        };
        assert!(!request("GET", "text/html"));
        assert!(request("GET", "text/event-stream"));
        assert!(request("POST", "text/html"));
        assert!(request("DELETE", "*/*"));
    }
}
