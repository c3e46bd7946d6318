//! One cell of a repeating group: its label says the column and the row, its input is of the column's kind.

use domain::forms::{Field, FieldKind, FieldProblem, RawAnswers, problem_text_in, to_spoken};
use leptos::prelude::*;

use super::{
    heard::HeardLine,
    model::{line_input, options_html},
    row_group::{Group, Line, head},
};
use crate::locale::use_locale;
use crate::ui::{FieldError, described_by};

#[component]
pub fn RowCell(group: Group, column: Field, line: Line, place: Memo<usize>) -> impl IntoView {
    let shape = group.shape.get_value();
    let key = &shape.field.key;
    let id = shape.cell_id(line.number, &column.key);
    let name = RawAnswers::cell_name(key, line.number, &column.key);
    let value = group.answers.with_untracked(|raw| {
        let values = raw.cell(key, line.number, &column.key);
        let plain = values.first().map(String::as_str).unwrap_or_default();
        to_spoken(&column, plain, use_locale())
    });
    let error = error_at(group, name.clone(), &column, place);
    let heard_line = column.kind.is_number().then(|| {
        let heard = group.watch.heard;
        view! { <HeardLine name=name.clone() heard/> }
    });
    let required = column.required == domain::forms::Requirement::Always;
    let row_name = shape.rows.row_name().to_owned();
    let of_row = move || format!(", {row_name} {}", place.get());
    let label = head(&column);
    let help = Some(column.help.clone()).filter(|help| !help.is_empty());
    let has_hint = help.is_some();
    let (for_id, hint_id, error_id) = (id.clone(), format!("{id}-hint"), format!("{id}-error"));
    view! {
        <div class="field rowset__cell" data-invalid=move || error.get().map(|_| "")>
            <label class="field__label" for=for_id>
                {label}
                {required.then(|| view! { <span class="field__required" aria-hidden="true">" *"</span> })}
                <span class="visually-hidden">{of_row}</span>
            </label>
            {help.map(|help| view! { <p class="field__hint" id=hint_id>{help}</p> })}
            <FieldError id=error_id error/>
            {heard_line}
            <Control id name column value error required has_hint/>
        </div>
    }
    .into_any()
}

/// The problem at this cell, by the place that its row has now.
fn error_at(
    group: Group,
    name: String,
    column: &Field,
    place: Memo<usize>,
) -> Signal<Option<String>> {
    let column = column.key.clone();
    let locale = use_locale();
    Signal::derive(move || {
        let said = group.watch.problems.with(|said| said.get(&name).cloned());
        let problem = match said? {
            FieldProblem::InRow { problem, .. } => FieldProblem::InRow {
                row: place.get(),
                column: column.clone(),
                problem,
            },
            other => other,
        };
        let text = |field: &Field| problem_text_in(Some(field), &problem, locale);
        Some(group.shape.with_value(|shape| text(&shape.field)))
    })
}

#[component]
fn Control(
    id: String,
    name: String,
    column: Field,
    value: String,
    error: Signal<Option<String>>,
    required: bool,
    has_hint: bool,
) -> impl IntoView {
    let describes = id.clone();
    let described = move || described_by(&describes, has_hint, error.get().is_some());
    let needed = required.then_some("true");
    let invalid = move || error.get().map(|_| "true");
    if let Some(html) = options(&column, value.clone()) {
        return view! {
            <select class="input" id=id name=name aria-required=needed aria-invalid=invalid aria-describedby=described inner_html=html></select>
        }
        .into_any();
    }
    let line = line_input(&column);
    let dir = (line.kind == "text").then_some("auto");
    let placeholder = Some(column.placeholder).filter(|text| !text.is_empty());
    view! {
        <input
            class="input"
            id=id
            name=name
            type=line.kind
            value=value
            autocomplete="off"
            inputmode=line.mode
            placeholder=placeholder
            dir=dir
            aria-required=needed
            aria-invalid=invalid
            aria-describedby=described
        />
    }
    .into_any()
}

/// The list of a column that has one.
fn options(column: &Field, chosen: String) -> Option<String> {
    let chosen = [chosen];
    let prompt = Some("Select one");
    match &column.kind {
        FieldKind::Select { options } => {
            let options = options.iter();
            let pairs = options.map(|o| (o.value.as_str(), o.label.as_str()));
            Some(options_html(prompt, pairs, &chosen))
        }
        FieldKind::YesNo => {
            let pairs = [("yes", "Yes"), ("no", "No")].into_iter();
            Some(options_html(prompt, pairs, &chosen))
        }
        _ => None,
    }
}
