//! The rows of an answer as people read them.

use serde::{Deserialize, Serialize};

use super::{Answer, Answers, Field, FieldKind, Rows, answer_text_in, problem_text::counted};
use crate::Locale;

/// Rows as a table of texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowTable {
    pub heads: Vec<RowHead>,
    /// A text for each column; empty where nothing was said.
    pub rows: Vec<Vec<String>>,
    /// A text for each column, empty where it has no total; empty when none has.
    pub totals: Vec<String>,
}

/// The head of one column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowHead {
    pub label: String,
    /// Whether its cells are numbers, which stand at the end of their column.
    pub number: bool,
}

/// Nothing for answers of other kinds.
pub fn row_table(field: &Field, answer: &Answer) -> Option<RowTable> {
    row_table_in(field, answer, Locale::default())
}

/// The same, with numbers, amounts and days as the locale writes them.
pub fn row_table_in(field: &Field, answer: &Answer, locale: Locale) -> Option<RowTable> {
    let (FieldKind::Rows(shape), Answer::Rows(rows)) = (&field.kind, answer) else {
        return None;
    };
    let heads = shape.columns.iter().map(|column| RowHead {
        label: column.label.clone(),
        number: column.kind.is_number(),
    });
    let totals = shape.totals_in(rows, locale);
    let total_of = |column: &Field| {
        let found = totals.iter().find(|(summed, _)| summed.key == column.key);
        found.map(|(_, text)| text.clone()).unwrap_or_default()
    };
    Some(RowTable {
        heads: heads.collect(),
        rows: rows.iter().map(|row| cells(shape, row, locale)).collect(),
        totals: if totals.is_empty() {
            Vec::new()
        } else {
            shape.columns.iter().map(total_of).collect()
        },
    })
}

fn cells(shape: &Rows, row: &Answers, locale: Locale) -> Vec<String> {
    let text = |column: &Field| {
        let answer = row.get(&column.key);
        answer
            .map(|answer| answer_text_in(column, answer, locale))
            .unwrap_or_default()
    };
    shape.columns.iter().map(text).collect()
}

/// A line for each row, "Product: Ledger; Seats: 12", and one for the totals.
pub(super) fn rows_text(field: &Field, rows: &[Answers], locale: Locale) -> String {
    let FieldKind::Rows(shape) = &field.kind else {
        return counted(u64::try_from(rows.len()).unwrap_or(u64::MAX), "row");
    };
    let line = |texts: Vec<String>| {
        let said = shape.columns.iter().zip(texts);
        let said = said.filter(|(_, text)| !text.is_empty());
        let said: Vec<String> = said
            .map(|(column, text)| format!("{}: {text}", column.label))
            .collect();
        said.join("; ")
    };
    let mut lines: Vec<String> = rows
        .iter()
        .map(|row| line(cells(shape, row, locale)))
        .collect();
    let totals: Vec<String> = shape
        .totals_in(rows, locale)
        .into_iter()
        .map(|(column, text)| format!("{}: {text}", column.label))
        .collect();
    if !totals.is_empty() {
        lines.push(format!("Total: {}", totals.join("; ")));
    }
    lines.join("\n")
}
