//! Commissions as a file of comma-separated values: what the list on the screen shows, all pages of it.

use app::auth::signin_path;
use axum::{
    Extension,
    extract::{Path, Query, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use domain::{ErrorCode, MembershipId, ProgramId, views::CommissionFilter};
use serde::Deserialize;
use services::SignedIn;

use crate::{http::problem::Problem, state::AppState};

/// What the address narrows to, as the page's own address does; what is no such word narrows to nothing.
#[derive(Debug, Default, Deserialize)]
pub struct Narrowed {
    #[serde(default)]
    status: String,
    #[serde(default)]
    partner: String,
}

impl Narrowed {
    fn filter(&self) -> CommissionFilter {
        CommissionFilter {
            status: self.status.parse().ok(),
            partner: self.partner.parse().ok(),
        }
    }
}

/// `GET /c/:program/commissions.csv`
pub async fn company(
    State(state): State<AppState>,
    signed_in: Option<Extension<SignedIn>>,
    Path(program): Path<String>,
    Query(narrowed): Query<Narrowed>,
) -> Result<Response, Problem> {
    let Some(Extension(signed_in)) = signed_in else {
        return Ok(to_sign_in(&format!("/c/{program}/commissions")));
    };
    let program: ProgramId = known(&program)?;
    let access = state.services.company(signed_in.person.id, program).await?;
    Ok(file(access.commissions_csv(&narrowed.filter()).await?))
}

/// `GET /p/:membership/commissions.csv`
pub async fn partner(
    State(state): State<AppState>,
    signed_in: Option<Extension<SignedIn>>,
    Path(membership): Path<String>,
    Query(narrowed): Query<Narrowed>,
) -> Result<Response, Problem> {
    let Some(Extension(signed_in)) = signed_in else {
        return Ok(to_sign_in(&format!("/p/{membership}/commissions")));
    };
    let membership: MembershipId = known(&membership)?;
    let access = state
        .services
        .partner(signed_in.person.id, membership)
        .await?;
    Ok(file(access.commissions_csv(&narrowed.filter()).await?))
}

fn known<T: std::str::FromStr>(id: &str) -> Result<T, Problem> {
    id.parse().map_err(|_| Problem::new(ErrorCode::NotFound))
}

/// And from there to the page that has the link.
fn to_sign_in(page: &str) -> Response {
    Redirect::to(&signin_path(page)).into_response()
}

fn file(text: String) -> Response {
    let mut response = text.into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/csv; charset=utf-8; header=present"),
    );
    headers.insert(
        header::CONTENT_DISPOSITION,
        HeaderValue::from_static("attachment; filename=commissions.csv"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
