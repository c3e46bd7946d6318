//! From draft to the next version: what stands in the way, what changes, and the button.

use domain::{
    errors::Why,
    forms::{DefinitionFault, diff},
};
use leptos::prelude::*;

use super::{
    desk::{Desk, Saved},
    hints::HintsBeforePublishing,
};
use crate::ui::{Button, Dialog, DialogFoot, Notice, Tone, Variant};

#[component]
pub fn PublishButton(desk: Desk, open_drafts: i64) -> impl IntoView {
    let open = RwSignal::new(false);
    let title = Signal::derive(move || {
        format!("Publish version {}", desk.published.with(|v| v.number + 1))
    });
    let unchanged = Memo::new(move |_| {
        desk.form
            .with(|form| desk.published.with(|v| v.definition == *form))
    });
    view! {
        <Button variant=Variant::Primary disabled=unchanged on:click=move |_| open.set(true)>"Publish..."</Button>
        <Dialog id="publish-dialog" title open wide=true>
            <PublishBody desk open open_drafts/>
        </Dialog>
    }
}

#[component]
fn PublishBody(desk: Desk, open: RwSignal<bool>, open_drafts: i64) -> impl IntoView {
    let refused = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let faults = desk.faults;
    let ready =
        move || faults.with(Vec::is_empty) && matches!(desk.saved.get(), Saved::Here(Some(_)));
    let publish = move |_| {
        busy.set(true);
        desk.publish(move |error| {
            busy.set(false);
            match error {
                None => {
                    open.set(false);
                    desk.said.set("Published".to_owned());
                }
                Some(error) => refused.set(Some(reason(&error.0))),
            }
        });
    };
    view! {
        {move || refused.get().map(|text| view! { <Notice tone=Tone::Bad role="alert"><p>{text}</p></Notice> })}
        {move || {
            let faults = faults.get();
            if faults.is_empty() {
                view! { <Changes desk open_drafts/> <HintsBeforePublishing desk/> }.into_any()
            } else {
                view! { <p>"These must be put right first:"</p> <FaultLines faults/> }.into_any()
            }
        }}
        <DialogFoot>
            <Button on:click=move |_| open.set(false)>"Not now"</Button>
            <Button variant=Variant::Primary busy disabled=Signal::derive(move || !ready()) on:click=publish>"Publish"</Button>
        </DialogFoot>
    }
}

fn reason(error: &domain::AppError) -> String {
    match &error.why {
        Some(Why::Definition(faults)) => faults
            .iter()
            .map(DefinitionFault::text)
            .collect::<Vec<_>>()
            .join(" "),
        _ => error.text(),
    }
}

#[component]
fn Changes(desk: Desk, open_drafts: i64) -> impl IntoView {
    let lines = move || {
        let changes = desk
            .form
            .with(|form| desk.published.with(|v| diff(&v.definition, form)));
        changes
            .into_iter()
            .map(|change| view! { <li>{change.text()}</li> })
            .collect_view()
    };
    let drafts = match open_drafts {
        0 => None,
        1 => Some("One registration is begun and not sent; it is finished on the version it was begun with.".to_owned()),
        n => Some(format!("{n} registrations are begun and not sent; they are finished on the version they were begun with.")),
    };
    view! {
        <div class="prose">
            <p>"New registrations will be asked this. Deals that exist keep the version they were registered with."</p>
            <ul>{lines}</ul>
            {drafts.map(|text| view! { <p class="muted">{text}</p> })}
        </div>
    }
}

/// What keeps the form from being published, each line a way to its field.
#[component]
pub fn FaultLines(faults: Vec<DefinitionFault>) -> impl IntoView {
    let lines = faults
        .into_iter()
        .map(|fault| view! { <li>{fault.text()}</li> })
        .collect_view();
    view! { <ul class="prose">{lines}</ul> }
}
