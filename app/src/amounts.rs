//! Amounts outside of forms of answers (offers, transactions, corrections): typed as the person's locale writes them, said back
//! where others would read them otherwise, and plain from the door on.

use domain::Currency;
use leptos::prelude::*;

use crate::locale::use_locale;

/// Says how the numbers of a plain form are written.
#[component]
pub fn LocaleMark() -> impl IntoView {
    view! { <input type="hidden" name="_locale" value=use_locale().tag()/> }
}

/// The line under the input of an amount.
pub fn use_amount(
    text: RwSignal<String>,
    currency: impl Into<Signal<String>>,
) -> Signal<Option<String>> {
    let (locale, currency) = (use_locale(), currency.into());
    Signal::derive(move || {
        let currency = currency.with(|code| Currency::from_code(code.trim()))?;
        text.with(|text| locale.amount_said_back(text, currency))
    })
}

/// The line under the input of a percentage.
pub fn use_percent(text: RwSignal<String>) -> Signal<Option<String>> {
    let locale = use_locale();
    Signal::derive(move || text.with(|text| locale.percent_said_back(text)))
}

/// What was posted as `amount`, plainly. `tag` is what the form says of how it was written; where it says nothing, the text is
/// plain.
#[cfg(feature = "ssr")]
pub fn plain(
    tag: &str,
    amount: String,
    currency: &str,
) -> Result<String, crate::error::ActionError> {
    let currency = Currency::from_code(currency.trim());
    let (Some(locale), Some(currency)) = (domain::Locale::of_tag(tag), currency) else {
        return Ok(amount);
    };
    let read = locale.plain_amount(&amount, currency);
    read.map_err(|two| domain::AppError::input("amount", &two.text()).into())
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::plain;

    #[test]
    fn what_a_form_posts_is_read_as_it_says() {
        let read = |tag: &str, text: &str| plain(tag, text.to_owned(), "EUR");
        assert_eq!(read("de", "1.200").unwrap(), "1200");
        assert_eq!(read("", "1.200").unwrap(), "1.200");
        let refused = read("en-GB", "1.200").unwrap_err();
        assert!(
            refused
                .input_text("amount")
                .is_some_and(|text| text.contains("1,200 or 1.20"))
        );
    }
}
