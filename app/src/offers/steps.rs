//! Percentages in steps: each for the part of the value between its own threshold and the next one's.

use domain::offers::MAX_STEPS;
use leptos::prelude::*;

use super::draft::Typed;
use crate::amounts::{use_amount, use_percent};
use crate::ui::{Button, FieldError, TextInput, Variant, focus_by_id};

#[component]
pub fn Steps(typed: Typed, here: String) -> impl IntoView {
    let add = move |event: leptos::ev::MouseEvent| {
        // Before the page is awake the button asks the server for one more row.
        event.prevent_default();
        let last = typed.shown.get_untracked();
        typed.shown.set((last + 1).min(MAX_STEPS));
        focus_by_id(&format!("steps.{last}.above"));
    };
    let full = Signal::derive(move || typed.shown.get() >= MAX_STEPS);
    view! {
        <fieldset class="fieldset steps" id="steps" data-rate="steps" tabindex="-1">
            <legend>"Percentages in steps"</legend>
            <FieldError id="steps-error" error=typed.fault("steps")/>
            <For each=move || 0..typed.shown.get() key=|place| *place let:place>
                <StepLine typed place/>
            </For>
            <div class="button-row">
                <Button
                    kind="submit"
                    name="more"
                    value="1"
                    disabled=full
                    attr:formmethod="get"
                    attr:formaction=here
                    on:click=add
                >
                    "Add a step"
                </Button>
            </div>
        </fieldset>
    }
}

#[component]
fn StepLine(typed: Typed, place: usize) -> impl IntoView {
    let row = typed.row(place)?;
    let (above, percent) = (
        format!("steps.{place}.above"),
        format!("steps.{place}.percent"),
    );
    let posted = |input: &str| format!("terms[steps][{place}][{input}]");
    let number = place + 1;
    let (above_fault, percent_fault) = (typed.fault(above.clone()), typed.fault(percent.clone()));
    let threshold = if place == 0 {
        view! {
            <div class="field">
                <span class="field__label">"Above"</span>
                <p class="steps__first">"0"</p>
                <input type="hidden" name=posted("above") value=""/>
            </div>
        }
        .into_any()
    } else {
        view! {
            <TextInput id=above name=posted("above") label=format!("Above, step {number}") inputmode="decimal" autocomplete="off" bind=row.above heard=use_amount(row.above, typed.currency) error=above_fault/>
        }
        .into_any()
    };
    Some(view! {
        <div class="steps__row">
            {threshold}
            <TextInput id=percent name=posted("percent") label=format!("Percentage, step {number}") inputmode="decimal" autocomplete="off" bind=row.percent heard=use_percent(row.percent) error=percent_fault/>
            {(place > 0).then(|| view! {
                <Button
                    variant=Variant::Quiet
                    square=true
                    label=format!("Take step {number} away")
                    icon=icondata::LuTrash2
                    on:click=move |_| typed.remove_row(place)
                />
            })}
        </div>
    })
}
