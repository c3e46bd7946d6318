//! From posted text to a typed answer, one kind at a time.

use std::collections::BTreeSet;

use super::{
    Answer, Choice, Context, Decimal, Field, FieldKind, FieldProblem, SystemField,
    address::read_address,
    clean::{Lines, clean},
    country_name,
    customer::read_customer,
    raw::RawAnswers,
    region::read_region,
    rows, syntax,
};
use crate::{Currency, Date, FileId, Money, MoneyError, customer::normalise_domain};

/// Four bytes for each character of the longest answer; more is refused unread.
const MAX_VALUE_BYTES: usize = 40_000;

/// Characters of `2026-12-31`.
const ISO_DAY: usize = 10;

/// What was posted for one field.
#[derive(Clone, Copy)]
pub(super) struct Posted<'a> {
    values: &'a [String],
    currency: Option<&'a str>,
    until: Option<&'a str>,
    /// Of the region, where the field asks for one.
    country: Option<&'a str>,
    /// Of an address, where the field asks for one.
    parts: [Option<&'a str>; 5],
    raw: &'a RawAnswers,
}

impl<'a> Posted<'a> {
    pub(super) fn of(field: &Field, raw: &'a RawAnswers) -> Self {
        Self {
            values: raw.values(&field.key),
            currency: raw.currency(&field.key),
            until: raw.until(&field.key),
            country: None,
            parts: if field.kind == FieldKind::Address {
                raw.address_parts(&field.key)
            } else {
                [None; 5]
            },
            raw,
        }
    }

    pub(super) fn in_country(self, country: Option<&'a str>) -> Self {
        Self { country, ..self }
    }
}

/// The answer, or `None` when nothing was said. Limits are checked apart, because a value out of range still decides conditions.
pub(super) fn read(
    field: &Field,
    posted: Posted<'_>,
    context: &Context,
) -> Result<Option<Answer>, FieldProblem> {
    let until = posted.until.map_or(0, str::len);
    if until > MAX_VALUE_BYTES || posted.values.iter().any(|v| v.len() > MAX_VALUE_BYTES) {
        return Err(FieldProblem::TooLong {
            max: field.length_cap(),
        });
    }
    match &field.kind {
        FieldKind::Heading
        | FieldKind::PageBreak
        | FieldKind::Group
        | FieldKind::GroupEnd
        | FieldKind::Computed { .. }
        | FieldKind::TextBlock { .. } => Ok(None),
        FieldKind::DateRange => days(posted),
        FieldKind::Rows(shape) => rows::read(&field.key, shape, posted.raw),
        FieldKind::Address => read_address(posted.values, posted.parts),
        FieldKind::Region { .. } => {
            let text = single(posted.values, Lines::One)?;
            if text.is_empty() {
                return Ok(None);
            }
            read_region(&text, posted.country).map(Some)
        }
        FieldKind::Checkbox => flag(posted.values).map(Some),
        FieldKind::MultiSelect { options } => choices(options, posted.values),
        FieldKind::File { most, .. } => files(posted.values, *most, context),
        FieldKind::Customer => {
            let name = single(posted.values, Lines::One)?;
            read_customer(name, posted.raw.customer_id(&field.key), context)
        }
        kind => {
            let lines = if *kind == FieldKind::LongText {
                Lines::Many
            } else {
                Lines::One
            };
            let text = single(posted.values, lines)?;
            if text.is_empty() {
                Ok(None)
            } else {
                one(field, &text, posted.currency).map(Some)
            }
        }
    }
}

/// One cell of a repeating group, whose column is a kind of one line. An amount may name its currency.
pub(super) fn cell(column: &Field, values: &[String]) -> Result<Option<Answer>, FieldProblem> {
    if values.iter().any(|v| v.len() > MAX_VALUE_BYTES) {
        return Err(FieldProblem::TooLong {
            max: column.length_cap(),
        });
    }
    let text = single(values, Lines::One)?;
    if text.is_empty() {
        return Ok(None);
    }
    let (text, currency) = match &column.kind {
        FieldKind::Money { .. } => rows::parted_amount(&text),
        _ => (text.as_str(), None),
    };
    one(column, text, currency).map(Some)
}

fn single(values: &[String], lines: Lines) -> Result<String, FieldProblem> {
    match values {
        [] => Ok(String::new()),
        [one] => clean(one, lines).ok_or(FieldProblem::ForbiddenCharacter),
        _ => Err(FieldProblem::SeveralValues),
    }
}

fn one(field: &Field, text: &str, currency: Option<&str>) -> Result<Answer, FieldProblem> {
    let as_text = |found: Option<String>, problem| found.map(Answer::Text).ok_or(problem);
    if field.system == Some(SystemField::Domain) {
        return as_text(normalise_domain(text), FieldProblem::NotASite);
    }
    match &field.kind {
        FieldKind::Number { decimals, .. } => number(text, *decimals),
        FieldKind::Percent { decimals } => number(text.trim_end_matches(['%', ' ']), *decimals),
        FieldKind::Money { currencies } => money(text, currency, currencies),
        FieldKind::Date => date(text).map(Answer::Date).ok_or(FieldProblem::NotADate),
        FieldKind::Select { options } | FieldKind::Radio { options } => {
            let known = options.iter().any(|o| o.value == text);
            known
                .then(|| Answer::Choice(text.to_owned()))
                .ok_or(FieldProblem::UnknownChoice)
        }
        FieldKind::YesNo => match text {
            "yes" | "no" => Ok(Answer::Choice(text.to_owned())),
            "true" => Ok(Answer::Choice("yes".to_owned())),
            "false" => Ok(Answer::Choice("no".to_owned())),
            _ => Err(FieldProblem::UnknownChoice),
        },
        FieldKind::Country => {
            let code = text.to_ascii_uppercase();
            country_name(&code)
                .map(|_| Answer::Choice(code))
                .ok_or(FieldProblem::UnknownCountry)
        }
        FieldKind::Email => as_text(syntax::email(text), FieldProblem::NotAnEmail),
        FieldKind::Phone => as_text(syntax::phone(text), FieldProblem::NotAPhone),
        FieldKind::Url => as_text(syntax::url(text), FieldProblem::NotAUrl),
        FieldKind::Text
        | FieldKind::LongText
        | FieldKind::Heading
        | FieldKind::PageBreak
        | FieldKind::Group
        | FieldKind::GroupEnd
        | FieldKind::Customer
        | FieldKind::DateRange
        | FieldKind::Checkbox
        | FieldKind::MultiSelect { .. }
        | FieldKind::File { .. }
        | FieldKind::Rows(_)
        | FieldKind::Computed { .. }
        | FieldKind::Region { .. }
        | FieldKind::Address
        | FieldKind::TextBlock { .. } => Ok(Answer::Text(text.to_owned())),
    }
}

fn number(text: &str, decimals: u8) -> Result<Answer, FieldProblem> {
    let number = Decimal::read(text, decimals).ok_or(FieldProblem::NotANumber)?;
    if number.scale() > decimals {
        return Err(FieldProblem::TooManyDecimals { max: decimals });
    }
    Ok(Answer::Number(number))
}

fn money(text: &str, currency: Option<&str>, allowed: &[Currency]) -> Result<Answer, FieldProblem> {
    let asked = currency.map(str::trim).filter(|c| !c.is_empty());
    let currency = match (asked, allowed) {
        (Some(code), _) => {
            let code = code.to_ascii_uppercase();
            allowed
                .iter()
                .find(|c| c.code() == code)
                .ok_or(FieldProblem::UnknownCurrency)?
        }
        (None, [only]) => only,
        (None, _) => return Err(FieldProblem::CurrencyMissing),
    };
    Money::parse(text, *currency)
        .map(Answer::Money)
        .map_err(|error| match error {
            MoneyError::TooManyDecimals => FieldProblem::TooManyDecimals {
                max: u8::try_from(currency.exponent()).unwrap_or_default(),
            },
            MoneyError::TooLarge => FieldProblem::TooLarge {
                max: super::limits::major(Money::largest(*currency)),
            },
            _ => FieldProblem::NotAnAmount,
        })
}

/// `2026-12-31` as date inputs post it; `31.12.2026` and `31/12/2026`, day first, for browsers without one.
fn date(text: &str) -> Option<Date> {
    if let Ok(date) = text.parse() {
        return Some(date);
    }
    let mut parts = text.split(['.', '/']).map(str::trim);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    format!("{year}-{month:0>2}-{day:0>2}").parse().ok()
}

/// Two inputs, or both days in one text with a slash between them, as ISO 8601 writes an interval.
fn days(posted: Posted<'_>) -> Result<Option<Answer>, FieldProblem> {
    let from = single(posted.values, Lines::One)?;
    let until = clean(posted.until.unwrap_or_default(), Lines::One)
        .ok_or(FieldProblem::ForbiddenCharacter)?;
    let (from, until) = match from.split_once('/') {
        Some((from, last)) if until.is_empty() && from.len() == ISO_DAY => {
            (from.to_owned(), last.to_owned())
        }
        _ => (from, until),
    };
    match (from.is_empty(), until.is_empty()) {
        (true, true) => return Ok(None),
        (false, false) => {}
        _ => return Err(FieldProblem::HalfARange),
    }
    let day = |text: &str| date(text).ok_or(FieldProblem::NotADate);
    let (from, until) = (day(&from)?, day(&until)?);
    if until < from {
        return Err(FieldProblem::EndsBeforeItBegins);
    }
    Ok(Some(Answer::Days { from, until }))
}

fn flag(values: &[String]) -> Result<Answer, FieldProblem> {
    let mut ticked = false;
    for value in values {
        match value.as_str() {
            "yes" | "on" | "true" => ticked = true,
            "" | "no" | "off" | "false" => {}
            _ => return Err(FieldProblem::UnknownChoice),
        }
    }
    Ok(Answer::Flag(ticked))
}

fn choices(options: &[Choice], values: &[String]) -> Result<Option<Answer>, FieldProblem> {
    let asked: BTreeSet<&str> = values
        .iter()
        .map(|v| v.trim())
        .filter(|v| !v.is_empty())
        .collect();
    let known: Vec<String> = options
        .iter()
        .filter(|o| asked.contains(o.value.as_str()))
        .map(|o| o.value.clone())
        .collect();
    if known.len() != asked.len() {
        return Err(FieldProblem::UnknownChoice);
    }
    Ok((!known.is_empty()).then_some(Answer::Choices(known)))
}

fn files(values: &[String], most: u8, context: &Context) -> Result<Option<Answer>, FieldProblem> {
    let mut ids: Vec<FileId> = Vec::new();
    for value in values.iter().map(|v| v.trim()).filter(|v| !v.is_empty()) {
        let id: FileId = value.parse().map_err(|_| FieldProblem::UnknownFile)?;
        // Another's file and a file that does not exist are the same to whoever asks.
        if !context.files.iter().any(|f| f.id == id) {
            return Err(FieldProblem::UnknownFile);
        }
        if !ids.contains(&id) {
            ids.push(id);
        }
        if ids.len() > usize::from(most) {
            return Err(FieldProblem::TooManyFiles { max: most });
        }
    }
    Ok((!ids.is_empty()).then_some(Answer::Files(ids)))
}
