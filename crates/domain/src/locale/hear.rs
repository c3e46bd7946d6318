//! Numbers and days as they are typed.

use super::{APOSTROPHE, Days, Locale, MINUS, NARROW, UNBREAKABLE, is_digits};
use crate::Date;

/// A number as it was meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// `-12000.50`: no groups, a point, and never three digits behind it, which other readers could take for a group.
    pub plain: String,
    /// Somebody from elsewhere would read another number: what was understood is worth saying.
    pub doubtful: bool,
}

/// Why text is not a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotHeard {
    NotANumber,
    /// It has two readings, of which neither is likelier.
    Unclear,
}

impl Locale {
    /// A day as it is typed: in the locale's order, with any of the usual marks; the year first and in four digits is a day anywhere.
    pub fn read_date(self, text: &str) -> Option<Date> {
        let text = text.trim();
        if let Ok(date) = text.parse() {
            return Some(date);
        }
        if let Some(date) = named_date(text) {
            return Some(date);
        }
        // A point may stand behind the last number too: 2031. 1. 31.
        let text = text.strip_suffix('.').unwrap_or(text);
        let mut parts = text.split(['.', '/', '-']).map(str::trim);
        let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        let (year, month, day) = match self.0.days {
            _ if first.len() == 4 => (first, second, third),
            Days::MonthFirst => (third, first, second),
            Days::Named | Days::DayFirst(_) | Days::YearFirst(_) => (third, second, first),
        };
        let fits = year.len() == 4 && [year, month, day].into_iter().all(is_digits);
        let date = format!("{year}-{month:0>2}-{day:0>2}");
        fits.then(|| date.parse().ok()).flatten()
    }

    /// A number as it is typed, for a place that takes up to `room` digits behind the point.
    pub fn hear(self, text: &str, room: u8) -> Result<Heard, NotHeard> {
        let text = text.trim();
        let unsigned = text.trim_start_matches(['-', '+', MINUS]);
        let signs = text.strip_suffix(unsigned).unwrap_or_default();
        if signs.chars().count() > 1 {
            return Err(NotHeard::NotANumber);
        }
        let figures = Figures::of(unsigned).ok_or(NotHeard::NotANumber)?;
        let (whole, fraction, doubtful) = self.parted(&figures, room)?;
        if whole.is_empty() && fraction.is_empty() {
            return Err(NotHeard::NotANumber);
        }
        let whole = whole.trim_start_matches('0');
        let mut plain = String::new();
        if !matches!(signs, "" | "+") {
            plain.push('-');
        }
        plain.push_str(if whole.is_empty() { "0" } else { whole });
        if !fraction.is_empty() {
            plain.push('.');
            plain.push_str(fraction);
            if fraction.len() == 3 {
                plain.push('0');
            }
        }
        Ok(Heard { plain, doubtful })
    }

    /// The digits before and behind the point, and whether others would part them elsewhere.
    fn parted<'a>(
        self,
        figures: &Figures<'a>,
        room: u8,
    ) -> Result<(String, &'a str, bool), NotHeard> {
        let Some((at, mark)) = figures.last else {
            return Ok((grouped(figures.text, SPACES)?, "", false));
        };
        let (before, rest) = figures.text.split_at(at);
        let behind = rest.get(1..).unwrap_or_default();
        let other = if mark == '.' { ',' } else { '.' };
        let foreign = mark != self.0.decimal;
        if figures.text.contains(other) {
            // The last mark is the point, and the other one groups.
            let whole = grouped(before, &[other])?;
            return is_digits(behind)
                .then_some((whole, behind, foreign))
                .ok_or(NotHeard::NotANumber);
        }
        if before.contains(mark) {
            // Two points there cannot be.
            return Ok((grouped(figures.text, &[mark])?, "", false));
        }
        let whole = grouped(before, SPACES)?;
        if !is_digits(behind) {
            return Err(NotHeard::NotANumber);
        }
        let has_spaces = whole.len() < before.chars().count();
        let like_a_group = behind.len() == 3
            && (1..=3).contains(&whole.len())
            && !whole.starts_with('0')
            && !has_spaces;
        if !like_a_group {
            return Ok((whole, behind, foreign));
        }
        if mark == self.0.group {
            Ok((format!("{whole}{behind}"), "", true))
        } else if mark == self.0.decimal && room >= 3 {
            Ok((whole, behind, true))
        } else {
            Err(NotHeard::Unclear)
        }
    }
}

/// What groups digits everywhere and is never a point.
const SPACES: &[char] = &[' ', '\'', APOSTROPHE, UNBREAKABLE, NARROW, '\u{2009}'];

/// Text of nothing but digits and the marks between them.
struct Figures<'a> {
    text: &'a str,
    /// The last point or comma, and where it stands.
    last: Option<(usize, char)>,
}

impl<'a> Figures<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let fits = |sign: char| {
            sign.is_ascii_digit() || matches!(sign, '.' | ',') || SPACES.contains(&sign)
        };
        let last = text
            .char_indices()
            .rfind(|(_, sign)| matches!(sign, '.' | ','));
        text.chars().all(fits).then_some(Self { text, last })
    }
}

/// The digits without the marks between their groups, where the groups are of three, or as India writes them.
fn grouped(text: &str, marks: &[char]) -> Result<String, NotHeard> {
    let groups: Vec<&str> = text.split(marks).collect();
    let digits = groups.concat();
    if !is_digits(&digits) {
        return Err(NotHeard::NotANumber);
    }
    let fits = match groups.as_slice() {
        [] | [_] => true,
        [first, middle @ .., last] => {
            let of = |size: usize| middle.iter().all(|group| group.len() == size);
            let by_three = (1..=3).contains(&first.len()) && of(3);
            let by_two = (1..=2).contains(&first.len()) && of(2);
            last.len() == 3 && (by_three || by_two)
        }
    };
    fits.then_some(digits).ok_or(NotHeard::NotANumber)
}

/// `31 Jan 2031` and `Jan 31, 2031`, as days are shown: what is copied from a page is read.
fn named_date(text: &str) -> Option<Date> {
    let plain = text.replace(',', " ");
    let mut words = plain.split_whitespace();
    let (first, second, year) = (words.next()?, words.next()?, words.next()?);
    if words.next().is_some() || year.len() != 4 {
        return None;
    }
    let (day, name) = if is_digits(first) {
        (first, second)
    } else {
        (second, first)
    };
    let (year, day) = (year.parse().ok()?, day.parse().ok()?);
    let months = (1..=12).filter_map(|month| Date::new(year, month, 1).ok());
    let mut named = months.filter(|date| date.month_name().eq_ignore_ascii_case(name));
    Date::new(year, named.next()?.month(), day).ok()
}
