//! Money: whole minor units and an ISO 4217 code, never a float, never two currencies in one sum.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::Currency;

/// Why a text is not an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum MoneyError {
    #[error("not a number")]
    NotANumber,
    #[error("more decimals than the currency has")]
    TooManyDecimals,
    #[error("too large")]
    TooLarge,
    #[error("unknown currency")]
    UnknownCurrency,
    #[error("amounts of two currencies")]
    CurrencyMismatch,
}

/// An amount in minor units of a currency: 12.50 EUR is `minor` 1250.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    pub minor: i64,
    pub currency: Currency,
}

/// Digits of an amount, minor ones included. Nine thousand of the largest fit an i64: a column's sum always does.
const MAX_DIGITS: usize = 15;
/// The largest amount, in minor units.
const MAX_MINOR: i64 = 999_999_999_999_999;

impl Money {
    pub fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// The largest amount that is taken in that currency.
    pub fn largest(currency: Currency) -> Self {
        Self::new(MAX_MINOR, currency)
    }

    /// Reads an amount as people write it: `12000`, `12,000.50`, `12.000,50`, `12 000`, `-3`.
    ///
    /// The last `.` or `,` is the decimal mark when it stands once and does not group exactly three digits, or when
    /// the other mark stands before it; otherwise it groups thousands.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let trimmed = text.trim();
        let (negative, unsigned) = match trimmed.strip_prefix(['-', '\u{2212}']) {
            Some(rest) => (true, rest),
            None => (false, trimmed),
        };
        let compact: String = unsigned
            .chars()
            .filter(|letter| !matches!(letter, ' ' | '\u{a0}' | '\u{202f}' | '\'' | '\u{2019}'))
            .collect();
        let (whole, fraction) = split_decimal(&compact, currency.exponent());
        let whole: String = whole
            .chars()
            .filter(|letter| !matches!(letter, '.' | ','))
            .collect();
        if whole.is_empty() && fraction.is_empty() || !is_digits(&whole) || !is_digits(fraction) {
            return Err(MoneyError::NotANumber);
        }
        let exponent = usize::try_from(currency.exponent()).unwrap_or(2);
        let significant = fraction.trim_end_matches('0');
        if significant.len() > exponent {
            return Err(MoneyError::TooManyDecimals);
        }
        let digits = format!("{}{significant:0<exponent$}", whole.trim_start_matches('0'));
        if digits.len() > MAX_DIGITS {
            return Err(MoneyError::TooLarge);
        }
        let minor: i64 = if digits.is_empty() {
            0
        } else {
            digits.parse().map_err(|_| MoneyError::TooLarge)?
        };
        Ok(Self::new(if negative { -minor } else { minor }, currency))
    }

    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::CurrencyMismatch);
        }
        self.minor
            .checked_add(other.minor)
            .map(|minor| Self::new(minor, self.currency))
            .ok_or(MoneyError::TooLarge)
    }

    /// `12,000.50`: grouped, all minor digits, without the code.
    pub fn amount(self) -> String {
        self.write(true)
    }

    /// `EUR 12,000`: minor digits only where they are not zero; for cards and sums.
    pub fn display(self) -> String {
        format!("{} {}", self.currency, self.write(false))
    }

    /// `EUR 12,000.00`: to the cent; for statements.
    pub fn display_exact(self) -> String {
        format!("{} {}", self.currency, self.write(true))
    }

    /// `12000.50`: what an input shows, readable by [`Money::parse`].
    pub fn input_value(self) -> String {
        self.plain(false)
    }

    /// Without groups: for whoever writes them otherwise.
    pub(crate) fn plain(self, always_minor: bool) -> String {
        self.write(always_minor).replace(',', "")
    }

    fn write(self, always_minor: bool) -> String {
        let exponent = usize::try_from(self.currency.exponent()).unwrap_or(2);
        let digits = format!(
            "{:0>width$}",
            self.minor.unsigned_abs(),
            width = exponent + 1
        );
        let (whole, fraction) = digits.split_at(digits.len() - exponent);
        let sign = if self.minor < 0 { "\u{2212}" } else { "" };
        let grouped = group_thousands(whole);
        if exponent == 0 || (!always_minor && fraction.bytes().all(|digit| digit == b'0')) {
            format!("{sign}{grouped}")
        } else {
            format!("{sign}{grouped}.{fraction}")
        }
    }
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|letter| letter.is_ascii_digit())
}

fn group_thousands(digits: &str) -> String {
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Cuts at the decimal mark, if the text has one.
fn split_decimal(text: &str, exponent: u32) -> (&str, &str) {
    let Some(place) = text.rfind(['.', ',']) else {
        return (text, "");
    };
    let (whole, rest) = text.split_at(place);
    let mark = rest.chars().next().unwrap_or('.');
    let fraction = rest.get(1..).unwrap_or_default();
    let repeated = whole.contains(mark);
    let other_before = whole.contains(if mark == '.' { ',' } else { '.' });
    // `1,000.5.5`: a mark cannot group behind the other one.
    if repeated && other_before {
        return (text, text);
    }
    let groups = fraction.len() == 3 && !other_before && (exponent != 3 || mark == ',');
    if repeated || groups {
        (text, "")
    } else {
        (whole, fraction)
    }
}

/// Sums by currency: the only way amounts are ever added up on a screen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Totals(BTreeMap<Currency, i64>);

impl Totals {
    pub fn add(&mut self, money: Money) {
        let entry = self.0.entry(money.currency).or_default();
        *entry = entry.saturating_add(money.minor);
    }

    /// Takes away what [`Totals::add`] put in; a currency at zero disappears.
    pub fn subtract(&mut self, money: Money) {
        self.add(Money::new(money.minor.saturating_neg(), money.currency));
        self.0.retain(|_, minor| *minor != 0);
    }

    pub fn iter(&self) -> impl Iterator<Item = Money> + '_ {
        self.0
            .iter()
            .map(|(currency, minor)| Money::new(*minor, *currency))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<Money> for Totals {
    fn from_iter<I: IntoIterator<Item = Money>>(amounts: I) -> Self {
        let mut totals = Self::default();
        for money in amounts {
            totals.add(money);
        }
        totals
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn eur(text: &str) -> Result<i64, MoneyError> {
        Money::parse(text, Currency::EUR).map(|money| money.minor)
    }

    #[test]
    fn amounts_read_as_people_write_them() {
        for (text, minor) in [
            ("12000", 1_200_000),
            ("12,000", 1_200_000),
            ("12.000", 1_200_000),
            ("12 000,50", 1_200_050),
            ("12,000.50", 1_200_050),
            ("12.000,50", 1_200_050),
            ("1.234.567", 123_456_700),
            ("0.5", 50),
            (".5", 50),
            ("-3", -300),
            ("7.10", 710),
            ("1'000", 100_000),
            ("9,999,999,999,999.99", MAX_MINOR),
        ] {
            assert_eq!(eur(text), Ok(minor), "{text}");
        }
        for (text, why) in [
            ("", MoneyError::NotANumber),
            ("abc", MoneyError::NotANumber),
            ("1.2345", MoneyError::TooManyDecimals),
            ("99999999999999999999", MoneyError::TooLarge),
            ("1e9", MoneyError::NotANumber),
            ("--1", MoneyError::NotANumber),
            ("1,000.5.5", MoneyError::NotANumber),
            ("1.5.5,000.5", MoneyError::NotANumber),
            ("10000000000000", MoneyError::TooLarge),
            ("999999999999999999.99", MoneyError::TooLarge),
        ] {
            assert_eq!(eur(text), Err(why), "{text}");
        }
        let jpy = Currency::from_code("JPY").unwrap();
        assert_eq!(Money::parse("1,500", jpy).map(|m| m.minor), Ok(1_500));
        let kwd = Currency::from_code("KWD").unwrap();
        assert_eq!(Money::parse("1.500", kwd).map(|m| m.minor), Ok(1_500));
    }

    #[test]
    fn amounts_show_with_their_currency() {
        assert_eq!(Money::new(1_200_000, Currency::EUR).display(), "EUR 12,000");
        assert_eq!(
            Money::new(1_200_050, Currency::EUR).display(),
            "EUR 12,000.50"
        );
        assert_eq!(Money::new(5, Currency::EUR).display_exact(), "EUR 0.05");
        assert_eq!(Money::new(-5, Currency::EUR).amount(), "\u{2212}0.05");
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_back(minor in -MAX_MINOR..=MAX_MINOR) {
            for currency in Currency::all() {
                let money = Money::new(minor, currency);
                prop_assert_eq!(Money::parse(&money.input_value(), currency), Ok(money));
            }
        }

        #[test]
        fn any_text_is_read_or_refused(text: String) {
            let _ = Money::parse(&text, Currency::EUR);
        }
    }
}
