//! The arithmetic and the life of commissions together.

mod golden;
mod life;
mod properties;

use uuid::Uuid;

use super::Calculation;
use crate::deals::{Deal, Registration, Summary, Win};
use crate::forms::Answers;
use crate::offers::{Offer, OfferDraft, OfferVersion, RateKind, StepDraft, Trigger};
use crate::{
    CompanyId, Currency, Date, DealId, FormVersionId, MembershipId, Money, OfferId, OfferVersionId,
    PartnerId, ProgramId, TierId, Timestamp, UserId,
};

pub(super) const GOLD: TierId = TierId(Uuid::from_u128(71));
pub(super) const SILVER: TierId = TierId(Uuid::from_u128(72));

pub(super) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// `EUR 12,000.50`, as it is written.
pub(super) fn money(text: &str) -> Money {
    let (code, amount) = text.split_once(' ').unwrap();
    Money::parse(amount, code.parse().unwrap()).unwrap()
}

/// 10% of a won deal, published on 1 January 2026 for everybody.
pub(super) fn ten_percent() -> OfferDraft {
    OfferDraft {
        name: "Referral fee".into(),
        percent: "10".into(),
        ..OfferDraft::empty(Currency::EUR)
    }
}

pub(super) fn flat(amount: &str) -> OfferDraft {
    OfferDraft {
        rate: RateKind::Flat,
        amount: amount.into(),
        ..ten_percent()
    }
}

pub(super) fn steps(lines: &[(&str, &str)]) -> OfferDraft {
    let step = |(above, percent): &(&str, &str)| StepDraft {
        above: (*above).into(),
        percent: (*percent).into(),
    };
    OfferDraft {
        rate: RateKind::Steps,
        steps: lines.iter().map(step).collect(),
        ..ten_percent()
    }
}

pub(super) fn offer(draft: &OfferDraft) -> Offer {
    let id = OfferId(Uuid::from_u128(1));
    Offer {
        id,
        company: CompanyId(Uuid::nil()),
        program: ProgramId(Uuid::nil()),
        versions: vec![OfferVersion {
            id: OfferVersionId(Uuid::from_u128(11)),
            offer: id,
            number: 1,
            terms: draft.check().unwrap(),
            published_by: UserId(Uuid::nil()),
            published_at: day("2026-01-01").start(),
        }],
        ended_at: None,
    }
}

/// What an offer gives for a base that had earned so much before.
pub(super) fn calculated(draft: &OfferDraft, base: Money, earned: i64) -> Calculation {
    let offer = offer(draft);
    super::calculate(
        offer.current().unwrap(),
        base,
        Money::new(earned, base.currency),
    )
}

pub(super) fn deal() -> Deal {
    let nil = Uuid::nil();
    Deal {
        id: DealId(Uuid::from_u128(5)),
        company: CompanyId(nil),
        program: ProgramId(nil),
        partner: PartnerId(nil),
        membership: MembershipId(nil),
        number: Some(7),
        form_version: FormVersionId(nil),
        answers: Answers::default(),
        summary: Summary::default(),
        registration: Registration::Draft,
        placement: None,
        win: Win::None,
        owner: UserId(nil),
        created_by: UserId(nil),
        created_at: Timestamp::default(),
        changed_by: UserId(nil),
        changed_at: Timestamp::default(),
        version: 3,
    }
}

pub(super) fn by_transaction(draft: OfferDraft) -> OfferDraft {
    OfferDraft {
        trigger: Trigger::Transaction,
        ..draft
    }
}
