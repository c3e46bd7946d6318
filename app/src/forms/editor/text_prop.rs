//! One property as text, taken when the input is left.

use leptos::prelude::*;

use crate::ui::{Choice, MaybeText, Select, TextInput};

/// `apply` answers what is wrong with the text, if anything is.
#[component]
pub fn TextProp(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    value: String,
    #[prop(into, optional)] hint: MaybeText,
    #[prop(default = "text")] mode: &'static str,
    #[prop(into)] apply: Callback<String, Option<String>>,
) -> impl IntoView {
    let error = RwSignal::new(None::<String>);
    view! {
        <TextInput
            id
            label
            hint
            error
            value
            inputmode=mode
            autocomplete="off"
            on:change=move |event| error.set(apply.run(event_target_value(&event)))
        />
    }
}

/// One property from a list.
#[component]
pub fn ChoiceProp(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    choices: Vec<(String, String)>,
    value: String,
    #[prop(into, optional)] hint: MaybeText,
    #[prop(into, optional)] prompt: MaybeText,
    #[prop(into)] apply: Callback<String>,
) -> impl IntoView {
    let choices = choices
        .into_iter()
        .map(|(value, label)| Choice::new(value, label))
        .collect();
    view! {
        <Select id label choices value hint prompt on:change=move |event| apply.run(event_target_value(&event))/>
    }
}
