//! Commissions and deals as files of comma-separated values: what the list on the screen shows, all pages of it.

use app::{auth::signin_path, boards::filter_of};
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

/// `GET /c/:program/deals.csv`
pub async fn company_deals(
    State(state): State<AppState>,
    signed_in: Option<Extension<SignedIn>>,
    Path(program): Path<String>,
    Query(narrowed): Query<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let Some(Extension(signed_in)) = signed_in else {
        return Ok(to_sign_in(&format!("/c/{program}/deals")));
    };
    let program: ProgramId = known(&program)?;
    let access = state.services.company(signed_in.person.id, program).await?;
    Ok(deals(access.deals_csv(&filter_of(narrowed)).await?))
}

/// `GET /p/:membership/deals.csv`
pub async fn partner_deals(
    State(state): State<AppState>,
    signed_in: Option<Extension<SignedIn>>,
    Path(membership): Path<String>,
    Query(narrowed): Query<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let Some(Extension(signed_in)) = signed_in else {
        return Ok(to_sign_in(&format!("/p/{membership}/deals")));
    };
    let id: MembershipId = known(&membership)?;
    let access = state.services.partner(signed_in.person.id, id).await?;
    Ok(deals(access.deals_csv(&filter_of(narrowed)).await?))
}

fn deals(text: String) -> Response {
    attached(text.into_response(), CSV, "deals.csv")
}
