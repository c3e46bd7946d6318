//! What was typed into a plain form that was refused: its page is made anew and shows it again.

use domain::commands::SaveEndpoint;

/// What waits for this page. The browser has it from the server, with all else that the page was made from.
#[cfg(feature = "ssr")]
pub fn typed_before() -> Option<SaveEndpoint> {
    cookie::take()
}

#[cfg(not(feature = "ssr"))]
pub fn typed_before() -> Option<SaveEndpoint> {
    None
}

/// The answer to a plain form post is a redirect, so it waits in a cookie; never in an address, which is logged: what was
/// typed is an address itself, and may hold what is secret.
#[cfg(feature = "ssr")]
pub mod cookie {
    use axum::http::Method;
    use axum::http::request::Parts;
    use domain::ErrorCode;
    use domain::commands::SaveEndpoint;
    use leptos::prelude::use_context;
    use leptos_router::location::Url;
    use services::ServiceError;

    use crate::door;
    use crate::error::ActionError;

    const COOKIE: &str = "__Host-dealboard-endpoint";
    /// A browser keeps 4,096 bytes of a cookie, its name and attributes included. What is longer is not kept.
    const LONGEST: usize = 3_500;

    /// Keeps what was typed for the form's page where that was refused. Where somebody else was first the page shows what
    /// they made of it.
    pub fn kept<T>(
        outcome: Result<T, ServiceError>,
        page: &str,
        typed: &SaveEndpoint,
    ) -> Result<T, ActionError> {
        let outcome = outcome.map_err(ActionError::from);
        let refused = outcome.as_ref().err().map(ActionError::code);
        if refused.is_some_and(|code| code != ErrorCode::Conflict)
            && door::is_form_post()
            && let Some(value) = written(page, typed)
        {
            door::set_cookie(&door::short_cookie(COOKIE, &value, "Strict"));
        }
        outcome
    }

    /// What waits for this page; once.
    pub(super) fn take() -> Option<SaveEndpoint> {
        let parts = use_context::<Parts>().filter(|parts| parts.method == Method::GET)?;
        let (page, typed) = read(door::find_cookie(&parts.headers, COOKIE)?)?;
        if page != parts.uri.path() {
            return None;
        }
        door::set_cookie(&door::no_cookie(COOKIE, "Strict"));
        Some(typed)
    }

    fn written(page: &str, typed: &SaveEndpoint) -> Option<String> {
        let typed = serde_json::to_string(typed).ok()?;
        let value = format!("{page}~{}", Url::escape(&typed));
        (value.len() <= LONGEST).then_some(value)
    }

    fn read(value: &str) -> Option<(&str, SaveEndpoint)> {
        let (page, typed) = value.split_once('~')?;
        let typed = serde_json::from_str(&Url::unescape(typed)).ok()?;
        Some((page, typed))
    }

    #[cfg(test)]
    mod tests {
        use domain::webhooks::{EventPicker, WebhookEvent};

        use super::*;

        fn typed(url: &str) -> SaveEndpoint {
            SaveEndpoint {
                url: url.to_owned(),
                description: "Büro; \"CRM\", 100 %".to_owned(),
                events: EventPicker::Only([WebhookEvent::Lost, WebhookEvent::Approved].into()),
            }
        }

        #[test]
        fn what_was_typed_survives_the_redirect() {
            let page = "/company/comp_1/webhooks/new";
            let typed = typed("http://a.example/x?a=b~c&d=%20 é");
            let value = written(page, &typed).unwrap();
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/_%~".contains(&byte);
            assert!(value.bytes().all(plain), "{value}");
            assert_eq!(read(&value), Some((page, typed)));
        }

        #[test]
        fn what_no_browser_would_keep_is_not_written_and_nonsense_not_read() {
            let long = "x".repeat(LONGEST);
            assert_eq!(written("/page", &typed(&long)), None);
            for value in ["", "/page", "/page~", "/page~%7B%7D", "/page~%FF"] {
                assert_eq!(read(value), None, "{value}");
            }
        }
    }
}
