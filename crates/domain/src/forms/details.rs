//! What only one kind of field has, in words: for saying that it changed.

use super::{FieldKind, ResultKind, diff::digits};

pub(super) fn details(kind: &FieldKind) -> String {
    match kind {
        FieldKind::Computed {
            gives: ResultKind::Number,
            decimals,
            ..
        } => digits(*decimals),
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
