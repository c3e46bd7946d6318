//! Swimlanes: the board once for each owner, partner or month of closing. A lane is one more part of the filter.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::money::Totals;
use crate::people::{UnknownWord, words};
use crate::{Date, PartnerId, UserId};

words! {
    /// What the lanes of a board are.
    LaneKind {
        Owner = "owner", "Owner";
        /// For the company.
        Partner = "partner", "Partner";
        /// The month in which the deal is expected to close.
        Month = "month", "Close month";
    }
}

/// A month of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: i16,
    month: i8,
}

impl Month {
    pub fn of(date: Date) -> Self {
        Self {
            year: date.year(),
            month: date.month(),
        }
    }

    /// `Mar 2027`.
    pub fn name(self) -> String {
        let first = Date::new(self.year, self.month, 1);
        first.map_or_else(
            |_| self.to_string(),
            |day| format!("{} {}", day.month_name(), day.year()),
        )
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl FromStr for Month {
    type Err = UnknownWord;

    /// `2027-03`, and nothing else.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let day: Date = format!("{text}-01").parse().map_err(|_| UnknownWord)?;
        let month = Self::of(day);
        if month.to_string() == text {
            Ok(month)
        } else {
            Err(UnknownWord)
        }
    }
}

/// Which deals lie in a lane. Written as `user_...`, `partner_...`, `2027-03` or `undated`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Lane {
    Owner(UserId),
    Partner(PartnerId),
    Month(Month),
    /// Nobody has said when it closes.
    Undated,
}

impl Lane {
    const UNDATED: &'static str = "undated";
}

impl fmt::Display for Lane {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Owner(user) => user.fmt(f),
            Self::Partner(partner) => partner.fmt(f),
            Self::Month(month) => month.fmt(f),
            Self::Undated => f.write_str(Self::UNDATED),
        }
    }
}

impl FromStr for Lane {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == Self::UNDATED {
            return Ok(Self::Undated);
        }
        if let Ok(user) = text.parse() {
            return Ok(Self::Owner(user));
        }
        if let Ok(partner) = text.parse() {
            return Ok(Self::Partner(partner));
        }
        text.parse().map(Self::Month)
    }
}

impl TryFrom<String> for Lane {
    type Error = UnknownWord;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Lane> for String {
    fn from(lane: Lane) -> Self {
        lane.to_string()
    }
}

/// One lane: what it is called, and what lies in its stages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaneLine {
    pub lane: Lane,
    pub name: String,
    /// Deals in stages; registrations that wait stand apart from the lanes.
    pub count: i64,
    pub totals: Totals,
}

/// The lanes of a board: people and partners by name, months in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaneList {
    pub lanes: Vec<LaneLine>,
    /// Lanes that are not listed, because others hold more deals.
    pub more: usize,
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_lane_is_read_as_it_is_written() {
        let id = Uuid::from_u128(7);
        let month: Month = "2027-03".parse().unwrap();
        for lane in [
            Lane::Owner(UserId(id)),
            Lane::Partner(PartnerId(id)),
            Lane::Month(month),
            Lane::Undated,
        ] {
            assert_eq!(lane.to_string().parse(), Ok(lane));
            let json = serde_json::to_string(&lane).unwrap();
            assert_eq!(serde_json::from_str::<Lane>(&json).unwrap(), lane);
        }
        assert_eq!(month.name(), "Mar 2027");
    }

    #[test]
    fn nonsense_is_no_lane() {
        for text in [
            "",
            "2027",
            "2027-13",
            "2027-3",
            "2027-03-01",
            "user_",
            "Undated",
            "%",
        ] {
            assert!(text.parse::<Lane>().is_err(), "{text}");
        }
    }
}
