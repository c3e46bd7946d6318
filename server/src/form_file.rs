//! A program's form as a file: the draft, or a published version.

use app::auth::signin_path;
use axum::{
    Extension,
    extract::{Path, Query, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use domain::{ErrorCode, ProgramId};
use serde::Deserialize;
use services::{SignedIn, forms::FormFile};

use crate::{http::problem::Problem, state::AppState};

/// Which version; none for the draft.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    version: Option<String>,
}

/// `GET /c/:program/form.json`
pub async fn download(
    State(state): State<AppState>,
    signed_in: Option<Extension<SignedIn>>,
    Path(program): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    let Some(Extension(signed_in)) = signed_in else {
        let page = format!("/c/{program}/form");
        return Ok(Redirect::to(&signin_path(&page)).into_response());
    };
    let program: ProgramId = known(&program)?;
    let access = state.services.company(signed_in.person.id, program).await?;
    let version = wanted.version.as_deref().map(known).transpose()?;
    Ok(attached(access.form_file(version).await?))
}

fn known<T: std::str::FromStr>(id: &str) -> Result<T, Problem> {
    id.parse().map_err(|_| Problem::new(ErrorCode::NotFound))
}

fn attached(file: FormFile) -> Response {
    let name = HeaderValue::from_str(&format!("attachment; filename={}", file.name));
    let mut response = file.text.into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    headers.insert(
        header::CONTENT_DISPOSITION,
        name.unwrap_or(HeaderValue::from_static("attachment")),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
