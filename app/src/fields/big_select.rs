//! A list too long to be built one option at a time: countries, regions, five thousand products.

#![expect(clippy::needless_pass_by_value, reason = "a component owns its props")]

use leptos::prelude::*;

use super::model::options_html;
use crate::ui::{Field, described_by};

#[component]
pub fn BigSelect(
    id: String,
    name: String,
    label: String,
    hint: Option<String>,
    #[prop(into)] error: Signal<Option<String>>,
    required: bool,
    /// Value and label.
    options: Vec<(String, String)>,
    chosen: Vec<String>,
    #[prop(optional)] several: bool,
) -> impl IntoView {
    let prompt = (!several).then_some("Select one");
    let html = options_html(
        prompt,
        options.iter().map(|(v, l)| (v.as_str(), l.as_str())),
        &chosen,
    );
    let describes = id.clone();
    let has_hint = hint.is_some();
    view! {
        <Field id=id.clone() label hint error required>
            <select
                class="input"
                id=id
                name=name
                multiple=several
                size=several.then_some("8")
                aria-required=required.then_some("true")
                aria-invalid=move || error.get().map(|_| "true")
                aria-describedby=move || described_by(&describes, has_hint, error.get().is_some())
                inner_html=html
            ></select>
        </Field>
    }
}
