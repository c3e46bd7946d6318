//! One file under a field: on its way, there, or not sent.

use domain::forms::FieldKey;
use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::uploads::{Line, Step, Uploads};
use crate::ui::{Button, Icon, focus_by_id};

/// The line stays the same element from the first byte to the last, so that the focus stays on its button.
#[component]
pub fn FileLine(
    /// The id of the field's input, which takes the focus when the line goes.
    input: String,
    field: FieldKey,
    line: Line,
    /// All of the field, as they stand now.
    lines: Memo<Vec<Line>>,
    uploads: Option<Uploads>,
    /// Whether the app answers.
    awake: RwSignal<bool>,
) -> impl IntoView {
    let Line {
        key,
        row,
        name,
        size,
        step: first,
    } = line;
    let of = key.clone();
    let step = Memo::new(move |before: Option<&Step>| {
        let now = lines.with(|lines| {
            let own = lines.iter().find(|line| line.key == of);
            own.map(|line| line.step.clone())
        });
        // The line goes: what it said last stands until then.
        now.or_else(|| before.cloned())
            .unwrap_or_else(|| first.clone())
    });
    let kept = match step.get_untracked() {
        Step::Arrived(id) => Some(id),
        _ => None,
    };
    let answer = field.to_string();
    let hidden = move || match step.get() {
        Step::Arrived(id) => Some(view! { <input type="hidden" name=answer.clone() value=id/> }),
        _ => None,
    };
    let gone = input.clone();
    let press = move |event: MouseEvent| {
        let Some(uploads) = uploads else { return };
        event.prevent_default();
        match (step.get_untracked(), row) {
            (Step::Arrived(id), _) => uploads.on_removed.run((field.clone(), id)),
            (_, Some(row)) => uploads.on_cancelled.run(row),
            (_, None) => {}
        }
        focus_by_id(&gone);
    };
    let button = format!("{input}-{key}");
    let called = name.clone();
    let label = move || format!("{} {called}", step.with(Step::verb));
    let note = move || {
        let note = step.with(Step::note);
        (!note.is_empty()).then(|| format!(", {note}"))
    };
    // Without the app it is the form's; with it, Enter in a text field must not press it.
    let kind = move || if awake.get() { "button" } else { "submit" };
    view! {
        <li class="files__line" data-step=move || step.with(Step::word)>
            <Icon icon=icondata::LuPaperclip size="small"/>
            <div class="files__main">
                <p class="files__name" dir="auto">{name.clone()}</p>
                <p class="files__note">{size}{note}</p>
                <Bar name=name.clone() step/>
            </div>
            {hidden}
            <Again name row step button=button.clone() uploads/>
            <button
                class="button"
                type=kind
                data-variant="quiet"
                data-size="small"
                id=button
                name="_remove_file"
                value=kept
                aria-label=label
                on:click=press
            >
                {move || step.with(Step::verb)}
            </button>
        </li>
    }
}

#[component]
fn Bar(name: String, step: Memo<Step>) -> impl IntoView {
    let sends = Memo::new(move |_| step.with(|step| matches!(step, Step::Sends(_))));
    let percent = move || {
        let percent = match step.get() {
            Step::Sends(percent) => percent,
            _ => 0,
        };
        percent.to_string()
    };
    move || {
        let label = format!("Upload of {name}");
        sends.get().then(|| {
            view! { <progress class="progress" max="100" value=percent aria-label=label></progress> }
        })
    }
}

#[component]
fn Again(
    name: String,
    row: Option<u32>,
    step: Memo<Step>,
    /// The id of the other button, which takes the focus from this one.
    button: String,
    uploads: Option<Uploads>,
) -> impl IntoView {
    let offered =
        Memo::new(move |_| step.with(|step| matches!(step, Step::Failed { again: true, .. })));
    move || {
        let (Some(uploads), Some(row), true) = (uploads, row, offered.get()) else {
            return None;
        };
        let (label, button) = (format!("Try again: {name}"), button.clone());
        let again = move |_: MouseEvent| {
            uploads.on_again.run(row);
            focus_by_id(&button);
        };
        Some(view! { <Button small=true label on:click=again>"Try again"</Button> })
    }
}
