//! An answer as people read it.

use super::{
    Answer, Field, FieldKind, country_name, problem_text::counted, region_name,
    row_table::rows_text,
};
use crate::Locale;

/// The answer in words: labels instead of values, amounts with their currency. Files are counted; their names belong to the page.
pub fn answer_text(field: &Field, answer: &Answer) -> String {
    answer_text_in(field, answer, Locale::default())
}

/// The same, with numbers, amounts and days as the locale writes them.
pub fn answer_text_in(field: &Field, answer: &Answer, locale: Locale) -> String {
    match answer {
        Answer::Text(text) => text.clone(),
        Answer::Number(number) => {
            let number = locale.number(*number);
            match &field.kind {
                FieldKind::Number { unit, .. } if !unit.is_empty() => format!("{number} {unit}"),
                FieldKind::Percent { .. } => format!("{number} %"),
                _ => number,
            }
        }
        Answer::Money(money) => locale.money_exact(*money),
        Answer::Date(date) => locale.date(*date),
        Answer::Days { from, until } => {
            format!("{} to {}", locale.date(*from), locale.date(*until))
        }
        Answer::Choice(value) if field.kind == FieldKind::YesNo => {
            if value == "yes" { "Yes" } else { "No" }.to_owned()
        }
        Answer::Choice(value) => choice_label(field, value),
        Answer::Choices(values) => {
            let labels: Vec<String> = values.iter().map(|v| choice_label(field, v)).collect();
            labels.join(", ")
        }
        Answer::Flag(flag) => if *flag { "Yes" } else { "No" }.to_owned(),
        Answer::Address(address) => address.display(),
        Answer::Customer { name, .. } => name.clone(),
        Answer::Files(files) => counted(u64::try_from(files.len()).unwrap_or(u64::MAX), "file"),
        Answer::Rows(rows) => rows_text(field, rows, locale),
    }
}

fn choice_label(field: &Field, value: &str) -> String {
    let own = field
        .kind
        .options()
        .iter()
        .find(|o| o.value == value)
        .map(|o| o.label.as_str());
    let place = || match &field.kind {
        FieldKind::Country => country_name(value),
        FieldKind::Region { .. } => region_name(value),
        _ => None,
    };
    own.or_else(place).unwrap_or(value).to_owned()
}
