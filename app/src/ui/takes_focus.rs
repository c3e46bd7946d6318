//! What somebody waited for takes the focus when it appears: a keyboard goes on from there, and a screen reader says it.

use leptos::html;
use leptos::prelude::*;

/// For what a form brought, such as a key that is shown once.
#[component]
pub fn TakesFocus(
    /// Something else was done since: a part that is only built anew leaves the focus where it is.
    #[prop(into, optional)]
    elsewhere: Signal<bool>,
    children: Children,
) -> impl IntoView {
    let news = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        // It is built before it is part of the page.
        request_animation_frame(move || {
            if elsewhere.try_get_untracked() == Some(false)
                && let Some(news) = news.try_get_untracked().flatten()
            {
                // Without the focus it is still shown and said.
                let _ = news.focus();
            }
        });
    });
    view! { <div node_ref=news tabindex="-1" data-part="news">{children()}</div> }
}
