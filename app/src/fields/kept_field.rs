//! A field that is not open now: its answer, to read.

use domain::forms::{Answer, Field, answer_text, row_table};
use leptos::prelude::*;

use super::rows_table::RowsTable;

/// A field that the form fills in itself, or that is the company's to answer: what it has, to read.
#[component]
pub fn FixedField(id: String, field: Field, answer: Option<Answer>) -> impl IntoView {
    let companys = !field.partner_edits();
    let (none, why) = if companys {
        ("Not answered yet", "The company answers this.")
    } else {
        ("Nothing", "Filled in for you.")
    };
    let answer = answer.filter(|answer| !answer.is_blank());
    let table = answer
        .as_ref()
        .and_then(|answer| row_table(&field, answer))
        .map(|table| view! { <RowsTable label=field.label.clone() table/> });
    let text = answer.map_or_else(|| none.to_owned(), |answer| answer_text(&field, &answer));
    let text = table
        .is_none()
        .then(|| view! { <p class="prose">{text}</p> });
    let help = Some(field.help).filter(|help| !help.is_empty());
    let help = help.map_or_else(String::new, |help| format!("{help} "));
    view! {
        <div class="field" data-part="fixed" id=id>
            <p class="field__label">{field.label}</p>
            <p class="field__hint">{format!("{help}{why}")}</p>
            {table}
            {text}
        </div>
    }
}

#[component]
pub fn KeptField(field: Field, answer: Answer) -> impl IntoView {
    let shown = if let Some(table) = row_table(&field, &answer) {
        view! { <RowsTable label=field.label.clone() table/> }.into_any()
    } else {
        let text = answer_text(&field, &answer);
        view! { <p class="prose">{text}</p> }.into_any()
    };
    view! {
        <div class="field">
            <p class="field__label">{field.label}</p>
            {shown}
        </div>
    }
}
