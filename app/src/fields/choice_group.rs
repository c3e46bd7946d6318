//! Several of a short list, as boxes under one legend.

#![expect(clippy::needless_pass_by_value, reason = "a component owns its props")]

use domain::forms::Choice;
use leptos::prelude::*;

use crate::ui::{Checkbox, FieldError, described_by};

/// The first box has the group's own id, so that a message about the group leads to it.
#[component]
pub fn ChoiceGroup(
    id: String,
    name: String,
    label: String,
    hint: Option<String>,
    #[prop(into)] error: Signal<Option<String>>,
    required: bool,
    options: Vec<Choice>,
    chosen: Vec<String>,
) -> impl IntoView {
    let describes = id.clone();
    let has_hint = hint.is_some();
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let boxes = options
        .into_iter()
        .enumerate()
        .map(|(position, option)| {
            let box_id = if position == 0 { id.clone() } else { format!("{id}-{position}") };
            let checked = chosen.contains(&option.value);
            view! { <Checkbox id=box_id name=name.clone() label=option.label value=option.value checked/> }
        })
        .collect_view();
    view! {
        <fieldset
            class="field"
            data-invalid=move || error.get().map(|_| "")
            aria-describedby=move || described_by(&describes, has_hint, error.get().is_some())
        >
            <legend class="field__label">
                {label}
                {required.then(|| view! {
                    <span class="field__required" aria-hidden="true">" *"</span>
                    <span class="visually-hidden">" (required)"</span>
                })}
            </legend>
            {hint.map(|hint| view! { <p class="field__hint" id=hint_id>{hint}</p> })}
            <FieldError id=error_id error/>
            {boxes}
        </fieldset>
    }
}
