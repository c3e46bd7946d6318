//! The document's title. `leptos_meta` writes it into the page's head as it stands, and a title may hold a customer's
//! name as another tenant typed it: so on the server it is escaped here. In the browser it is plain text.

use std::borrow::Cow;

const SUFFIX: &str = " - Dealboard";

/// The title of that page, as `leptos_meta` is to write it.
pub fn written(page: &str) -> String {
    let page = if cfg!(feature = "ssr") {
        escaped(page)
    } else {
        Cow::Borrowed(page)
    };
    if page.is_empty() {
        "Dealboard".to_owned()
    } else {
        format!("{page}{SUFFIX}")
    }
}

/// The page's name as the document has it already. While the page's own part of the app is on its way, the app would
/// else take the title that the server wrote away. On the server there is none yet.
pub fn of_document() -> String {
    if cfg!(feature = "ssr") {
        String::new()
    } else {
        let title = leptos::prelude::document().title();
        title
            .strip_suffix(SUFFIX)
            .map(ToOwned::to_owned)
            .unwrap_or_default()
    }
}

/// As the text of an element.
fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>']) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            other => escaped.push(other),
        }
    }
    Cow::Owned(escaped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_end_the_title() {
        assert_eq!(
            escaped("</title><meta http-equiv=refresh content='0;url=//evil'>"),
            "&lt;/title&gt;&lt;meta http-equiv=refresh content='0;url=//evil'&gt;"
        );
        assert_eq!(escaped("Hale & Moss &lt;"), "Hale &amp; Moss &amp;lt;");
        assert_eq!(escaped("Größe \"Nord\""), "Größe \"Nord\"");
    }

    #[test]
    fn every_page_names_the_product() {
        assert_eq!(written(""), "Dealboard");
        assert_eq!(written("Deals"), "Deals - Dealboard");
        let name = written("Hale & Moss");
        let expected = if cfg!(feature = "ssr") {
            "Hale &amp; Moss - Dealboard"
        } else {
            "Hale & Moss - Dealboard"
        };
        assert_eq!(name, expected);
    }
}
