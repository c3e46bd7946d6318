//! The fields that are missing, by the form's own renderer, and what the stage asks besides.

use domain::pipeline::StageKind;
use leptos::prelude::*;

use super::asking::Asking;
use super::uploads::use_uploads;
use crate::fields::{CustomerSource, FormFields};
use crate::gates::{GateFields, reason_choices};
use crate::ui::FieldError;

#[component]
pub fn EntryFields(asking: Asking) -> impl IntoView {
    let part = asking.part();
    let lead = part.stage.description.clone();
    let lead = (!lead.is_empty()).then(|| view! { <p class="muted">{lead}</p> });
    let customers = Some(CustomerSource::partner(asking.membership, Vec::new()));
    let fields = (!part.open.is_empty()).then(|| {
        let on_page = Some(Signal::stored(part.open.clone()));
        view! {
            <FormFields
                form=asking.form()
                context=asking.context()
                answers=asking.answers
                errors=asking.errors
                prefix=asking.prefix
                open=Some(part.open.clone())
                given=part.given.clone()
                uploads=Some(use_uploads(asking))
                customers
                on_page
            />
        }
    });
    let file = part.missing.file.then(|| view! { <FileAsked asking/> });
    let reasons = if part.stage.kind == StageKind::Lost {
        reason_choices(&part.lost_reasons)
    } else {
        Vec::new()
    };
    view! {
        {lead}
        {fields}
        {file}
        <GateFields gate=part.gate reply=asking.reply reasons/>
    }
    .into_any()
}

/// A file of one of the form's own fields, or of a message about the deal: where the form has none, that is the way.
#[component]
fn FileAsked(asking: Asking) -> impl IntoView {
    let part = asking.part();
    let takes_one = part.open.iter().any(|key| {
        let field = part.form.field(key);
        field.is_some_and(|field| matches!(field.kind, domain::forms::FieldKind::File { .. }))
    });
    let text = if takes_one {
        "This stage asks for a file. Add it above, or in a message about this deal: "
    } else {
        "This stage asks for a file. Add it in a message about this deal: "
    };
    let href = format!("/p/{}/deals/{}", asking.membership, part.deal);
    let id = asking.file_id();
    view! {
        <div class="field" id=id.clone() tabindex="-1">
            <p>{text}<a href=href>"messages of the deal"</a>"."</p>
            <FieldError id=format!("{id}-error") error=asking.file_missing/>
        </div>
    }
}
