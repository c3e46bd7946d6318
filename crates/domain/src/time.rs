//! Instants and civil dates. An instant is UTC, in microseconds, because that is what both databases keep exactly.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

const MICROS_PER_SECOND: i64 = 1_000_000;
const SECONDS_PER_DAY: i64 = 86_400;

/// Microseconds since 1970-01-01T00:00:00Z.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
#[cfg_attr(feature = "sql", derive(sqlx::Type))]
#[cfg_attr(feature = "sql", sqlx(transparent))]
pub struct Timestamp(pub i64);

impl Timestamp {
    pub fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(MICROS_PER_SECOND))
    }

    pub fn seconds(self) -> i64 {
        self.0.div_euclid(MICROS_PER_SECOND)
    }

    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(
            self.0
                .saturating_add(seconds.saturating_mul(MICROS_PER_SECOND)),
        )
    }

    #[must_use]
    pub fn plus_hours(self, hours: i64) -> Self {
        self.plus_seconds(hours.saturating_mul(3_600))
    }

    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        self.plus_seconds(days.saturating_mul(SECONDS_PER_DAY))
    }

    /// Whole days from `earlier` to this instant, rounded down; negative when `earlier` is later.
    pub fn days_since(self, earlier: Self) -> i64 {
        self.0
            .saturating_sub(earlier.0)
            .div_euclid(MICROS_PER_SECOND * SECONDS_PER_DAY)
    }

    /// Whole hours from `earlier`, rounded down.
    pub fn hours_since(self, earlier: Self) -> i64 {
        self.0
            .saturating_sub(earlier.0)
            .div_euclid(MICROS_PER_SECOND * 3_600)
    }

    /// The day in UTC.
    pub fn date(self) -> Date {
        Date(self.zoned().date())
    }

    fn zoned(self) -> jiff::Zoned {
        jiff::Timestamp::from_microsecond(self.0)
            .unwrap_or_default()
            .to_zoned(jiff::tz::TimeZone::UTC)
    }

    /// From `2026-11-22T10:00`, as the input for a date and a time gives it, read as UTC; seconds may follow.
    pub fn read_utc(text: &str) -> Option<Self> {
        let (day, clock) = text.trim().split_once('T')?;
        let mut parts = clock.split(':');
        let mut next = |below: i64| {
            let part = parts.next()?;
            let digits = part.len() == 2 && part.bytes().all(|letter| letter.is_ascii_digit());
            let number: i64 = part.parse().ok()?;
            (digits && number < below).then_some(number)
        };
        let (hours, minutes) = (next(24)?, next(60)?);
        let seconds = next(60).unwrap_or(0);
        let day = day.parse::<Date>().ok()?.start();
        Some(day.plus_seconds(hours * 3_600 + minutes * 60 + seconds))
    }

    /// `2026-11-22T10:00:00Z`, to the second: for the `datetime` attribute.
    pub fn rfc3339(self) -> String {
        let z = self.zoned();
        format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
            z.year(),
            z.month(),
            z.day(),
            z.hour(),
            z.minute(),
            z.second()
        )
    }

    /// `22 Nov 2026, 10:00 UTC`: what is shown until the browser knows its zone.
    pub fn display_utc(self) -> String {
        let z = self.zoned();
        format!(
            "{}, {:02}:{:02} UTC",
            self.date().display(),
            z.hour(),
            z.minute()
        )
    }
}

/// A day without a zone, as `2026-11-22`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(jiff::civil::Date);

/// A text that is not a day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a date of the form 2026-11-22")]
pub struct DateError;

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

impl Date {
    /// A day of the years 1 to 9999.
    pub fn new(year: i16, month: i8, day: i8) -> Result<Self, DateError> {
        if !(1..=9_999).contains(&year) {
            return Err(DateError);
        }
        jiff::civil::Date::new(year, month, day)
            .map(Self)
            .map_err(|_| DateError)
    }

    pub fn year(self) -> i16 {
        self.0.year()
    }

    pub fn month(self) -> i8 {
        self.0.month()
    }

    pub fn day(self) -> i8 {
        self.0.day()
    }

    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        Self(
            self.0
                .saturating_add(jiff::Span::new().days(days.clamp(-3_000_000, 3_000_000))),
        )
    }

    /// Midnight UTC at its start.
    pub fn start(self) -> Timestamp {
        let days = jiff::civil::date(1970, 1, 1)
            .until(self.0)
            .map_or(0, |span| i64::from(span.get_days()));
        Timestamp::from_seconds(days * SECONDS_PER_DAY)
    }

    /// `22 Nov 2026`.
    pub fn display(self) -> String {
        format!("{} {} {}", self.day(), self.month_name(), self.year())
    }

    /// `22 Nov`: on a card, where the year is clear from the context.
    pub fn display_short(self) -> String {
        format!("{} {}", self.day(), self.month_name())
    }

    /// `Nov`.
    pub fn month_name(self) -> &'static str {
        let index = usize::try_from(self.month() - 1).ok();
        index.and_then(|index| MONTHS.get(index)).unwrap_or(&"")
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:04}-{:02}-{:02}",
            self.year(),
            self.month(),
            self.day()
        )
    }
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let mut parts = text.split('-');
        let (Some(year), Some(month), Some(day), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(DateError);
        };
        let digits = |part: &str| part.bytes().all(|letter| letter.is_ascii_digit());
        if year.len() != 4
            || month.len() != 2
            || day.len() != 2
            || ![year, month, day].into_iter().all(digits)
        {
            return Err(DateError);
        }
        Self::new(
            year.parse().map_err(|_| DateError)?,
            month.parse().map_err(|_| DateError)?,
            day.parse().map_err(|_| DateError)?,
        )
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_instant_reads_as_people_write_it() {
        let at = Timestamp::from_seconds(1_795_341_600);
        assert_eq!(at.rfc3339(), "2026-11-22T10:00:00Z");
        assert_eq!(at.display_utc(), "22 Nov 2026, 10:00 UTC");
        assert_eq!(at.date().start().rfc3339(), "2026-11-22T00:00:00Z");
    }

    #[test]
    fn a_typed_instant_is_utc() {
        let read = |text: &str| Timestamp::read_utc(text).map(Timestamp::rfc3339);
        assert_eq!(
            read("2026-11-22T10:05").as_deref(),
            Some("2026-11-22T10:05:00Z")
        );
        assert_eq!(
            read(" 2026-11-22T23:59:07 ").as_deref(),
            Some("2026-11-22T23:59:07Z")
        );
        for text in [
            "",
            "2026-11-22",
            "2026-11-22T",
            "2026-11-22T24:00",
            "2026-11-22T10:60",
            "2026-11-22T1:00",
            "2026-02-30T10:00",
            "2026-11-22T+1:00",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        assert!("2026-02-29".parse::<Date>().is_err());
        assert!("2028-02-29".parse::<Date>().is_ok());
        assert!("2026-2-9".parse::<Date>().is_err());
        assert!("+026-02-09".parse::<Date>().is_err());
        assert_eq!(
            Date::new(2026, 12, 31).map(|d| d.plus_days(1).to_string()),
            Ok("2027-01-01".into())
        );
    }

    proptest! {
        #[test]
        fn any_text_is_a_date_or_refused(text: String) {
            if let Ok(date) = text.parse::<Date>() {
                prop_assert_eq!(date.to_string(), text);
            }
        }

        #[test]
        fn any_instant_can_be_shown(micros: i64) {
            let _ = Timestamp(micros).rfc3339();
            let _ = Timestamp(micros).date().start();
        }
    }
}
