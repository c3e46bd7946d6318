//! How the person at hand writes numbers and days: what their browser asks for. The server writes the tag into `data-locale` of
//! the document, and the browser reads it there, so that the first render is the same on both sides.

use domain::Locale;
use leptos::prelude::*;

/// The attribute of the document that holds the tag.
#[cfg(not(feature = "ssr"))]
const MARK: &str = "data-locale";

/// For everything below.
pub fn provide_locale() {
    provide_context(asked_locale());
}

/// While a component is set up; whatever runs later takes it from there.
pub fn use_locale() -> Locale {
    use_context().unwrap_or_default()
}

/// The locale that the request asks for.
#[cfg(feature = "ssr")]
pub fn asked_locale() -> Locale {
    use axum::http::{header::ACCEPT_LANGUAGE, request::Parts};
    let asked = use_context::<Parts>().and_then(|parts| {
        let header = parts.headers.get(ACCEPT_LANGUAGE)?;
        header.to_str().ok().map(Locale::accepted)
    });
    asked.unwrap_or_default()
}

/// The locale that the page was written in.
#[cfg(not(feature = "ssr"))]
pub fn asked_locale() -> Locale {
    let root = document().document_element();
    let tag = root.and_then(|root| root.get_attribute(MARK));
    tag.and_then(|tag| Locale::of_tag(&tag)).unwrap_or_default()
}
