//! A field that is not open now: its answer, to read.

use domain::forms::{Answer, Field, answer_text, row_table};
use leptos::prelude::*;

use super::rows_table::RowsTable;

#[component]
pub fn KeptField(field: Field, answer: Answer) -> impl IntoView {
    let shown = match row_table(&field, &answer) {
        Some(table) => view! { <RowsTable label=field.label.clone() table/> }.into_any(),
        None => {
            let text = answer_text(&field, &answer);
            view! { <p class="prose">{text}</p> }.into_any()
        }
    };
    view! {
        <div class="field">
            <p class="field__label">{field.label}</p>
            {shown}
        </div>
    }
}
