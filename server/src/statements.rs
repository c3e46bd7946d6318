//! Commissions as a file of comma-separated values: what the list on the screen shows, all pages of it.

use app::auth::signin_path;
use axum::{
    Extension,
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{MembershipId, ProgramId, views::CommissionFilter};
use serde::Deserialize;
use services::SignedIn;

use crate::{
    http::{
        attachment::{CSV, attached},
        problem::{Problem, known},
    },
    state::AppState,
};

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

/// And from there to the page that has the link.
fn to_sign_in(page: &str) -> Response {
    Redirect::to(&signin_path(page)).into_response()
}

fn file(text: String) -> Response {
    attached(text.into_response(), CSV, "commissions.csv")
}
