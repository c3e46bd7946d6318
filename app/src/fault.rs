//! What a plain form post was refused with. The answer to such a post is a redirect, and Leptos writes the error into
//! its address; there anybody could write it, and a link would put their words onto a page of ours. So the server moves
//! it into a cookie that only the page behind the redirect takes, and no page is made for an address that carries one.

use leptos::prelude::*;
use leptos::server::ServerActionError;
use leptos::server_fn::error::ServerFnUrlError;
use leptos_router::hooks::use_location;
use serde::{Deserialize, Serialize};

use crate::error::ActionError;

/// Where Leptos names the server function and puts the error.
pub const ACTION_KEY: &str = "__path";
pub const ERROR_KEY: &str = "__err";

/// A refused form post, on its way to the page that says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The page that follows.
    pub page: String,
    /// The server function that refused.
    pub action: String,
    /// The error, as Leptos writes it into addresses.
    pub error: String,
}

/// Gives the waiting fault to the actions of this page, on the server and in the browser alike: the cookie is the
/// server's alone, so the browser reads what the server has written into the page.
pub(crate) fn provide_fault() {
    let waiting = SharedValue::new(waiting).into_inner();
    if let Some(fault) = waiting {
        provide_context(ServerActionError::new(&fault.action, &fault.error));
        provide_context(fault);
    }
}

#[cfg(feature = "ssr")]
fn waiting() -> Option<Fault> {
    cookie::take()
}

#[cfg(not(feature = "ssr"))]
fn waiting() -> Option<Fault> {
    None
}

/// What the form post before this page was refused with.
pub(crate) fn posted_error() -> Option<ActionError> {
    let fault = use_context::<Fault>()?;
    // The context outlives the page when the app goes on to another one.
    let here = use_location().pathname.get_untracked();
    (here == fault.page).then(|| ServerFnUrlError::<ActionError>::decode_err(&fault.error))
}

#[cfg(feature = "ssr")]
pub mod cookie {
    use axum::http::Method;
    use axum::http::request::Parts;
    use leptos::prelude::use_context;
    use leptos::server_fn::error::ServerFnUrlError;

    use super::{ERROR_KEY, Fault};
    use crate::door;
    use crate::door::find_cookie;
    use crate::error::ActionError;

    /// `__Host-`: no other host, nor a page over plain HTTP, can put words into it.
    const COOKIE: &str = "__Host-dealboard-fault";
    /// A browser keeps 4,096 bytes of a cookie, its name and attributes included.
    const LONGEST: usize = 3_500;

    /// The `Set-Cookie` that carries the fault to its page; `None` if it is nothing that Leptos and we would write.
    pub fn written(fault: &Fault) -> Option<String> {
        let value = value(fault).or_else(|| value(&shortened(fault)?))?;
        Some(door::short_cookie(COOKIE, &value, "Lax"))
    }

    /// The fault that waits for this page; once.
    pub(super) fn take() -> Option<Fault> {
        let parts = use_context::<Parts>().filter(|parts| parts.method == Method::GET)?;
        let fault = read(find_cookie(&parts.headers, COOKIE)?)?;
        if fault.page != parts.uri.path() {
            return None;
        }
        door::set_cookie(&door::no_cookie(COOKIE, "Lax"));
        Some(fault)
    }

    fn value(fault: &Fault) -> Option<String> {
        let Fault {
            page,
            action,
            error,
        } = fault;
        let whole = [page, action].into_iter().all(|path| is_path(path)) && is_encoded(error);
        let value = format!("{page}~{action}~{error}");
        (whole && value.len() <= LONGEST).then_some(value)
    }

    fn read(value: &str) -> Option<Fault> {
        let mut parts = value.splitn(3, '~').map(ToOwned::to_owned);
        let (page, action, error) = (parts.next()?, parts.next()?, parts.next()?);
        let whole = is_path(&page) && is_path(&action) && is_encoded(&error);
        whole.then_some(Fault {
            page,
            action,
            error,
        })
    }

    /// The same with nothing but its code: better than no word at all.
    fn shortened(fault: &Fault) -> Option<Fault> {
        let error = ServerFnUrlError::<ActionError>::decode_err(&fault.error);
        let error = ServerFnUrlError::new(&fault.action, ActionError::new(error.code()));
        let address = error.to_url("http://localhost").ok()?;
        let pair = address.query_pairs().find(|(key, _)| key == ERROR_KEY)?;
        Some(Fault {
            error: pair.1.into_owned(),
            ..fault.clone()
        })
    }

    /// Our own paths are no more than this; all else could end a cookie.
    fn is_path(path: &str) -> bool {
        path.starts_with('/')
            && path
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_'))
    }

    /// Base64 for addresses.
    fn is_encoded(text: &str) -> bool {
        text.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'='))
    }

    #[cfg(test)]
    mod tests {
        use domain::{AppError, ErrorCode};

        use super::*;
        use crate::fault::ACTION_KEY;

        fn fault(page: &str, error: AppError) -> Fault {
            let address = ServerFnUrlError::new("/api/sign_in", ActionError(error))
                .to_url("http://localhost")
                .unwrap();
            let pair = |name: &str| {
                let found = address.query_pairs().find(|(key, _)| key == name);
                found.unwrap().1.into_owned()
            };
            Fault {
                page: page.to_owned(),
                action: pair(ACTION_KEY),
                error: pair(ERROR_KEY),
            }
        }

        fn decoded(fault: &Fault) -> ActionError {
            ServerFnUrlError::decode_err(&fault.error)
        }

        #[test]
        fn a_fault_survives_the_redirect() {
            let fault = fault("/signin", AppError::input("email", "Enter an address"));
            let cookie = written(&fault).unwrap();
            let (pair, attributes) = cookie.split_once(';').unwrap();
            assert_eq!(
                attributes,
                " Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=60"
            );
            let (_, value) = pair.split_once('=').unwrap();
            assert_eq!(read(value), Some(fault.clone()));
            assert_eq!(
                decoded(&fault).input_text("email").as_deref(),
                Some("Enter an address")
            );
        }

        #[test]
        fn a_fault_too_long_for_a_cookie_keeps_its_code() {
            let long = fault("/signin", AppError::input("email", &"x".repeat(5_000)));
            let cookie = written(&long).unwrap();
            assert!(cookie.len() < 500);
            let value = cookie.split_once(';').unwrap().0.split_once('=').unwrap().1;
            let short = decoded(&read(value).unwrap());
            assert_eq!(
                (short.code(), &short.0.why),
                (ErrorCode::Invalid, &None::<domain::errors::Why>)
            );
        }

        #[test]
        fn nothing_strange_gets_into_a_cookie_or_out_of_one() {
            for page in ["/a;b", "//", "signin", "/a b", "/a~b", "/é"] {
                let strange = fault(page, AppError::new(ErrorCode::Busy));
                assert_eq!(written(&strange).is_some(), page == "//", "{page}");
            }
            for value in ["", "/signin", "/signin~/api/x", "/a~/b~<b>", "x~/b~YQ=="] {
                assert_eq!(read(value), None, "{value}");
            }
        }
    }
}
