//! Light, dark, or as the system says. Kept in the cookie `theme`, so that the server writes `data-theme` into the first
//! byte of the page and nothing flashes.

use leptos::prelude::*;

use crate::ui::{find_cookie, keep_cookie, use_ready};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    System,
    Light,
    Dark,
}

impl Theme {
    const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    pub fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::System => "System",
            Self::Light => "Light",
            Self::Dark => "Dark",
        }
    }

    /// From a `Cookie` header; what it does not know is the system's choice.
    pub fn from_cookies(header: &str) -> Self {
        let value = find_cookie(header, "theme");
        Self::ALL
            .into_iter()
            .find(|theme| Some(theme.word()) == value)
            .unwrap_or(Self::System)
    }
}

/// The choice that the request carries. On the server only; in the browser the page already has it.
pub fn chosen_theme() -> Theme {
    #[cfg(feature = "ssr")]
    {
        let cookies = use_context::<axum::http::request::Parts>().and_then(|parts| {
            let header = parts.headers.get(axum::http::header::COOKIE)?;
            header.to_str().ok().map(Theme::from_cookies)
        });
        cookies.unwrap_or(Theme::System)
    }
    #[cfg(not(feature = "ssr"))]
    Theme::System
}

/// Three buttons; they need wasm, and are shown once it is there.
#[component]
pub fn ThemeChoices() -> impl IntoView {
    let chosen = RwSignal::new(Theme::System);
    let ready = use_ready();
    Effect::new(move |_| {
        let root = document().document_element();
        let present = root
            .and_then(|root| root.get_attribute("data-theme"))
            .unwrap_or_default();
        chosen.set(Theme::from_cookies(&format!("theme={present}")));
    });
    let choices = Theme::ALL.map(|theme| {
        view! {
            <button
                class="segments__item"
                type="button"
                aria-pressed=move || if chosen.get() == theme { "true" } else { "false" }
                on:click=move |_| {
                    chosen.set(theme);
                    keep(theme);
                }
            >
                {theme.label()}
            </button>
        }
    });
    view! {
        <div class="theme-choices" hidden=move || ready().is_none()>
            <p class="menu__heading" id="theme-heading">"Appearance"</p>
            <div class="segments" role="group" aria-labelledby="theme-heading">{choices.into_iter().collect_view()}</div>
        </div>
    }
}

fn keep(theme: Theme) {
    if let Some(root) = document().document_element() {
        // Refused only for an invalid name, which `data-theme` is not.
        let _ = root.set_attribute("data-theme", theme.word());
    }
    keep_cookie("theme", theme.word());
}

#[cfg(test)]
mod tests {
    use super::Theme;

    #[test]
    fn the_cookie_is_found_among_others_and_nonsense_is_the_system() {
        assert_eq!(Theme::from_cookies("a=b; theme=dark; c=d"), Theme::Dark);
        assert_eq!(Theme::from_cookies("theme=purple"), Theme::System);
        assert_eq!(Theme::from_cookies(""), Theme::System);
    }
}
