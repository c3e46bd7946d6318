//! The expression of a computed field, with the fields that it can be written with.

use domain::forms::{
    FieldKey, FieldKind, FormDefinition, ResultKind, check_expression, operand_kind,
};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{desk::Desk, kind_box::DigitsBox};
use crate::ui::{Button, Choice, Select, TextArea, focus_by_id};

/// The id of the control that the expression is typed into.
const INPUT: &str = "prop-expression";

/// What is wrong with the text, if anything is. That it is missing is said before publishing.
fn fault(form: &FormDefinition, key: &FieldKey, text: &str) -> Option<String> {
    let position = form.fields.iter().position(|field| field.key == *key)?;
    if text.trim().is_empty() {
        return None;
    }
    let fault = check_expression(text, form, position).err()?;
    Some(fault.text())
}

/// Key and label of the fields above that an expression can name.
fn usable(form: &FormDefinition, key: &FieldKey) -> Vec<(String, String)> {
    form.fields
        .iter()
        .take_while(|field| field.key != *key)
        .filter(|field| operand_kind(&field.kind).is_some() && !field.is_company_only())
        .map(|field| (field.key.to_string(), field.label.clone()))
        .collect()
}

#[component]
pub fn ExpressionBox(
    desk: Desk,
    key: FieldKey,
    expression: String,
    gives: ResultKind,
    decimals: u8,
) -> impl IntoView {
    let text = RwSignal::new(expression);
    let result = RwSignal::new(result_word(gives));
    let checked = key.clone();
    let error = Signal::derive(move || {
        text.with(|text| desk.form.with(|form| fault(form, &checked, text)))
    });
    let (taken, chosen) = (key.clone(), key.clone());
    let take = Callback::new(move |()| take(desk, &taken, &text.get_untracked(), result));
    let choose = move |event| {
        let word: String = event_target_value(&event);
        if let Some(kind) = ResultKind::ALL
            .into_iter()
            .find(|kind| result_word(*kind) == word)
        {
            set_result(desk, &chosen, kind);
        }
    };
    let kinds = ResultKind::ALL
        .map(|kind| Choice::new(result_word(kind), kind.label()))
        .to_vec();
    let is_number = move || result.with(|word| *word == result_word(ResultKind::Number));
    let digits = key.clone();
    view! {
        <TextArea
            id=INPUT
            label="Expression"
            hint="Numbers, keys of fields, + - * / and brackets, min(a, b), max(a, b), round(a, 2). A percentage counts as its fraction: 12.5 % is 0.125."
            error
            rows=3
            bind=text
            on:change=move |_| take.run(())
        />
        <Usable desk key text take/>
        <Select id="prop-result" label="Result" choices=kinds bind=result on:change=choose/>
        {move || is_number().then(|| view! { <DigitsBox desk key=digits.clone() decimals/> })}
    }
    .into_any()
}

fn result_word(kind: ResultKind) -> String {
    let word = match kind {
        ResultKind::Number => "number",
        ResultKind::Money => "money",
    };
    word.to_owned()
}

/// Keeps the expression, and what it comes to where that is known.
fn take(desk: Desk, key: &FieldKey, text: &str, result: RwSignal<String>) {
    let text = domain::text::clean_text(text);
    let found = desk.form.with_untracked(|form| {
        let position = form.fields.iter().position(|field| field.key == *key)?;
        check_expression(&text, form, position).ok()
    });
    if let Some(kind) = found {
        result.set(result_word(kind));
    }
    desk.change(key, |field| {
        if let FieldKind::Computed {
            expression, gives, ..
        } = &mut field.kind
        {
            *expression = text;
            *gives = found.unwrap_or(*gives);
        }
    });
}

fn set_result(desk: Desk, key: &FieldKey, kind: ResultKind) {
    desk.change(key, |field| {
        if let FieldKind::Computed { gives, .. } = &mut field.kind {
            *gives = kind;
        }
    });
}

/// A press puts the key where the cursor is.
#[component]
fn Usable(desk: Desk, key: FieldKey, text: RwSignal<String>, take: Callback<()>) -> impl IntoView {
    let fields = Memo::new(move |_| desk.form.with(|form| usable(form, &key)));
    let buttons = move || {
        let fields = fields.get().into_iter();
        fields
            .map(|(key, label)| {
                let name = key.clone();
                let put = move |_| {
                    insert(text, &name);
                    take.run(());
                };
                view! { <Button small=true on:click=put>{label} " " <code>{key}</code></Button> }
            })
            .collect_view()
    };
    let none = move || {
        fields.with(Vec::is_empty).then(|| {
            view! { <p class="small muted">"No field above gives a number, a percentage or an amount."</p> }
        })
    };
    view! {
        <fieldset class="field">
            <legend class="field__label">"Fields to use"</legend>
            <div class="button-row">{buttons}</div>
            {none}
        </fieldset>
    }
}

/// Where the control is not there, the key goes to the end.
fn insert(text: RwSignal<String>, key: &str) {
    let control = document()
        .get_element_by_id(INPUT)
        .and_then(|element| element.dyn_into::<web_sys::HtmlTextAreaElement>().ok());
    let cursor = control
        .as_ref()
        .and_then(|control| control.selection_start().ok().flatten());
    let before = text.get_untracked();
    let (after, at) = inserted(&before, cursor, key);
    text.set(after.clone());
    if let Some(control) = control {
        control.set_value(&after);
        focus_by_id(INPUT);
        // A cursor elsewhere is no harm.
        let _ = control.set_selection_range(at, at);
    }
}

/// The text with the key in it, and the place behind it; places count as browsers count them, in UTF-16.
fn inserted(text: &str, cursor: Option<u32>, key: &str) -> (String, u32) {
    let units: Vec<u16> = text.encode_utf16().collect();
    let cursor = cursor
        .and_then(|at| usize::try_from(at).ok())
        .map_or(units.len(), |at| at.min(units.len()));
    let (before, after) = units.split_at_checked(cursor).unwrap_or_default();
    let (before, after) = (
        String::from_utf16_lossy(before),
        String::from_utf16_lossy(after),
    );
    let goes_on = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let gap = |touches: bool| if touches { " " } else { "" };
    let (left, right) = (
        gap(before.ends_with(goes_on)),
        gap(after.starts_with(goes_on)),
    );
    let head = format!("{before}{left}{key}");
    let place = u32::try_from(head.encode_utf16().count()).unwrap_or_default();
    (format!("{head}{right}{after}"), place)
}

#[cfg(test)]
mod tests {
    use domain::forms::{Field, starter_form};

    use super::*;

    #[test]
    fn a_key_goes_where_the_cursor_is() {
        for (text, cursor, whole, place) in [
            ("", Some(0), "seats", 5),
            ("2 * ", None, "2 * seats", 9),
            ("2 * ", Some(99), "2 * seats", 9),
            ("2 + 3", Some(4), "2 + seats 3", 9),
            ("price", Some(5), "price seats", 11),
            ("()", Some(1), "(seats)", 6),
        ] {
            let (found, at) = inserted(text, cursor, "seats");
            assert_eq!((found.as_str(), at), (whole, place), "{text}");
        }
    }

    #[test]
    fn only_numbers_above_can_be_used() {
        let mut form = starter_form(domain::Currency::EUR);
        let key = |text: &str| FieldKey::parse(text).unwrap();
        assert!(usable(&form, &key("value")).is_empty());
        let found = usable(&form, &key("need"));
        assert_eq!(found.first().map(|(key, _)| key.as_str()), Some("value"));
        let kind = FieldKind::Computed {
            expression: String::new(),
            gives: ResultKind::Money,
            decimals: 0,
        };
        form.fields.push(Field::new(key("total"), kind, "Total"));
        assert_eq!(fault(&form, &key("total"), " "), None);
        assert_eq!(fault(&form, &key("total"), "value * 2"), None);
        let wrong = fault(&form, &key("total"), "value + need").unwrap();
        assert!(wrong.contains("character 9"), "{wrong}");
    }
}
