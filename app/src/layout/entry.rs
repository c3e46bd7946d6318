//! Pages outside the shell: for who is not signed in, and for what is not there.

use leptos::children::ViewFnOnce;
use leptos::prelude::*;

use crate::ui::MaybeText;
use leptos_meta::Title;

use super::shell::Brand;

/// One narrow column under the product's name: sign in, set up, accept an invitation, reset.
#[component]
pub fn Entry(
    #[prop(into)] title: String,
    #[prop(into, optional)] lead: MaybeText,
    /// Below a line: the other way in.
    #[prop(into, optional)]
    foot: Option<ViewFnOnce>,
    children: Children,
) -> impl IntoView {
    view! {
        <Title text=title.clone()/>
        <div class="entry">
            <header>
                <Brand/>
            </header>
            <main id="main">
                <div class="entry__box">
                    <h1>{title}</h1>
                    {lead.0.map(|lead| view! { <p class="entry__lead">{lead}</p> })}
                    {children()}
                    {foot.map(|foot| view! { <div class="entry__foot">{foot.run()}</div> })}
                </div>
            </main>
        </div>
    }
}

/// What happened, what to do, and the id to name when asking for help.
#[component]
pub fn ProblemPage(
    #[prop(into)] title: String,
    #[prop(into)] text: String,
    #[prop(into, optional)] request_id: MaybeText,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <Title text=title.clone()/>
        <div class="problem">
            <h1>{title}</h1>
            <p>{text}</p>
            {children.map(|children| view! { <div class="button-row">{children()}</div> })}
            {request_id.0.map(|id| view! { <p class="problem__id">"Request "{id}</p> })}
        </div>
    }
}
