//! The columns that pages stand in.

use leptos::children::ViewFnOnce;
use leptos::prelude::*;

use crate::ui::MaybeText;
use leptos_meta::Title;

use crate::ui::Icon;

/// 1120 px; `narrow` for reading and settings, `full` from edge to edge.
#[component]
pub fn Page(#[prop(optional)] width: Option<&'static str>, children: Children) -> impl IntoView {
    view! { <div class="page" data-width=width>{children()}</div> }
}

/// 640 px and 16 px type: one form, nothing beside it.
#[component]
pub fn FormPage(children: Children) -> impl IntoView {
    view! { <div class="form-page">{children()}</div> }
}

/// The way back to the list that this page came from.
#[derive(Clone, PartialEq)]
pub struct BackLink {
    pub href: String,
    pub label: String,
}

impl BackLink {
    pub fn new(href: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            href: href.into(),
            label: label.into(),
        }
    }
}

/// The page's only h1, which is its title too; its actions are the children.
#[component]
pub fn PageHeader(
    #[prop(into)] title: Signal<String>,
    #[prop(into, optional)] lead: MaybeText,
    #[prop(optional)] back: Option<BackLink>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    // The head of the document reads it when this page's owner is gone: in the browser until the next page has named
    // itself, on the server after the whole page was rendered, when nothing changes any more.
    let named = ArcSignal::<String>::from(title);
    let rendered = title.get_untracked();
    let text = move || {
        if cfg!(feature = "ssr") {
            rendered.clone()
        } else {
            named.try_get().unwrap_or_default()
        }
    };
    view! {
        <Title text/>
        <div class="page-header">
            <div class="page-header__titles">
                {back.map(|back| {
                    view! {
                        <a class="back-link" href=back.href>
                            <Icon icon=icondata::LuChevronLeft size="small" flips=true/>
                            {back.label}
                        </a>
                    }
                })}
                <h1>{move || title.get()}</h1>
                {lead.0.map(|lead| view! { <p class="page-header__lead">{lead}</p> })}
            </div>
            {children.map(|children| view! { <div class="page-header__actions">{children()}</div> })}
        </div>
    }
}

/// The story at the left (children), the facts at the right (`side`). On a phone the facts come first.
#[component]
pub fn Split(#[prop(into)] side: ViewFnOnce, children: Children) -> impl IntoView {
    view! {
        <div class="split">
            <div class="split__main">{children()}</div>
            <aside class="split__side" aria-label="Facts">{side.run()}</aside>
        </div>
    }
}
