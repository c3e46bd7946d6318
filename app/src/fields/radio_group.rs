//! One of a few answers, each in sight.

#![expect(clippy::needless_pass_by_value, reason = "a component owns its props")]

use leptos::prelude::*;

use crate::ui::{FieldError, described_by};

/// The first button has the group's own id, so that a message about the group leads to it.
#[component]
pub fn RadioGroup(
    id: String,
    name: String,
    label: String,
    hint: Option<String>,
    #[prop(into)] error: Signal<Option<String>>,
    required: bool,
    /// Value and label.
    options: Vec<(String, String)>,
    chosen: String,
) -> impl IntoView {
    let describes = id.clone();
    let has_hint = hint.is_some();
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let buttons = options
        .into_iter()
        .enumerate()
        .map(|(position, (value, label))| {
            let id = if position == 0 {
                id.clone()
            } else {
                format!("{id}-{position}")
            };
            let (for_id, checked) = (id.clone(), value == chosen);
            let name = name.clone();
            view! {
                <label class="checkbox" for=for_id>
                    <input type="radio" id=id name=name value=value checked=checked/>
                    <span>{label}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset
            class="field"
            role="radiogroup"
            data-invalid=move || error.get().map(|_| "")
            aria-required=required.then_some("true")
            aria-describedby=move || described_by(&describes, has_hint, error.get().is_some())
        >
            <legend class="field__label">
                {label}
                {required.then(|| view! {
                    <span class="field__required" aria-hidden="true">" *"</span>
                })}
            </legend>
            {hint.map(|hint| view! { <p class="field__hint" id=hint_id>{hint}</p> })}
            <FieldError id=error_id error/>
            <div class="choices">{buttons}</div>
        </fieldset>
    }
}
