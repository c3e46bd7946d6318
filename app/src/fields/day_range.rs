//! A first and a last day.
use leptos::prelude::*;

use crate::ui::{FieldError, TextInput, described_by};

/// The first day has the field's own id, so that a message about the field leads to it.
#[component]
pub fn DayRange(
    id: String,
    name: String,
    until_name: String,
    label: String,
    hint: Option<String>,
    #[prop(into)] error: Signal<Option<String>>,
    required: bool,
    from: String,
    until: String,
) -> impl IntoView {
    let describes = id.clone();
    let has_hint = hint.is_some();
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let until_id = format!("{id}-until");
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
            <div class="field-row">
                <TextInput id name label="First day" kind="date" value=from autocomplete="off"/>
                <TextInput id=until_id name=until_name label="Last day" kind="date" value=until autocomplete="off"/>
            </div>
        </fieldset>
    }
}
