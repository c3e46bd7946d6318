//! A repeating group: what one row is called, how many there can be, and its columns.

use domain::forms::{Field, FieldKey, MAX_COLUMNS, MAX_ROWS, Rows};
use leptos::prelude::*;

use super::{column_box::ColumnBox, desk::Desk, rows_model, text_prop::TextProp};
use crate::ui::{Button, focus_by_id};

/// The columns of one group on the desk.
#[derive(Clone, Copy)]
pub struct Columns {
    /// Too large to be copied about with the rest.
    desk: StoredValue<Desk>,
    key: StoredValue<FieldKey>,
    /// Counts the times that columns came, went or moved: what shows them is then out of date.
    turns: RwSignal<u32>,
}

impl Columns {
    pub fn desk(self) -> Desk {
        self.desk.get_value()
    }

    /// Changes the group without a change of which columns there are.
    pub fn change(self, change: impl FnOnce(&mut Rows)) {
        let key = self.key.get_value();
        self.desk().change(&key, |field| {
            if let Some(rows) = field.kind.rows_mut() {
                change(rows);
            }
        });
    }

    /// Changes one property of the column at that place.
    pub fn change_column(self, at: usize, change: impl FnOnce(&mut Field)) {
        self.change(|rows| {
            if let Some(column) = rows.columns.get_mut(at) {
                change(column);
            }
        });
    }

    /// Changes which columns there are, says it, and takes the focus to the control of that id.
    pub fn rebuild(self, change: impl FnOnce(&mut Rows), say: String, focus: String) {
        self.change(change);
        self.turns.update(|turns| *turns += 1);
        if !say.is_empty() {
            self.desk().said.set(say);
        }
        request_animation_frame(move || focus_by_id(&focus));
    }

    /// Whether partners have seen the column, so that answers refer to it.
    pub fn is_published(self, column: &FieldKey) -> bool {
        let key = self.key.get_value();
        self.desk().published.with_untracked(|version| {
            let field = version.definition.field(&key);
            let rows = field.and_then(|field| field.kind.rows());
            rows.is_some_and(|rows| rows.column(column.as_str()).is_some())
        })
    }

    fn now(self) -> Option<Rows> {
        let key = self.key.get_value();
        self.desk()
            .form
            .with_untracked(|form| form.field(&key)?.kind.rows().cloned())
    }
}

#[component]
pub fn RowsBox(desk: Desk, key: FieldKey, rows: Rows) -> impl IntoView {
    let columns = Columns {
        desk: StoredValue::new(desk),
        key: StoredValue::new(key),
        turns: RwSignal::new(0),
    };
    let name = move |text: String| {
        let text = domain::text::clean_line(&text);
        columns.change(|rows| rows.name = text);
        None
    };
    let plural = move |text: String| {
        let text = domain::text::clean_line(&text);
        columns.change(|rows| rows.plural = text);
        None
    };
    let least = count(columns, 0, |rows, count| rows.least = count);
    let most = count(columns, 1, |rows, count| rows.most = count);
    view! {
        <TextProp id="prop-row-name" label="Name of one row" value=rows.name hint="Like product line, or contact" apply=name/>
        <TextProp id="prop-row-names" label="Name of several rows" value=rows.plural hint="Only where it is not the usual plural: Produkte" apply=plural/>
        <div class="field-row">
            <TextProp id="prop-least" label="Least rows" value=rows.least.to_string() mode="numeric" apply=least/>
            <TextProp id="prop-most" label="Most rows" value=rows.most.to_string() mode="numeric" apply=most/>
        </div>
        <ColumnList columns/>
    }
    .into_any()
}

/// A way to take a number of rows.
fn count(
    columns: Columns,
    from: u8,
    set: fn(&mut Rows, u8),
) -> impl Fn(String) -> Option<String> + Send + Sync + 'static {
    move |text: String| match text.trim().parse::<u8>() {
        Ok(count) if (from..=MAX_ROWS).contains(&count) => {
            columns.change(|rows| set(rows, count));
            None
        }
        _ => Some(format!("Enter a number from {from} to {MAX_ROWS}")),
    }
}

#[component]
fn ColumnList(columns: Columns) -> impl IntoView {
    let list = move || {
        columns.turns.track();
        let rows = columns.now()?;
        let of = rows.columns.len();
        let boxes = rows.columns.iter().enumerate().map(|(at, column)| {
            let summed = rows.is_summed(&column.key);
            view! { <ColumnBox columns column=column.clone() at of summed/> }
        });
        Some(boxes.collect_view())
    };
    let full = Signal::derive(move || {
        columns.turns.track();
        columns
            .now()
            .is_none_or(|rows| rows.columns.len() >= MAX_COLUMNS)
    });
    let add = move |_| {
        let at = columns.now().map_or(0, |rows| rows.columns.len());
        let focus = format!("prop-column-{at}-label");
        columns.rebuild(
            |rows| {
                rows_model::add(rows);
            },
            "Column added".to_owned(),
            focus,
        );
    };
    view! {
        <fieldset class="fieldset">
            <legend>"Columns"</legend>
            {list}
            <div>
                <Button small=true icon=icondata::LuPlus disabled=full attr:id="prop-add-column" on:click=add>"Add a column"</Button>
            </div>
        </fieldset>
    }
}
