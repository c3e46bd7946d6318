//! The rules beside the form: texts, amounts, dates, ranks, businesses.

use domain::{
    Currency, Money, Rank, Timestamp,
    customer::{BusinessKey, fold_business, normalise_domain},
    text::{clean_line, clean_text, fold, initials, slug},
};
use serde_json::{Value, json};

use crate::dice::Dice;

const TEXTS: [&str; 10] = [
    "Straße & Söhne GmbH",
    "İstanbul Gıda A.Ş.",
    "HTTPS://www.Acme.co.uk/x?y",
    "http://bücher.example:8080",
    "1,234.50",
    "1.234,5",
    "-0",
    "99999999999999999999",
    "ab\u{200b}\u{202e}c",
    "e\u{301} ﬁ Ω",
];

pub fn verdict(dice: &mut Dice) -> Value {
    let fixed = dice.one_of(&TEXTS);
    let text = if dice.once_in(2) {
        dice.text()
    } else {
        fixed.to_owned()
    };
    let currencies: Vec<Currency> = Currency::all().collect();
    let amounts = dice.several(3, |dice| {
        let at = usize::try_from(dice.below(u32::MAX)).unwrap_or_default();
        let currency = currencies.get(at % currencies.len()).copied();
        amount(&text, dice.number(), currency.unwrap_or(Currency::EUR))
    });
    let site = dice.maybe(Dice::text);
    let business = BusinessKey::new(&text, site.as_deref().or(Some(fixed)));
    let moment = Timestamp(dice.number() / 64);
    json!({
        "line": clean_line(&text),
        "text": clean_text(&text),
        "fold": fold(&text),
        "slug": slug(&text),
        "initials": initials(&text),
        "business": fold_business(&text),
        "domain": normalise_domain(&text),
        "key": business.unique_text(),
        "amounts": amounts,
        "moment": [moment.rfc3339(), moment.display_utc(), moment.date().display()],
        "ranks": ranks(dice),
    })
}

fn amount(text: &str, minor: i64, currency: Currency) -> Value {
    let read = Money::parse(text, currency).map_err(|error| error.to_string());
    let money = Money::new(minor, currency);
    let again = money.checked_add(money).map_err(|error| error.to_string());
    json!([
        format!("{read:?}"),
        money.amount(),
        money.display(),
        money.display_exact(),
        money.input_value(),
        format!("{again:?}"),
    ])
}

/// A column into which cards are dropped here and there.
fn ranks(dice: &mut Dice) -> Vec<String> {
    let mut column = vec![Rank::middle()];
    for _ in 0..dice.below(12) {
        let end = u32::try_from(column.len()).unwrap_or_default();
        let at = usize::try_from(dice.below(end + 1)).unwrap_or_default();
        let before = at.checked_sub(1).and_then(|above| column.get(above));
        let rank = Rank::between(before, column.get(at));
        column.insert(at, rank);
    }
    column.into_iter().map(|rank| rank.0).collect()
}
