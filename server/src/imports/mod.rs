//! Files that come in to be imported, and copies that go out. Both are plain forms: the app leaves them to the browser.

mod copies;

use app::{auth::signin_path, error::ActionError};
use axum::{
    Extension,
    extract::{Path, Request, State},
    response::{IntoResponse as _, Redirect, Response},
};
use domain::{AppError, ErrorCode, FileId, ImportId, people::CompanyRight, size::size_limit};
use leptos::server_fn::error::ServerFnUrlError;
use services::{CompanyAccess, SignedIn, messages::Written};

pub use copies::{ZIP, company, company_csv, deals, faults};

use crate::{
    files::{Incoming, hand_over, parts, unread},
    http::problem::{Problem, known},
    state::AppState,
};

type Who = Option<Extension<SignedIn>>;

/// `POST /c/:program/import`: a multipart form with the file. Leads on to the import, or back to the page with what is wrong.
pub async fn upload(
    State(state): State<AppState>,
    who: Who,
    Path(program): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let page = format!("/c/{program}/import");
    let Some(Extension(who)) = who else {
        return Ok(Redirect::to(&signin_path(&page)).into_response());
    };
    let access = state
        .services
        .company(who.person.id, known(&program)?)
        .await?;
    access.require(CompanyRight::ImportAndExport)?;
    match take(&state, access, request).await {
        Ok(import) => Ok(Redirect::to(&format!("{page}/{import}")).into_response()),
        Err(Problem(error)) if is_shown(&error) => Ok(back(&page, error)),
        Err(problem) => Err(problem),
    }
}

async fn take(
    state: &AppState,
    access: CompanyAccess,
    request: Request,
) -> Result<ImportId, Problem> {
    let mut form = parts(request).await?;
    while let Some(part) = form.next_field().await.map_err(|error| unread(&error))? {
        // A browser posts an empty part for a file input that nobody used.
        if part.file_name().is_none_or(str::is_empty) {
            continue;
        }
        let id: FileId = state.services.id();
        let (place, limit) = (state.services.file_path(id), state.config.max_upload as u64);
        let written = Incoming::write(part, id, &place, limit).await;
        let (incoming, stored) = written.map_err(|problem| too_large(problem, limit))?;
        let write = async move {
            let added = access.add_import(stored).await;
            added.map(|id| Written { id, is_new: true })
        };
        return Ok(hand_over(vec![incoming], write).await?);
    }
    Err(Problem(AppError::input("file", "Choose a file")))
}

/// A file beyond the limit is said at its input.
fn too_large(problem: Problem, limit: u64) -> Problem {
    if problem.0.code != ErrorCode::TooLarge {
        return problem;
    }
    let text = format!("Choose a file of {} or less", size_limit(limit));
    Problem(AppError::input("file", &text))
}

/// What the person can mend on the page.
fn is_shown(error: &AppError) -> bool {
    matches!(error.code, ErrorCode::Invalid | ErrorCode::TooLarge)
}

/// To the page, with the error as a refused form of the app's would carry it; `http::fault` takes it out of the address.
fn back(page: &str, error: AppError) -> Response {
    let error = ServerFnUrlError::new("/import", ActionError(error));
    let address = error.to_url(&format!("http://localhost{page}"));
    let to = address.ok().map(|address| match address.query() {
        Some(query) => format!("{page}?{query}"),
        None => page.to_owned(),
    });
    Redirect::to(to.as_deref().unwrap_or(page)).into_response()
}
