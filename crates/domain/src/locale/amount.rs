//! Amounts and percentages that are typed outside of forms of answers, read as a form reads them.

use super::{Locale, NotHeard};
use crate::{Currency, Money};

/// Stands before what could not be read: no reader takes that for a number.
pub(crate) const UNREAD: char = '\u{bf}';
/// Digits behind the point of a percentage.
const PERCENT_ROOM: u8 = 2;

/// Two numbers that a text may mean, as the locale writes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TwoReadings {
    pub one: String,
    pub other: String,
}

impl TwoReadings {
    /// What is said at the input.
    pub fn text(&self) -> String {
        let Self { one, other } = self;
        format!("This can be read in two ways: write {one} or {other}")
    }
}

impl Locale {
    /// What a text may mean of which [`Locale::hear`] says that it is unclear.
    pub fn two_readings(self, text: &str, room: u8) -> Option<TwoReadings> {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let (whole, behind) = digits.split_at_checked(digits.len().checked_sub(3)?)?;
        let short = behind.get(..usize::from(room)).unwrap_or(behind);
        let point = if short.is_empty() {
            whole.to_owned()
        } else {
            format!("{whole}.{short}")
        };
        Some(TwoReadings {
            one: self.figures(&digits),
            other: self.figures(&point),
        })
    }

    /// What is typed as an amount, plainly. What is no number stays behind a mark, for whoever reads amounts to refuse.
    pub fn plain_amount(self, text: &str, currency: Currency) -> Result<String, TwoReadings> {
        self.plain(text, room_of(currency))
    }

    /// The same of a percentage, with or without its sign.
    pub fn plain_percent(self, text: &str) -> Result<String, TwoReadings> {
        self.plain(without_sign(text), PERCENT_ROOM)
    }

    fn plain(self, text: &str, room: u8) -> Result<String, TwoReadings> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(String::new());
        }
        match self.hear(text, room) {
            Ok(heard) => Ok(heard.plain),
            Err(NotHeard::Unclear) => match self.two_readings(text, room) {
                Some(two) => Err(two),
                None => Ok(format!("{UNREAD}{text}")),
            },
            Err(NotHeard::NotANumber) => Ok(format!("{UNREAD}{text}")),
        }
    }

    /// What is said under the input of an amount that others would read otherwise; nothing where there is nothing to say.
    pub fn amount_said_back(self, text: &str, currency: Currency) -> Option<String> {
        self.said_back(text, room_of(currency), |plain| {
            let money = Money::parse(plain, currency).ok();
            money.map_or_else(|| self.figures(plain), |money| self.money_exact(money))
        })
    }

    /// The same of a percentage.
    pub fn percent_said_back(self, text: &str) -> Option<String> {
        self.said_back(without_sign(text), PERCENT_ROOM, |plain| {
            format!("{} %", self.figures(plain))
        })
    }

    fn said_back(self, text: &str, room: u8, words: impl Fn(&str) -> String) -> Option<String> {
        match self.hear(text, room) {
            Ok(heard) if heard.doubtful => Some(format!("Read as {}", words(&heard.plain))),
            Err(NotHeard::Unclear) => self.two_readings(text, room).map(|two| two.text()),
            Ok(_) | Err(NotHeard::NotANumber) => None,
        }
    }
}

fn without_sign(text: &str) -> &str {
    text.trim_end_matches(['%', ' ', '\u{a0}', '\u{202f}'])
}

/// Digits behind the point of an amount.
fn room_of(currency: Currency) -> u8 {
    u8::try_from(currency.exponent()).unwrap_or(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locale(tag: &str) -> Locale {
        Locale::of_tag(tag).unwrap()
    }

    fn plain(tag: &str, text: &str) -> Result<String, String> {
        let read = locale(tag).plain_amount(text, Currency::EUR);
        read.map_err(|two| two.text())
    }

    #[test]
    fn an_amount_is_read_as_its_locale_writes_it() {
        assert_eq!(plain("de", "12.500").as_deref(), Ok("12500"));
        assert_eq!(plain("en-GB", "12,500").as_deref(), Ok("12500"));
        assert_eq!(plain("de", " 1.234,5 ").as_deref(), Ok("1234.5"));
        assert_eq!(plain("de", "").as_deref(), Ok(""));
        let unclear = "This can be read in two ways: write 12,500 or 12.50";
        assert_eq!(plain("en-GB", "12.500"), Err(unclear.to_owned()));
        // A reader that takes what it can would make fifteen of it.
        let read = plain("en-GB", "1 5").unwrap();
        assert!(Money::parse(&read, Currency::EUR).is_err());
        assert_eq!(locale("de").plain_percent("12,5 %").as_deref(), Ok("12.5"));
        assert!(locale("de").plain_percent("12,500").is_err());
    }

    #[test]
    fn what_others_would_read_otherwise_is_said_back() {
        let said = |tag, text| locale(tag).amount_said_back(text, Currency::EUR);
        assert_eq!(
            said("de", "12.500").as_deref(),
            Some("Read as EUR 12.500,00")
        );
        assert_eq!(said("de", "12500"), None);
        assert_eq!(said("de", "much"), None);
        assert!(said("en-GB", "12.500").is_some_and(|text| text.contains("two ways")));
        let percent = locale("de").percent_said_back("1.5");
        assert_eq!(percent.as_deref(), Some("Read as 1,5 %"));
    }
}
