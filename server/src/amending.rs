//! Answers that a partner changes after the approval: a plain form, posted to the address of the page that it stands on. What is
//! refused is shown on that page again with what was typed.

use app::{auth::signin_path, deals::RefusedAmendment, error::ActionError};
use axum::{
    Extension, Form,
    body::{Body, to_bytes},
    extract::{FromRequest as _, Path, Request, State},
    http::{StatusCode, request::Parts},
    response::{IntoResponse as _, Redirect, Response},
};
use domain::{
    DealId, ErrorCode, Locale, MembershipId, commands::AmendDeal, forms::RawAnswers,
    people::PartnerRight,
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

/// `POST /p/:membership/deals/:deal/change`
pub async fn change(
    State(state): State<AppState>,
    who: Option<Extension<SignedIn>>,
    Path((membership, deal)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Problem> {
    let Some(Extension(who)) = who else {
        return Ok(if wants_page(request.headers()) {
            Redirect::to(&signin_path(request.uri().path())).into_response()
        } else {
            Problem::new(ErrorCode::SignedOut).into_response()
        });
    };
    let (membership, deal): (MembershipId, DealId) = (known(&membership)?, known(&deal)?);
    let access = state.services.partner(who.person.id, membership).await?;
    access.require(PartnerRight::Register)?;
    let (parts, body) = request.into_parts();
    let mut posted = Posted::read(&state, Request::from_parts(parts.clone(), body)).await?;
    if let Some(locale) = posted.locale {
        let form = access.form_of(deal).await?;
        posted.answers = posted.answers.plainly(&form, locale);
    }
    if posted.update {
        return Ok(shown_again(&state, parts, posted, None).await);
    }
    let command = posted.command(deal)?;
    match access.amend_deal(command).await.map_err(Problem::from) {
        Ok(_) => Ok(Redirect::to(&format!("/p/{membership}/deals/{deal}")).into_response()),
        Err(problem) if wants_page(&parts.headers) && is_shown(&problem) => {
            Ok(shown_again(&state, parts, posted, Some(problem)).await)
        }
        Err(problem) => Err(problem),
    }
}

struct Posted {
    answers: RawAnswers,
    note: String,
    /// Of the deal when the page was made.
    version: Option<i64>,
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
        let note = find("_note").unwrap_or_default();
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
            note,
            version,
            update,
            locale,
        })
    }

    fn command(&self, deal: DealId) -> Result<AmendDeal, Problem> {
        let version = self.version;
        Ok(AmendDeal {
            deal,
            answers: self.answers.clone(),
            note: self.note.clone(),
            version: version.ok_or_else(|| Problem::new(ErrorCode::Malformed))?,
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
    posted: Posted,
    problem: Option<Problem>,
) -> Response {
    let status = problem.as_ref().map_or(StatusCode::OK, Problem::status);
    let refused = RefusedAmendment {
        page: parts.uri.path().to_owned(),
        answers: posted.answers,
        note: posted.note,
        version: posted.version,
        error: problem.map(|problem| ActionError(problem.0)),
    };
    let context = move || provide_context(refused.clone());
    page_again(state, parts, status, context).await
}

#[cfg(test)]
mod tests {
    use domain::forms::FieldKey;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn answers_and_what_the_page_says_besides_are_told_apart() {
        let pairs = [
            ("_version", "3"),
            ("_note", "They want more"),
            ("note", "An answer"),
        ];
        let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let posted = Posted::of(pairs.to_vec()).unwrap();
        let command = posted.command(DealId(Uuid::from_u128(1))).unwrap();
        assert_eq!(
            (command.version, command.note.as_str(), posted.update),
            (3, "They want more", false)
        );
        let key = FieldKey::parse("note").unwrap();
        assert_eq!(command.answers.first(&key), "An answer");
        let without = Posted::of(vec![("_update".to_owned(), "1".to_owned())]).unwrap();
        assert!(without.update && without.command(DealId(Uuid::from_u128(1))).is_err());
    }
}
