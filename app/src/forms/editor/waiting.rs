//! What is scheduled, or held, on the page of the versions: what it changes, another time for it, and taking it back.

use domain::{
    ProgramId, Timestamp,
    forms::{DefinitionFault, FormVersion},
    views::ScheduledForm,
};
use leptos::{form::ActionForm, prelude::*};

use super::{
    changes::Changes,
    publish::{FaultLines, reason},
    publishing_fns::{CancelFormSchedule, MoveFormSchedule},
    scheduling::by,
    versions::{Refused, error_of},
    versions_model::written_time,
};
use crate::sent::Sent;
use crate::ui::{Button, ConfirmButton, Notice, TextInput, Time, Tone};

#[component]
pub fn Waiting(
    program: ProgramId,
    scheduled: ScheduledForm,
    published: FormVersion,
    cancel: ServerAction<CancelFormSchedule>,
    shift: ServerAction<MoveFormSchedule>,
) -> impl IntoView {
    let ScheduledForm {
        definition,
        at,
        who,
        held,
    } = scheduled;
    let title = if held.is_some() { "Held" } else { "Scheduled" };
    let state = match held {
        Some(faults) => view! { <Held at by_whom=by(&who) faults/> }.into_any(),
        None => view! { <p>"A new version is published at "<Time at/>{by(&who)}"."</p> }.into_any(),
    };
    view! {
        <section class="section" aria-labelledby="scheduled-title">
            <h2 id="scheduled-title">{title}</h2>
            <Refused error=error_of(cancel)/>
            {state}
            <AnotherTime program at action=shift/>
            <ActionForm action=cancel>
                <input type="hidden" name="program" value=program.to_string()/>
                <ConfirmButton id="cancel-schedule" verb="Cancel" label="Cancel the schedule" question="The form stays as it is. The draft is kept."/>
            </ActionForm>
            <details class="earning">
                <summary>"What it changes"</summary>
                <Changes old=published.definition new=definition/>
            </details>
        </section>
    }
    .into_any()
}

/// What stands in the way, as things are now.
#[component]
fn Held(at: Timestamp, by_whom: String, faults: Vec<DefinitionFault>) -> impl IntoView {
    let mended = faults.is_empty();
    let why = if mended {
        view! { <p>"Nothing stands in its way any more. Choose another time for it."</p> }
            .into_any()
    } else {
        view! {
            <FaultLines faults/>
            <p>"Mend that and choose another time, or cancel it and publish the draft instead."</p>
        }
        .into_any()
    };
    view! {
        <Notice tone=Tone::Bad title="A new version could not be published">
            <p>"It was to be published at "<Time at/>{by_whom}". Partners fill in the form that they had."</p>
            {why}
        </Notice>
    }
    .into_any()
}

/// What waits stays as it is, whatever became of the draft since.
#[component]
fn AnotherTime(
    program: ProgramId,
    at: Timestamp,
    action: ServerAction<MoveFormSchedule>,
) -> impl IntoView {
    let sent = Sent::of(action, "schedule-");
    let error = error_of(action);
    let why = move || {
        let other = error.get().filter(|error| error.input_text("at").is_none());
        other.map(|error| view! { <Notice tone=Tone::Bad role="alert"><p>{reason(&error.0)}</p></Notice> })
    };
    view! {
        {why}
        <ActionForm action attr:class="field-row" attr:novalidate="">
            <input type="hidden" name="program" value=program.to_string()/>
            <input type="hidden" name="from" value=at.0.to_string()/>
            <TextInput
                id="schedule-at"
                name="at"
                label="Date and time, in UTC"
                kind="datetime-local"
                width="medium"
                value=written_time(at)
                error=sent.at("at")
            />
            <div class="button-row"><Button kind="submit" busy=action.pending()>"Change the time"</Button></div>
        </ActionForm>
    }
    .into_any()
}
