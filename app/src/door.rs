//! How a server function enters the house: who asks, and what they may reach. Server only.

use axum::http::header::{ACCEPT, COOKIE, SET_COOKIE, USER_AGENT};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, request::Parts};
use domain::people::Person;
use domain::views::{EndpointSecret, LinkView};
use domain::{CompanyId, EndpointId, ErrorCode, MembershipId, PartnerId, ProgramId, Timestamp};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use services::accounts::Origin;
use services::{CompanyAccess, CompanyTeam, PartnerAccess, PartnerTeam, Services, SignedIn};

use crate::error::ActionError;
use crate::locale::asked_locale;
use crate::request::ClientAddress;

pub fn services() -> Result<Services, ActionError> {
    use_context().ok_or_else(|| ActionError::new(ErrorCode::Internal))
}

/// Bytes of the largest file that the server takes.
#[derive(Debug, Clone, Copy)]
pub struct MaxUpload(pub u64);

pub fn max_upload() -> Result<u64, ActionError> {
    let max = use_context::<MaxUpload>();
    max.map(|max| max.0)
        .ok_or_else(|| ActionError::new(ErrorCode::Internal))
}

/// The value of the cookie of that name.
pub fn find_cookie<'a>(headers: &'a HeaderMap, cookie: &str) -> Option<&'a str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(name, value)| (name == cookie).then_some(value))
}

/// The request's session, if it has one that is still good.
pub fn signed_in_or_none() -> Option<SignedIn> {
    use_context::<Parts>()?
        .extensions
        .get::<SignedIn>()
        .cloned()
}

/// The request's session. Without one a page leads to the sign-in page and back, and an action is refused.
pub fn signed_in() -> Result<SignedIn, ActionError> {
    signed_in_or_none().ok_or_else(|| {
        let error = ActionError::new(ErrorCode::SignedOut);
        if let Some(parts) = use_context::<Parts>().filter(|parts| parts.method == Method::GET)
            && !parts.uri.path().starts_with("/api/")
        {
            leptos_axum::redirect(&crate::auth::signin_path(&parts.uri.to_string()));
        }
        error
    })
}

pub fn person() -> Result<Person, ActionError> {
    Ok(signed_in()?.person)
}

/// The signed-in person's access through a membership.
pub async fn partner(membership: MembershipId) -> Result<PartnerAccess, ActionError> {
    let person = person()?;
    let access = services()?.partner(person.id, membership).await?;
    Ok(access.in_locale(asked_locale()))
}

/// The signed-in person's access to a program of their own company.
pub async fn company(program: ProgramId) -> Result<CompanyAccess, ActionError> {
    let person = person()?;
    let access = services()?.company(person.id, program).await?;
    Ok(access.in_locale(asked_locale()))
}

/// The signed-in person's place in their own company.
pub async fn company_team(company: CompanyId) -> Result<CompanyTeam, ActionError> {
    let person = person()?;
    Ok(services()?.company_team(person.id, company).await?)
}

/// The signed-in person's place in their own partner team.
pub async fn partner_team(partner: PartnerId) -> Result<PartnerTeam, ActionError> {
    let person = person()?;
    Ok(services()?.partner_team(person.id, partner).await?)
}

/// From where the request comes, for limits and the list of sessions.
pub fn origin() -> Origin {
    let Some(parts) = use_context::<Parts>() else {
        return Origin::default();
    };
    let address = parts.extensions.get::<ClientAddress>();
    let agent = parts.headers.get(USER_AGENT).and_then(|v| v.to_str().ok());
    Origin {
        address: address
            .map(|address| address.0.to_string())
            .unwrap_or_default(),
        agent: agent.unwrap_or_default().to_owned(),
    }
}

/// The session's token that the browser sent, good or not.
pub fn session_token() -> Option<String> {
    let parts = use_context::<Parts>()?;
    crate::auth::session_token(&parts.headers).map(ToOwned::to_owned)
}

/// What the browser was given when somebody signed in there before.
pub fn device() -> Option<String> {
    let parts = use_context::<Parts>()?;
    find_cookie(&parts.headers, crate::auth::DEVICE_COOKIE).map(ToOwned::to_owned)
}

/// Leads a plain form post on to that page; a browser that runs the app gets the path as the answer and goes itself.
pub fn lead_to(path: String) -> String {
    if is_form_post() {
        leptos_axum::redirect(&path);
    }
    path
}

pub fn set_cookie(cookie: &str) {
    if let (Some(response), Ok(value)) = (
        use_context::<ResponseOptions>(),
        HeaderValue::from_str(cookie),
    ) {
        response.append_header(SET_COOKIE, value);
    }
}

/// A minute is enough for a browser to follow a redirect.
const REDIRECT_SECONDS: u32 = 60;

/// The `Set-Cookie` of what waits for the page behind a redirect. Its name begins with `__Host-`.
pub(crate) fn short_cookie(name: &str, value: &str, same_site: &str) -> String {
    written_cookie(name, value, same_site, REDIRECT_SECONDS)
}

/// The `Set-Cookie` that takes it away.
pub(crate) fn no_cookie(name: &str, same_site: &str) -> String {
    written_cookie(name, "", same_site, 0)
}

fn written_cookie(name: &str, value: &str, same_site: &str, seconds: u32) -> String {
    format!("{name}={value}; Path=/; HttpOnly; Secure; SameSite={same_site}; Max-Age={seconds}")
}

/// The id under which this request is logged.
pub fn request_id() -> Option<String> {
    let parts = use_context::<Parts>()?;
    let id = parts.headers.get("x-request-id")?.to_str().ok()?;
    Some(id.to_owned())
}

/// A plain form post is answered by a redirect that carries the error: its status must stay.
pub fn answer_status(status: u16) {
    if is_form_post() {
        return;
    }
    if let (Some(response), Ok(status)) = (
        use_context::<ResponseOptions>(),
        StatusCode::from_u16(status),
    ) {
        response.set_status(status);
    }
}

/// Whether a page without the app's help posted the form.
pub fn is_form_post() -> bool {
    use_context::<Parts>().is_some_and(|parts| {
        let accepts = parts.headers.get(ACCEPT).and_then(|v| v.to_str().ok());
        parts.method == Method::POST && accepts.is_some_and(|value| value.contains("text/html"))
    })
}

const LINK_COOKIE: &str = "__Host-dealboard-link";
/// In it: the link is on its way by mail, too.
const MAILED: &str = "mailed";

/// Gives a fresh link to the one who asked for it. A plain form post is answered by a redirect, so there the link waits
/// in a cookie for the page that follows; never in an address, which is logged.
pub fn hand_over(link: LinkView) -> LinkView {
    if is_form_post() {
        let mailed = if link.mailed { MAILED } else { "" };
        let value = format!("{}~{}~{mailed}", link.path, link.expires_at.0);
        set_cookie(&short_cookie(LINK_COOKIE, &value, "Strict"));
    }
    link
}

/// The link that waits for this page.
pub fn take_link() -> Option<LinkView> {
    let parts = use_context::<Parts>()?;
    let value = find_cookie(&parts.headers, LINK_COOKIE)?;
    set_cookie(&no_cookie(LINK_COOKIE, "Strict"));
    let mut parts = value.split('~');
    let (path, expires) = (parts.next()?, parts.next()?);
    is_link(path).then_some(LinkView {
        path: path.to_owned(),
        email: String::new(),
        expires_at: Timestamp(expires.parse().ok()?),
        mailed: parts.next() == Some(MAILED),
    })
}

const SECRET_COOKIE: &str = "__Host-dealboard-webhook";

/// Gives a fresh secret to the page of its endpoint, which follows; never in an address, which is logged.
pub fn hand_over_secret(made: &EndpointSecret) {
    let value = format!("{}~{}", made.endpoint, made.secret);
    set_cookie(&short_cookie(SECRET_COOKIE, &value, "Strict"));
}

/// The secret that waits for the page of that endpoint.
pub fn take_secret(endpoint: EndpointId) -> Option<String> {
    let parts = use_context::<Parts>()?;
    let (of, secret) = find_cookie(&parts.headers, SECRET_COOKIE)?.split_once('~')?;
    if of.parse() != Ok(endpoint) {
        return None;
    }
    set_cookie(&no_cookie(SECRET_COOKIE, "Strict"));
    Some(secret.to_owned())
}

/// Whether it is a path as invitations and resets have it: the page shows it as a link of ours.
fn is_link(path: &str) -> bool {
    let token = ["/invite/", "/reset/"]
        .iter()
        .find_map(|folder| path.strip_prefix(folder));
    token.is_some_and(|token| {
        token.len() == 64 && token.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_link_of_ours_is_shown() {
        let token = "0123456789abcdef".repeat(4);
        assert!(is_link(&format!("/invite/{token}")));
        assert!(is_link(&format!("/reset/{token}")));
        for path in [
            format!("//evil.example/invite/{token}"),
            format!("/invite/{token}0"),
            format!("/invite/../{token}"),
            format!("/elsewhere/{token}"),
            "/invite/".to_owned(),
        ] {
            assert!(!is_link(&path), "{path}");
        }
    }
}
