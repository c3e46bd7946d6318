//! From pending to paid, and nowhere else.

use super::*;
use crate::commissions::{
    Cause, Commission, CommissionFact, CommissionStatus, Correction, NewCommission, PaidWith, Step,
};
use crate::deals::{DealFact, Refusal};
use crate::events::Fact;
use crate::{CommissionId, PayoutId, TransactionId};

const BY: UserId = UserId(Uuid::from_u128(9));

fn now() -> Timestamp {
    day("2026-11-22").start()
}

pub(super) fn new(base: &str) -> NewCommission {
    NewCommission {
        id: CommissionId(Uuid::from_u128(31)),
        cause: Cause::Win {
            deal: deal().id,
            version: 3,
        },
        calculation: calculated(&ten_percent(), money(base), 0),
    }
}

fn pending() -> Commission {
    Commission::accrue(&deal(), new("EUR 1,000"), now())
        .unwrap()
        .commission
}

pub(super) fn paid_with() -> PaidWith {
    PaidWith {
        payout: PayoutId(Uuid::from_u128(41)),
        reference: "SEPA 7".into(),
        paid_on: day("2026-11-30"),
    }
}

fn in_status(status: CommissionStatus) -> Commission {
    let of = |step: Result<Step, Refusal>| step.unwrap().commission;
    let approved = || of(pending().approve(now()));
    match status {
        CommissionStatus::Pending => pending(),
        CommissionStatus::Approved => approved(),
        CommissionStatus::Held => of(approved().hold("Check the order", BY, now())),
        CommissionStatus::Declined => of(approved().decline(&[], "Paid by another way", BY, now())),
        CommissionStatus::Paid => of(approved().pay(paid_with(), BY, now())),
        CommissionStatus::Voided => of(pending().void(now())),
    }
}

#[test]
fn each_state_allows_what_it_says() {
    use CommissionStatus::{Approved, Declined, Held, Paid, Pending, Voided};
    type Verb = fn(&Commission) -> Result<Step, Refusal>;
    let verbs: [(&str, Verb, &[CommissionStatus], CommissionStatus); 6] = [
        ("approve", |c| c.approve(now()), &[Pending], Approved),
        ("void", |c| c.void(now()), &[Pending], Voided),
        ("hold", |c| c.hold("Why", BY, now()), &[Approved], Held),
        ("release", |c| c.release(now()), &[Held], Approved),
        (
            "decline",
            |c| c.decline(&[], "Why", BY, now()),
            &[Approved, Held],
            Declined,
        ),
        ("pay", |c| c.pay(paid_with(), BY, now()), &[Approved], Paid),
    ];
    for (name, verb, from, to) in verbs {
        for status in CommissionStatus::ALL {
            let before = in_status(*status);
            match verb(&before) {
                Ok(step) => {
                    assert!(from.contains(status), "{name} from {status:?}");
                    assert_eq!(step.commission.status(), to);
                    assert_eq!(step.commission.calculation, before.calculation);
                    assert_eq!(step.fact.of().unwrap(), &before.reference());
                }
                Err(refusal) => {
                    assert!(!from.contains(status), "{name} from {status:?}");
                    assert!(!refusal.text().is_empty());
                }
            }
        }
    }
}

#[test]
fn a_reason_is_always_given() {
    let approved = in_status(CommissionStatus::Approved);
    assert_eq!(approved.hold(" ", BY, now()), Err(Refusal::ReasonMissing));
    assert_eq!(
        approved.decline(&[], "", BY, now()),
        Err(Refusal::ReasonMissing)
    );
    let held = in_status(CommissionStatus::Held);
    assert_eq!(held.state.reason(), Some("Check the order"));
    assert_eq!(
        held.pay(paid_with(), BY, now()),
        Err(Refusal::CommissionHeld)
    );
}

#[test]
fn what_earns_nothing_is_no_commission() {
    assert_eq!(Commission::accrue(&deal(), new("EUR 0.01"), now()), None);
}

fn line(minor: i64) -> Correction {
    Correction {
        id: CommissionId(Uuid::from_u128(32)),
        key: "k".into(),
        minor,
        reason: "Returned".into(),
    }
}

#[test]
fn a_paid_row_is_corrected_by_a_line_of_its_own() {
    let paid = in_status(CommissionStatus::Paid);
    let net = paid.amount();
    let step = paid.correct(&deal(), line(-10_000), net, now()).unwrap();
    assert_eq!(step.commission.amount(), money("EUR -100"));
    assert_eq!(step.commission.status(), CommissionStatus::Approved);
    assert_eq!(step.commission.cause.corrects(), Some(paid.id));
    assert_eq!(paid, in_status(CommissionStatus::Paid));
    assert!(
        step.commission.pay(paid_with(), BY, now()).is_ok(),
        "deducted with the next payment"
    );
    let refused = |minor, net| paid.correct(&deal(), line(minor), net, now()).unwrap_err();
    assert_eq!(refused(-10_001, net), Refusal::CorrectionTooLarge);
    assert_eq!(refused(-1, money("EUR 0")), Refusal::CorrectionTooLarge);
    assert_eq!(refused(i64::MAX, net), Refusal::CorrectionTooLarge);
    assert_eq!(refused(0, net), Refusal::CorrectionIsZero);
    let again = step.commission.correct(&deal(), line(5), net, now());
    assert_eq!(again, Err(Refusal::CorrectionOfCorrection));
    for status in [
        CommissionStatus::Pending,
        CommissionStatus::Voided,
        CommissionStatus::Declined,
    ] {
        assert!(
            in_status(status)
                .correct(&deal(), line(5), net, now())
                .is_err()
        );
    }
}

#[test]
fn a_cause_has_one_key() {
    let of = |version| {
        Cause::Win {
            deal: deal().id,
            version,
        }
        .key()
    };
    assert_eq!(of(3), of(3));
    assert_ne!(of(3), of(5), "won again is another cause");
    let transaction = |id| {
        Cause::Transaction {
            transaction: TransactionId(Uuid::from_u128(id)),
        }
        .key()
    };
    assert_ne!(transaction(1), transaction(2));
}

#[test]
fn a_fact_of_a_commission_is_a_fact_of_its_deal() {
    let held = in_status(CommissionStatus::Approved)
        .hold("Check the order", BY, now())
        .unwrap();
    let paid = in_status(CommissionStatus::Approved)
        .pay(paid_with(), BY, now())
        .unwrap();
    let entered = CommissionFact::TransactionEntered {
        transaction: TransactionId(Uuid::from_u128(8)),
        amount: money("EUR 99.90"),
        on: day("2026-11-20"),
        reference: "INV-7".into(),
    };
    for (fact, sentence) in [
        (
            held.fact,
            "put a commission of EUR 100.00 (\u{201c}Referral fee\u{201d}) on hold",
        ),
        (
            paid.fact,
            "paid a commission of EUR 100.00 (\u{201c}Referral fee\u{201d}) on 30 Nov 2026, reference SEPA 7",
        ),
        (
            entered,
            "entered a transaction of EUR 99.90 on 20 Nov 2026, reference INV-7",
        ),
    ] {
        assert_eq!(fact.sentence(), sentence);
        let fact = DealFact::Commission(fact);
        let json = serde_json::to_value(&fact).unwrap();
        assert_eq!(json["kind"], fact.name());
        assert_eq!(
            serde_json::from_value::<DealFact>(json.clone()).unwrap(),
            fact
        );
        assert_eq!(
            serde_json::from_value::<Fact>(json).unwrap(),
            Fact::Deal(fact)
        );
    }
}
