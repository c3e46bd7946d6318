//! Who asks: the session's cookie becomes a [`SignedIn`] in the request.

use std::time::Instant;

use app::request::{ClientAddress, SeenUpTo};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use domain::ErrorCode;
use services::SignedIn;

use super::problem::Problem;
use crate::state::AppState;

/// The browser holds it to this host, to TLS (or loopback) and to the whole site.
pub const COOKIE: &str = "__Host-dealboard";

/// Finds the session, if the request has one.
pub async fn session(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    if let Some(token) = token(request.headers()) {
        match state.services.find_signed_in(token).await {
            Ok(Some(signed_in)) => {
                request.extensions_mut().insert::<SignedIn>(signed_in);
                if request.method() == Method::GET
                    && let Ok(seq) = state.services.last_seq().await
                {
                    request.extensions_mut().insert(SeenUpTo(seq));
                }
            }
            Ok(None) => {}
            Err(error) => return Problem::from(error).into_response(),
        }
    }
    if is_limited(&state, &request) {
        return Problem::new(ErrorCode::TooMany).into_response();
    }
    next.run(request).await
}

/// The token of the session's cookie.
pub fn token(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(header::COOKIE).iter();
    cookies
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find_map(|(name, value)| (name == COOKIE).then_some(value))
}

/// Whether a signed-out address posts too often.
fn is_limited(state: &AppState, request: &Request) -> bool {
    let extensions = request.extensions();
    if request.method() != Method::POST || extensions.get::<SignedIn>().is_some() {
        return false;
    }
    let Some(ClientAddress(address)) = extensions.get() else {
        return false;
    };
    !state.limiter.allow(*address, Instant::now())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(
            "cookie",
            "a=b; __Host-dealboard=t0ken; c=d".parse().unwrap(),
        );
        assert_eq!(token(&headers), Some("t0ken"));
        headers.insert(
            "cookie",
            "dealboard=t0ken; x__Host-dealboard=no".parse().unwrap(),
        );
        assert_eq!(token(&headers), None);
    }
}
