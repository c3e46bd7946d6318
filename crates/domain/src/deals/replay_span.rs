//! Between which days the board is replayed.

use serde::{Deserialize, Serialize};

use crate::errors::InputFault;
use crate::{Date, Locale, Timestamp};

/// Steps of one replay: more than anybody looks at, and little enough for one answer.
pub const MAX_REPLAY_STEPS: usize = 5_000;
/// Deals that lay on the board at any time up to the span's end.
pub const MAX_REPLAY_DEALS: usize = 10_000;
/// Days that are shown where nobody chose any, the last one included.
const USUAL_DAYS: i32 = 30;

/// From the beginning of one day to the end of another, in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplaySpan {
    pub from: Date,
    pub to: Date,
}

impl ReplaySpan {
    /// Reads the two days as they were typed; what is empty becomes the last 30 days. `began` is the program's first day.
    ///
    /// # Errors
    ///
    /// What is wrong, at the inputs `from` and `to`.
    pub fn read(
        from: &str,
        to: &str,
        today: Date,
        began: Date,
        locale: Locale,
    ) -> Result<Self, Vec<InputFault>> {
        let fault = |input: &str, text: String| InputFault {
            input: input.to_owned(),
            text,
        };
        let day = |input: &str, text: &str| match text.trim() {
            "" => Ok(None),
            text => text.parse::<Date>().map(Some).map_err(|_| {
                let text = "Enter a day of the calendar, such as 2026-11-22";
                fault(input, text.to_owned())
            }),
        };
        let (from, to) = match (day("from", from), day("to", to)) {
            (Ok(from), Ok(to)) => (from, to),
            (from, to) => return Err([from.err(), to.err()].into_iter().flatten().collect()),
        };
        let to = to.unwrap_or(today);
        let mut faults = Vec::new();
        for (input, day) in [("from", from), ("to", Some(to))] {
            // East of UTC tomorrow has begun.
            if day.is_some_and(|day| day > today.plus_days(1)) {
                faults.push(fault(input, "Choose a day that has begun".to_owned()));
            } else if day.is_some_and(|day| day < began) {
                let began = locale.date(began);
                let text = format!("Choose {began} or a later day: the program began then");
                faults.push(fault(input, text));
            }
        }
        let usual = to.plus_days(1 - USUAL_DAYS).max(began).min(to);
        let from = from.unwrap_or(usual);
        if faults.is_empty() && from > to {
            let text = "Choose a first day that is not after the last day";
            faults.push(fault("from", text.to_owned()));
        }
        if faults.is_empty() {
            Ok(Self { from, to })
        } else {
            Err(faults)
        }
    }

    /// The moment of its beginning, and the one at which it is over.
    pub fn bounds(self) -> (Timestamp, Timestamp) {
        (self.from.start(), self.to.plus_days(1).start())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn read(from: &str, to: &str) -> Result<(String, String), Vec<(String, String)>> {
        let (today, began) = (day("2026-11-28"), day("2026-03-01"));
        ReplaySpan::read(from, to, today, began, Locale::default())
            .map(|span| (span.from.to_string(), span.to.to_string()))
            .map_err(|faults| {
                let faults = faults.into_iter();
                faults.map(|fault| (fault.input, fault.text)).collect()
            })
    }

    fn days(from: &str, to: &str) -> (String, String) {
        (from.to_owned(), to.to_owned())
    }

    fn at_fault(from: &str, to: &str) -> Vec<String> {
        let faults = read(from, to).unwrap_err().into_iter();
        faults.map(|(input, _)| input).collect()
    }

    #[test]
    fn what_nobody_chose_is_the_last_thirty_days_of_the_program() {
        assert_eq!(read("", " "), Ok(days("2026-10-30", "2026-11-28")));
        assert_eq!(read("", "2026-03-09"), Ok(days("2026-03-01", "2026-03-09")));
        assert_eq!(read("2026-06-01", ""), Ok(days("2026-06-01", "2026-11-28")));
    }

    #[test]
    fn the_first_and_the_last_day_are_whole() {
        let span = ReplaySpan {
            from: day("2026-11-27"),
            to: day("2026-11-27"),
        };
        let (begins, over) = span.bounds();
        assert_eq!(begins.rfc3339(), "2026-11-27T00:00:00Z");
        assert_eq!(over.rfc3339(), "2026-11-28T00:00:00Z");
    }

    #[test]
    fn a_wrong_day_is_said_at_its_input() {
        assert_eq!(at_fault("soon", "2026-02-30"), ["from", "to"]);
        assert_eq!(at_fault("2026-11-20", "2026-11-19"), ["from"]);
        assert_eq!(at_fault("2026-02-28", "2026-11-19"), ["from"]);
        assert_eq!(at_fault("", "2026-02-28"), ["to"]);
        assert_eq!(at_fault("2026-11-01", "9999-12-31"), ["to"]);
        let (_, text) = read("2026-02-28", "").unwrap_err().remove(0);
        assert_eq!(
            text,
            "Choose 1 Mar 2026 or a later day: the program began then"
        );
    }

    #[test]
    fn east_of_utc_the_day_has_begun_already() {
        assert_eq!(
            read("2026-11-29", "2026-11-29"),
            Ok(days("2026-11-29", "2026-11-29"))
        );
        assert_eq!(at_fault("2026-11-29", "2026-11-30"), ["to"]);
    }
}
