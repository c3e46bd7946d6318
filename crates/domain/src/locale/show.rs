//! Numbers, amounts and days as they are shown.

use super::{Days, Locale, MINUS, is_digits};
use crate::{Date, Money, forms::Decimal};

impl Locale {
    /// `12.000,50` of `12000.50`: what is no plain number stays as it is.
    pub fn figures(self, plain: &str) -> String {
        let unsigned = plain.trim_start_matches(['-', MINUS]);
        let sign = if unsigned.len() < plain.len() {
            MINUS.to_string()
        } else {
            String::new()
        };
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        if !is_digits(whole) || !is_digits(fraction) {
            return plain.to_owned();
        }
        let mut text = sign;
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && self.begins_group(whole.len() - index) {
                text.push(self.0.group);
            }
            text.push(digit);
        }
        if !fraction.is_empty() {
            text.push(self.0.decimal);
            text.push_str(fraction);
        }
        text
    }

    /// Whether a group begins before the last `left` digits.
    fn begins_group(self, left: usize) -> bool {
        if self.0.indian && left > 3 {
            (left - 3).is_multiple_of(2)
        } else {
            left.is_multiple_of(3)
        }
    }

    pub fn number(self, number: Decimal) -> String {
        self.figures(&number.to_string())
    }

    /// `EUR 12.000`: minor digits only where they are not zero.
    pub fn money(self, money: Money) -> String {
        format!("{} {}", money.currency, self.figures(&money.plain(false)))
    }

    /// `EUR 12.000,00`: to the cent.
    pub fn money_exact(self, money: Money) -> String {
        format!("{} {}", money.currency, self.figures(&money.plain(true)))
    }

    pub fn date(self, date: Date) -> String {
        let (day, month, year) = (date.day(), date.month(), date.year());
        match self.0.days {
            Days::Named => date.display(),
            Days::MonthFirst => format!("{} {day}, {year}", date.month_name()),
            Days::DayFirst(mark) => format!("{day:02}{mark}{month:02}{mark}{year:04}"),
            Days::YearFirst(mark) => format!("{year:04}{mark}{month:02}{mark}{day:02}"),
        }
    }

    /// On a card, where the year is clear from the context.
    pub fn date_short(self, date: Date) -> String {
        let (day, month) = (date.day(), date.month());
        match self.0.days {
            Days::Named => date.display_short(),
            Days::MonthFirst => format!("{} {day}", date.month_name()),
            Days::DayFirst('.') => format!("{day:02}.{month:02}."),
            Days::DayFirst(mark) => format!("{day:02}{mark}{month:02}"),
            Days::YearFirst(mark) => format!("{month:02}{mark}{day:02}"),
        }
    }
}
