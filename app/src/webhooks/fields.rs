//! Address, description and what an endpoint is told of.

use domain::commands::SaveEndpoint;
use domain::webhooks::{EventGroup, EventPicker, WebhookEvent, grouped_events};
use leptos::prelude::*;

use crate::sent::Sent;
use crate::ui::{Checkbox, FieldError, TextInput};

/// `start`: what they hold first.
#[component]
pub fn EndpointFields(start: SaveEndpoint, takes_http: bool, sent: Sent) -> impl IntoView {
    let hint = if takes_http {
        "Where messages are posted. It begins with https://; with http:// only in networks that whoever runs this Dealboard allows"
    } else {
        "Where messages are posted. It begins with https://"
    };
    view! {
        <TextInput id="url" label="Address" kind="url" hint required=true maxlength=2000 autocomplete="off" value=start.url error=sent.at("url")/>
        <TextInput id="description" label="Description" hint="For your colleagues: which system this is" maxlength=200 autocomplete="off" value=start.description error=sent.at("description")/>
        <Picker events=start.events sent/>
    }
}

#[component]
fn Picker(events: EventPicker, sent: Sent) -> impl IntoView {
    let all = events == EventPicker::All;
    let wrong = sent.at("events");
    let groups = grouped_events()
        .map(|(group, of_group)| view! { <Group group of_group picked=events.clone()/> })
        .collect_view();
    let card = move |id: &'static str, value: &'static str, label, hint, chosen: bool| {
        view! {
            <label class="choice-card" for=id>
                <input type="radio" name="scope" id=id value=value checked=chosen/>
                <span class="choice-card__label">{label}</span>
                <span class="choice-card__hint">{hint}</span>
            </label>
        }
    };
    view! {
        <fieldset class="fieldset" id="events" tabindex="-1" aria-describedby=move || wrong.get().map(|_| "events-error")>
            <legend>"What it is told of"</legend>
            <FieldError id="events-error" error=wrong/>
            <div class="choice-cards">
                {card("scope-all", "all", "All events", "Also those that come with later versions", all)}
                {card("scope-some", "some", "Some events", "Pick them below", !all)}
            </div>
            <div class="webhook__events">{groups}</div>
        </fieldset>
    }
}

#[component]
fn Group(
    group: EventGroup,
    of_group: &'static [WebhookEvent],
    picked: EventPicker,
) -> impl IntoView {
    // Where all are told the boxes are out of sight, and none is ticked for whoever picks some.
    let some = picked != EventPicker::All;
    let boxes = of_group
        .iter()
        .map(|event| {
            let checked = some && picked.wants(*event);
            view! {
                <Checkbox id=format!("event-{}", event.as_str().replace('.', "-")) name="events[]" value=event.as_str() label=event.label() hint=event.as_str() checked/>
            }
        })
        .collect_view();
    view! {
        <fieldset class="webhook__group">
            <legend>{group.label()}</legend>
            <div class="webhook__boxes">{boxes}</div>
        </fieldset>
    }
}
