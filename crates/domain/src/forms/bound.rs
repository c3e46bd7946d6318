//! The edge of a range, in its one written form: `10.5`, `2026-12-31`, `today`, `today+30`, `today-7`.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::decimal::{Decimal, MAX_SCALE};
use crate::Date;

/// A hundred years either way: enough for any close date, and far from the ends of the calendar.
const MAX_DAYS: i32 = 36_500;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Bound {
    /// For numbers, and for amounts in major units of whichever currency the answer has.
    Number(Decimal),
    Date(Date),
    /// Days from the day of the answer.
    Today(i32),
}

impl Bound {
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(rest) = text.strip_prefix("today") {
            let days = if rest.is_empty() {
                Some(0)
            } else {
                signed(rest)
            };
            return days.filter(|d| d.abs() <= MAX_DAYS).map(Self::Today);
        }
        if let Ok(date) = text.parse::<Date>() {
            return Some(Self::Date(date));
        }
        Decimal::read(text, MAX_SCALE).map(Self::Number)
    }

    /// The day that is meant, when this is about days.
    pub fn date(self, today: Date) -> Option<Date> {
        match self {
            Self::Date(date) => Some(date),
            Self::Today(days) => Some(today.plus_days(days)),
            Self::Number(_) => None,
        }
    }

    pub fn number(self) -> Option<Decimal> {
        match self {
            Self::Number(number) => Some(number),
            Self::Date(_) | Self::Today(_) => None,
        }
    }
}

fn signed(text: &str) -> Option<i32> {
    let digits = text.strip_prefix(['+', '-'])?;
    if digits.is_empty() || !digits.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let days: i32 = digits.parse().ok()?;
    Some(if text.starts_with('-') { -days } else { days })
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Date(date) => date.fmt(f),
            Self::Today(0) => f.write_str("today"),
            Self::Today(days) => write!(f, "today{days:+}"),
        }
    }
}

impl From<Bound> for String {
    fn from(bound: Bound) -> Self {
        bound.to_string()
    }
}

impl TryFrom<String> for Bound {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("not a number, a date or a day counted from today")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_its_own_writing() {
        for text in ["10.5", "-3", "2026-12-31", "today", "today+30", "today-7"] {
            assert_eq!(Bound::parse(text).unwrap().to_string(), text);
        }
        for text in [
            "",
            "todays",
            "today+",
            "today+x",
            "today++1",
            "today+99999",
            "2026-13-01",
        ] {
            assert_eq!(Bound::parse(text), None, "{text}");
        }
    }
}
