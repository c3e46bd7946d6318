//! One column of a repeating group.

use domain::{
    Currency,
    forms::{Bound, Field, FieldKind, KindName, Limits, Mask, Requirement, Rows},
};
use leptos::prelude::*;

use super::{
    condition_model::read_bound,
    limits_box::limit_of,
    moving::Way,
    options_model,
    rows_box::Columns,
    rows_model,
    text_prop::{ChoiceProp, TextProp},
};
use crate::ui::{Button, Checkbox, TextArea, Variant};

/// The id of one control of the column at that place.
fn id(at: usize, part: &str) -> String {
    format!("prop-column-{at}-{part}")
}

#[component]
pub fn ColumnBox(
    columns: Columns,
    column: Field,
    at: usize,
    /// How many columns there are.
    of: usize,
    summed: bool,
) -> impl IntoView {
    let fixed = columns.is_published(&column.key);
    let required = column.required == Requirement::Always;
    let label = move |text: String| {
        let text = domain::text::clean_line(&text);
        let missing = text.is_empty().then(|| "Say what you ask for".to_owned());
        columns.change(|rows| rows_model::rename(rows, at, &text, fixed));
        missing
    };
    let help = move |text: String| {
        let text = domain::text::clean_line(&text);
        columns.change_column(at, |column| column.help = text);
        None
    };
    let need = move |event| {
        let needed = event_target_checked(&event);
        columns.change_column(at, |column| {
            column.required = if needed {
                Requirement::Always
            } else {
                Requirement::Never
            };
        });
    };
    let add_up = move |event| {
        let summed = event_target_checked(&event);
        columns.change(|rows| rows_model::sum(rows, at, summed));
    };
    let total = rows_model::adds_up(&column.kind).then(|| {
        view! { <Checkbox id=id(at, "sum") label="Show its total" checked=summed on:change=add_up/> }
    });
    let legend = format!("Column {}", at + 1);
    view! {
        <fieldset class="column-box">
            <legend class="visually-hidden">{legend}</legend>
            <TextProp id=id(at, "label") label="Column label" value=column.label.clone() apply=label/>
            <TextProp id=id(at, "help") label="Column help" value=column.help.clone() apply=help/>
            <KindChoice columns at kind=column.kind.name()/>
            <Details columns at column=column.clone()/>
            <Checkbox id=id(at, "required") label="Required in every row" checked=required on:change=need/>
            {total}
            <Tools columns at of label=column.label/>
        </fieldset>
    }
    .into_any()
}

#[component]
fn KindChoice(columns: Columns, at: usize, kind: KindName) -> impl IntoView {
    let choices = rows_model::KINDS
        .iter()
        .map(|kind| (kind.label().to_owned(), kind.label().to_owned()))
        .collect();
    let apply = move |word: String| {
        let found = rows_model::KINDS.into_iter().find(|k| k.label() == word);
        if let Some(kind) = found {
            let currency = columns.desk().currency;
            columns.rebuild(
                |rows| rows_model::change_kind(rows, at, kind, currency),
                String::new(),
                id(at, "kind"),
            );
        }
    };
    view! { <ChoiceProp id=id(at, "kind") label="Column kind" choices value=kind.label().to_owned() apply/> }
}

/// What only its kind has, and its limits.
#[component]
fn Details(columns: Columns, at: usize, column: Field) -> impl IntoView {
    let limits = column.limits;
    match column.kind {
        FieldKind::Select { options } => {
            let apply = move |event| {
                let text: String = event_target_value(&event);
                columns.change_column(at, |column| {
                    if let Some(options) = column.kind.options_mut() {
                        *options = options_model::from_text(&text, options);
                    }
                });
            };
            let text = options_model::to_text(&options);
            view! {
                <TextArea id=id(at, "options") label="Options" hint="One a line. To fix what is stored, write it before: de = Germany." value=text rows=4 on:change=apply/>
            }
            .into_any()
        }
        FieldKind::Number { decimals, unit } => {
            let apply = move |text: String| {
                columns.change_column(at, |column| {
                    if let FieldKind::Number { unit, .. } = &mut column.kind {
                        *unit = domain::text::clean_line(&text);
                    }
                });
                None
            };
            view! {
                <Digits columns at decimals/>
                <TextProp id=id(at, "unit") label="Unit" value=unit hint="Like seats or months" apply/>
                <Range columns at limits date=false/>
            }
            .into_any()
        }
        FieldKind::Percent { decimals } => view! {
            <Digits columns at decimals/>
            <Range columns at limits date=false/>
        }
        .into_any(),
        FieldKind::Money { currencies } => view! {
            <CurrencyProp columns at currency=currencies.first().copied()/>
            <Range columns at limits date=false/>
        }
        .into_any(),
        FieldKind::Date => view! { <Range columns at limits date=true/> }.into_any(),
        FieldKind::Text => view! {
            <Longest columns at limits=limits.clone()/>
            <Pattern columns at limits/>
        }
        .into_any(),
        _ => ().into_any(),
    }
}

#[component]
fn Digits(columns: Columns, at: usize, decimals: u8) -> impl IntoView {
    let apply = move |text: String| match text.trim().parse::<u8>() {
        Ok(digits) if digits <= 9 => {
            columns.change_column(at, |column| {
                if let FieldKind::Number { decimals, .. } | FieldKind::Percent { decimals } =
                    &mut column.kind
                {
                    *decimals = digits;
                }
            });
            None
        }
        _ => Some("Enter a number from 0 to 9".to_owned()),
    };
    view! { <TextProp id=id(at, "decimals") label="Digits after the point" value=decimals.to_string() mode="numeric" apply/> }
}

#[component]
fn CurrencyProp(columns: Columns, at: usize, currency: Option<Currency>) -> impl IntoView {
    let value = currency.map(|c| c.to_string()).unwrap_or_default();
    let apply = move |text: String| {
        let code = text.trim().to_ascii_uppercase();
        let Some(currency) = Currency::from_code(&code) else {
            return Some("Enter the code of one currency, like EUR".to_owned());
        };
        columns.change_column(at, |column| {
            let currencies = vec![currency];
            column.kind = FieldKind::Money { currencies };
        });
        None
    };
    view! { <TextProp id=id(at, "currency") label="Currency" value hint="A code, like EUR" apply/> }
}

/// A way to take one limit: an empty text clears it.
fn taker<T: 'static>(
    columns: Columns,
    at: usize,
    read: impl Fn(&str) -> Option<T> + Send + Sync + 'static,
    set: fn(&mut Limits, Option<T>),
    wrong: &'static str,
) -> impl Fn(String) -> Option<String> + Send + Sync + 'static {
    move |text: String| {
        let Ok(value) = limit_of(&text, &read) else {
            return Some(wrong.to_owned());
        };
        columns.change_column(at, |column| set(&mut column.limits, value));
        None
    }
}

#[component]
fn Range(columns: Columns, at: usize, limits: Limits, date: bool) -> impl IntoView {
    let read = move |text: &str| read_bound(text).filter(|b: &Bound| b.number().is_none() == date);
    let (wrong, from, to) = if date {
        (
            "Enter a day like 2026-12-31, today or today+30",
            "Earliest",
            "Latest",
        )
    } else {
        ("Enter a number", "Smallest", "Largest")
    };
    let shown = |bound: Option<Bound>| bound.map(|b| b.to_string()).unwrap_or_default();
    let min = taker(columns, at, read, |l, v| l.min = v, wrong);
    let max = taker(columns, at, read, |l, v| l.max = v, wrong);
    view! {
        <div class="field-row">
            <TextProp id=id(at, "min") label=from value=shown(limits.min) apply=min/>
            <TextProp id=id(at, "max") label=to value=shown(limits.max) apply=max/>
        </div>
    }
}

#[component]
fn Longest(columns: Columns, at: usize, limits: Limits) -> impl IntoView {
    let read = |text: &str| text.parse::<u32>().ok();
    let wrong = "Enter a whole number";
    let max = taker(columns, at, read, |l, v| l.max_length = v, wrong);
    let value = limits.max_length.map(|m| m.to_string()).unwrap_or_default();
    view! { <TextProp id=id(at, "longest") label="At most, in characters" value mode="numeric" apply=max/> }
}

#[component]
fn Pattern(columns: Columns, at: usize, limits: Limits) -> impl IntoView {
    let read = |text: &str| Mask::parse(text).ok();
    let wrong = "Write A for a letter, 9 for a digit, * for either";
    let mask = taker(columns, at, read, |l, v| l.mask = v, wrong);
    let value = limits.mask.map(|mask| mask.to_string()).unwrap_or_default();
    let hint = "A for a letter, 9 for a digit, * for either: AA-999";
    view! { <TextProp id=id(at, "mask") label="Column pattern" value hint apply=mask/> }
}

#[component]
fn Tools(columns: Columns, at: usize, of: usize, label: String) -> impl IntoView {
    let name = if label.is_empty() {
        format!("column {}", at + 1)
    } else {
        label
    };
    let gone = format!("{name} removed. Undo brings it back.");
    let remove = move |_| {
        let next = if of < 2 {
            "prop-add-column".to_owned()
        } else {
            id(at.min(of - 2), "label")
        };
        columns.rebuild(|rows| rows_model::remove(rows, at), gone.clone(), next);
    };
    view! {
        <div class="cluster">
            <Move columns at of name=name.clone() way=Way::Up/>
            <Move columns at of name=name.clone() way=Way::Down/>
            <Button
                variant=Variant::Quiet
                small=true
                square=true
                icon=icondata::LuTrash2
                label=format!("Remove {name}")
                on:click=remove
            />
        </div>
    }
}

#[component]
fn Move(columns: Columns, at: usize, of: usize, name: String, way: Way) -> impl IntoView {
    let (word, icon, to) = match way {
        Way::Up => ("up", icondata::LuArrowUp, at.checked_sub(1)),
        Way::Down => ("down", icondata::LuArrowDown, Some(at + 1)),
    };
    let label = format!("Move {name} {word}");
    let step = move |_| {
        let Some(to) = to.filter(|to| *to < of) else {
            return;
        };
        let say = format!("{name}, {} of {of}", to + 1);
        let change = |rows: &mut Rows| {
            rows_model::shift(rows, at, way);
        };
        columns.rebuild(change, say, id(to, word));
    };
    view! {
        <Button variant=Variant::Quiet small=true square=true icon label attr:id=id(at, word) on:click=step/>
    }
}
