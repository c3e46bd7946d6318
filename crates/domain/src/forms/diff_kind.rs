//! What a new version changes about what only some kinds have: digits, currencies, columns.

use super::{
    FieldKind, FormDefinition, ResultKind, Rows,
    diff::{Change, What, diff},
    problem_text::counted,
};
use crate::Currency;

/// Column by column, as field by field; nothing where one of both is of another kind, which says it all.
pub(super) fn columns(old: &FieldKind, new: &FieldKind) -> Vec<What> {
    let (Some(old), Some(new)) = (old.rows(), new.rows()) else {
        return Vec::new();
    };
    let alone = |rows: &Rows| FormDefinition {
        fields: rows.columns.clone(),
    };
    let column = |change: Change| What::Column {
        change: Box::new(change),
    };
    diff(&alone(old), &alone(new))
        .into_iter()
        .map(column)
        .collect()
}

fn digits(decimals: u8) -> String {
    format!("{} after the point", counted(u64::from(decimals), "digit"))
}

/// What only this kind has, in words; options and columns apart.
pub(super) fn details(kind: &FieldKind) -> String {
    match kind {
        FieldKind::Percent { decimals }
        | FieldKind::Computed {
            gives: ResultKind::Number,
            decimals,
            ..
        } => digits(*decimals),
        FieldKind::Number { decimals, unit } => {
            let digits = digits(*decimals);
            if unit.is_empty() {
                digits
            } else {
                format!("{digits}, in {unit}")
            }
        }
        FieldKind::Money { currencies } => currencies
            .iter()
            .map(Currency::code)
            .collect::<Vec<_>>()
            .join(", "),
        FieldKind::File {
            max_bytes,
            accept,
            most,
        } => {
            let files = counted(u64::from(*most), "file");
            format!("{files}, {max_bytes} bytes; {}", accept.join(", "))
        }
        FieldKind::Rows(rows) => of_rows(rows),
        FieldKind::Computed {
            gives: ResultKind::Money,
            ..
        } => ResultKind::Money.label().to_owned(),
        FieldKind::Region { country: Some(key) } => format!("regions of {key}"),
        _ => String::new(),
    }
}

pub(super) fn expression(kind: &FieldKind) -> String {
    match kind {
        FieldKind::Computed { expression, .. } => expression.clone(),
        _ => String::new(),
    }
}

pub(super) fn text(kind: &FieldKind) -> String {
    match kind {
        FieldKind::TextBlock { text } => text.clone(),
        _ => String::new(),
    }
}

/// "1 to 10 rows; one is a product line; several are product lines; totals of Seats, Price".
fn of_rows(rows: &Rows) -> String {
    let most = counted(u64::from(rows.most), "row");
    let mut parts = vec![format!("{} to {most}", rows.least)];
    if !rows.name.is_empty() {
        parts.push(format!("one is a {}", rows.name));
    }
    if !rows.plural.is_empty() {
        parts.push(format!("several are {}", rows.plural));
    }
    let summed = rows.columns.iter().filter(|c| rows.is_summed(&c.key));
    let summed: Vec<&str> = summed.map(|column| column.label.as_str()).collect();
    if !summed.is_empty() {
        parts.push(format!("totals of {}", summed.join(", ")));
    }
    parts.join("; ")
}
