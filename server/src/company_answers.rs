//! What the company answers about a deal: a plain form, posted to the address of the page that it stands on. What is refused
//! is shown on that page again with what was typed.

use app::{auth::signin_path, deals::RefusedAnswers, error::ActionError};
use axum::{
    Extension, Form,
    body::{Body, to_bytes},
    extract::{FromRequest as _, Path, Request, State},
    http::{StatusCode, request::Parts},
    response::{IntoResponse as _, Redirect, Response},
};
use domain::{
    DealId, ErrorCode, Locale, ProgramId, commands::SaveCompanyAnswers, forms::RawAnswers,
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
    let mut posted = Posted::read(&state, Request::from_parts(parts.clone(), body)).await?;
    if let Some(locale) = posted.locale {
        let form = access.form_of(deal).await?;
        posted.answers = posted.answers.plainly(&form, locale);
    }
    if posted.update {
        return Ok(shown_again(&state, parts, posted.answers, None).await);
    }
    let command = SaveCompanyAnswers {
        deal,
        answers: posted.answers.clone(),
        version: posted
            .version
            .ok_or_else(|| Problem::new(ErrorCode::Malformed))?,
        deal_version: posted.deal_version,
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
    /// Of the deal, where the page has answers that both sides see.
    deal_version: i64,
    /// Only the questions are to be brought up to date.
    update: bool,
    /// How its numbers and days are written; plainly, where the page does not say.
    locale: Option<Locale>,
}

impl Posted {
    async fn read(state: &AppState, request: Request) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        // No file comes with it.
        let body = to_bytes(body, state.config.max_body)
            .await
            .map_err(|_| Problem::new(ErrorCode::TooLarge))?;
        let request = Request::from_parts(parts, Body::from(body));
        let Form(pairs) = Form::<Vec<(String, String)>>::from_request(request, state)
            .await
            .map_err(|_| Problem::new(ErrorCode::Malformed))?;
        Self::of(pairs)
    }

    fn of(pairs: Vec<(String, String)>) -> Result<Self, Problem> {
        let find = |name: &str| {
            let found = pairs.iter().find(|(own, _)| own == name);
            found.map(|(_, value)| value.clone())
        };
        let version = find("_version").and_then(|version| version.parse().ok());
        let locale = find("_locale").and_then(|tag| Locale::of_tag(&tag));
        let deal_version = find("_deal_version").and_then(|version| version.parse().ok());
        let (added, removed) = (find("_add"), find("_remove"));
        let update = added.is_some() || removed.is_some() || find("_update").is_some();
        let mut answers =
            RawAnswers::from_pairs(pairs).map_err(|_| Problem::new(ErrorCode::TooLarge))?;
        if let Some(cell) = added {
            answers.add_row(&cell);
        }
        if let Some(row) = removed {
            answers.remove_row(&row);
        }
        Ok(Self {
            answers,
            version,
            deal_version: deal_version.unwrap_or_default(),
            update,
            locale,
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

#[cfg(test)]
mod tests {
    use domain::forms::FieldKey;

    use super::*;

    fn posted(more: (&str, &str)) -> Posted {
        let pairs = [("_version", "3"), ("people.0.name", "Ada"), more];
        let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
        Posted::of(pairs.to_vec()).unwrap()
    }

    #[test]
    fn a_row_that_is_added_or_taken_out_is_no_save() {
        let key = FieldKey::parse("people").unwrap();
        let rows = |posted: &Posted| -> Vec<u16> {
            posted.answers.row_numbers(&key).into_iter().collect()
        };
        let saved = posted(("verdict", "Large"));
        let numbers = rows(&saved);
        assert_eq!(
            (saved.update, saved.version, numbers),
            (false, Some(3), vec![0])
        );
        let added = posted(("_add", "people.1.name"));
        let numbers = rows(&added);
        assert_eq!((added.update, numbers), (true, vec![0, 1]));
        let removed = posted(("_remove", "people.0"));
        let numbers = rows(&removed);
        assert_eq!((removed.update, numbers), (true, vec![]));
        assert!(posted(("_update", "1")).update);
    }
}
