//! Yes or no: as a box that is posted, or as a switch that takes effect at once.

use leptos::prelude::*;

use super::maybe_text::MaybeText;

#[component]
pub fn Checkbox(
    #[prop(into)] id: String,
    #[prop(into, optional)] name: MaybeText,
    #[prop(into)] label: String,
    #[prop(into, optional)] hint: MaybeText,
    /// What is posted when it is on.
    #[prop(into, default = "true".to_owned())]
    value: String,
    #[prop(optional)] checked: bool,
    #[prop(optional)] bind: Option<RwSignal<bool>>,
    #[prop(optional)] required: bool,
    #[prop(into, optional)] invalid: Signal<bool>,
    #[prop(into, optional)] disabled: Signal<bool>,
) -> impl IntoView {
    let checked = bind.map_or(checked, |signal| signal.get_untracked());
    let for_id = id.clone();
    let name = name.or_text(&id);
    view! {
        <label class="checkbox" for=for_id>
            <input
                type="checkbox"
                id=id
                name=name
                value=value
                checked=checked
                disabled=move || disabled.get()
                aria-required=required.then_some("true")
                aria-invalid=move || invalid.get().then_some("true")
                on:change=move |event| {
                    if let Some(signal) = bind {
                        signal.set(event_target_checked(&event));
                    }
                }
            />
            <span>
                {label}
                {required.then(|| view! { <span class="field__required" aria-hidden="true">" *"</span> })}
                {hint.0.map(|hint| view! { <span class="checkbox__hint">{hint}</span> })}
            </span>
        </label>
    }
}

/// A switch. `on_change` is told the new state; put it into a form with a button for pages without wasm.
#[component]
pub fn Switch(
    #[prop(into)] id: String,
    #[prop(into, optional)] name: MaybeText,
    #[prop(into)] label: String,
    #[prop(into)] on: Signal<bool>,
    #[prop(into, optional)] on_change: Option<Callback<bool>>,
    #[prop(into, optional)] disabled: Signal<bool>,
) -> impl IntoView {
    let for_id = id.clone();
    let name = name.or_text(&id);
    view! {
        <label class="switch" for=for_id>
            <input
                type="checkbox"
                role="switch"
                id=id
                name=name
                value="true"
                checked=on.get_untracked()
                prop:checked=move || on.get()
                disabled=move || disabled.get()
                on:change=move |event| {
                    if let Some(tell) = on_change {
                        tell.run(event_target_checked(&event));
                    }
                }
            />
            <span>{label}</span>
        </label>
    }
}
