//! The one shell of partner and company faces.

use leptos::children::ViewFnOnce;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::tab_bar::{TabBar, TabItem};
use crate::live::LiveStatus;
use crate::ui::{ToastRegion, Toasts, focus_by_id, follow_to, use_ready};

const MAIN: &str = "main";

/// Header with slots, tabs, the page's `main`, and the region where toasts are said.
#[component]
pub fn Shell(
    #[prop(into)] tabs: Signal<Vec<TabItem>>,
    /// What the tabs belong to, for example `Program`.
    #[prop(into, default = "Program".to_owned())]
    tabs_label: String,
    /// The name of the program or company at hand.
    #[prop(into, optional)]
    context: ViewFnOnce,
    #[prop(into, optional)] search: Option<ViewFnOnce>,
    #[prop(into, optional)] bell: ViewFnOnce,
    /// The "Your programs" menu.
    #[prop(into, optional)]
    programs: ViewFnOnce,
    #[prop(into, optional)] user: ViewFnOnce,
    children: Children,
) -> impl IntoView {
    let toasts = use_context::<Toasts>().unwrap_or_else(|| {
        let toasts = Toasts::default();
        provide_context(toasts);
        toasts
    });
    focus_main_on_arrival();
    view! {
        <a class="skip-link" href="#main" on:click=follow_to(MAIN.to_owned())>
            "Skip to the content"
        </a>
        <div class="shell" data-ready=use_ready()>
            <header class="topbar">
                <div class="topbar__start">
                    <Brand/>
                    {context.run()}
                </div>
                <TabBar tabs label=tabs_label/>
                <div class="topbar__end">
                    {search.map(|search| view! { <div class="topbar__search">{search.run()}</div> })} {bell.run()} {programs.run()} {user.run()}
                </div>
            </header>
            <LiveStatus/>
            <main id=MAIN tabindex="-1">
                {children()}
            </main>
            <ToastRegion toasts/>
        </div>
    }
}

/// The product's name, which leads home.
#[component]
pub fn Brand() -> impl IntoView {
    view! {
        <a class="brand" href="/">
            <svg class="brand__mark" viewBox="0 0 32 32" aria-hidden="true">
                <rect class="brand__ground" width="32" height="32" rx="7"/>
                <rect class="brand__bar" x="7" y="7" width="5" height="18" rx="1.5"/>
                <rect class="brand__bar" x="13.5" y="7" width="5" height="12" rx="1.5"/>
                <rect class="brand__bar" x="20" y="7" width="5" height="7" rx="1.5"/>
            </svg>
            <span class="brand__name">"Dealboard"</span>
        </a>
    }
}

/// After a walk to another page inside the app a screen reader starts at the new page, as after a page load.
fn focus_main_on_arrival() {
    let path = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        if before.is_some_and(|before| before != now) {
            focus_by_id(MAIN);
        }
        now
    });
}
