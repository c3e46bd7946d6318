//! The company's own answers about a deal: a plain form, posted to the address of the page that it stands on. What is refused
//! is shown on that page again with what was typed.

use app::{auth::signin_path, deals::RefusedAnswers, error::ActionError};
use axum::{
    Extension, Form,
    extract::{FromRequest as _, Path, Request, State},
    http::{StatusCode, request::Parts},
    response::{IntoResponse as _, Redirect, Response},
};
use domain::{
    DealId, ErrorCode, ProgramId, commands::SaveCompanyAnswers, forms::RawAnswers,
    people::CompanyRight,
};
use leptos::prelude::provide_context;
use services::SignedIn;

use crate::{
    http::{
        problem::{Problem, known},
        refusal::wants_page,
    },
    router::page_again,
    state::AppState,
};

/// `POST /c/:program/deals/:deal/own`
pub async fn save(
    State(state): State<AppState>,
    who: Option<Extension<SignedIn>>,
    Path((program, deal)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Problem> {
    let Some(Extension(who)) = who else {
        return Ok(if wants_page(request.headers()) {
            Redirect::to(&signin_path(request.uri().path())).into_response()
        } else {
            Problem::new(ErrorCode::SignedOut).into_response()
        });
    };
    let (program, deal): (ProgramId, DealId) = (known(&program)?, known(&deal)?);
    let access = state.services.company(who.person.id, program).await?;
    access.require(CompanyRight::Decide)?;
    let (parts, body) = request.into_parts();
    let posted = Posted::read(&state, Request::from_parts(parts.clone(), body)).await?;
    if posted.update {
        return Ok(shown_again(&state, parts, posted.answers, None).await);
    }
    let command = SaveCompanyAnswers {
        deal,
        answers: posted.answers.clone(),
        version: posted
            .version
            .ok_or_else(|| Problem::new(ErrorCode::Malformed))?,
    };
    match access
        .save_company_answers(command)
        .await
        .map_err(Problem::from)
    {
        Ok(_) => Ok(Redirect::to(&format!("/c/{program}/deals/{deal}")).into_response()),
        Err(problem) if wants_page(&parts.headers) && is_shown(&problem) => {
            Ok(shown_again(&state, parts, posted.answers, Some(problem)).await)
        }
        Err(problem) => Err(problem),
    }
}

struct Posted {
    answers: RawAnswers,
    /// Of the answers that were there when the page was made.
    version: Option<i64>,
    /// Only the questions are to be brought up to date.
    update: bool,
}

impl Posted {
    async fn read(state: &AppState, request: Request) -> Result<Self, Problem> {
        let Form(pairs) = Form::<Vec<(String, String)>>::from_request(request, state)
            .await
            .map_err(|_| Problem::new(ErrorCode::Malformed))?;
        let find = |name: &str| pairs.iter().find(|(own, _)| own == name);
        let version = find("_version").and_then(|(_, version)| version.parse().ok());
        let update = find("_update").is_some();
        let answers =
            RawAnswers::from_pairs(pairs).map_err(|_| Problem::new(ErrorCode::TooLarge))?;
        Ok(Self {
            answers,
            version,
            update,
        })
    }
}

/// What can be mended on the page itself, or sent again from there.
fn is_shown(problem: &Problem) -> bool {
    matches!(
        problem.0.code,
        ErrorCode::Invalid | ErrorCode::Conflict | ErrorCode::Busy
    )
}

async fn shown_again(
    state: &AppState,
    parts: Parts,
    answers: RawAnswers,
    problem: Option<Problem>,
) -> Response {
    let status = problem.as_ref().map_or(StatusCode::OK, Problem::status);
    let refused = RefusedAnswers {
        page: parts.uri.path().to_owned(),
        answers,
        error: problem.map(|problem| ActionError(problem.0)),
    };
    let context = move || provide_context(refused.clone());
    page_again(state, parts, status, context).await
}
