//! The stream: that something changed, never what. Pages fetch again what they may see.

mod viewer;

use std::time::Duration;

use axum::{
    Extension,
    extract::{Query, State},
    http::{HeaderMap, HeaderValue, header},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use domain::ErrorCode;
use futures_util::stream;
use serde::Deserialize;
use services::SignedIn;

use self::viewer::Viewer;
use crate::{
    http::{problem::Problem, session},
    state::AppState,
};

/// Proxies close what is silent for a minute.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// Where the browser left off.
#[derive(Debug, Deserialize)]
pub struct Since {
    since: Option<i64>,
}

/// `GET /live?since=`: the announcements that concern the signed-in person.
pub async fn live(
    State(state): State<AppState>,
    signed_in: Option<Extension<SignedIn>>,
    Query(query): Query<Since>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (Some(Extension(person)), Some(token)) = (signed_in, session::token(&headers)) else {
        return Err(Problem::new(ErrorCode::SignedOut));
    };
    let since = last_event(&headers).or(query.since);
    let viewer = Viewer::open(&state, &person, token.to_owned(), since).await?;
    let events = stream::unfold(viewer, |mut viewer| async {
        let event = viewer.next().await?;
        Some((Ok::<Event, std::convert::Infallible>(event), viewer))
    });
    let alive = KeepAlive::new().interval(HEARTBEAT);
    let mut response = Sse::new(events).keep_alive(alive).into_response();
    // nginx holds answers back unless it is told not to.
    response
        .headers_mut()
        .insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// What the browser sends when it reconnects by itself.
fn last_event(headers: &HeaderMap) -> Option<i64> {
    headers.get("last-event-id")?.to_str().ok()?.parse().ok()
}
