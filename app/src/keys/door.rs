//! A fresh key on its way to the page that shows it. Server only.

use axum::http::request::Parts;
use domain::keys::FreshKey;
use leptos::prelude::use_context;

use crate::door::{find_cookie, is_form_post, no_cookie, set_cookie, short_cookie};

const KEY_COOKIE: &str = "__Host-dealboard-key";

/// Gives a fresh key to the one who made it. A plain form post is answered by a redirect, so there the key waits in a
/// cookie for the page that follows; never in an address, which is logged.
pub(super) fn hand_over(key: FreshKey) -> FreshKey {
    if is_form_post() {
        set_cookie(&short_cookie(KEY_COOKIE, &key.token, "Strict"));
    }
    key
}

/// The key that waits for this page.
pub(super) fn take() -> Option<FreshKey> {
    let parts = use_context::<Parts>()?;
    let token = find_cookie(&parts.headers, KEY_COOKIE)?;
    set_cookie(&no_cookie(KEY_COOKIE, "Strict"));
    is_key(token).then(|| FreshKey {
        name: String::new(),
        token: token.to_owned(),
    })
}

/// Whether it looks like a key: the page shows it as one of ours.
fn is_key(token: &str) -> bool {
    token.strip_prefix("dbk_").is_some_and(|random| {
        random.len() == 64 && random.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_key_of_ours_is_shown() {
        let random = "0123456789abcdef".repeat(4);
        assert!(is_key(&format!("dbk_{random}")));
        for token in [
            random.clone(),
            format!("dbk_{random}0"),
            format!("dbk_{}<", &random[1..]),
        ] {
            assert!(!is_key(&token), "{token}");
        }
    }
}
