//! Messages and internal notes on their way in: a form with files, posted to the address of the page that it stands on,
//! by the app or without it. What is refused is shown on that page again with what was typed.

mod posted;

use app::{
    auth::signin_path,
    error::ActionError,
    thread::{Accepted, Refused},
};
use axum::{
    Extension, Json,
    extract::{Path, Request, State},
    http::{StatusCode, request::Parts},
    response::{IntoResponse as _, Redirect, Response},
};
use domain::{
    AppError, DealId, ErrorCode, MembershipId, MessageId, ProgramId,
    messages::About,
    people::{CompanyRight, PartnerRight},
};
use leptos::prelude::provide_context;
use services::{CompanyAccess, PartnerAccess, ServiceError, SignedIn};

use self::posted::Posted;
use crate::{
    files::hand_over,
    http::{
        problem::{Problem, known},
        refusal::wants_page,
    },
    router::page_again,
    state::AppState,
};

type Who = Option<Extension<SignedIn>>;

/// The page that a form stands on, as its address names it.
enum Place {
    Partner(MembershipId, Option<DealId>),
    Company(ProgramId, About),
}

/// Who writes, and in which thread.
enum Sender {
    Partner(PartnerAccess, Option<DealId>),
    Company(CompanyAccess, About),
}

/// `POST /p/:membership/messages`
pub async fn of_partner(
    State(state): State<AppState>,
    who: Who,
    Path(membership): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let place = known(&membership).map(|membership| Place::Partner(membership, None));
    answer(&state, who, place, request).await
}

/// `POST /p/:membership/deals/:deal`
pub async fn of_partner_deal(
    State(state): State<AppState>,
    who: Who,
    Path((membership, deal)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Problem> {
    let place = both_known(&membership, &deal);
    let place = place.map(|(membership, deal)| Place::Partner(membership, Some(deal)));
    answer(&state, who, place, request).await
}

/// `POST /c/:program/messages/:membership`
pub async fn of_company(
    State(state): State<AppState>,
    who: Who,
    Path((program, membership)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Problem> {
    let place = both_known(&program, &membership);
    let place = place.map(|(program, of)| Place::Company(program, About::Partner(of)));
    answer(&state, who, place, request).await
}

/// `POST /c/:program/deals/:deal`
pub async fn of_company_deal(
    State(state): State<AppState>,
    who: Who,
    Path((program, deal)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Problem> {
    let place = both_known(&program, &deal);
    let place = place.map(|(program, deal)| Place::Company(program, About::Deal(deal)));
    answer(&state, who, place, request).await
}

/// What all of them do: whoever is signed out signs in first, whatever the address names.
async fn answer(
    state: &AppState,
    who: Who,
    place: Result<Place, Problem>,
    request: Request,
) -> Result<Response, Problem> {
    let Some(Extension(who)) = who else {
        return Ok(to_sign_in(&request));
    };
    let (services, user) = (&state.services, who.person.id);
    let sender = match place? {
        Place::Partner(membership, deal) => {
            Sender::Partner(services.partner(user, membership).await?, deal)
        }
        Place::Company(program, about) => {
            Sender::Company(services.company(user, program).await?, about)
        }
    };
    take(state, sender, request).await
}

impl Sender {
    /// Asked before a body is read.
    fn may_write(&self) -> Result<(), ServiceError> {
        match self {
            Self::Partner(access, _) => access.require(PartnerRight::WriteMessages),
            Self::Company(access, _) => access.require(CompanyRight::WriteMessages),
        }
    }

    /// Gives the id of what was written. For a partner there is no other kind than a message.
    async fn write(self, posted: Posted) -> Result<String, ServiceError> {
        let (command, files) = (posted.command, posted.stored);
        let incoming = posted.incoming;
        match self {
            Self::Partner(access, deal) => {
                let write = async move { access.send_message(deal, command, files).await };
                hand_over(incoming, write).await.map(|id| id.to_string())
            }
            Self::Company(access, about) if posted.is_note => {
                let write = async move { access.write_note(about, command, files).await };
                hand_over(incoming, write).await.map(|id| id.to_string())
            }
            Self::Company(access, about) => {
                let write = async move { access.send_message(about, command, files).await };
                hand_over(incoming, write).await.map(|id| id.to_string())
            }
        }
    }
}

async fn take(state: &AppState, sender: Sender, request: Request) -> Result<Response, Problem> {
    sender.may_write()?;
    let (parts, body) = request.into_parts();
    let is_form = wants_page(&parts.headers);
    let mut posted = Posted::default();
    let read = posted
        .read(state, Request::from_parts(parts.clone(), body))
        .await;
    let (is_note, text) = (posted.is_note, posted.command.text.clone());
    let written = match read {
        Ok(()) => sender.write(posted).await.map_err(Problem::from),
        Err(problem) => Err(problem),
    };
    match written {
        Ok(entry) if is_form => {
            let page = format!("{}#{entry}", parts.uri.path());
            Ok(Redirect::to(&page).into_response())
        }
        Ok(entry) => {
            let key = state.services.id::<MessageId>().to_string();
            Ok((StatusCode::CREATED, Json(Accepted { entry, key })).into_response())
        }
        Err(problem) if is_form && is_shown(&problem.0) => {
            Ok(shown_again(state, parts, is_note, &text, problem).await)
        }
        Err(problem) => Err(problem),
    }
}

/// What the writer can mend on the page itself, or send again from there. All else is said on a page of its own:
/// `http::refusal`.
fn is_shown(error: &AppError) -> bool {
    matches!(
        error.code,
        ErrorCode::Invalid
            | ErrorCode::Rule
            | ErrorCode::Conflict
            | ErrorCode::TooLarge
            | ErrorCode::Busy
    )
}

/// The page with what was typed and what is wrong with it.
async fn shown_again(
    state: &AppState,
    parts: Parts,
    is_note: bool,
    text: &str,
    problem: Problem,
) -> Response {
    let status = problem.status();
    let refused = Refused {
        page: parts.uri.path().to_owned(),
        is_note,
        // A control character cannot stand in a page.
        text: text
            .chars()
            .filter(|letter| !letter.is_control() || matches!(letter, '\n' | '\t'))
            .collect(),
        error: ActionError(problem.0),
    };
    let context = move || provide_context(refused.clone());
    page_again(state, parts, status, context).await
}

/// Back to the page after signing in: what was typed is gone, as its session is.
fn to_sign_in(request: &Request) -> Response {
    if wants_page(request.headers()) {
        Redirect::to(&signin_path(request.uri().path())).into_response()
    } else {
        Problem::new(ErrorCode::SignedOut).into_response()
    }
}

fn both_known<A, B>(first: &str, second: &str) -> Result<(A, B), Problem>
where
    A: std::str::FromStr,
    B: std::str::FromStr,
{
    Ok((known(first)?, known(second)?))
}
