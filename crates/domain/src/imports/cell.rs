//! One cell: as it was read, and as the answer to a field.

use super::names::Names;
use crate::forms::{Field, FieldKind, RawAnswers};
use crate::text::fold;

/// Bytes of the longest cell that is looked at: no answer may be as long.
pub const MAX_CELL: usize = 40_000;

/// What stood in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    Text(String),
    /// Bytes that are no UTF-8.
    NotText,
    TooLong,
}

impl Cell {
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::NotText | Self::TooLong => "",
        }
    }

    pub fn is_blank(&self) -> bool {
        matches!(self, Self::Text(text) if text.trim().is_empty())
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// What our own files put before a text that a spreadsheet would run is taken off again.
pub fn shown_cell(text: &str) -> &str {
    let rest = text.strip_prefix('\'').unwrap_or(text);
    let begins = |letter: char| {
        matches!(
            letter,
            '=' | '+'
                | '-'
                | '@'
                | '\t'
                | '\r'
                | '\n'
                | '\u{ff1d}'
                | '\u{ff0b}'
                | '\u{ff0d}'
                | '\u{ff20}'
        )
    };
    if rest.trim_start_matches(' ').starts_with(begins) {
        rest
    } else {
        text
    }
}

/// Whether a spreadsheet would have worked it out: then it is not the value that people saw.
pub(super) fn is_formula(text: &str) -> bool {
    text.trim_start().starts_with('=')
}

/// Puts the cell among the answers, as a browser would post it. Labels stand for their values; what is no answer goes along
/// as it is, for the form to say so.
pub(super) fn answer(field: &Field, cell: &str, names: &Names, raw: &mut RawAnswers) {
    let text = cell.trim();
    if text.is_empty() {
        return;
    }
    let options = names.options(&field.key);
    let values = match &field.kind {
        FieldKind::Checkbox => ticked(text),
        FieldKind::YesNo => yes_or_no(text),
        FieldKind::Select { .. } | FieldKind::Radio { .. } => {
            vec![options.map_or_else(|| text.to_owned(), |options| options.one(text))]
        }
        FieldKind::MultiSelect { .. } => {
            options.map_or_else(|| vec![text.to_owned()], |options| options.several(text))
        }
        FieldKind::Country => vec![names.country(text).unwrap_or(text).to_owned()],
        FieldKind::LongText | FieldKind::Address => vec![cell.to_owned()],
        FieldKind::Text
        | FieldKind::Number { .. }
        | FieldKind::Money { .. }
        | FieldKind::Percent { .. }
        | FieldKind::Date
        | FieldKind::DateRange
        | FieldKind::Email
        | FieldKind::Phone
        | FieldKind::Url
        | FieldKind::File { .. }
        | FieldKind::Rows(_)
        | FieldKind::Heading
        | FieldKind::PageBreak
        | FieldKind::Group
        | FieldKind::GroupEnd
        | FieldKind::Customer
        | FieldKind::Computed { .. }
        | FieldKind::Region { .. }
        | FieldKind::TextBlock { .. } => vec![text.to_owned()],
    };
    raw.set(&field.key, values);
}

/// What people write for yes and for no.
fn said(text: &str) -> Option<bool> {
    match fold(text).as_str() {
        "yes" | "true" | "on" | "1" | "x" | "y" => Some(true),
        "no" | "false" | "off" | "0" | "n" => Some(false),
        _ => None,
    }
}

fn yes_or_no(text: &str) -> Vec<String> {
    let word = said(text).map(|yes| if yes { "yes" } else { "no" });
    vec![word.unwrap_or(text).to_owned()]
}

fn ticked(text: &str) -> Vec<String> {
    match said(text) {
        Some(true) => vec!["yes".to_owned()],
        Some(false) => Vec::new(),
        None => vec![text.to_owned()],
    }
}

/// `EUR 12,000` and `12,000 EUR` are an amount and a currency; `a lot` is neither.
pub(super) fn parted_money(text: &str) -> (&str, Option<&str>) {
    let text = text.trim();
    let is_code = |part: &str| part.len() == 3 && part.bytes().all(|b| b.is_ascii_alphabetic());
    let is_amount = |part: &str| part.chars().any(char::is_numeric);
    let ends = [
        text.split_once(char::is_whitespace),
        text.rsplit_once(char::is_whitespace)
            .map(|(rest, after)| (after, rest)),
    ];
    let found = ends.into_iter().flatten();
    let mut parted = found.filter(|(code, rest)| is_code(code) && is_amount(rest));
    parted
        .next()
        .map_or((text, None), |(code, rest)| (rest.trim(), Some(code)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_beside_an_amount_is_a_currency() {
        for (text, parted) in [
            ("EUR 12,000", ("12,000", Some("EUR"))),
            (" 12 000  usd ", ("12 000", Some("usd"))),
            ("12,000", ("12,000", None)),
            ("a lot", ("a lot", None)),
            ("not yet", ("not yet", None)),
            ("", ("", None)),
        ] {
            assert_eq!(parted_money(text), parted, "{text}");
        }
    }
}
