//! A field that is not open now: its answer, to read.

use domain::forms::{Answer, Field, answer_text};
use leptos::prelude::*;

#[component]
pub fn KeptField(field: Field, answer: Answer) -> impl IntoView {
    let text = answer_text(&field, &answer);
    view! {
        <div class="field">
            <p class="field__label">{field.label}</p>
            <p class="prose">{text}</p>
        </div>
    }
}
