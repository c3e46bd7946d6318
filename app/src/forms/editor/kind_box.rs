//! What only one kind of field has: options, currencies, digits, files.

use domain::{
    Currency,
    forms::{Field, FieldKey, FieldKind, MAX_FILES},
};
use leptos::prelude::*;

use super::{
    desk::Desk, expression_box::ExpressionBox, options_model, region_box::RegionBox,
    rows_box::RowsBox, text_box::TextBox, text_prop::TextProp,
};
use crate::ui::TextArea;

const MEGA: u64 = 1_000_000;
/// What one upload takes at most.
const MAX_MEGABYTES: u64 = 1_000;

#[component]
pub fn KindBox(desk: Desk, field: Field) -> impl IntoView {
    let key = field.key.clone();
    match field.kind {
        FieldKind::Select { .. } | FieldKind::Radio { .. } | FieldKind::MultiSelect { .. } => {
            view! { <OptionsBox desk key text=options_model::to_text(field.kind.options())/> }
                .into_any()
        }
        FieldKind::Number { decimals, unit } => view! {
            <DigitsBox desk key=key.clone() decimals/>
            <UnitBox desk key unit/>
        }
        .into_any(),
        FieldKind::Percent { decimals } => view! { <DigitsBox desk key decimals/> }.into_any(),
        FieldKind::Money { currencies } => {
            view! { <CurrenciesBox desk key currencies/> }.into_any()
        }
        FieldKind::File {
            max_bytes,
            accept,
            most,
        } => view! { <FilesBox desk key max_bytes accept most/> }.into_any(),
        FieldKind::Rows(rows) => view! { <RowsBox desk key rows/> }.into_any(),
        FieldKind::Computed {
            expression,
            gives,
            decimals,
        } => view! { <ExpressionBox desk key expression gives decimals/> }.into_any(),
        FieldKind::TextBlock { text } => view! { <TextBox desk key text/> }.into_any(),
        FieldKind::Region { country } => view! { <RegionBox desk key country/> }.into_any(),
        FieldKind::Text
        | FieldKind::LongText
        | FieldKind::Date
        | FieldKind::DateRange
        | FieldKind::Checkbox
        | FieldKind::YesNo
        | FieldKind::Email
        | FieldKind::Phone
        | FieldKind::Url
        | FieldKind::Country
        | FieldKind::Heading
        | FieldKind::PageBreak
        | FieldKind::Group
        | FieldKind::GroupEnd
        | FieldKind::Customer
        | FieldKind::Address => ().into_any(),
    }
}

#[component]
fn OptionsBox(desk: Desk, key: FieldKey, text: String) -> impl IntoView {
    let apply = move |event| {
        let text: String = event_target_value(&event);
        desk.change(&key, |field| {
            if let Some(options) = field.kind.options_mut() {
                *options = options_model::from_text(&text, options);
            }
        });
    };
    view! {
        <TextArea
            id="prop-options"
            label="Options"
            hint="One a line. To fix what is stored, write it before: de = Germany."
            value=text
            rows=8
            on:change=apply
        />
    }
}

#[component]
pub fn DigitsBox(desk: Desk, key: FieldKey, decimals: u8) -> impl IntoView {
    let digits = move |text: String| match text.trim().parse::<u8>() {
        Ok(digits) if digits <= 9 => {
            desk.change(&key, |field| {
                if let FieldKind::Number { decimals, .. }
                | FieldKind::Percent { decimals }
                | FieldKind::Computed { decimals, .. } = &mut field.kind
                {
                    *decimals = digits;
                }
            });
            None
        }
        _ => Some("Enter a number from 0 to 9".to_owned()),
    };
    view! { <TextProp id="prop-decimals" label="Digits after the point" value=decimals.to_string() mode="numeric" apply=digits/> }
}

#[component]
fn UnitBox(desk: Desk, key: FieldKey, unit: String) -> impl IntoView {
    let apply = move |text: String| {
        desk.change(&key, |field| {
            if let FieldKind::Number { unit, .. } = &mut field.kind {
                *unit = domain::text::clean_line(&text);
            }
        });
        None
    };
    view! { <TextProp id="prop-unit" label="Unit" value=unit hint="Like seats or months" apply/> }
}

#[component]
fn CurrenciesBox(desk: Desk, key: FieldKey, currencies: Vec<Currency>) -> impl IntoView {
    let value = currencies
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(", ");
    let apply = move |text: String| {
        let codes = text
            .split([',', ' '])
            .map(str::trim)
            .filter(|code| !code.is_empty())
            .map(str::to_ascii_uppercase);
        let mut read = Vec::new();
        for code in codes {
            match Currency::from_code(&code) {
                Some(currency) if !read.contains(&currency) => read.push(currency),
                Some(_) => {}
                None => return Some(format!("{code} is not a currency that Dealboard knows")),
            }
        }
        desk.change(&key, |field| {
            field.kind = FieldKind::Money { currencies: read }
        });
        None
    };
    view! { <TextProp id="prop-currencies" label="Currencies" value hint="Codes with a comma between them: EUR, USD" apply/> }
}

#[component]
fn FilesBox(
    desk: Desk,
    key: FieldKey,
    max_bytes: u64,
    accept: Vec<String>,
    most: u8,
) -> impl IntoView {
    let size_key = key.clone();
    let size = move |text: String| match text.trim().parse::<u64>() {
        Ok(megabytes) if (1..=MAX_MEGABYTES).contains(&megabytes) => {
            desk.change(&size_key, |field| {
                if let FieldKind::File { max_bytes, .. } = &mut field.kind {
                    *max_bytes = megabytes * MEGA;
                }
            });
            None
        }
        _ => Some(format!("Enter a number from 1 to {MAX_MEGABYTES}")),
    };
    let count_key = key.clone();
    let count = move |text: String| match text.trim().parse::<u8>() {
        Ok(count) if (1..=MAX_FILES).contains(&count) => {
            desk.change(&count_key, |field| {
                if let FieldKind::File { most, .. } = &mut field.kind {
                    *most = count;
                }
            });
            None
        }
        _ => Some(format!("Enter a number from 1 to {MAX_FILES}")),
    };
    let endings = move |text: String| {
        let read = text
            .split([',', ' '])
            .map(|e| e.trim().trim_start_matches('.').to_lowercase());
        let read: Vec<String> = read.filter(|e| !e.is_empty()).collect();
        desk.change(&key, |field| {
            if let FieldKind::File { accept, .. } = &mut field.kind {
                *accept = read;
            }
        });
        None
    };
    let megabytes = max_bytes.div_ceil(MEGA).to_string();
    view! {
        <TextProp id="prop-size" label="Largest file, in MB" value=megabytes mode="numeric" apply=size/>
        <TextProp id="prop-files" label="Most files" value=most.to_string() mode="numeric" apply=count/>
        <TextProp id="prop-endings" label="File types" value=accept.join(", ") hint="Like pdf, docx. Empty takes all." apply=endings/>
    }
}
