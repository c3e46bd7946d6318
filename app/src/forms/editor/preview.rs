//! What partners will see: their own renderer, with the draft.

use std::sync::Arc;

use domain::{
    Date,
    forms::{Answers, Context, FieldErrors, Known, initial, known_answers},
};
use leptos::prelude::*;

use super::{desk::Desk, hidden_fields::HiddenFields};
use crate::fields::FormFields;

/// A partner who does not exist, so that prefilled fields show something.
fn example() -> Known {
    Known {
        partner_name: "Example Partner".to_owned(),
        partner_country: "DE".to_owned(),
        person_name: "Ada Hale".to_owned(),
        person_email: "ada@partner.example".to_owned(),
        earlier: Vec::new(),
    }
}

#[component]
pub fn Preview(desk: Desk, today: Date) -> impl IntoView {
    let why = RwSignal::new(false);
    view! {
        <section class="section" aria-labelledby="preview-title">
            <h2 id="preview-title">"What partners see"</h2>
            {move || {
                let form = Arc::new(desk.form.get());
                let mut context = Context::on(today);
                context.known = known_answers(&form, &example(), &Answers::default(), &context);
                let answers = RwSignal::new(initial(&form, &context));
                let errors = Signal::derive(FieldErrors::default);
                let shown = Signal::stored(context.clone());
                view! {
                    <div class="editor__paper">
                        <FormFields form=form.clone() context=shown answers errors prefix="preview-" open=None uploads=None/>
                    </div>
                    <HiddenFields form context answers open=why/>
                }
            }}
        </section>
    }
}
