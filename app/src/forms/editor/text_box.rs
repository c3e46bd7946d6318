//! The text of a text block, shown on the form while it is typed.

use domain::forms::{Field, FieldKey, FieldKind};
use leptos::prelude::*;

use super::desk::Desk;
use crate::ui::TextArea;

#[component]
pub fn TextBox(desk: Desk, key: FieldKey, text: String) -> impl IntoView {
    // One step to undo for all that is typed until the input is left.
    let typing = StoredValue::new(false);
    let typed = move |event| {
        let text = domain::text::clean_text(&event_target_value(&event));
        let change = move |field: &mut Field| field.kind = FieldKind::TextBlock { text };
        if typing.get_value() {
            desk.amend(&key, change);
        } else {
            desk.change(&key, change);
            typing.set_value(true);
        }
    };
    view! {
        <TextArea
            id="prop-text"
            label="Text"
            hint="**bold**, *italics*, [a link](https://example.com), lines that begin with - or 1. for a list"
            value=text
            rows=8
            on:input=typed
            on:change=move |_| typing.set_value(false)
        />
    }
    .into_any()
}
