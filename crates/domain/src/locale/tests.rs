use proptest::prelude::*;

use super::*;
use crate::{Currency, Date, Money, forms::Decimal};

fn locale(tag: &str) -> Locale {
    Locale::of_tag(tag).unwrap()
}

fn heard(tag: &str, text: &str, room: u8) -> Option<String> {
    locale(tag).hear(text, room).ok().map(|heard| heard.plain)
}

#[test]
fn the_likeliest_language_that_is_known_decides() {
    for (header, tag) in [
        ("de-DE,de;q=0.9,en;q=0.8", "de"),
        ("de-AT", "de"),
        ("fr-CH, fr;q=0.9", "fr-CH"),
        ("en-US,en;q=0.5", "en-US"),
        ("en", "en-US"),
        ("en-NZ", "en-GB"),
        ("en-IN", "en-IN"),
        ("zh-Hant-TW", "zh"),
        ("xx-YY, ja;q=0.3", "ja"),
        ("en;q=0.2, DE-ch;q=0.7, *;q=0.1", "de-CH"),
        ("de;q=0, fr;q=0.1", "fr"),
        ("", "en-GB"),
        ("*", "en-GB"),
        ("de;q=many", "en-GB"),
    ] {
        assert_eq!(Locale::accepted(header).tag(), tag, "{header}");
    }
    for known in Locale::all() {
        assert_eq!(Locale::of_tag(known.tag()), Some(known));
    }
}

#[test]
fn amounts_and_days_are_shown_as_they_are_written_there() {
    let money = Money::new(123_456_789, Currency::EUR);
    let date: Date = "2031-01-09".parse().unwrap();
    for (tag, amount, day, short) in [
        ("en-GB", "1,234,567.89", "9 Jan 2031", "9 Jan"),
        ("en-US", "1,234,567.89", "Jan 9, 2031", "Jan 9"),
        ("en-IN", "12,34,567.89", "9 Jan 2031", "9 Jan"),
        ("de-DE", "1.234.567,89", "09.01.2031", "09.01."),
        (
            "fr-CH",
            "1\u{2019}234\u{2019}567.89",
            "09.01.2031",
            "09.01.",
        ),
        ("fr-FR", "1\u{202f}234\u{202f}567,89", "09/01/2031", "09/01"),
        ("ja-JP", "1,234,567.89", "2031/01/09", "01/09"),
        ("nl", "1.234.567,89", "09-01-2031", "09-01"),
        ("sv", "1\u{a0}234\u{a0}567,89", "2031-01-09", "01-09"),
    ] {
        let locale = locale(tag);
        assert_eq!(locale.money_exact(money), format!("EUR {amount}"), "{tag}");
        assert_eq!(locale.date(date), day, "{tag}");
        assert_eq!(locale.date_short(date), short, "{tag}");
    }
    let german = locale("de");
    assert_eq!(
        german.money(Money::new(1_200_000, Currency::EUR)),
        "EUR 12.000"
    );
    assert_eq!(
        german.money(Money::new(-50, Currency::EUR)),
        "EUR \u{2212}0,50"
    );
}

#[test]
fn british_english_is_what_was_shown_before() {
    for minor in [0, 5, -5, 100, 1_200_050, 123_456_700] {
        let money = Money::new(minor, Currency::EUR);
        assert_eq!(Locale::default().money(money), money.display());
        assert_eq!(Locale::default().money_exact(money), money.display_exact());
    }
}

#[test]
fn the_locale_decides_what_has_two_readings() {
    for (tag, text, room, plain) in [
        ("en-GB", "12,500", 2, "12500"),
        ("de", "12.500", 2, "12500"),
        ("de", "12,500", 3, "12.5000"),
        ("en-GB", "12.500", 3, "12.5000"),
        ("de-CH", "12'500.5", 2, "12500.5"),
        ("fr", "12 500,5", 2, "12500.5"),
        ("en-IN", "12,34,567", 2, "1234567"),
        ("de", "1.5", 2, "1.5"),
        ("en-GB", "1,5", 2, "1.5"),
        ("en-GB", "1.234,56", 2, "1234.56"),
        ("de", "1,234.56", 2, "1234.56"),
        ("en-GB", "1.234.567", 2, "1234567"),
        ("de", "0,125", 3, "0.1250"),
        ("de", "-3", 0, "-3"),
        ("de", "+3", 0, "3"),
        ("de", "\u{2212}0,5", 1, "-0.5"),
        ("en-GB", "007", 0, "7"),
        ("en-GB", ".5", 1, "0.5"),
        ("en-GB", "5.", 1, "5"),
    ] {
        assert_eq!(
            heard(tag, text, room).as_deref(),
            Some(plain),
            "{tag} {text}"
        );
    }
    let doubtful = |tag: &str, text: &str| locale(tag).hear(text, 2).unwrap().doubtful;
    assert!(doubtful("en-GB", "12,500") && doubtful("de", "1.5") && doubtful("en-GB", "1.234,56"));
    assert!(!doubtful("en-GB", "12500") && !doubtful("de", "1.234,56") && !doubtful("de", "1,5"));
}

#[test]
fn what_is_no_number_or_any_number_is_refused() {
    for (tag, text) in [
        ("en-GB", "12.500"),
        ("de", "12,500"),
        ("fr", "12.500"),
        ("fr-CH", "12,500"),
    ] {
        assert_eq!(
            locale(tag).hear(text, 2),
            Err(NotHeard::Unclear),
            "{tag} {text}"
        );
    }
    for text in [
        "", "-", ".", "abc", "1e5", "--1", "1.2,3.4", "1 5", "1,23,45", "12 %", "0x10", "\u{663}",
        "1'2.3",
    ] {
        assert_eq!(
            locale("de").hear(text, 2),
            Err(NotHeard::NotANumber),
            "{text}"
        );
    }
}

#[test]
fn days_are_read_in_the_order_of_the_locale() {
    let read = |tag: &str, text: &str| locale(tag).read_date(text).map(|date| date.to_string());
    for (tag, text, day) in [
        ("de", "3.4.2031", "2031-04-03"),
        ("en-GB", "03/04/2031", "2031-04-03"),
        ("en-US", "03/04/2031", "2031-03-04"),
        ("ja", "2031/3/4", "2031-03-04"),
        ("ko", "2031. 3. 4.", "2031-03-04"),
        ("sv", "2031-03-04", "2031-03-04"),
        ("en-US", "2031-03-04", "2031-03-04"),
        ("de", "4 Mar 2031", "2031-03-04"),
        ("de", "Mar 4, 2031", "2031-03-04"),
    ] {
        assert_eq!(read(tag, text).as_deref(), Some(day), "{tag} {text}");
    }
    for (tag, text) in [
        ("en-GB", "01/31/2031"),
        ("en-US", "31/01/2031"),
        ("de", "3.4.31"),
        ("de", "30.02.2031"),
        ("de", "31"),
        ("de", ""),
        ("de", "1.2.3.2031"),
    ] {
        assert_eq!(read(tag, text), None, "{tag} {text}");
    }
}

fn any_locale() -> impl Strategy<Value = Locale> {
    proptest::sample::select(Locale::all().collect::<Vec<_>>())
}

proptest! {
    #[test]
    fn what_a_locale_shows_it_reads(locale in any_locale(), minor in -999_999_999_999_999_i64..=999_999_999_999_999) {
        for currency in Currency::all() {
            let money = Money::new(minor, currency);
            let room = u8::try_from(currency.exponent()).unwrap();
            for text in [locale.money(money), locale.money_exact(money)] {
                let figures = text.split_once(' ').unwrap().1;
                let heard = locale.hear(figures, room).unwrap();
                prop_assert_eq!(Money::parse(&heard.plain, currency), Ok(money), "{}", text);
            }
        }
    }

    #[test]
    fn decimals_are_read_as_they_are_shown(locale in any_locale(), scaled in -1_000_000_000_000_i64..=1_000_000_000_000, scale in 0_u8..=9) {
        let number = Decimal::new(scaled, scale);
        let heard = locale.hear(&locale.number(number), number.scale()).unwrap();
        prop_assert_eq!(Decimal::read(&heard.plain, number.scale()), Some(number));
    }

    #[test]
    fn days_are_read_as_they_are_shown(locale in any_locale(), days in 0..3_000_000) {
        let date = Date::new(1000, 1, 1).unwrap().plus_days(days);
        prop_assert_eq!(locale.read_date(&locale.date(date)), Some(date));
    }

    #[test]
    /// What one writes and another reads is the same number, or refused, or said back; never quietly another.
    #[test]
    fn nothing_is_misread_quietly(writer in any_locale(), reader in any_locale(), minor in 0_i64..=99_999_999_999) {
        let money = Money::new(minor, Currency::EUR);
        for text in [writer.money(money), writer.money_exact(money)] {
            let figures = text.split_once(' ').unwrap().1;
            if let Ok(heard) = reader.hear(figures, 2) {
                let same = Money::parse(&heard.plain, Currency::EUR) == Ok(money);
                prop_assert!(same || heard.doubtful, "{:?} wrote {}, {:?} read {}", writer, text, reader, heard.plain);
            }
        }
    }

    #[test]
    /// With both marks, or with one of them twice, there is one reading.
    #[test]
    fn one_reading_is_everybodys(writer in any_locale(), reader in any_locale(), minor in 100_000_000_i64..=99_999_999_999) {
        let money = Money::new(minor, Currency::EUR);
        let text = writer.money_exact(money);
        let heard = reader.hear(text.split_once(' ').unwrap().1, 2).unwrap();
        prop_assert_eq!(Money::parse(&heard.plain, Currency::EUR), Ok(money));
    }

    #[test]
    fn any_text_is_read_or_refused(locale in any_locale(), text: String, room in 0_u8..=9) {
        let _ = locale.read_date(&text);
        if let Ok(heard) = locale.hear(&text, room) {
            prop_assert_eq!(locale.figures(&heard.plain).is_empty(), false);
        }
    }
}
