//! A program's form as a file: the draft, or a published version.

use app::auth::signin_path;
use axum::{
    Extension,
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::ProgramId;
use serde::Deserialize;
use services::SignedIn;

use crate::{
    http::{
        attachment::attached,
        problem::{Problem, known},
    },
    state::AppState,
};

const JSON: &str = "application/json";

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
    let file = access.form_file(version).await?;
    Ok(attached(file.text.into_response(), JSON, &file.name))
}
