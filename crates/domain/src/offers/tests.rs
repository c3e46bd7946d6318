use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::program::Tier;
use crate::{CompanyId, Currency, Date, Money, OfferId, OfferVersionId, ProgramId, TierId, UserId};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn tier(number: u128) -> TierId {
    TierId(Uuid::from_u128(number))
}

fn percent(text: &str) -> OfferDraft {
    OfferDraft {
        name: "Referral fee".into(),
        percent: text.into(),
        ..OfferDraft::empty(Currency::EUR)
    }
}

fn offer(versions: &[(&str, &str, &str)]) -> Offer {
    let id = OfferId(Uuid::from_u128(1));
    let version = |(number, (published, starts_on, ends_on)): (i32, &(&str, &str, &str))| {
        let draft = OfferDraft {
            starts_on: (*starts_on).into(),
            ends_on: (*ends_on).into(),
            ..percent("10")
        };
        OfferVersion {
            id: OfferVersionId(Uuid::from_u128(u128::from(number.unsigned_abs()))),
            offer: id,
            number,
            terms: draft.check().unwrap(),
            published_by: UserId(Uuid::nil()),
            published_at: day(published).start().plus_hours(9),
        }
    };
    Offer {
        id,
        company: CompanyId(Uuid::nil()),
        program: ProgramId(Uuid::nil()),
        versions: (1..).zip(versions).map(version).collect(),
        ended_at: None,
    }
}

fn number_on(offer: &Offer, on: &str) -> Option<i32> {
    offer.in_force(day(on)).map(|version| version.number)
}

#[test]
fn the_version_of_the_day_counts() {
    let mut offer = offer(&[
        ("2026-03-10", "", ""),
        ("2026-05-01", "2026-06-01", "2026-06-30"),
        ("2026-08-01", "", ""),
    ]);
    for (on, number) in [
        ("2026-03-09", None),
        ("2026-03-10", Some(1)),
        // Published, but it begins later.
        ("2026-05-31", Some(1)),
        ("2026-06-01", Some(2)),
        ("2026-06-30", Some(2)),
        // The newer one ran out, and does not give way to the older one again.
        ("2026-07-01", None),
        ("2026-08-01", Some(3)),
    ] {
        assert_eq!(number_on(&offer, on), number, "{on}");
    }
    offer.ended_at = Some(day("2026-09-05").start().plus_hours(12));
    assert_eq!(number_on(&offer, "2026-09-04"), Some(3));
    assert_eq!(number_on(&offer, "2026-09-05"), None);
}

#[test]
fn an_offer_is_for_its_tiers() {
    let mut terms = percent("10").check().unwrap();
    assert!(terms.is_for(None) && terms.is_for(Some(tier(1))));
    terms.tiers = vec![tier(1)];
    assert!(terms.is_for(Some(tier(1))));
    assert!(!terms.is_for(Some(tier(2))) && !terms.is_for(None));
}

#[test]
fn an_offer_reads_as_a_sentence() {
    let base = percent("12.5");
    for (draft, sentence) in [
        (
            base.clone(),
            "You earn 12.5% of the value of each deal that you win.",
        ),
        (
            OfferDraft {
                trigger: Trigger::Transaction,
                minimum: "100".into(),
                cap: "2,000".into(),
                ..base.clone()
            },
            "You earn 12.5% of each transaction of the customers that you won, when it is EUR 100 or more, up to \
             EUR 2,000 per deal.",
        ),
        (
            OfferDraft {
                rate: RateKind::Flat,
                amount: "600".into(),
                minimum: "5.000".into(),
                starts_on: "2027-01-01".into(),
                ends_on: "2027-12-31".into(),
                ..base.clone()
            },
            "You earn EUR 600 for each deal that you win, when the deal is worth EUR 5,000 or more, for wins from \
             1 Jan 2027 to 31 Dec 2027.",
        ),
        (
            OfferDraft {
                rate: RateKind::Steps,
                steps: [("", "8"), ("50000", "10"), ("100000", "12")]
                    .map(|(above, percent)| StepDraft {
                        above: above.into(),
                        percent: percent.into(),
                    })
                    .into(),
                ..base
            },
            "You earn 8% of the first EUR 50,000, 10% of the next EUR 50,000 and 12% of the rest of the value of each deal \
             that you win.",
        ),
    ] {
        assert_eq!(draft.check().unwrap().sentence(), sentence);
    }
}

#[test]
fn an_audience_is_named() {
    let named = |id, name: &str| Tier {
        id: tier(id),
        name: name.into(),
        position: 1,
    };
    let tiers = [named(1, "Gold"), named(2, "Silver"), named(3, "Bronze")];
    let mut terms = percent("10").check().unwrap();
    assert_eq!(terms.audience(&tiers), "All partners");
    terms.tiers = vec![tier(1), tier(2)];
    assert_eq!(terms.audience(&tiers), "Gold and Silver partners");
}

#[test]
fn every_input_at_fault_is_named() {
    let draft = OfferDraft {
        name: " ".into(),
        currency: "XXX".into(),
        rate: RateKind::Steps,
        steps: vec![
            StepDraft {
                above: String::new(),
                percent: "0".into(),
            },
            StepDraft {
                above: "500".into(),
                percent: "5".into(),
            },
            StepDraft {
                above: "500".into(),
                percent: "101".into(),
            },
        ],
        minimum: "x".into(),
        cap: "-1".into(),
        starts_on: "2026-02-30".into(),
        ..percent("")
    };
    let faults = draft.check().unwrap_err();
    let inputs: Vec<&str> = faults.iter().map(|fault| fault.input.as_str()).collect();
    assert_eq!(
        inputs,
        [
            "currency",
            "name",
            "steps.0.percent",
            "steps.2.percent",
            "steps.2.above",
            "minimum",
            "cap",
            "starts_on"
        ]
    );
    let draft = OfferDraft {
        starts_on: "2026-02-02".into(),
        ends_on: "2026-02-01".into(),
        ..percent("10")
    };
    assert_eq!(draft.check().unwrap_err()[0].input, "ends_on");
    let steps = OfferDraft {
        rate: RateKind::Steps,
        ..percent("10")
    };
    assert_eq!(steps.check().unwrap_err()[0].input, "steps");
}

#[test]
fn a_percentage_without_amounts_needs_no_currency() {
    let draft = OfferDraft {
        currency: String::new(),
        ..percent("10")
    };
    assert_eq!(draft.check().unwrap().currency(), None);
    let draft = OfferDraft {
        cap: "100".into(),
        ..draft
    };
    assert_eq!(draft.check().unwrap_err()[0].input, "currency");
}

#[test]
fn the_same_inputs_come_back_for_the_next_version() {
    let draft = OfferDraft {
        rate: RateKind::Steps,
        currency: "KWD".into(),
        percent: String::new(),
        steps: vec![
            StepDraft {
                above: "0".into(),
                percent: "2.25".into(),
            },
            StepDraft {
                above: "1000.500".into(),
                percent: "3".into(),
            },
        ],
        minimum: "10".into(),
        cap: "99.125".into(),
        tiers: vec![tier(4)],
        starts_on: "2026-01-01".into(),
        ends_on: "2026-12-31".into(),
        ..percent("")
    };
    let terms = draft.check().unwrap();
    assert_eq!(OfferDraft::of(&terms, Currency::EUR), draft);
    let json = serde_json::to_string(&terms).unwrap();
    assert_eq!(serde_json::from_str::<OfferTerms>(&json).unwrap(), terms);
}

proptest! {
    #[test]
    fn any_draft_is_read_or_refused(
        name: String, amount: String, percent: String, above: String, date: String, kind in 0..3_usize,
    ) {
        let draft = OfferDraft {
            name,
            rate: RateKind::ALL[kind],
            amount: amount.clone(),
            percent: percent.clone(),
            steps: vec![StepDraft { above: above.clone(), percent: percent.clone() }, StepDraft { above, percent }],
            minimum: amount,
            starts_on: date,
            ..OfferDraft::empty(Currency::EUR)
        };
        if let Ok(terms) = draft.check() {
            prop_assert_eq!(OfferDraft::of(&terms, Currency::EUR).check(), Ok(terms));
        }
    }

    #[test]
    fn a_sentence_names_every_amount(minor in 1..1_000_000_000_i64) {
        let money = Money::new(minor, Currency::EUR);
        let draft = OfferDraft { minimum: money.input_value(), cap: money.input_value(), ..percent("1") };
        let sentence = draft.check().unwrap().sentence();
        prop_assert_eq!(sentence.matches(&money.display()).count(), 2);
    }
}
