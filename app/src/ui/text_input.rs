//! One line of text, with its label.

use leptos::html;
use leptos::prelude::*;

use super::maybe_text::MaybeText;

use super::bound::keep_in_step;
use super::field::{Field, HeardUnder, described_by};

#[component]
pub fn TextInput(
    #[prop(into)] id: String,
    /// The name in a form post; the id when left out.
    #[prop(into, optional)]
    name: MaybeText,
    #[prop(into)] label: String,
    #[prop(into, optional)] hint: MaybeText,
    #[prop(into, optional)] error: Signal<Option<String>>,
    /// What was understood of it, said under it while nothing is wrong.
    #[prop(into, optional)]
    heard: Option<Signal<Option<String>>>,
    #[prop(optional)] required: bool,
    /// `text`, `email`, `tel`, `url`, `password`, `date`, `number`, `search`.
    #[prop(default = "text")]
    kind: &'static str,
    /// What the server puts in. With `bind`, the signal's value.
    #[prop(into, optional)]
    value: MaybeText,
    #[prop(optional)] bind: Option<RwSignal<String>>,
    #[prop(optional)] autocomplete: Option<&'static str>,
    #[prop(optional)] inputmode: Option<&'static str>,
    #[prop(into, optional)] placeholder: MaybeText,
    #[prop(optional)] maxlength: Option<u32>,
    /// `short` or `medium`; full width when left out.
    #[prop(optional)]
    width: Option<&'static str>,
    #[prop(into, optional)] disabled: Signal<bool>,
    #[prop(optional)] readonly: bool,
) -> impl IntoView {
    let node = NodeRef::<html::Input>::new();
    keep_in_step(bind, move || node.get());
    let first = bind.map(|signal| signal.get_untracked()).or(value.0);
    let name = name.or_text(&id);
    let describes = id.clone();
    let has_hint = hint.0.is_some();
    view! {
        <Field id=id.clone() label hint=hint error required>
            <input
                class="input"
                node_ref=node
                id=id
                name=name
                type=kind
                value=first
                autocomplete=autocomplete
                inputmode=inputmode
                placeholder=placeholder.0
                maxlength=maxlength
                data-width=width
                readonly=readonly
                disabled=move || disabled.get()
                dir=matches!(kind, "text" | "search").then_some("auto")
                aria-required=required.then_some("true")
                aria-invalid=move || error.get().map(|_| "true")
                aria-describedby=move || described_by(&describes, has_hint, error.get().is_some())
                on:input=move |event| {
                    if let Some(signal) = bind {
                        signal.set(event_target_value(&event));
                    }
                }
            />
            {heard.map(|heard| view! { <HeardUnder heard error/> })}
        </Field>
    }
}
