//! From draft to the next version: what stands in the way, what changes, what it meets, when, and the button.

use domain::{
    AppError, Timestamp,
    errors::Why,
    forms::{DefinitionFault, FormDefinition},
};
use leptos::prelude::*;

use super::{
    changes::Changes,
    desk::{Desk, Saved},
    hints::HintsBeforePublishing,
    impact::Impact,
    versions_model::read_time,
};
use crate::error::ActionError;
use crate::ui::{Button, Checkbox, Dialog, DialogFoot, Notice, TextInput, Tone, Variant};

#[component]
pub fn PublishButton(desk: Desk) -> impl IntoView {
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
            <PublishBody desk open/>
        </Dialog>
    }
}

/// When the next version begins.
#[derive(Clone, Copy)]
struct When {
    later: RwSignal<bool>,
    /// As typed.
    at: RwSignal<String>,
    error: RwSignal<Option<String>>,
}

impl When {
    /// The time to wait for.
    fn read(self) -> Result<Option<Timestamp>, AppError> {
        if !self.later.get_untracked() {
            return Ok(None);
        }
        self.at.with_untracked(|text| read_time(text)).map(Some)
    }
}

#[component]
fn PublishBody(desk: Desk, open: RwSignal<bool>) -> impl IntoView {
    let refused = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let when = When {
        later: RwSignal::new(false),
        at: RwSignal::new(String::new()),
        error: RwSignal::new(None),
    };
    let faults = desk.faults;
    let ready =
        move || faults.with(Vec::is_empty) && matches!(desk.saved.get(), Saved::Here(Some(_)));
    let done = move |said: &'static str, error: Option<ActionError>| {
        busy.set(false);
        match error {
            None => {
                open.set(false);
                desk.said.set(said.to_owned());
            }
            Some(error) => match error.input_text("at") {
                Some(text) => when.error.set(Some(text)),
                None => refused.set(Some(reason(&error.0))),
            },
        }
    };
    let send = move |_| {
        refused.set(None);
        when.error.set(None);
        let at = match when.read() {
            Ok(at) => at,
            Err(error) => {
                when.error.set(Some(error.text()));
                return;
            }
        };
        busy.set(true);
        match at {
            None => desk.publish(move |error| done("Published", error)),
            Some(at) => desk.schedule(at, move |error| done("Scheduled", error)),
        }
    };
    let verb = move || {
        if when.later.get() {
            "Schedule"
        } else {
            "Publish"
        }
    };
    view! {
        {move || refused.get().map(|text| view! { <Notice tone=Tone::Bad role="alert"><p>{text}</p></Notice> })}
        {move || {
            let faults = faults.get();
            if faults.is_empty() {
                view! { <Judged desk when/> }.into_any()
            } else {
                view! { <p>"These must be put right first:"</p> <FaultLines faults/> }.into_any()
            }
        }}
        <DialogFoot>
            <Button on:click=move |_| open.set(false)>"Not now"</Button>
            <Button variant=Variant::Primary busy disabled=Signal::derive(move || !ready()) on:click=send>{verb}</Button>
        </DialogFoot>
    }
}

/// The last look before it is done.
#[component]
fn Judged(desk: Desk, when: When) -> impl IntoView {
    let changes = move || {
        let new: FormDefinition = desk.form.get();
        let old = desk.published.with(|v| v.definition.clone());
        view! { <Changes old new/> }
    };
    let scheduled = move || {
        let scheduled = desk.past.with(|past| past.scheduled.is_some());
        scheduled.then(
            || view! { <p class="muted">"Another version is scheduled. This takes its place."</p> },
        )
    };
    view! {
        <p>"New registrations will be asked this. Deals that exist keep the version they were registered with."</p>
        {changes}
        <Impact desk/>
        <HintsBeforePublishing desk/>
        <div class="publish-when">
            {scheduled}
            <Checkbox id="publish-later" label="Publish at a later time" bind=when.later/>
            <Show when=move || when.later.get()>
                <TextInput
                    id="publish-at"
                    label="Date and time, in UTC"
                    hint="It is published within a minute of that time."
                    kind="datetime-local"
                    width="medium"
                    bind=when.at
                    error=when.error
                />
            </Show>
        </div>
    }
    .into_any()
}

/// What to say of a refusal.
pub fn reason(error: &domain::AppError) -> String {
    match &error.why {
        Some(Why::Definition(faults)) => faults
            .iter()
            .map(DefinitionFault::text)
            .collect::<Vec<_>>()
            .join(" "),
        _ => error.text(),
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
