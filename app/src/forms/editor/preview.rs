//! What partners will see: their own renderer, with the draft.

use std::sync::Arc;

use domain::{
    Date,
    forms::{Context, FieldErrors, initial},
};
use leptos::prelude::*;

use super::desk::Desk;
use crate::fields::FormFields;

#[component]
pub fn Preview(desk: Desk, today: Date) -> impl IntoView {
    view! {
        <section class="section" aria-labelledby="preview-title">
            <h2 id="preview-title">"What partners see"</h2>
            <div class="editor__paper">
                {move || {
                    let form = desk.form.get();
                    let context = Context::on(today);
                    let answers = RwSignal::new(initial(&form, &context));
                    let errors = Signal::derive(FieldErrors::default);
                    view! { <FormFields form=Arc::new(form) context=Signal::stored(context) answers errors prefix="preview-" open=None uploads=None/> }
                }}
            </div>
        </section>
    }
}
