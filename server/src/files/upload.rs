use axum::{
    Extension, Json,
    extract::{Path, Request, State},
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use domain::{ErrorCode, FileId, MembershipId, forms::FieldKey};
use services::SignedIn;

use super::{
    form::parts,
    incoming::{Incoming, unread},
};
use crate::{http::problem::Problem, state::AppState};

/// `POST /upload/:membership/:submit_key/:field`: a multipart form whose part with a file name is the file. A script
/// gets the file's view; a plain form goes back to where it was sent from.
pub async fn upload(
    State(state): State<AppState>,
    signed_in: Option<Extension<SignedIn>>,
    Path((membership, submit_key, field)): Path<(String, String, String)>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Problem> {
    let Some(Extension(signed_in)) = signed_in else {
        return Err(Problem::new(ErrorCode::SignedOut));
    };
    let unknown = || Problem::new(ErrorCode::NotFound);
    let membership: MembershipId = membership.parse().map_err(|_| unknown())?;
    let field = FieldKey::parse(&field).map_err(|_| unknown())?;
    let access = state
        .services
        .partner(signed_in.person.id, membership)
        .await?;
    let limit = access.upload_limit(&submit_key, &field).await?;
    let limit = limit.min(state.config.max_upload as u64);

    let mut form = parts(request).await?;
    while let Some(part) = form.next_field().await.map_err(|error| unread(&error))? {
        if part.file_name().is_none_or(str::is_empty) {
            continue;
        }
        let id: FileId = state.services.id();
        let place = state.services.file_path(id);
        let (incoming, stored) = Incoming::write(part, id, &place, limit).await?;
        let view = incoming.attach(access, submit_key, field, stored).await?;
        return Ok(match form_page(&headers) {
            Some(page) => (StatusCode::SEE_OTHER, [(header::LOCATION, page)]).into_response(),
            None => (StatusCode::CREATED, Json(view)).into_response(),
        });
    }
    Err(Problem::new(ErrorCode::Malformed))
}

/// For a plain form: the page of ours that it was sent from.
fn form_page(headers: &HeaderMap) -> Option<String> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if !text(header::ACCEPT)?.contains("text/html") {
        return None;
    }
    let from: Uri = text(header::REFERER)?.parse().ok()?;
    let page = from.path_and_query()?.as_str();
    Some(app::auth::safe_return(page))
}
