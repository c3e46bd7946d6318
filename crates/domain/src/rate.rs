//! Rates in basis points, and the one rounding rule.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Currency, Locale, Money, MoneyError};

/// Basis points of a whole: a rate of 100%.
const WHOLE: i128 = 10_000;
/// Ten-thousandths of a minor unit.
const PARTS: i32 = 10_000;

/// A rate in hundredths of a per cent, from 0.01% to 100%: 12.5% is 1250.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct BasisPoints(u32);

/// A text or number that is no rate from 0.01% to 100%.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a rate from 0.01% to 100%")]
pub struct RateError;

impl BasisPoints {
    /// All of it.
    pub const WHOLE: Self = Self(10_000);

    /// A rate of so many hundredths of a per cent.
    pub fn new(points: u32) -> Result<Self, RateError> {
        if (1..=10_000).contains(&points) {
            Ok(Self(points))
        } else {
            Err(RateError)
        }
    }

    /// Reads a percentage as people write it: `12`, `12.5`, `12,5 %`, at most two decimals.
    pub fn parse(text: &str) -> Result<Self, RateError> {
        let text = text.trim().trim_end_matches('%').trim_end();
        let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, ""));
        let is_digits = |part: &str| part.bytes().all(|letter| letter.is_ascii_digit());
        if text.is_empty() || whole.len() > 3 || fraction.len() > 2 {
            return Err(RateError);
        }
        if !is_digits(whole) || !is_digits(fraction) || whole.is_empty() && fraction.is_empty() {
            return Err(RateError);
        }
        let points = format!("{whole}{fraction:0<2}");
        Self::new(points.parse().map_err(|_| RateError)?)
    }

    /// Hundredths of a per cent.
    pub fn points(self) -> u32 {
        self.0
    }

    /// `12.5`: what an input shows, readable by [`BasisPoints::parse`].
    pub fn input_value(self) -> String {
        let (whole, fraction) = (self.0 / 100, self.0 % 100);
        if fraction == 0 {
            whole.to_string()
        } else {
            let text = format!("{whole}.{fraction:02}");
            text.trim_end_matches('0').to_owned()
        }
    }

    /// The exact part of an amount that this rate is.
    pub fn of(self, base: Money) -> Exact {
        let product = i128::from(base.minor) * i128::from(self.0);
        // A rate is 100% at most: the quotient is never larger than the base, and the rest is below PARTS.
        Exact {
            minor: i64::try_from(product / WHOLE).unwrap_or(base.minor),
            parts: i32::try_from(product % WHOLE).unwrap_or_default(),
            currency: base.currency,
        }
    }
}

impl TryFrom<u32> for BasisPoints {
    type Error = RateError;

    fn try_from(points: u32) -> Result<Self, RateError> {
        Self::new(points)
    }
}

impl From<BasisPoints> for u32 {
    fn from(rate: BasisPoints) -> Self {
        rate.0
    }
}

impl fmt::Display for BasisPoints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", self.input_value())
    }
}

/// An amount before rounding: whole minor units and ten-thousandths of one, both of one sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exact {
    pub minor: i64,
    pub parts: i32,
    pub currency: Currency,
}

impl Exact {
    pub fn zero(currency: Currency) -> Self {
        Self {
            minor: 0,
            parts: 0,
            currency,
        }
    }

    /// Adds an exact amount of the same currency and sign.
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::CurrencyMismatch);
        }
        let parts = self.parts + other.parts;
        let minor = self
            .minor
            .checked_add(other.minor)
            .and_then(|minor| minor.checked_add(i64::from(parts / PARTS)))
            .ok_or(MoneyError::TooLarge)?;
        Ok(Self {
            minor,
            parts: parts % PARTS,
            currency: self.currency,
        })
    }

    /// The one rounding rule: to the nearest minor unit, and half of one away from zero. Whoever is owed money reads
    /// "half up" as fair; it is applied once, to the sum, never to its parts.
    pub fn rounded(self) -> Money {
        let up = i64::from(self.parts.abs() * 2 >= PARTS) * i64::from(self.parts.signum());
        Money::new(self.minor.saturating_add(up), self.currency)
    }

    pub fn is_whole(self) -> bool {
        self.parts == 0
    }

    /// `EUR 12.3456`: all digits that count.
    pub fn display(self) -> String {
        self.display_in(Locale::default())
    }

    /// The same, as the locale writes it.
    pub fn display_in(self, locale: Locale) -> String {
        let money = Money::new(self.minor, self.currency);
        if self.is_whole() {
            return locale.money_exact(money);
        }
        let sign = if self.minor == 0 && self.parts < 0 {
            "\u{2212}"
        } else {
            ""
        };
        let point = if self.currency.exponent() == 0 {
            "."
        } else {
            ""
        };
        let parts = format!("{:04}", self.parts.abs());
        let parts = parts.trim_end_matches('0');
        let plain = format!("{sign}{}{point}{parts}", money.plain(true));
        format!("{} {}", self.currency, locale.figures(&plain))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn money(minor: i64, code: &str) -> Money {
        Money::new(minor, Currency::from_code(code).unwrap())
    }

    #[test]
    fn rates_read_as_people_write_them() {
        for (text, points) in [
            ("12", 1_200),
            ("12.5", 1_250),
            ("12,5 %", 1_250),
            ("0.01", 1),
            (".5%", 50),
            ("100", 10_000),
        ] {
            let rate = BasisPoints::parse(text).unwrap();
            assert_eq!(rate.points(), points, "{text}");
            assert_eq!(BasisPoints::parse(&rate.to_string()), Ok(rate));
        }
        for text in [
            "", "0", "0.001", "100.01", "-1", "1e1", "ten", "%", ".", "1.2.3",
        ] {
            assert_eq!(BasisPoints::parse(text), Err(RateError), "{text}");
        }
        assert!(serde_json::from_str::<BasisPoints>("10001").is_err());
    }

    #[test]
    fn half_a_minor_unit_is_rounded_away_from_zero() {
        let half = BasisPoints::new(5_000).unwrap();
        for (minor, rounded) in [(1, 1), (3, 2), (-1, -1), (2, 1), (0, 0), (-3, -2)] {
            assert_eq!(
                half.of(money(minor, "JPY")).rounded().minor,
                rounded,
                "{minor}"
            );
        }
        let rate = BasisPoints::new(333).unwrap();
        let exact = rate.of(money(12_345, "EUR"));
        assert_eq!(exact.display(), "EUR 4.110885");
        assert_eq!(exact.rounded(), money(411, "EUR"));
        assert_eq!(rate.of(money(1_000, "JPY")).display(), "JPY 33.3");
        assert_eq!(rate.of(money(1_001, "KWD")).display(), "KWD 0.0333333");
        assert_eq!(rate.of(money(-10, "EUR")).display(), "EUR \u{2212}0.00333");
    }

    proptest! {
        #[test]
        fn parts_of_any_amount_add_up(
            first in -400_000_000_000_000_000..=400_000_000_000_000_000_i64,
            second in -400_000_000_000_000_000..=400_000_000_000_000_000_i64,
            points in 1..=10_000_u32,
        ) {
            let rate = BasisPoints::new(points).unwrap();
            let second = if (first < 0) == (second < 0) { second } else { -second };
            for code in ["EUR", "JPY", "KWD"] {
                let together = rate.of(money(first + second, code));
                let apart = rate.of(money(first, code)).checked_add(rate.of(money(second, code)));
                prop_assert_eq!(apart, Ok(together));
                let off = i128::from(together.rounded().minor) * WHOLE
                    - i128::from(first + second) * i128::from(points);
                prop_assert!(off.abs() * 2 <= WHOLE);
            }
        }
    }
}
