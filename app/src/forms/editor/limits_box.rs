//! Lengths, ranges, pattern and default, for the kinds that they fit.

use domain::forms::{Bound, Field, FieldKey, FieldKind, Limits, Mask};
use leptos::prelude::*;

use super::{
    condition_model::read_bound, default_input::DefaultInput, desk::Desk, text_prop::TextProp,
};

#[component]
pub fn LimitsBox(desk: Desk, field: Field) -> impl IntoView {
    let ranged = field.kind.is_number() || field.kind.is_day();
    let (key, limits) = (field.key.clone(), field.limits.clone());
    let lengths = field
        .kind
        .is_text()
        .then(|| view! { <LengthBox desk key=key.clone() limits=limits.clone()/> });
    let range = ranged.then(|| {
        let date = field.kind.is_day();
        view! { <RangeBox desk key=key.clone() limits=limits.clone() date/> }
    });
    let mask = (field.kind == FieldKind::Text)
        .then(|| view! { <MaskBox desk key=key.clone() limits=limits.clone()/> });
    view! {
        {lengths}
        {range}
        {mask}
        <DefaultBox desk field/>
    }
}

fn shown<T: ToString>(value: Option<T>) -> String {
    value.map(|v| v.to_string()).unwrap_or_default()
}

/// What is typed for a limit: none for an empty text, an error where it cannot be read.
pub fn limit_of<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, ()> {
    match text.trim() {
        "" => Ok(None),
        text => read(text).map(Some).ok_or(()),
    }
}

/// A way to take one limit: an empty text clears it.
fn taker<T: 'static>(
    desk: Desk,
    key: FieldKey,
    read: impl Fn(&str) -> Option<T> + Send + Sync + 'static,
    set: fn(&mut Limits, Option<T>),
    wrong: &'static str,
) -> impl Fn(String) -> Option<String> + Send + Sync + 'static {
    move |text: String| {
        let Ok(value) = limit_of(&text, &read) else {
            return Some(wrong.to_owned());
        };
        desk.change(&key, |field| set(&mut field.limits, value));
        None
    }
}

#[component]
fn LengthBox(desk: Desk, key: FieldKey, limits: Limits) -> impl IntoView {
    let read = |text: &str| text.parse::<u32>().ok();
    let wrong = "Enter a whole number";
    let min = taker(desk, key.clone(), read, |l, v| l.min_length = v, wrong);
    let max = taker(desk, key, read, |l, v| l.max_length = v, wrong);
    view! {
        <div class="field-row">
            <TextProp id="prop-min-length" label="At least, in characters" value=shown(limits.min_length) mode="numeric" apply=min/>
            <TextProp id="prop-max-length" label="At most, in characters" value=shown(limits.max_length) mode="numeric" apply=max/>
        </div>
    }
}

#[component]
fn RangeBox(desk: Desk, key: FieldKey, limits: Limits, date: bool) -> impl IntoView {
    let read = move |text: &str| read_bound(text).filter(|b: &Bound| b.number().is_none() == date);
    let wrong = if date {
        "Enter a day like 2026-12-31, today or today+30"
    } else {
        "Enter a number"
    };
    let min = taker(desk, key.clone(), read, |l, v| l.min = v, wrong);
    let max = taker(desk, key, read, |l, v| l.max = v, wrong);
    let (from, to) = if date {
        ("Earliest", "Latest")
    } else {
        ("Smallest", "Largest")
    };
    let hint = date.then_some("A day, today, or today+30");
    view! {
        <div class="field-row">
            <TextProp id="prop-min" label=from value=shown(limits.min) hint apply=min/>
            <TextProp id="prop-max" label=to value=shown(limits.max) hint apply=max/>
        </div>
    }
}

#[component]
fn MaskBox(desk: Desk, key: FieldKey, limits: Limits) -> impl IntoView {
    let wrong = "Write A for a letter, 9 for a digit, * for either";
    let apply = taker(
        desk,
        key,
        |text| Mask::parse(text).ok(),
        |l, v| l.mask = v,
        wrong,
    );
    view! {
        <TextProp
            id="prop-mask"
            label="Pattern"
            value=shown(limits.mask)
            hint="A for a letter, 9 for a digit, * for either: AA-999"
            apply
        />
    }
}

/// What the empty form shows.
#[component]
fn DefaultBox(desk: Desk, field: Field) -> impl IntoView {
    let key = field.key.clone();
    let set = Callback::new(move |values: Vec<String>| {
        desk.change(&key, |field| field.default = values);
    });
    view! { <DefaultInput id="prop-default" label="Filled in at first" kind=field.kind value=field.default set/> }
}
