//! Registrations that were begun: to go on with, or to throw away.

use domain::MembershipId;
use domain::views::DraftLine;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;

use super::Summary;
use super::server_fns::{DeleteDraft, delete_draft};
use crate::ui::{ConfirmButton, Tag, Time, Toasts, Tone, after_press};

#[component]
pub fn Drafts(
    membership: MembershipId,
    shown: RwSignal<Summary>,
    refresh: Callback<()>,
) -> impl IntoView {
    // They change while others type.
    let drafts = after_press(move || shown.with(|summary| summary.drafts.clone()));
    let list = move || {
        let drafts = drafts.get();
        (!drafts.is_empty()).then(|| {
            let lines = drafts
                .into_iter()
                .map(|draft| view! { <Line membership draft refresh/> });
            view! {
                <h2 id="drafts-title">"Drafts"</h2>
                <ul class="rows card">{lines.collect_view()}</ul>
            }
        })
    };
    view! { <section class="section" id="drafts" aria-label="Drafts" tabindex="-1">{list}</section> }
}

#[component]
fn Line(membership: MembershipId, draft: DraftLine, refresh: Callback<()>) -> impl IntoView {
    let DraftLine {
        key,
        deal,
        customer,
        at,
        editors,
    } = draft;
    let open = (!editors.is_empty()).then(|| {
        let verb = if editors.len() == 1 { "edits" } else { "edit" };
        let text = format!("{} {verb} it now", editors.join(" and "));
        view! { <Tag tone=Tone::Info icon=icondata::LuUsers text/> }
    });
    let href = format!("/p/{membership}/deals/new?key={key}");
    let name = if customer.is_empty() {
        "No customer yet".to_owned()
    } else {
        customer
    };
    let toasts = use_context::<Toasts>();
    let delete = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        spawn_local(async move {
            if let Err(error) = delete_draft(membership, deal).await
                && let Some(toasts) = toasts
            {
                toasts.refuse(error.0.text());
            }
            refresh.run(());
        });
    };
    let label = format!("Delete the draft {name}");
    view! {
        <li class="rows__row">
            <a class="rows__main table__link" href=href>{name}</a>
            {open}
            <span class="rows__side"><Time at/></span>
            <form method="post" action=DeleteDraft::url() on:submit=delete>
                <input type="hidden" name="membership" value=membership.to_string()/>
                <input type="hidden" name="deal" value=deal.to_string()/>
                <ConfirmButton id=format!("delete-{deal}") verb="Delete" label question="What was typed is gone for good."/>
            </form>
        </li>
    }
}
