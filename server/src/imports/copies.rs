//! Copies: deals, everything of a company, and the faults of an import.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use app::auth::signin_path;
use axum::{
    Extension,
    body::Body,
    extract::{Path, State},
    http::header,
    response::{IntoResponse as _, Redirect, Response},
};
use domain::{ErrorCode, ImportId};
use services::exports::{Exported, Turn};
use tokio::fs::File;
use tokio::io::{AsyncRead, ReadBuf};
use tokio_util::io::ReaderStream;

use super::Who;
use crate::{
    http::{
        attachment::{CSV, attached},
        problem::{Problem, known},
    },
    state::AppState,
};

const JSON_LINES: &str = "application/jsonl";
pub const ZIP: &str = "application/zip";

/// Which copy.
enum Wanted {
    Deals,
    Company,
    CompanyCsv,
    /// Of the import of that id, as it was asked.
    Faults(String),
}

/// `POST /c/:program/export/deals.csv`
pub async fn deals(
    State(state): State<AppState>,
    who: Who,
    Path(program): Path<String>,
) -> Result<Response, Problem> {
    taken(&state, who, &program, Wanted::Deals).await
}

/// `POST /c/:program/export/company.jsonl`
pub async fn company(
    State(state): State<AppState>,
    who: Who,
    Path(program): Path<String>,
) -> Result<Response, Problem> {
    taken(&state, who, &program, Wanted::Company).await
}

/// `POST /c/:program/export/company.zip`
pub async fn company_csv(
    State(state): State<AppState>,
    who: Who,
    Path(program): Path<String>,
) -> Result<Response, Problem> {
    taken(&state, who, &program, Wanted::CompanyCsv).await
}

/// `GET /c/:program/import/:import/faults.csv`
pub async fn faults(
    State(state): State<AppState>,
    who: Who,
    Path((program, import)): Path<(String, String)>,
) -> Result<Response, Problem> {
    taken(&state, who, &program, Wanted::Faults(import)).await
}

/// Whoever is signed out is led to the sign-in page first.
async fn taken(
    state: &AppState,
    who: Who,
    program: &str,
    wanted: Wanted,
) -> Result<Response, Problem> {
    let Some(Extension(who)) = who else {
        return Ok(to_sign_in(program));
    };
    let access = state.services.company(who.person.id, known(program)?);
    let access = access.await?;
    let (exported, kind) = match wanted {
        Wanted::Deals => (access.export_deals().await?, CSV),
        Wanted::Company => (access.export_company().await?, JSON_LINES),
        Wanted::CompanyCsv => (access.export_company_csv().await?, ZIP),
        Wanted::Faults(import) => {
            let unknown = |_| Problem::new(ErrorCode::NotFound);
            let import: ImportId = import.parse().map_err(unknown)?;
            (access.import_faults_csv(import).await?, CSV)
        }
    };
    Ok(copy(exported, kind))
}

/// And from there to the page that has the buttons.
fn to_sign_in(program: &str) -> Response {
    Redirect::to(&signin_path(&format!("/c/{program}/import"))).into_response()
}

/// A copy on its way. It is the company's turn until the last byte is read, or nobody reads on.
struct Sent {
    file: File,
    _turn: Turn,
}

impl AsyncRead for Sent {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.file).poll_read(context, buffer)
    }
}

fn copy(exported: Exported, kind: &'static str) -> Response {
    let sent = Sent {
        file: File::from_std(exported.file),
        _turn: exported.turn,
    };
    let body = Body::from_stream(ReaderStream::new(sent));
    let mut response = attached(body.into_response(), kind, &exported.name);
    let length = exported.bytes.into();
    response
        .headers_mut()
        .insert(header::CONTENT_LENGTH, length);
    response
}
