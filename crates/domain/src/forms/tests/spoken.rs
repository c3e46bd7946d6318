//! What is typed in one locale and seen in another.

use proptest::prelude::*;

use super::key;
use crate::forms::{
    Answer, Answers, Context, Decimal, Field, FieldKind, FieldProblem, FormDefinition, RawAnswers,
    ReadBack, Rows, answer_text_in, plain_value, problem_at, problem_text_in, read_back,
    spoken_value, starter_form, to_plain, to_spoken,
};
use crate::{Currency, Date, Locale, Money};

fn locale(tag: &str) -> Locale {
    Locale::of_tag(tag).unwrap()
}

fn field(kind: FieldKind) -> Field {
    Field::new(key("amount"), kind, "Amount")
}

fn money(codes: &[&str]) -> Field {
    let currencies = codes.iter().map(|code| code.parse().unwrap()).collect();
    field(FieldKind::Money { currencies })
}

fn number(decimals: u8) -> Field {
    let unit = "seats".to_owned();
    field(FieldKind::Number { decimals, unit })
}

fn form() -> FormDefinition {
    let mut form = starter_form(Currency::EUR);
    let columns = vec![
        Field::new(key("price"), money(&["EUR"]).kind, "Price"),
        Field::new(key("note"), FieldKind::Text, "Note"),
    ];
    let rows = Rows {
        columns,
        sums: vec![key("price")],
        least: 0,
        most: 4,
        name: String::new(),
        plural: String::new(),
    };
    let lines = Field::new(key("lines"), FieldKind::Rows(rows), "Lines");
    let term = Field::new(key("term"), FieldKind::DateRange, "Term");
    form.fields.extend([lines, term]);
    form
}

#[test]
fn typed_text_is_kept_plainly_by_its_name() {
    let german = locale("de");
    let kept = |name: &str, text: &str| plain_value(&form(), name, text, german);
    assert_eq!(kept("value", "12.500,50"), "12500.50");
    assert_eq!(kept("value.currency", "EUR"), "EUR");
    assert_eq!(kept("lines.3.price", "1.200"), "1200");
    assert_eq!(kept("lines.3.price", "EUR 1.200"), "EUR 1200");
    assert_eq!(kept("lines.3.note", "1.200"), "1.200");
    assert_eq!(kept("customer", "3.000"), "3.000");
    let asks = "\u{bf}Qui\u{e9}n?";
    assert_eq!(to_spoken(&field(FieldKind::Text), asks, german), asks);
    assert_eq!(kept("term", "1.3.2031"), "2031-03-01");
    assert_eq!(kept("term.until", "29.2.2032"), "2032-02-29");
    let both = "2031-03-01/2032-02-29";
    assert_eq!(kept("term", both), both);
    assert_eq!(kept("value", ""), "");
    assert_eq!(kept("value", "viel"), "\u{bf}viel");
    assert_eq!(
        spoken_value(&form(), "value", "12500.50", german),
        "12.500,50"
    );
    assert_eq!(spoken_value(&form(), "value", "\u{bf}viel", german), "viel");
    assert_eq!(
        spoken_value(&form(), "term", "2031-03-01", german),
        "2031-03-01"
    );
    let typed: RawAnswers = [
        ("value", "1,5"),
        ("value.currency", "EUR"),
        ("customer", "A"),
    ]
    .into_iter()
    .collect();
    let plain: Vec<(String, String)> = typed.plainly(&form(), german).pairs().collect();
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(
        plain,
        [
            pair("customer", "A"),
            pair("value", "1.5"),
            pair("value.currency", "EUR")
        ]
    );
}

#[test]
fn a_point_is_no_group_when_another_currency_is_chosen() {
    let both = money(&["EUR", "KWD"]);
    let plain = to_plain(&both, "1.500", locale("en-GB"));
    for code in ["EUR", "KWD"] {
        let currency: Currency = code.parse().unwrap();
        let read = Money::parse(&plain, currency).unwrap();
        assert!(read.display_exact().contains("1.50"), "{code}");
    }
    assert_eq!(to_spoken(&both, &plain, locale("en-GB")), "1.500");
}

#[test]
fn what_cannot_be_read_is_refused_and_shown_again() {
    let mut form = form();
    let optional = |field: &mut Field| field.required = crate::forms::Requirement::Never;
    form.fields.iter_mut().for_each(optional);
    let today = Context::on("2026-11-22".parse().unwrap());
    for (tag, text) in [
        ("en-GB", "12.500"),
        ("de", "12,500"),
        ("fr", "12.500"),
        ("de", "1.2.3"),
    ] {
        let locale = locale(tag);
        let plain = plain_value(&form, "value", text, locale);
        assert_eq!(spoken_value(&form, "value", &plain, locale), text);
        let raw = [("value", plain.as_str()), ("value.currency", "EUR")];
        let problem = problem_at(&form, &raw.into_iter().collect(), &key("value"), &today);
        assert_eq!(problem, Some(FieldProblem::NotAnAmount), "{tag} {text}");
    }
    let text = problem_text_in(None, &FieldProblem::NotAnAmount, locale("de"));
    assert_eq!(text, "This answer must be an amount of money, like 12.000");
}

#[test]
fn says_back_what_others_would_read_otherwise() {
    let back =
        |tag: &str, field: &Field, text: &str| read_back(field, text, Some("EUR"), locale(tag));
    let said = |text: &str| Some(ReadBack::As(text.to_owned()));
    let value = money(&["EUR", "USD"]);
    assert_eq!(back("en-GB", &value, "12,500"), said("EUR 12,500.00"));
    assert_eq!(back("de", &value, "12.500"), said("EUR 12.500,00"));
    assert_eq!(back("de", &value, "1.5"), said("EUR 1,50"));
    assert_eq!(back("en-GB", &value, "1,5"), said("EUR 1.50"));
    assert_eq!(back("en-GB", &number(0), "12,500"), said("12,500 seats"));
    let share = field(FieldKind::Percent { decimals: 3 });
    assert_eq!(back("de", &share, "12,500 %"), said("12,5 %"));
    for text in ["12500", "12,500,000", "12500.50", "many", ""] {
        assert_eq!(back("en-GB", &value, text), None, "{text}");
    }
    let two = |one: &str, other: &str| Some(ReadBack::Unclear(one.to_owned(), other.to_owned()));
    assert_eq!(back("en-GB", &value, "12.500"), two("12,500", "12.50"));
    assert_eq!(back("de", &value, "12,500"), two("12.500", "12,50"));
    assert_eq!(back("en-GB", &number(0), "1.500"), two("1,500", "1"));
    assert_eq!(back("en-GB", &field(FieldKind::Text), "12,500"), None);
}

#[test]
fn a_draft_of_before_is_shown_as_it_was_meant() {
    let value = money(&["EUR"]);
    for (kept, shown) in [
        ("12,000", "12.000"),
        ("12.000", "12.000"),
        ("12 000.5", "12.000,5"),
        ("12000.50", "12.000,50"),
        ("many", "many"),
    ] {
        assert_eq!(to_spoken(&value, kept, locale("de")), shown, "{kept}");
    }
}

#[test]
fn answers_are_shown_as_the_locale_writes_them() {
    let german = locale("de");
    let date: Date = "2031-01-09".parse().unwrap();
    let until: Date = "2031-12-31".parse().unwrap();
    for (field, answer, text) in [
        (
            money(&["EUR"]),
            Answer::Money(Money::new(1_250_050, Currency::EUR)),
            "EUR 12.500,50",
        ),
        (
            number(1),
            Answer::Number(Decimal::new(12_505, 1)),
            "1.250,5 seats",
        ),
        (field(FieldKind::Date), Answer::Date(date), "09.01.2031"),
        (
            field(FieldKind::DateRange),
            Answer::Days { from: date, until },
            "09.01.2031 to 31.12.2031",
        ),
    ] {
        assert_eq!(answer_text_in(&field, &answer, german), text);
    }
}

fn any_locale() -> impl Strategy<Value = Locale> {
    proptest::sample::select(Locale::all().collect::<Vec<_>>())
}

proptest! {
    #[test]
    /// What is stored, shown in any locale and read again there, is what is stored.
    #[test]
    fn showing_and_reading_changes_no_answer(
        locale in any_locale(),
        minor in -999_999_999_999_999_i64..=999_999_999_999_999,
        scaled in -1_000_000_000_i64..=1_000_000_000,
        scale in 0_u8..=9,
    ) {
        for currency in Currency::all() {
            let amount = money(&[currency.code()]);
            let stored = Answer::Money(Money::new(minor, currency));
            let raw = Answers([(key("amount"), stored)].into()).to_raw();
            let shown = to_spoken(&amount, raw.first(&key("amount")), locale);
            let read = Money::parse(&to_plain(&amount, &shown, locale), currency);
            prop_assert_eq!(read, Ok(Money::new(minor, currency)), "{}", shown);
        }
        let count = Decimal::new(scaled, scale);
        let field = number(count.scale());
        let shown = to_spoken(&field, &count.to_string(), locale);
        let read = Decimal::read(&to_plain(&field, &shown, locale), count.scale());
        prop_assert_eq!(read, Some(count), "{}", shown);
    }

    #[test]
    /// Opening a page and sending it as it is changes nothing, whatever was typed.
    #[test]
    fn what_was_kept_is_kept_again(locale in any_locale(), text in "[0-9., ']{0,9}|[a-z0-9.,\u{bf}]{0,6}", decimals in 0_u8..=4) {
        for field in [money(&["EUR"]), money(&["EUR", "KWD"]), number(decimals)] {
            let kept = to_plain(&field, &text, locale);
            let again = to_plain(&field, &to_spoken(&field, &kept, locale), locale);
            prop_assert_eq!(&again, &kept, "{}", text);
        }
    }
}
