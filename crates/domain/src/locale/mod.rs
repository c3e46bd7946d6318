//! How people write numbers and days where they live. Server and browser must agree to the letter, so a table and no data of the
//! machine that it runs on.
//!
//! Text that could be read in two ways is read as the locale writes it, and said back ([`Heard::doubtful`]); where the locale's own
//! reading cannot be meant either, it is refused. What the locale would never write, and what has one meaning only, is read as that.

mod amount;
mod hear;
mod show;

use std::fmt;

pub use amount::TwoReadings;
pub(crate) use amount::UNREAD;
pub use hear::{Heard, NotHeard};

/// Narrow and unbreakable, as French groups are written.
const NARROW: char = '\u{202f}';
const UNBREAKABLE: char = '\u{a0}';
const APOSTROPHE: char = '\u{2019}';
const MINUS: char = '\u{2212}';

/// A way to write numbers and days, by its tag.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Locale(&'static Row);

#[derive(PartialEq, Eq)]
struct Row {
    /// As BCP 47 writes it: a language, or a language and a region.
    tag: &'static str,
    decimal: char,
    group: char,
    /// Groups of two before the last of three: 12,34,567.
    indian: bool,
    days: Days,
}

/// How days are shown, and in which order they are typed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Days {
    /// 31 Jan 2031, typed day first.
    Named,
    /// Jan 31, 2031, typed month first.
    MonthFirst,
    /// 31.01.2031, 31/01/2031 or 31-01-2031.
    DayFirst(char),
    /// 2031/01/31 or 2031-01-31.
    YearFirst(char),
}

const fn row(tag: &'static str, decimal: char, group: char, days: Days) -> Row {
    Row {
        tag,
        decimal,
        group,
        indian: false,
        days,
    }
}

const fn lakhs(tag: &'static str, days: Days) -> Row {
    Row {
        indian: true,
        ..row(tag, '.', ',', days)
    }
}

const DOTS: Days = Days::DayFirst('.');
const SLASHES: Days = Days::DayFirst('/');
const DASHES: Days = Days::DayFirst('-');

/// The first is for whoever names none that is known. A language stands before its regions, with what most of them write.
static ROWS: &[Row] = &[
    row("en-GB", '.', ',', Days::Named),
    row("en-US", '.', ',', Days::MonthFirst),
    row("en-CA", '.', ',', Days::YearFirst('-')),
    lakhs("en-IN", Days::Named),
    row("bg", ',', UNBREAKABLE, DOTS),
    row("cs", ',', UNBREAKABLE, DOTS),
    row("da", ',', '.', DOTS),
    row("de", ',', '.', DOTS),
    row("de-CH", '.', APOSTROPHE, DOTS),
    row("de-LI", '.', APOSTROPHE, DOTS),
    row("el", ',', '.', SLASHES),
    row("es", ',', '.', SLASHES),
    row("es-419", '.', ',', SLASHES),
    row("es-MX", '.', ',', SLASHES),
    row("es-PE", '.', ',', SLASHES),
    row("es-US", '.', ',', SLASHES),
    row("et", ',', UNBREAKABLE, DOTS),
    row("fi", ',', UNBREAKABLE, DOTS),
    row("fr", ',', NARROW, SLASHES),
    row("fr-CA", ',', UNBREAKABLE, Days::YearFirst('-')),
    row("fr-CH", '.', APOSTROPHE, DOTS),
    row("he", '.', ',', DOTS),
    lakhs("hi", SLASHES),
    row("hr", ',', '.', DOTS),
    row("hu", ',', UNBREAKABLE, Days::YearFirst('-')),
    row("id", ',', '.', SLASHES),
    row("it", ',', '.', SLASHES),
    row("it-CH", '.', APOSTROPHE, DOTS),
    row("ja", '.', ',', Days::YearFirst('/')),
    row("ko", '.', ',', Days::YearFirst('-')),
    row("lt", ',', UNBREAKABLE, Days::YearFirst('-')),
    row("lv", ',', UNBREAKABLE, DOTS),
    row("nb", ',', UNBREAKABLE, DOTS),
    row("nl", ',', '.', DASHES),
    row("nn", ',', UNBREAKABLE, DOTS),
    row("no", ',', UNBREAKABLE, DOTS),
    row("pl", ',', UNBREAKABLE, DOTS),
    row("pt", ',', '.', SLASHES),
    row("pt-PT", ',', UNBREAKABLE, SLASHES),
    row("ro", ',', '.', DOTS),
    row("ru", ',', UNBREAKABLE, DOTS),
    row("sk", ',', UNBREAKABLE, DOTS),
    row("sl", ',', '.', DOTS),
    row("sv", ',', UNBREAKABLE, Days::YearFirst('-')),
    row("th", '.', ',', SLASHES),
    row("tr", ',', '.', DOTS),
    row("uk", ',', UNBREAKABLE, DOTS),
    row("vi", ',', '.', SLASHES),
    row("zh", '.', ',', Days::YearFirst('/')),
];

/// British English: 12,000.50 and 31 Jan 2031.
impl Default for Locale {
    fn default() -> Self {
        static BRITISH: Row = row("en-GB", '.', ',', Days::Named);
        Self(ROWS.first().unwrap_or(&BRITISH))
    }
}

impl fmt::Debug for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl Locale {
    pub fn all() -> impl Iterator<Item = Self> {
        ROWS.iter().map(Self)
    }

    pub fn tag(self) -> &'static str {
        self.0.tag
    }

    /// The locale of that tag; of its language, where the region is not known.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let mut parts = tag.trim().split(['-', '_']);
        let language = parts.next()?;
        // A script may stand between the two: zh-Hant-TW.
        let region = parts.find(|part| matches!(part.len(), 2 | 3));
        let find = |tag: &str| {
            let mut rows = ROWS.iter();
            rows.find(|row| row.tag.eq_ignore_ascii_case(tag)).map(Self)
        };
        let exact = region.and_then(|region| find(&format!("{language}-{region}")));
        exact.or_else(|| match (language.eq_ignore_ascii_case("en"), region) {
            (true, None) => find("en-US"),
            (true, Some(_)) => find("en-GB"),
            (false, _) => find(language),
        })
    }

    /// The likeliest of an `Accept-Language` header that is known.
    pub fn accepted(header: &str) -> Self {
        let weighed = header.split(',').filter_map(|range| {
            let (tag, weight) = range.split_once(';').unwrap_or((range, "q=1"));
            let weight: f32 = weight.trim().strip_prefix("q=")?.trim().parse().ok()?;
            (weight > 0.0).then_some((weight, Self::of_tag(tag)?))
        });
        let best = weighed.reduce(|best, next| if next.0 > best.0 { next } else { best });
        best.map(|(_, locale)| locale).unwrap_or_default()
    }
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|letter| letter.is_ascii_digit())
}

#[cfg(test)]
mod tests;
