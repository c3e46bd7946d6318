//! The currencies that forms offer.

use crate::ui::Choice;

/// Currencies to start with; any other is a setting away.
pub const CURRENCIES: [&str; 10] = [
    "EUR", "USD", "GBP", "CHF", "SEK", "DKK", "NOK", "CAD", "AUD", "JPY",
];

pub fn currency_choices() -> Vec<Choice> {
    CURRENCIES
        .into_iter()
        .map(|code| Choice::new(code, code))
        .collect()
}
