//! Tabs are links with addresses; the present one says so.

use leptos::prelude::*;

use super::icon::{Icon, IconKind};

/// A row of tabs inside a page.
#[component]
pub fn Tabs(#[prop(into)] label: String, children: Children) -> impl IntoView {
    view! { <nav class="tabs" aria-label=label>{children()}</nav> }
}

#[component]
pub fn Tab(
    #[prop(into)] href: String,
    #[prop(into)] current: Signal<bool>,
    children: Children,
) -> impl IntoView {
    view! {
        <a class="tabs__link" href=href aria-current=move || current.get().then_some("page")>
            {children()}
        </a>
    }
}

/// Views of the same thing, side by side: Board, List.
#[component]
pub fn Segments(#[prop(into)] label: String, children: Children) -> impl IntoView {
    view! { <nav class="segments" aria-label=label>{children()}</nav> }
}

#[component]
pub fn Segment(
    #[prop(into)] href: Signal<String>,
    #[prop(into)] current: Signal<bool>,
    #[prop(optional)] icon: Option<IconKind>,
    children: Children,
) -> impl IntoView {
    view! {
        <a class="segments__item" href=move || href.get() aria-current=move || current.get().then_some("true")>
            {icon.map(|icon| view! { <Icon icon size="small"/> })}
            {children()}
        </a>
    }
}
