//! One icon set (Lucide). Icons are decoration: the words beside them, or the label of their button, carry the meaning.

use leptos::prelude::*;

/// An icon of the set, for example `icondata::LuBell`.
pub type IconKind = icondata::Icon;

#[component]
pub fn Icon(
    icon: IconKind,
    /// `small` or `large`; 16 px when left out.
    #[prop(optional)]
    size: Option<&'static str>,
    /// Arrows and chevrons turn round in right-to-left pages.
    #[prop(optional)]
    flips: bool,
) -> impl IntoView {
    view! {
        <svg
            class="icon"
            viewBox="0 0 24 24"
            aria-hidden="true"
            data-size=size
            data-flips=flips.then_some("")
            inner_html=icon.data
        ></svg>
    }
    .into_any()
}
