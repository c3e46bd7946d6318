//! A repeating group: a row of inputs for each, under one head where there is room, each a block of its own on a phone.

use domain::forms::{Field, RawAnswers};
use leptos::{ev, prelude::*};

use super::{
    collect::name_of,
    problems::Watch,
    row_cell::RowCell,
    row_group::{Group, Line, Shape, head},
};
use crate::ui::{Button, FieldError, described_by};

/// The whole has the field's own `id` and can take the focus, so that a message about the field leads to it.
#[component]
pub fn RowsField(
    id: String,
    field: Field,
    hint: Option<String>,
    #[prop(into)] error: Signal<Option<String>>,
    required: bool,
    answers: RwSignal<RawAnswers>,
    watch: Watch,
) -> impl IntoView {
    let Some(rows) = field.kind.rows().cloned() else {
        return ().into_any();
    };
    let label = field.label.clone();
    let has_hint = hint.is_some();
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let (describes, own_id) = (id.clone(), id.clone());
    let summed = !rows.sums.is_empty();
    let group = Group::new(Shape { id, field, rows }, answers, watch);
    let pasted = move |event: ev::ClipboardEvent| {
        let text = event.clipboard_data();
        let text = text.and_then(|data| data.get_data("text/plain").ok());
        if let (Some(name), Some(text)) = (name_of(&event), text)
            && group.paste(&name, &text)
        {
            event.prevent_default();
        }
    };
    view! {
        <fieldset
            class="field"
            id=own_id
            tabindex="-1"
            data-invalid=move || error.get().map(|_| "")
            aria-describedby=move || described_by(&describes, has_hint, error.get().is_some())
            on:paste=pasted
        >
            <legend class="field__label">
                {label}
                {required.then(|| view! {
                    <span class="field__required" aria-hidden="true">" *"</span>
                    <span class="visually-hidden">" (required)"</span>
                })}
            </legend>
            {hint.map(|hint| view! { <p class="field__hint" id=hint_id>{hint}</p> })}
            <FieldError id=error_id error/>
            <DefaultButton/>
            <div class="rowset">
                <div class="rowset__scroll">
                    <Heads group/>
                    <For each=move || group.lines.get() key=|line| *line let:line>
                        <RowLine group line/>
                    </For>
                    {summed.then(|| view! { <Totals group/> })}
                </div>
                <AddButton group/>
            </div>
            <p class="visually-hidden" role="status">{move || group.said.get()}</p>
        </fieldset>
    }
    .into_any()
}

/// Enter in an input presses the first button of a form: this one, which loses nothing, and not one that takes a row out.
#[component]
fn DefaultButton() -> impl IntoView {
    view! {
        <button class="visually-hidden" type="submit" name="_update" value="1" tabindex="-1" aria-hidden="true">
            "Update the questions"
        </button>
    }
}

/// Each cell has its label too; these are only for the eye.
#[component]
fn Heads(group: Group) -> impl IntoView {
    let shape = group.shape.get_value();
    let heads = shape.rows.columns.iter().map(|column| {
        let required = column.required == domain::forms::Requirement::Always;
        let help = Some(column.help.clone()).filter(|help| !help.is_empty());
        view! {
            <div class="rowset__cell">
                <span class="field__label">
                    {head(column)} {required.then(|| view! { <span class="field__required">" *"</span> })}
                </span>
                {help.map(|help| view! { <p class="field__hint">{help}</p> })}
            </div>
        }
    });
    view! {
        <div class="rowset__heads" aria-hidden="true">
            {heads.collect_view()}
            <div class="rowset__end"></div>
        </div>
    }
}

#[component]
fn RowLine(group: Group, line: Line) -> impl IntoView {
    let shape = group.shape.get_value();
    let place = Memo::new(move |_| {
        let found = group
            .lines
            .with(|lines| lines.iter().position(|own| *own == line));
        found.map_or(0, |place| place + 1)
    });
    let columns = shape.rows.columns.clone();
    let cells = columns
        .into_iter()
        .map(|column| view! { <RowCell group column line place/> });
    let cells = cells.collect_view();
    let row = format!("{}.{}", shape.field.key, line.number);
    let named = shape.clone();
    let label = move || named.line_label(place.get());
    let remove_label = move || format!("Remove {} {}", shape.rows.row_name(), place.get());
    let remove = move |event: ev::MouseEvent| {
        event.prevent_default();
        group.remove(line);
    };
    view! {
        <div class="rowset__row" role="group" aria-label=label>
            {cells}
            <div class="rowset__end">
                <button
                    class="button"
                    type="submit"
                    data-variant="quiet"
                    data-size="small"
                    name="_remove"
                    value=row
                    aria-label=remove_label
                    on:click=remove
                >
                    "Remove"
                </button>
            </div>
        </div>
    }
    .into_any()
}

/// The totals of what can be read, under their columns.
#[component]
fn Totals(group: Group) -> impl IntoView {
    let shape = group.shape.get_value();
    let summed = shape.clone();
    let totals = Memo::new(move |_| {
        let (key, rows) = (&summed.field.key, &summed.rows);
        let locale = group.locale;
        group
            .answers
            .with(|raw| rows.totals_of_in(key, raw, locale))
    });
    let cells = shape.rows.columns.iter().enumerate().map(|(place, column)| {
        let key = column.key.clone();
        let total = move || {
            let found = totals.with(|all| all.iter().find(|(own, _)| *own == key).cloned());
            found.map(|(_, text)| text).unwrap_or_default()
        };
        let is_summed = shape.rows.is_summed(&column.key);
        let label = format!("Total {}: ", column.label);
        // At the head of the line, where nothing else is.
        let named = place == 0 && !is_summed;
        view! {
            <div class="rowset__cell">
                {is_summed.then(|| view! { <span class="rowset__of">{label}</span><span>{total}</span> })}
                {named.then(|| view! { <span class="rowset__word" aria-hidden="true">"Total"</span> })}
            </div>
        }
    });
    view! {
        <div class="rowset__totals" role="group" aria-label="Totals">
            {cells.collect_view()}
            <div class="rowset__end"></div>
        </div>
    }
}

/// Without scripts it posts the name of the first cell of the row that is to come.
#[component]
fn AddButton(group: Group) -> impl IntoView {
    let shape = group.shape.get_value();
    let last = group
        .lines
        .with_untracked(|lines| lines.iter().map(|line| line.number).max());
    let next = last.map_or(0, |last| last + 1);
    let first = shape.rows.columns.first();
    let cell = first.map(|column| RawAnswers::cell_name(&shape.field.key, next, &column.key));
    let label = format!("Add another {}", shape.rows.row_name());
    let add = move |event: ev::MouseEvent| {
        event.prevent_default();
        group.add();
    };
    let full = Signal::derive(move || group.is_full());
    let most = shape.rows.counted(usize::from(shape.rows.most));
    let count = move || format!("{} of {most}", group.lines.with(Vec::len));
    view! {
        <div class="cluster">
            <Button kind="submit" small=true name="_add" value=cell icon=icondata::LuPlus disabled=full on:click=add>
                {label}
            </Button>
            <span class="muted small">{count}</span>
        </div>
    }
}
