//! Commissions worked by hand. Who changes a number here changes what partners are paid.

use super::*;
use crate::commissions::{CalculationLine, Earned, calculate, earnings};

/// What it is, the offer, what it is applied to, what was earned before (minor units), and what is owed.
struct Case {
    what: &'static str,
    offer: OfferDraft,
    base: &'static str,
    earned: i64,
    owed: &'static str,
}

fn case(what: &'static str, offer: OfferDraft, base: &'static str, owed: &'static str) -> Case {
    Case {
        what,
        offer,
        base,
        earned: 0,
        owed,
    }
}

fn in_currency(code: &str, draft: OfferDraft) -> OfferDraft {
    OfferDraft {
        currency: code.into(),
        ..draft
    }
}

fn percent(text: &str) -> OfferDraft {
    OfferDraft {
        percent: text.into(),
        ..ten_percent()
    }
}

fn capped(cap: &str) -> OfferDraft {
    OfferDraft {
        cap: cap.into(),
        ..ten_percent()
    }
}

fn at_least(minimum: &str) -> OfferDraft {
    OfferDraft {
        minimum: minimum.into(),
        ..ten_percent()
    }
}

#[expect(clippy::too_many_lines, reason = "one table, worked by hand")]
fn table() -> Vec<Case> {
    // 8% of the first 50,000, 10% of the next 50,000, 12% of the rest.
    let three = || steps(&[("0", "8"), ("50000", "10"), ("100000", "12")]);
    let earned = |earned, case| Case { earned, ..case };
    vec![
        case("flat", flat("600"), "EUR 12,000.50", "EUR 600"),
        case("flat, small deal", flat("600"), "EUR 0.01", "EUR 600"),
        // 12,000.50 x 0.10 = 1,200.05
        case("percent", ten_percent(), "EUR 12,000.50", "EUR 1,200.05"),
        // 12,345.67 x 0.075 = 925.92525
        case("rounds up", percent("7.5"), "EUR 12,345.67", "EUR 925.93"),
        // 0.20 x 0.025 = 0.005, the half
        case("half a cent", percent("2.5"), "EUR 0.20", "EUR 0.01"),
        // 0.19 x 0.025 = 0.00475
        case("less than half", percent("2.5"), "EUR 0.19", "EUR 0"),
        case("all of it", percent("100"), "EUR 99.99", "EUR 99.99"),
        // 50,000 x 0.08 + 50,000 x 0.10 + 30,000 x 0.12 = 4,000 + 5,000 + 3,600
        case("tiered", three(), "EUR 130,000", "EUR 12,600"),
        case("tiered, at a threshold", three(), "EUR 50,000", "EUR 4,000"),
        // 4,000 + 0.01 x 0.10 = 4,000.001
        case("tiered, just beyond", three(), "EUR 50,000.01", "EUR 4,000"),
        // 33.33 x 0.08 = 2.6664
        case("tiered, first step", three(), "EUR 33.33", "EUR 2.67"),
        case("capped", capped("1000"), "EUR 12,000.50", "EUR 1,000"),
        case(
            "at the cap",
            capped("1200.05"),
            "EUR 12,000.50",
            "EUR 1,200.05",
        ),
        // 1,000 - 700 are left
        earned(
            70_000,
            case(
                "capped, some earned",
                capped("1000"),
                "EUR 12,000.50",
                "EUR 300",
            ),
        ),
        earned(
            100_000,
            case(
                "capped, all earned",
                capped("1000"),
                "EUR 12,000.50",
                "EUR 0",
            ),
        ),
        earned(
            123_456,
            case(
                "capped, more earned",
                capped("1000"),
                "EUR 12,000.50",
                "EUR 0",
            ),
        ),
        earned(
            -5_000,
            case(
                "capped, clawed back",
                capped("1000"),
                "EUR 12,000.50",
                "EUR 1,000",
            ),
        ),
        case(
            "minimum met",
            at_least("12000.50"),
            "EUR 12,000.50",
            "EUR 1,200.05",
        ),
        case(
            "minimum not met",
            at_least("12000.51"),
            "EUR 12,000.50",
            "EUR 0",
        ),
        case("nothing bought", ten_percent(), "EUR 0", "EUR 0"),
        case("flat, other currency", flat("600"), "USD 12,000", "USD 0"),
        case(
            "cap in another currency",
            capped("600"),
            "USD 12,000",
            "USD 0",
        ),
        case(
            "percent of any currency",
            ten_percent(),
            "USD 12,000",
            "USD 1,200",
        ),
        // 1,000 x 0.0335 = 33.5
        case(
            "yen have no decimals",
            percent("3.35"),
            "JPY 1,000",
            "JPY 34",
        ),
        case(
            "flat yen",
            in_currency("JPY", flat("1500")),
            "JPY 90,000",
            "JPY 1,500",
        ),
        // 1.001 x 0.025 = 0.025025
        case(
            "dinars have three",
            percent("2.5"),
            "KWD 1.001",
            "KWD 0.025",
        ),
        // 12,345.678 x 0.0333 = 411.1110774
        case(
            "dinars, rounded",
            percent("3.33"),
            "KWD 12345.678",
            "KWD 411.111",
        ),
    ]
}

#[test]
fn commissions_are_what_was_worked_by_hand() {
    for Case {
        what,
        offer,
        base,
        earned,
        owed,
    } in table()
    {
        let calculation = calculated(&offer, money(base), earned);
        assert_eq!(calculation.amount, money(owed), "{what}: {calculation:?}");
    }
}

#[test]
fn eighteen_digits_are_exact() {
    // 123,456,789,012,345,678 x 0.1234 = 15,234,567,764,123,456.6652
    let base = Money::new(123_456_789_012_345_678, Currency::EUR);
    let draft = percent("12.34");
    assert_eq!(
        calculated(&draft, base, 0).amount.minor,
        15_234_567_764_123_457
    );
    let draft = percent("100");
    let most = Money::new(i64::MAX, Currency::EUR);
    assert_eq!(calculated(&draft, most, 0).amount, most);
}

fn owed(draft: &OfferDraft, tier: Option<TierId>, on: &str) -> Vec<Money> {
    let offers = [offer(draft)];
    let base = money("EUR 12,000.50");
    earnings(
        &offers,
        Trigger::ClosedWon,
        tier,
        base,
        day(on),
        &Earned::new(),
    )
    .into_iter()
    .map(|calculation| calculation.amount)
    .collect()
}

#[test]
fn who_and_when_are_worked_by_hand() {
    let all = vec![money("EUR 1,200.05")];
    let none: Vec<Money> = Vec::new();
    let gold = OfferDraft {
        tiers: vec![GOLD],
        ..ten_percent()
    };
    let spring = OfferDraft {
        starts_on: "2026-03-01".into(),
        ends_on: "2026-05-31".into(),
        ..ten_percent()
    };
    for (what, draft, tier, on, expected) in [
        ("for everybody", ten_percent(), None, "2026-11-22", &all),
        ("tier-limited", gold.clone(), Some(GOLD), "2026-11-22", &all),
        (
            "another tier",
            gold.clone(),
            Some(SILVER),
            "2026-11-22",
            &none,
        ),
        ("no tier", gold, None, "2026-11-22", &none),
        (
            "before it was published",
            ten_percent(),
            None,
            "2025-12-31",
            &none,
        ),
        ("first day", spring.clone(), None, "2026-03-01", &all),
        ("last day", spring.clone(), None, "2026-05-31", &all),
        ("expired", spring.clone(), None, "2026-06-01", &none),
        ("not begun", spring, None, "2026-02-28", &none),
        (
            "another trigger",
            by_transaction(ten_percent()),
            None,
            "2026-11-22",
            &none,
        ),
    ] {
        assert_eq!(&owed(&draft, tier, on), expected, "{what}");
    }
    assert!(
        earnings(
            &[],
            Trigger::ClosedWon,
            None,
            money("EUR 1"),
            day("2026-11-22"),
            &Earned::new()
        )
        .is_empty()
    );
}

#[test]
fn two_offers_that_hold_both_pay() {
    let mut bonus = offer(&flat("250"));
    bonus.id = OfferId(Uuid::from_u128(2));
    let offers = [offer(&ten_percent()), bonus];
    let earned = earnings(
        &offers,
        Trigger::ClosedWon,
        None,
        money("EUR 1,000"),
        day("2026-11-22"),
        &Earned::new(),
    );
    let amounts: Vec<Money> = earned.iter().map(|line| line.amount).collect();
    assert_eq!(amounts, [money("EUR 100"), money("EUR 250")]);
}

#[test]
fn a_calculation_explains_itself() {
    let draft = OfferDraft {
        cap: "300".into(),
        ..steps(&[("0", "7.5"), ("1000", "10")])
    };
    let text = |earned| -> Vec<(String, String)> {
        calculated(&draft, money("EUR 2,345.67"), earned).text()
    };
    let lines = [
        ("Offer", "Referral fee, version 1"),
        ("Deal value", "EUR 2,345.67"),
        ("7.5% of EUR 1,000.00", "EUR 75.00"),
        ("10% of EUR 1,345.67", "EUR 134.567"),
        ("Rounded, half up", "EUR 209.57"),
        ("Commission", "EUR 209.57"),
    ];
    assert_eq!(
        text(0),
        lines.map(|(label, value)| (label.to_owned(), value.to_owned()))
    );
    let cut = text(20_000);
    let cap = (
        "Cap of EUR 300 per deal, EUR 200.00 earned before".to_owned(),
        "EUR 100.00".to_owned(),
    );
    assert!(cut.contains(&cap), "{cut:?}");
    assert_eq!(cut.last().unwrap().1, "EUR 100.00");
}

#[test]
fn looking_twice_gives_the_same() {
    for Case {
        offer: draft,
        base,
        earned,
        ..
    } in table()
    {
        let offer = offer(&draft);
        let version = offer.current().unwrap();
        let kept = calculated(&draft, money(base), earned);
        let again = calculate(version, kept.base().unwrap(), kept.earned());
        assert_eq!(
            again, kept,
            "a kept calculation says all that it was made from"
        );
        let json = serde_json::to_string(&kept).unwrap();
        assert_eq!(serde_json::from_str::<Calculation>(&json).unwrap(), kept);
        assert!(matches!(
            kept.lines.first(),
            Some(CalculationLine::Base { .. })
        ));
    }
}
