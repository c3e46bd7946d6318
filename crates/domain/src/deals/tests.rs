//! The rules of a deal's life, under any history of commands.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::forms::{Answers, RawAnswers, ValidAnswers, starter_form, validate};
use crate::pipeline::{LostReason, Pipeline, Stage, StageKind, StageRules};
use crate::program::{Program, ProgramSettings};
use crate::{Currency, CustomerId, Date, LostReasonId, Rank, StageId, Timestamp, UserId};

fn id<T: From<Uuid>>(number: u128) -> T {
    T::from(Uuid::from_u128(number))
}

fn program() -> Program {
    Program {
        id: id(1),
        company: id(2),
        name: "Referrals".into(),
        slug: "referrals".into(),
        summary: String::new(),
        number_prefix: "ALT".into(),
        currency: Currency::EUR,
        submissions_open: true,
        settings: ProgramSettings::default(),
        version: 1,
    }
}

fn pipeline() -> Pipeline {
    let stage = |number: u128, kind| Stage {
        id: id(number),
        name: format!("Stage {number}"),
        kind,
        hue: "blue".into(),
        position: 0,
        stuck_days: None,
        probability: 50,
        description: String::new(),
        wip_hint: None,
        rules: StageRules::default(),
        pipeline: crate::PipelineId::FIRST,
    };
    Pipeline {
        stages: vec![
            stage(10, StageKind::Open),
            stage(11, StageKind::Open),
            stage(12, StageKind::Won),
            stage(13, StageKind::Lost),
        ],
        lost_reasons: vec![LostReason {
            id: id(20),
            label: "Price".into(),
            group: String::new(),
        }],
        heads: crate::pipeline::Heads::default(),
    }
}

fn draft() -> Deal {
    Deal {
        id: id(3),
        company: id(2),
        program: id(1),
        partner: id(4),
        membership: id(5),
        number: None,
        form_version: id(6),
        answers: Answers::default(),
        summary: Summary::default(),
        registration: Registration::Draft,
        placement: None,
        win: Win::None,
        owner: id(7),
        created_by: id(7),
        created_at: Timestamp(0),
        changed_by: id(7),
        changed_at: Timestamp(0),
        version: 1,
    }
}

fn answers() -> ValidAnswers {
    let raw: RawAnswers = [
        ("customer", "Hale & Moss"),
        ("country", "DE"),
        ("value", "12000"),
        ("value.currency", "EUR"),
        ("close_date", "2027-01-31"),
    ]
    .into_iter()
    .collect();
    let today = Date::new(2026, 11, 22).unwrap();
    validate(
        &starter_form(Currency::EUR),
        &raw,
        &crate::forms::Context::on(today),
    )
    .unwrap()
}

/// One thing that somebody, or the clock, tries.
#[derive(Debug, Clone)]
enum Try {
    Submit,
    Decide(u8),
    Resubmit,
    Withdraw,
    Appeal,
    Move {
        stage: u128,
        sure: bool,
        company: bool,
    },
    Judge {
        confirm: bool,
    },
    Extend,
    Expire,
    Wait(i64),
}

fn tries() -> impl Strategy<Value = Try> {
    prop_oneof![
        Just(Try::Submit),
        (0u8..4).prop_map(Try::Decide),
        Just(Try::Resubmit),
        Just(Try::Withdraw),
        Just(Try::Appeal),
        (10u128..15, any::<bool>(), any::<bool>()).prop_map(|(stage, sure, company)| Try::Move {
            stage,
            sure,
            company
        }),
        any::<bool>().prop_map(|confirm| Try::Judge { confirm }),
        Just(Try::Extend),
        Just(Try::Expire),
        (0i64..60).prop_map(Try::Wait),
    ]
}

fn attempt(deal: &Deal, tried: &Try, now: Timestamp) -> Step {
    let (by, pipeline, program) = (id::<UserId>(7), pipeline(), program());
    let settings = program.settings;
    match tried {
        Try::Submit => deal.submit(answers(), 1, &program, by, now),
        Try::Decide(kind) => {
            let decision = match kind {
                0 => Decision::Approve {
                    message: String::new(),
                },
                1 => Decision::Decline {
                    reason: "No".into(),
                },
                2 => Decision::Ineligible {
                    reason: "Ours".into(),
                },
                _ => Decision::AskInfo {
                    message: "When?".into(),
                    fields: Vec::new(),
                },
            };
            deal.decide(
                &decision,
                Terms {
                    pipeline: &pipeline,
                    enters: crate::PipelineId::FIRST,
                    settings,
                    rank: Rank::middle(),
                },
                by,
                now,
            )
        }
        Try::Resubmit => deal.resubmit(answers(), "", &program, by, now),
        Try::Withdraw => deal.withdraw(by, now),
        Try::Appeal => deal.appeal("Please", settings, by, now),
        Try::Move {
            stage,
            sure,
            company,
        } => {
            let details = MoveDetails {
                lost_reason: sure.then(|| id::<LostReasonId>(20)),
                win_confirmed: *sure,
                override_reason: company.then(|| "Must be".into()),
                ..MoveDetails::default()
            };
            let step = Move {
                pipeline: &pipeline,
                to: id::<StageId>(*stage),
                rank: Rank::middle(),
                mover: if *company {
                    Mover::CompanyOverride
                } else {
                    Mover::Partner
                },
                details: &details,
                customer: id::<CustomerId>(30),
                entry: None,
            };
            deal.move_to_stage(&step, by, now)
        }
        Try::Judge { confirm: true } => deal.confirm_win(by, now),
        Try::Judge { confirm: false } => {
            deal.reject_win(&pipeline, "No order", id(11), Rank::middle(), by, now)
        }
        Try::Extend => deal.extend(settings, by, now),
        Try::Expire => deal.expire(now),
        Try::Wait(_) => Err(Refusal::NotApproved),
    }
}

proptest! {
    #[test]
    fn no_history_breaks_the_rules(history in proptest::collection::vec(tries(), 1..60)) {
        let (mut deal, mut now) = (draft(), Timestamp::from_seconds(1_795_341_600));
        let mut approved_once = false;
        for tried in history {
            if let Try::Wait(days) = tried {
                now = now.plus_days(days);
                continue;
            }
            let Ok((after, fact)) = attempt(&deal, &tried, now) else { continue };
            approved_once |= matches!(fact, DealFact::DealApproved { .. });
            // R18: nothing lies on the board that was never approved.
            prop_assert!(after.placement.is_none() || approved_once);
            // R25: a won deal is changed by the company's judgement only.
            prop_assert!(!deal.win.locks() || matches!(tried, Try::Judge { .. }), "{tried:?} changed a won deal");
            // A win is confirmed only after it was marked.
            prop_assert!(after.win.status() != WinStatus::Confirmed || deal.win.status() == WinStatus::Pending);
            // A won deal lies in a won stage, and only a won deal does.
            let kind = after.placement.as_ref().and_then(|placement| pipeline().find(placement.stage).map(|stage| stage.kind));
            prop_assert_eq!(after.win.locks(), kind == Some(StageKind::Won));
            // A lost deal says why, and only a lost deal does.
            let says_why = after.placement.as_ref().is_some_and(|placement| placement.lost.is_some());
            prop_assert_eq!(says_why, kind == Some(StageKind::Lost));
            // R17: an ineligible deal lies nowhere and is not won.
            if after.status() == RegistrationStatus::Ineligible {
                prop_assert!(!after.win.locks() && after.placement.is_none());
            }
            // What is saved as a new place only is one.
            if fact.only_places() {
                let laid = Deal { placement: after.placement.clone(), ..deal.changed(after.changed_by, after.changed_at) };
                prop_assert_eq!(&laid, &after);
            }
            // What everybody keeps: the number, once given.
            prop_assert!(deal.number.is_none() || deal.number == after.number);
            deal = after;
        }
    }
}

#[test]
fn a_closed_door_takes_no_registration() {
    let closed = Program {
        submissions_open: false,
        ..program()
    };
    let refused = draft().submit(answers(), 1, &closed, id(7), Timestamp(0));
    assert_eq!(refused.err(), Some(Refusal::SubmissionsClosed));
}

#[test]
fn the_company_says_why_it_reorders_a_column() {
    let now = Timestamp::from_seconds(1_795_341_600);
    let go = |deal: &Deal, tried: Try| attempt(deal, &tried, now).map(|(deal, _)| deal);
    let approved = go(&go(&draft(), Try::Submit).unwrap(), Try::Decide(0)).unwrap();
    let reorder = |mover, reason: &str| {
        let details = MoveDetails {
            override_reason: Some(reason.into()),
            ..MoveDetails::default()
        };
        let step = Move {
            pipeline: &pipeline(),
            to: id(10),
            rank: Rank::middle(),
            mover,
            details: &details,
            customer: id(30),
            entry: None,
        };
        approved
            .move_to_stage(&step, id(8), now)
            .map(|(_, fact)| fact)
    };
    let refused = reorder(Mover::CompanyOverride, "  ");
    assert_eq!(refused, Err(Refusal::ReasonMissing));
    let reason = |fact| match fact {
        Ok(DealFact::DealReordered {
            override_reason, ..
        }) => override_reason,
        other => panic!("{other:?}"),
    };
    let why = reason(reorder(Mover::CompanyOverride, "They called"));
    assert_eq!(why, Some("They called".into()));
    assert_eq!(reason(reorder(Mover::Partner, "")), None);
    let old =
        r#"{"kind":"deal_reordered","stage":{"id":"stage_00000000000000000000000000","name":"A"}}"#;
    let old: Result<DealFact, _> = serde_json::from_str(old);
    assert!(old.is_ok(), "{old:?}");
}

#[test]
fn a_draft_is_deleted_but_not_withdrawn() {
    let refused = draft().withdraw(id(7), Timestamp(0));
    assert_eq!(refused.err(), Some(Refusal::NotSubmittedYet));
}

#[test]
fn one_appeal_and_one_extension() {
    let now = Timestamp::from_seconds(1_795_341_600);
    let go = |deal: &Deal, tried: Try| attempt(deal, &tried, now).map(|(deal, _)| deal);
    let declined = go(&go(&draft(), Try::Submit).unwrap(), Try::Decide(1)).unwrap();
    let again = go(&go(&declined, Try::Appeal).unwrap(), Try::Decide(1)).unwrap();
    assert_eq!(go(&again, Try::Appeal), Err(Refusal::AppealUsed));
    let approved = go(&go(&declined, Try::Appeal).unwrap(), Try::Decide(0)).unwrap();
    let extended = go(&approved, Try::Extend).unwrap();
    assert_eq!(go(&extended, Try::Extend), Err(Refusal::ExtensionUsed));
}

#[test]
fn who_puts_another_answer_in_place_follows_from_the_form_and_the_deal() {
    let form = starter_form(Currency::EUR);
    let asked = form.system(crate::forms::SystemField::Value);
    let both = asked.cloned().map(|mut field| {
        field.traits.edited_by = crate::forms::EditedBy::Both;
        field
    });
    let (asked, both) = (asked, both.as_ref());
    let step = draft().submit(answers(), 7, &program(), id(7), Timestamp(0));
    let (deal, _) = step.unwrap();
    assert_eq!(check_company_answers(&deal, both, true), Ok(()));
    let company = |deal: &Deal, field, decides| check_company_answers(deal, field, decides).err();
    assert_eq!(company(&deal, both, false), Some(Fixed::RoleReads));
    assert_eq!(company(&deal, asked, true), Some(Fixed::PartnerAnswers));
    assert_eq!(company(&deal, None, true), Some(Fixed::NotAsked));
    let partner = |deal: &Deal, field, registers| {
        check_partner_answers(deal, field, registers, Timestamp(0)).err()
    };
    assert_eq!(partner(&deal, both, true), Some(Fixed::CompanyAnswers));
    assert_eq!(partner(&deal, asked, true), Some(Fixed::Registered));
    assert_eq!(partner(&draft(), asked, true), Some(Fixed::InTheForm));
    assert_eq!(partner(&deal, None, true), Some(Fixed::NotAsked));
    let approved = attempt(&deal, &Try::Decide(0), Timestamp(0));
    let (mut approved, _) = approved.unwrap();
    assert_eq!(partner(&approved, asked, true), None);
    assert_eq!(partner(&approved, asked, false), Some(Fixed::RoleReads));
    let customer = form.system(crate::forms::SystemField::Customer);
    assert_eq!(partner(&approved, customer, true), Some(Fixed::Registered));
    let mut won = deal;
    won.win = Win::Pending {
        by: id(7),
        at: Timestamp(0),
        customer: CustomerId(Uuid::from_u128(9)),
    };
    let locked = Fixed::Refused(Refusal::LockedByWin);
    assert_eq!(company(&won, both, true), Some(locked));
    assert_eq!(partner(&won, both, true), Some(Fixed::Registered));
    approved.win = won.win;
    let locked = Fixed::Refused(Refusal::LockedByWin);
    assert_eq!(partner(&approved, both, true), Some(locked));
}
