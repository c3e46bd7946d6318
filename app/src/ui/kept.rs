//! Small choices that a browser keeps in cookies: tastes, not secrets. For a year, for this site, for top-level visits.

use leptos::prelude::document;
use wasm_bindgen::JsCast;

const A_YEAR: u32 = 31_536_000;

/// Keeps it; a browser without cookies forgets it with the page. The value has no `;` and no spaces.
pub fn keep_cookie(name: &str, value: &str) {
    if let Some(page) = document().dyn_ref::<web_sys::HtmlDocument>() {
        let _ = page.set_cookie(&format!(
            "{name}={value}; Path=/; Max-Age={A_YEAR}; SameSite=Lax"
        ));
    }
}

/// What was kept under that name.
pub fn kept_cookie(name: &str) -> Option<String> {
    let header = document()
        .dyn_ref::<web_sys::HtmlDocument>()?
        .cookie()
        .ok()?;
    find(&header, name).map(ToOwned::to_owned)
}

/// The value of that name in a `Cookie` header.
pub fn find<'h>(header: &'h str, name: &str) -> Option<&'h str> {
    header
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(known, value)| (known == name).then_some(value))
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn a_cookie_is_found_by_its_whole_name() {
        assert_eq!(
            find("a=b; program=/p/mem_1; c=d", "program"),
            Some("/p/mem_1")
        );
        assert_eq!(find("my-program=x", "program"), None);
        assert_eq!(find("", "program"), None);
    }
}
