//! An exact decimal for number fields: a whole number and how many of its digits stand after the point. Never a float.

use std::{cmp::Ordering, fmt};

use serde::{Deserialize, Serialize};

/// More digits after the point than this no form asks for, and the comparison below stays inside i128.
pub const MAX_SCALE: u8 = 9;

/// Kept without trailing zeros, so that equal numbers are equal values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Decimal {
    scaled: i64,
    scale: u8,
}

impl Decimal {
    pub const ZERO: Self = Self {
        scaled: 0,
        scale: 0,
    };

    pub fn new(mut scaled: i64, mut scale: u8) -> Self {
        while scale > 0 && scaled % 10 == 0 {
            scaled /= 10;
            scale -= 1;
        }
        Self { scaled, scale }
    }

    /// How many digits stand after the point.
    pub fn scale(self) -> u8 {
        self.scale
    }

    /// All its digits as one whole number: 12.5 is 125.
    pub(super) fn units(self) -> i64 {
        self.scaled
    }

    /// Itself, if nothing stands after the point.
    pub(super) fn whole(self) -> Option<i64> {
        (self.scale == 0).then_some(self.scaled)
    }

    /// The sum; nothing where it has more digits than can be kept.
    pub fn plus(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        let raised = |d: Self| -> Option<i64> {
            let more = scale.checked_sub(d.scale)?;
            d.scaled.checked_mul(10_i64.checked_pow(u32::from(more))?)
        };
        let sum = raised(self)?.checked_add(raised(other)?)?;
        Some(Self::new(sum, scale))
    }

    /// Reads what people type: spaces and apostrophes group, and the last of two different separators is the point. One separator
    /// before exactly three digits groups ("1,500" and "1.500" are fifteen hundred) unless the field has room for three decimals.
    pub fn read(text: &str, decimals: u8) -> Option<Self> {
        let (negative, digits) = strip_sign(text.trim());
        let plain: String = digits
            .chars()
            .filter(|c| {
                !matches!(
                    c,
                    ' ' | '\'' | '\u{2019}' | '\u{a0}' | '\u{202f}' | '\u{2009}'
                )
            })
            .collect();
        let point = point_of(&plain, decimals)?;
        let (whole, rest) = plain.split_at_checked(point)?;
        let fraction = rest.get(1..).unwrap_or_default();
        let whole: String = ungroup(whole)?;
        if (whole.is_empty() && fraction.is_empty())
            || !fraction.chars().all(|c| c.is_ascii_digit())
        {
            return None;
        }
        Self::assemble(negative, &whole, fraction)
    }

    fn assemble(negative: bool, whole: &str, fraction: &str) -> Option<Self> {
        let fraction = fraction.trim_end_matches('0');
        let scale = u8::try_from(fraction.len())
            .ok()
            .filter(|s| *s <= MAX_SCALE)?;
        let mut scaled = 0_i64;
        for c in whole.chars().chain(fraction.chars()) {
            let digit = i64::from(c.to_digit(10)?);
            scaled = scaled.checked_mul(10)?.checked_add(digit)?;
        }
        Some(Self::new(if negative { -scaled } else { scaled }, scale))
    }
}

fn strip_sign(text: &str) -> (bool, &str) {
    match text
        .strip_prefix('-')
        .or_else(|| text.strip_prefix('\u{2212}'))
    {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

/// Where the decimal point stands, as a byte position, at the end when there is none; `None` when the text cannot be a number.
fn point_of(text: &str, decimals: u8) -> Option<usize> {
    if !text
        .chars()
        .all(|c| c.is_ascii_digit() || c == '.' || c == ',')
    {
        return None;
    }
    let Some(at) = text.rfind(['.', ',']) else {
        return Some(text.len());
    };
    let repeated = text.matches(text.get(at..=at)?).count() > 1;
    if text.contains('.') && text.contains(',') {
        return (!repeated).then_some(at);
    }
    let before_three = text.len() - at - 1 == 3 && (1..=3).contains(&at);
    let groups = repeated || (before_three && decimals < 3 && !text.starts_with('0'));
    Some(if groups { text.len() } else { at })
}

/// Takes grouping out, when every group after the first has three digits.
fn ungroup(whole: &str) -> Option<String> {
    if !whole.contains(['.', ',']) {
        return Some(whole.to_owned());
    }
    let mut groups = whole.split(['.', ',']);
    let first = groups.next()?;
    let fits = (1..=3).contains(&first.len()) && groups.all(|g| g.len() == 3);
    fits.then(|| whole.replace(['.', ','], ""))
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.scaled < 0 { "-" } else { "" };
        let digits = self.scaled.unsigned_abs();
        if self.scale == 0 {
            return write!(f, "{sign}{digits}");
        }
        let unit = 10_u64.pow(u32::from(self.scale));
        write!(
            f,
            "{sign}{}.{:0width$}",
            digits / unit,
            digits % unit,
            width = usize::from(self.scale)
        )
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let widen = |d: &Self| {
            i128::from(d.scaled) * 10_i128.pow(u32::from(MAX_SCALE.saturating_sub(d.scale)))
        };
        widen(self).cmp(&widen(other))
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl From<Decimal> for String {
    fn from(d: Decimal) -> Self {
        d.to_string()
    }
}

impl TryFrom<String> for Decimal {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        // The stored form has no grouping, so a point is a point.
        Self::read(&text, MAX_SCALE).ok_or("not a decimal number")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, decimals: u8) -> Option<String> {
        Decimal::read(text, decimals).map(|d| d.to_string())
    }

    #[test]
    fn reads_what_people_type() {
        for (text, decimals, want) in [
            ("12", 0, "12"),
            ("12.50", 2, "12.5"),
            ("12,5", 2, "12.5"),
            ("1,500", 2, "1500"),
            ("1.500", 0, "1500"),
            ("1.500", 3, "1.5"),
            ("0.125", 2, "0.125"),
            ("1,234,567.89", 2, "1234567.89"),
            ("1.234.567,89", 2, "1234567.89"),
            ("1 234\u{a0}567", 0, "1234567"),
            ("1'234", 0, "1234"),
            ("-3", 0, "-3"),
            (".5", 1, "0.5"),
            ("5.", 1, "5"),
        ] {
            assert_eq!(read(text, decimals).as_deref(), Some(want), "{text}");
        }
    }

    #[test]
    fn refuses_the_rest() {
        let long = "9".repeat(30);
        for text in [
            "",
            "-",
            ".",
            "abc",
            "1e5",
            "1.2.3",
            "1,23,456",
            "1.2,3.4",
            "12 %",
            "0x10",
            "٣",
            long.as_str(),
            "1.2345678901",
        ] {
            assert_eq!(read(text, 2), None, "{text}");
        }
    }

    #[test]
    fn orders_by_value() {
        let d = |t: &str| Decimal::read(t, 9).unwrap();
        assert!(d("1.25") < d("1.5") && d("1.5") > d("1.25"));
        assert!(d("-2") < d("0.1"));
        assert_eq!(d("2.0"), d("2"));
    }
}
