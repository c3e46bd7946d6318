//! The registration form before the app is awake, or without it: a plain post that leads on to a page. Nothing typed is
//! lost: what cannot be sent becomes the draft, and the page shows it again with its errors.

mod posted;

use app::{auth::signin_path, deals::paths};
use axum::{
    Extension,
    extract::{Path, Request, State},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use domain::{
    DealId, ErrorCode, MembershipId,
    commands::{KeepDraft, ResubmitDeal, SaveDraft, SubmitDeal},
    errors::ConflictView,
    forms::RawAnswers,
};
use services::{PartnerAccess, ServiceError, SignedIn};

use self::posted::Posted;
use crate::{
    http::problem::{Problem, known},
    state::AppState,
};

/// Where the error summary takes the focus.
const ERRORS: &str = "#error-summary";

/// `POST /p/:membership/deals`: registers the deal.
pub async fn register(
    State(state): State<AppState>,
    signed_in: Option<Extension<SignedIn>>,
    Path(membership): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let membership: MembershipId = known(&membership)?;
    let signin = signin_path(&paths::register(membership));
    let Some(access) = enter(&state, signed_in.as_ref(), membership).await? else {
        return Ok(lead(&signin));
    };
    let posted = Posted::read(&state, &access, request).await?;
    // A body may take its time: who may enter is asked again.
    let Some(access) = enter(&state, signed_in.as_ref(), membership).await? else {
        return Ok(lead(&signin));
    };
    if posted.keep {
        return keep_for_later(&access, &posted).await;
    }
    let form = paths::draft(membership, &posted.key);
    if let Some(page) = &posted.page {
        keep(&access, &posted).await?;
        let page = paths::draft_page(membership, &posted.key, page);
        return Ok(lead(&format!("{page}&check=1{ERRORS}")));
    }
    if posted.update || posted.remove.is_some() {
        keep(&access, &posted).await?;
        let at = posted.at.as_ref();
        let page = at.map(|at| paths::draft_page(membership, &posted.key, at));
        return Ok(lead_to(page.as_ref().unwrap_or(&form), &posted));
    }
    let command = SubmitDeal {
        submit_key: posted.key.clone(),
        form_version: posted
            .form
            .ok_or_else(|| Problem::new(ErrorCode::Malformed))?,
        answers: posted.answers()?,
    };
    match access.submit_draft(command, posted.seen).await {
        Ok(deal) => Ok(lead(&paths::registered(membership, deal))),
        Err(ServiceError::Fields(_)) => {
            keep(&access, &posted).await?;
            Ok(lead(&format!("{form}&check=1{ERRORS}")))
        }
        // What others typed is in the draft beside it; who sends it is to see it first.
        Err(error @ ServiceError::Conflict(_)) => {
            keep(&access, &posted).await?;
            Err(error.into())
        }
        Err(error) => {
            keep_refused(&access, &posted, &error).await?;
            refused(error, &form)
        }
    }
}

/// `POST /p/:membership/deals/:deal/answer`: answers the company's questions.
pub async fn answer(
    State(state): State<AppState>,
    signed_in: Option<Extension<SignedIn>>,
    Path((membership, deal)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Problem> {
    let (membership, deal): (MembershipId, DealId) = (known(&membership)?, known(&deal)?);
    let form = paths::answer(membership, deal);
    let Some(access) = enter(&state, signed_in.as_ref(), membership).await? else {
        return Ok(lead(&signin_path(&form)));
    };
    let posted = Posted::read(&state, &access, request).await?;
    let Some(access) = enter(&state, signed_in.as_ref(), membership).await? else {
        return Ok(lead(&signin_path(&form)));
    };
    if posted.keep {
        return keep_for_later(&access, &posted).await;
    }
    if posted.update || posted.remove.is_some() {
        keep(&access, &posted).await?;
        return Ok(lead_to(&form, &posted));
    }
    let command = ResubmitDeal {
        deal,
        answers: posted.answers()?,
        note: posted.note.clone(),
        version: posted
            .version
            .ok_or_else(|| Problem::new(ErrorCode::Malformed))?,
    };
    let version = command.version;
    match access.resubmit_shared(command, posted.known()).await {
        Ok(_) => Ok(lead(&paths::deal(membership, deal))),
        // The deal is as it was: what others typed is in the answer beside it, and who sends it is to see it first.
        Err(ServiceError::Conflict(view)) if view.current_version == version => {
            keep(&access, &posted).await?;
            Err(ServiceError::Conflict(view).into())
        }
        Err(ServiceError::Fields(_)) => {
            keep(&access, &posted).await?;
            Ok(lead(&format!("{form}?check=1{ERRORS}")))
        }
        // The note is none of the form's fields: its fault is said here.
        Err(error @ ServiceError::Invalid(_)) => {
            keep(&access, &posted).await?;
            Err(error.into())
        }
        Err(error) => {
            keep_refused(&access, &posted, &error).await?;
            refused(error, &paths::deal(membership, deal))
        }
    }
}

/// The person's access; `None` for somebody who is signed out.
async fn enter(
    state: &AppState,
    signed_in: Option<&Extension<SignedIn>>,
    membership: MembershipId,
) -> Result<Option<PartnerAccess>, Problem> {
    let Some(Extension(signed_in)) = signed_in else {
        return Ok(None);
    };
    let access = state
        .services
        .partner(signed_in.person.id, membership)
        .await?;
    Ok(Some(access))
}

/// What was typed becomes the draft.
async fn keep(access: &PartnerAccess, posted: &Posted) -> Result<(), Problem> {
    let mut answers = posted.answers()?;
    if posted.update || posted.page.is_some() {
        answers = access.follow_defaults(&posted.key, answers).await?;
    }
    let deal = save(access, posted, answers).await?;
    let Some(file) = posted.remove else {
        return Ok(());
    };
    match access.remove_file(deal, file).await {
        // Of a deal that was registered before, the file stays in the history; only the answer loses it.
        Ok(()) | Err(ServiceError::Rule(_) | ServiceError::NotFound) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Beside what others of the team saved since the page was made. Where they answered the same question otherwise, theirs stays,
/// and who comes too late is told so.
async fn save(
    access: &PartnerAccess,
    posted: &Posted,
    answers: RawAnswers,
) -> Result<DealId, ServiceError> {
    let submit_key = posted.key.clone();
    let Some(version) = posted.seen else {
        let command = SaveDraft {
            submit_key,
            answers,
        };
        return Ok(access.save_draft(command).await?.0);
    };
    let command = KeepDraft {
        submit_key,
        answers,
        base: posted.base(),
        version,
        plain: !posted.keep,
    };
    let kept = access.keep_draft(command).await?;
    match kept.merged.filter(|merged| !merged.both.is_empty()) {
        // Nobody waits for the answer of a page that is left; its browser keeps what it typed.
        Some(merged) if !posted.keep => Err(ServiceError::Conflict(ConflictView {
            current_version: kept.version,
            who: merged.who,
            at: merged.at,
            what: "answered the same question in this draft".to_owned(),
        })),
        _ => Ok(kept.deal),
    }
}

/// Nobody waits for the answer.
async fn keep_for_later(access: &PartnerAccess, posted: &Posted) -> Result<Response, Problem> {
    keep(access, posted).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// What was typed is kept when the company refuses it or somebody else was first, as long as it is still to be sent.
async fn keep_refused(
    access: &PartnerAccess,
    posted: &Posted,
    error: &ServiceError,
) -> Result<(), Problem> {
    if !is_refusal(error) {
        return Ok(());
    }
    match save(access, posted, posted.answers()?).await {
        Ok(_) => Ok(()),
        // Registered meanwhile, or never begun and nothing may begin now: there is nothing to keep it in.
        Err(error) if is_refusal(&error) || matches!(error, ServiceError::NotFound) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

fn is_refusal(error: &ServiceError) -> bool {
    matches!(
        error,
        ServiceError::Rule(_) | ServiceError::Stale | ServiceError::Conflict(_)
    )
}

/// A refusal that the page itself explains is left to the page; a fault is said here.
fn refused(error: ServiceError, page: &str) -> Result<Response, Problem> {
    if is_refusal(&error) {
        Ok(lead(page))
    } else {
        Err(error.into())
    }
}

/// To the row that was added, if one was.
fn lead_to(page: &str, posted: &Posted) -> Response {
    match &posted.add_row {
        Some(cell) => lead(&format!("{page}#{cell}")),
        None => lead(page),
    }
}

fn lead(path: &str) -> Response {
    Redirect::to(path).into_response()
}
