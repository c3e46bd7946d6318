//! Several inputs that give one answer: one legend, one hint, one message.

use leptos::prelude::*;

use crate::ui::{FieldError, described_by};

/// The first input has the field's own `id`, so that a message about the field leads to it.
#[component]
pub fn FieldGroup(
    id: String,
    label: String,
    hint: Option<String>,
    #[prop(into)] error: Signal<Option<String>>,
    required: bool,
    /// `radiogroup` for inputs of which one is chosen.
    #[prop(optional)]
    role: Option<&'static str>,
    children: Children,
) -> impl IntoView {
    let has_hint = hint.is_some();
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    view! {
        <fieldset
            class="field"
            role=role
            data-invalid=move || error.get().map(|_| "")
            aria-describedby=move || described_by(&id, has_hint, error.get().is_some())
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
            {children()}
        </fieldset>
    }
}
