//! What holds for every amount, every rate and every history.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::life::{new, paid_with};
use super::*;
use crate::CommissionId;
use crate::commissions::{
    Account, CalculationLine, Commission, CommissionFact, CommissionStatus, Correction, Transfer,
    balances,
};
use crate::offers::{OfferTerms, Rate, Step};
use crate::rate::BasisPoints;

const CODES: [&str; 3] = ["EUR", "JPY", "KWD"];

fn in_steps(rates: &[(u32, i64)], currency: Currency) -> OfferVersion {
    let mut above = 0;
    let steps = rates.iter().enumerate().map(|(place, (points, width))| {
        above += if place == 0 { 0 } else { *width };
        Step {
            above: Money::new(above, currency),
            rate: BasisPoints::new(*points).unwrap(),
        }
    });
    let rate = Rate::Steps {
        steps: steps.collect(),
    };
    let offer = offer(&ten_percent());
    let version = offer.current().unwrap().clone();
    OfferVersion {
        terms: OfferTerms {
            rate,
            ..version.terms
        },
        ..version
    }
}

fn book(books: &mut BTreeMap<Account, i64>, transfer: Transfer) {
    let mut sum = 0;
    for entry in transfer.entries() {
        *books.entry(entry.account).or_default() += entry.amount.minor;
        sum += entry.amount.minor;
    }
    assert_eq!(sum, 0, "a transfer adds up to nothing");
    books.retain(|_, minor| *minor != 0);
}

proptest! {
    #[test]
    fn slices_add_up_and_are_rounded_once(
        base in 1..=999_999_999_999_999_999_i64,
        rates in prop::collection::vec((1..=10_000_u32, 1..=200_000_000_000_000_000_i64), 1..6),
        code in 0..3_usize,
    ) {
        let currency: Currency = CODES[code].parse().unwrap();
        let version = in_steps(&rates, currency);
        let calculation = crate::commissions::calculate(&version, Money::new(base, currency), Money::new(0, currency));
        let (mut slices, mut exact) = (0_i128, 0_i128);
        for line in &calculation.lines {
            if let CalculationLine::Part { base, rate, .. } = line {
                slices += i128::from(base.minor);
                exact += i128::from(base.minor) * i128::from(rate.points());
            }
        }
        prop_assert_eq!(slices, i128::from(base));
        let owed = i128::from(calculation.amount.minor);
        prop_assert!((owed * 10_000 - exact).abs() * 2 <= 10_000, "off by more than half a minor unit");
        prop_assert!(owed <= i128::from(base));
    }

    #[test]
    fn a_cap_holds_over_all_that_a_deal_earns(
        bases in prop::collection::vec(1..=1_000_000_000_i64, 1..30),
        cap in 1..=50_000_000_i64,
    ) {
        let cap = Money::new(cap, Currency::EUR);
        let draft = OfferDraft { cap: cap.input_value(), ..ten_percent() };
        let mut earned = 0;
        for base in bases {
            earned += calculated(&draft, Money::new(base, Currency::EUR), earned).amount.minor;
            prop_assert!(earned <= cap.minor);
        }
    }

    #[test]
    fn more_value_never_earns_less(
        base in 1..=999_999_999_999_i64, more in 0..=999_999_999_i64,
        rates in prop::collection::vec((1..=10_000_u32, 1..=1_000_000_000_i64), 1..6),
    ) {
        let version = in_steps(&rates, Currency::EUR);
        let none = Money::new(0, Currency::EUR);
        let earns = |minor| crate::commissions::calculate(&version, Money::new(minor, Currency::EUR), none).amount.minor;
        prop_assert!(earns(base) <= earns(base + more));
    }

    /// Whatever is tried in whatever order: nothing is paid that was not approved, the amount stays, every transfer adds
    /// up to nothing, and the books say what the status says.
    #[test]
    fn any_history_leaves_the_books_in_order(
        verbs in prop::collection::vec((0..7_u8, -20_000..20_000_i64), 0..60),
    ) {
        let by = UserId(Uuid::nil());
        let now = day("2026-11-22").start();
        let first = Commission::accrue(&deal(), new("EUR 1,000"), now).unwrap();
        let mut all = vec![first.commission];
        let mut books = vec![BTreeMap::new()];
        book(&mut books[0], first.transfer);
        let mut facts = vec![vec![first.fact]];
        for (number, (verb, minor)) in verbs.into_iter().enumerate() {
            let at = number % all.len();
            let old = all[at].clone();
            let step = match verb {
                0 => old.approve(now),
                1 => old.void(now),
                2 => old.hold("Why", by, now),
                3 => old.release(now),
                4 => {
                    let others = all.iter().filter(|line| line.id != old.id && line.status().counts());
                    old.decline(&others.cloned().collect::<Vec<_>>(), "Why", by, now)
                }
                5 => old.pay(paid_with(), by, now),
                _ => {
                    let net: i64 = all.iter().filter(|line| line.status().counts()).map(|line| line.amount().minor).sum();
                    let id = CommissionId(Uuid::from_u128(1_000 + number as u128));
                    let line = Correction { id, key: number.to_string(), minor, reason: "Why".into() };
                    old.correct(&deal(), line, Money::new(net, Currency::EUR), now)
                }
            };
            let Ok(step) = step else { continue };
            if step.commission.id == old.id {
                prop_assert_eq!(step.commission.amount(), old.amount());
                all[at] = step.commission;
                book(&mut books[at], step.transfer);
                facts[at].push(step.fact);
            } else {
                all.push(step.commission);
                books.push(BTreeMap::new());
                book(books.last_mut().unwrap(), step.transfer);
                facts.push(vec![step.fact]);
            }
        }
        let counting = || all.iter().filter(|line| line.status().counts());
        prop_assert!(counting().map(|line| line.amount().minor).sum::<i64>() >= 0, "never below zero");
        prop_assert!(all[0].status().counts() || counting().count() == 0, "no line outlives what it corrects");
        for ((commission, books), facts) in all.iter().zip(&books).zip(&facts) {
            prop_assert_eq!(books, &balances(commission.status(), commission.amount()));
            prop_assert_eq!(books.values().sum::<i64>(), 0);
            if commission.status() == CommissionStatus::Paid {
                let agreed = |fact: &CommissionFact| matches!(
                    fact,
                    CommissionFact::CommissionApproved { .. } | CommissionFact::CommissionCorrected { .. }
                );
                prop_assert!(facts.iter().any(agreed), "paid without approval: {facts:?}");
            }
        }
    }
}
