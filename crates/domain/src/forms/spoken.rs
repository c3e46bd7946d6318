//! Numbers, amounts and days between what people type, each as their locale writes it, and what answers are kept as.
//!
//! Inputs hold text of the locale; [`RawAnswers`] hold plain text, which every reader reads alike: whoever opens a draft sees its
//! numbers as they write them. Text that cannot be read is kept behind a mark that no reader takes for a number, so that it is shown
//! again as it was typed, and never read as another number elsewhere.

use super::{
    Decimal, Field, FieldKind, FormDefinition, RawAnswers,
    raw::{UNTIL, cell_part},
    rows,
};
use crate::{
    Currency, Date, Locale, Money,
    locale::{Heard, NotHeard, UNREAD},
};

/// What the locale understood of a text that others would understand otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadBack {
    /// The number, as the locale writes it out.
    As(String),
    /// Two ways to write what may have been meant.
    Unclear(String, String),
}

/// The field, or the column, whose text under this name is written as the locale writes it.
pub fn written_under<'a>(form: &'a FormDefinition, name: &str) -> Option<&'a Field> {
    let key = name.split_once('.').map_or(name, |(key, _)| key);
    let field = form.fields.iter().find(|f| f.key.as_str() == key)?;
    written_in(field, name)
}

/// The same, of one field.
fn written_in<'a>(field: &'a Field, name: &str) -> Option<&'a Field> {
    let part = name.split_once('.').map(|(_, part)| part);
    let field = match (part, &field.kind) {
        (None, _) | (Some(UNTIL), FieldKind::DateRange) => field,
        (Some(part), FieldKind::Rows(shape)) => shape.column(cell_part(part)?.1)?,
        _ => return None,
    };
    is_written(field).then_some(field)
}

fn is_written(field: &Field) -> bool {
    room(field).is_some() || is_day(field)
}

fn is_day(field: &Field) -> bool {
    matches!(field.kind, FieldKind::Date | FieldKind::DateRange)
}

/// Digits behind the point that a field of numbers takes.
fn room(field: &Field) -> Option<u8> {
    match &field.kind {
        FieldKind::Number { decimals, .. } | FieldKind::Percent { decimals } => Some(*decimals),
        FieldKind::Money { currencies } => {
            let most = currencies.iter().map(|c| c.exponent()).max();
            Some(most.and_then(|most| u8::try_from(most).ok()).unwrap_or(2))
        }
        _ => None,
    }
}

impl RawAnswers {
    /// Typed text as plain text.
    #[must_use]
    pub fn plainly(&self, form: &FormDefinition, locale: Locale) -> Self {
        let plain = self.pairs().map(|(name, value)| {
            let value = plain_value(form, &name, &value, locale);
            (name, value)
        });
        plain.collect()
    }
}

/// What is kept of a text that was typed under that name.
pub fn plain_value(form: &FormDefinition, name: &str, text: &str, locale: Locale) -> String {
    match written_under(form, name) {
        Some(field) => to_plain(field, text, locale),
        None => text.to_owned(),
    }
}

/// What the field's input of that name shows of what is kept.
pub fn spoken_in(field: &Field, name: &str, plain: &str, locale: Locale) -> String {
    match written_in(field, name) {
        Some(field) => to_spoken(field, plain, locale),
        None => plain.to_owned(),
    }
}

/// What an input of that name shows of what is kept.
pub fn spoken_value(form: &FormDefinition, name: &str, plain: &str, locale: Locale) -> String {
    match written_under(form, name) {
        Some(field) => to_spoken(field, plain, locale),
        None => plain.to_owned(),
    }
}

/// What is kept of a text that was typed into the field, or the column.
pub fn to_plain(field: &Field, text: &str, locale: Locale) -> String {
    let said = text.trim();
    if said.is_empty() {
        return text.to_owned();
    }
    let read = if is_day(field) {
        if is_interval(said) {
            return said.to_owned();
        }
        locale.read_date(said).map(|date| date.to_string())
    } else if let Some(room) = room(field) {
        hear(field, said, room, locale)
            .ok()
            .map(|(heard, code)| match code {
                Some(code) => format!("{code} {}", heard.plain),
                None => heard.plain,
            })
    } else {
        return text.to_owned();
    };
    read.unwrap_or_else(|| format!("{UNREAD}{said}"))
}

/// What the input of the field, or the column, shows of what is kept. Days stay as they are: that is how a date input takes them.
pub fn to_spoken(field: &Field, plain: &str, locale: Locale) -> String {
    if !is_written(field) {
        return plain.to_owned();
    }
    if let Some(typed) = plain.strip_prefix(UNREAD) {
        return typed.to_owned();
    }
    let Some(room) = room(field) else {
        return plain.to_owned();
    };
    let (amount, code) = match field.kind {
        FieldKind::Money { .. } => rows::parted_amount(plain),
        _ => (plain, None),
    };
    let figures = match shape(amount, room) {
        Some(figures) => locale.figures(&figures),
        // A default, or a draft of before, as somebody typed it.
        None => match Decimal::read(amount, room) {
            Some(number) => locale.number(number),
            None => return plain.to_owned(),
        },
    };
    match code {
        Some(code) => format!("{code} {figures}"),
        None => figures,
    }
}

/// The amount as every reader reads it; nothing where its point could be taken for a group's mark, or it is no plain number.
fn shape(amount: &str, room: u8) -> Option<String> {
    let unsigned = amount.strip_prefix(['-', '\u{2212}']).unwrap_or(amount);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let digits = |text: &str| text.bytes().all(|letter| letter.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) || unsigned.ends_with('.') {
        return None;
    }
    match fraction.len() {
        3 if room < 3 && !whole.starts_with('0') && whole.len() <= 3 => None,
        // The digit that keeps three from standing there.
        4 if room == 3 => Some(amount.strip_suffix('0').unwrap_or(amount).to_owned()),
        _ => Some(amount.to_owned()),
    }
}

/// What the input says back, where others could read another number.
pub fn read_back(
    field: &Field,
    text: &str,
    currency: Option<&str>,
    locale: Locale,
) -> Option<ReadBack> {
    let room = room(field)?;
    let said = text.trim();
    if said.is_empty() {
        return None;
    }
    match hear(field, said, room, locale) {
        Ok((heard, code)) if heard.doubtful => {
            let code = code.or(currency);
            Some(ReadBack::As(written_out(field, &heard.plain, code, locale)))
        }
        Ok(_) | Err(NotHeard::NotANumber) => None,
        Err(NotHeard::Unclear) => {
            let two = locale.two_readings(said, room)?;
            Some(ReadBack::Unclear(two.one, two.other))
        }
    }
}

/// "EUR 12.500,00", "12.500 seats", "12,5 %".
fn written_out(field: &Field, plain: &str, code: Option<&str>, locale: Locale) -> String {
    let code = code.map(str::trim).filter(|code| !code.is_empty());
    match &field.kind {
        FieldKind::Money { currencies } => {
            let named = code.and_then(|code| Currency::from_code(&code.to_ascii_uppercase()));
            let only = match currencies.as_slice() {
                [only] => Some(*only),
                _ => None,
            };
            let money = named
                .or(only)
                .and_then(|currency| Money::parse(plain, currency).ok());
            money.map_or_else(|| locale.figures(plain), |money| locale.money_exact(money))
        }
        FieldKind::Number { unit, .. } if !unit.is_empty() => {
            format!("{} {unit}", figures(plain, locale))
        }
        FieldKind::Percent { .. } => format!("{} %", figures(plain, locale)),
        _ => figures(plain, locale),
    }
}

fn figures(plain: &str, locale: Locale) -> String {
    // With all its digits behind a point, whatever the field takes: what was understood is what is said.
    match Decimal::read(plain, super::decimal::MAX_SCALE) {
        Some(number) => locale.number(number),
        None => locale.figures(plain),
    }
}

fn hear<'a>(
    field: &Field,
    said: &'a str,
    room: u8,
    locale: Locale,
) -> Result<(Heard, Option<&'a str>), NotHeard> {
    let (number, code) = match &field.kind {
        FieldKind::Money { .. } => rows::parted_amount(said),
        FieldKind::Percent { .. } => (
            said.trim_end_matches(['%', ' ', '\u{a0}', '\u{202f}']),
            None,
        ),
        _ => (said, None),
    };
    locale.hear(number, room).map(|heard| (heard, code))
}

/// `2031-01-01/2031-12-31`: both days of a range in one text.
fn is_interval(text: &str) -> bool {
    let is_date = |text: &str| text.parse::<Date>().is_ok();
    text.split_once('/')
        .is_some_and(|(from, until)| is_date(from) && is_date(until))
}
