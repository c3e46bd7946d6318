//! One of a list, as the native control.

use leptos::html;
use leptos::prelude::*;

use super::maybe_text::MaybeText;

use super::bound::keep_in_step;
use super::field::{Field, described_by};

/// What is posted, and what is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
        }
    }
}

#[component]
pub fn Select(
    #[prop(into)] id: String,
    #[prop(into, optional)] name: MaybeText,
    #[prop(into)] label: String,
    choices: Vec<Choice>,
    /// The text of a first, empty choice.
    #[prop(into, optional)]
    prompt: MaybeText,
    #[prop(into, optional)] hint: MaybeText,
    #[prop(into, optional)] error: Signal<Option<String>>,
    #[prop(optional)] required: bool,
    #[prop(into, optional)] value: MaybeText,
    #[prop(optional)] bind: Option<RwSignal<String>>,
    #[prop(optional)] width: Option<&'static str>,
    #[prop(into, optional)] disabled: Signal<bool>,
) -> impl IntoView {
    let node = NodeRef::<html::Select>::new();
    keep_in_step(bind, move || node.get());
    let first = bind
        .map(|signal| signal.get_untracked())
        .or(value.0)
        .unwrap_or_default();
    let name = name.or_text(&id);
    let describes = id.clone();
    let has_hint = hint.0.is_some();
    let options = prompt
        .0
        .map(|text| Choice::new("", text))
        .into_iter()
        .chain(choices);
    let options = options
        .map(|choice| {
            let selected = choice.value == first;
            view! { <option value=choice.value selected=selected>{choice.label}</option> }
        })
        .collect_view();
    view! {
        <Field id=id.clone() label hint=hint error required>
            <select
                class="input"
                node_ref=node
                id=id
                name=name
                data-width=width
                disabled=move || disabled.get()
                aria-required=required.then_some("true")
                aria-invalid=move || error.get().map(|_| "true")
                aria-describedby=move || described_by(&describes, has_hint, error.get().is_some())
                on:change=move |event| {
                    if let Some(signal) = bind {
                        signal.set(event_target_value(&event));
                    }
                }
            >
                {options}
            </select>
        </Field>
    }
}
