//! The partner changes answers after the approval.

use domain::DealId;
use domain::commands::{AmendDeal, ChangeAnswers, ResubmitDeal};
use domain::deals::{Decision, MoveDetails, Refusal};
use domain::forms::{FieldKey, FieldProblem, RawAnswers};
use domain::pipeline::StageRules;
use domain::views::DealFilter;
use domain::{Locale, deals::DealFact};
use services::ServiceError;
use testkit::both_engines;

use crate::board_people::colleague;
use crate::desk::{Desk, answers};
use crate::entry::rule as give_rules;

fn key(text: &str) -> FieldKey {
    FieldKey::parse(text).unwrap()
}

fn with(pairs: &[(&str, &str)]) -> RawAnswers {
    let mut raw = answers("Tern Labs");
    for (name, value) in pairs {
        raw.set(&key(name), vec![(*value).to_owned()]);
    }
    raw
}

fn command(deal: DealId, pairs: &[(&str, &str)], version: i64) -> AmendDeal {
    AmendDeal {
        deal,
        answers: with(pairs),
        note: "They want more".into(),
        version,
    }
}

async fn amend(desk: &Desk, deal: DealId, pairs: &[(&str, &str)]) -> Result<i64, ServiceError> {
    let command = command(deal, pairs, desk.version(deal).await);
    desk.partner().await.amend_deal(command).await
}

async fn total(desk: &Desk) -> String {
    let partner = desk.partner().await;
    let board = partner.board(&DealFilter::default()).await.unwrap();
    board.columns[0].totals.iter().next().unwrap().display()
}

fn rule(outcome: Result<i64, ServiceError>) -> Refusal {
    match outcome {
        Err(ServiceError::Rule(refusal)) => refusal,
        other => panic!("not refused by a rule: {other:?}"),
    }
}

both_engines! {
    async fn a_change_is_kept_told_and_counted(db: &TestDb) {
        let desk = Desk::open(db).await;
        let deal = desk.approved("key-1", "Tern Labs").await;
        let part = desk.partner().await.amend_part(deal).await.unwrap();
        assert!(part.open.contains(&key("value")) && !part.open.contains(&key("customer")));
        let before = desk.version(deal).await;
        assert_eq!(total(&desk).await, "EUR 12,000.50");
        let after = amend(&desk, deal, &[("value", "15,000"), ("need", "Backups")]).await.unwrap();
        assert_eq!(after, before + 1);
        assert_eq!(total(&desk).await, "EUR 15,000");
        assert_eq!(desk.services.unread_notices(desk.world.admin.id).await.unwrap(), 1);
        let seen = desk.company().await.deal(deal).await.unwrap().deal;
        assert_eq!(seen.summary.value.unwrap().minor, 1_500_000);
        let entry = &seen.timeline[0];
        assert_eq!(entry.fact.sentence(), "changed 2 answers");
        assert_eq!(entry.fact.quotation(), Some("They want more"));
        let DealFact::DealAmended { changes, .. } = &entry.fact else { panic!("{entry:?}") };
        let lines: Vec<_> = changes.iter().map(|change| change.text_in(Locale::default())).collect();
        assert!(lines[0].contains("12,000.50 before, now") && lines[0].contains("15,000"), "{lines:?}");
        assert!(lines[1].ends_with("not answered before, now Backups"), "{lines:?}");
        // To save what is there already is no news.
        let again = amend(&desk, deal, &[("value", "15,000"), ("need", "Backups")]).await.unwrap();
        assert_eq!(again, after);
        assert_eq!(desk.history(deal).await.last(), Some(&"deal_amended"));
        let mut conn = db.read().await.unwrap();
        assert!(store::events::verify_all(&mut conn).await.unwrap().is_ok());
    }

    async fn nobody_changes_the_customer_or_what_they_have_not_seen(db: &TestDb) {
        let desk = Desk::open(db).await;
        let deal = desk.approved("key-1", "Tern Labs").await;
        let seen = desk.version(deal).await;
        let refused = amend(&desk, deal, &[("customer", "Another")]).await;
        let Err(ServiceError::Fields(errors)) = refused else { panic!("{refused:?}") };
        assert_eq!(errors.of(&key("customer")), Some(&FieldProblem::NotOpen));
        let refused = amend(&desk, deal, &[("value", "")]).await;
        let Err(ServiceError::Fields(errors)) = refused else { panic!("{refused:?}") };
        assert_eq!(errors.of(&key("value")), Some(&FieldProblem::Missing));
        amend(&desk, deal, &[("need", "Backups")]).await.unwrap();
        let late = desk.partner().await.amend_deal(command(deal, &[("need", "Archives")], seen)).await;
        let Err(ServiceError::Conflict(conflict)) = late else { panic!("{late:?}") };
        assert_eq!(conflict.who, desk.world.owner.name);
        assert_eq!(conflict.current_version, seen + 1);
    }

    async fn of_two_who_saw_the_same_the_later_overwrites_nothing(db: &TestDb) {
        let desk = Desk::open(db).await;
        let (second, seconds_name) = colleague(db, &desk).await;
        let deal = desk.approved("key-1", "Tern Labs").await;
        let seen = desk.version(deal).await;
        second.amend_deal(command(deal, &[("need", "Archives")], seen)).await.unwrap();
        // What the later one changes besides is not kept either.
        let change = [("need", "Vaults"), ("value", "99,000")];
        let first = desk.partner().await;
        let late = first.amend_deal(command(deal, &change, seen)).await;
        let Err(ServiceError::Conflict(conflict)) = late else { panic!("{late:?}") };
        assert_eq!((conflict.who, conflict.current_version), (seconds_name, seen + 1));
        assert!(conflict.what.starts_with("changed the answer to"), "{}", conflict.what);
        assert_eq!(desk.version(deal).await, seen + 1);
        assert_eq!(first.changeable_answers(deal).await.unwrap().first(&key("need")), "Archives");
        assert_eq!(total(&desk).await, "EUR 12,000.50");
        let history = desk.history(deal).await;
        assert_eq!(history.iter().filter(|kind| **kind == "deal_amended").count(), 1);
        // Whoever saves again has seen it.
        first.amend_deal(command(deal, &change, seen + 1)).await.unwrap();
        assert_eq!(total(&desk).await, "EUR 99,000");
    }

    async fn a_single_answer_is_changed_and_all_others_stay(db: &TestDb) {
        let desk = Desk::open(db).await;
        let deal = desk.approved("key-1", "Tern Labs").await;
        amend(&desk, deal, &[("need", "Backups")]).await.unwrap();
        let partner = desk.partner().await;
        let version = desk.version(deal).await;
        let change = |pairs: &[(&str, &str)], version| ChangeAnswers {
            deal,
            answers: pairs.iter().copied().collect(),
            version,
        };
        let more = [("value", "15000"), ("value.currency", "EUR")];
        assert_eq!(partner.amend_answers(change(&more, version)).await.unwrap(), version + 1);
        assert_eq!(total(&desk).await, "EUR 15,000");
        let given = partner.changeable_answers(deal).await.unwrap();
        assert_eq!(given.first(&key("need")), "Backups");
        let late = partner.amend_answers(change(&[("need", "Archives")], version)).await;
        assert!(matches!(late, Err(ServiceError::Conflict(_))), "{late:?}");
        let refused = partner.amend_answers(change(&[("customer", "Another")], version + 1)).await;
        let Err(ServiceError::Fields(errors)) = refused else { panic!("{refused:?}") };
        assert_eq!(errors.of(&key("customer")), Some(&FieldProblem::NotOpen));
    }

    async fn what_the_stage_asked_for_is_not_taken_out_again(db: &TestDb) {
        let desk = Desk::open(db).await;
        let deal = desk.approved("key-1", "Tern Labs").await;
        let rules = StageRules { fields: vec![key("need")], ..StageRules::default() };
        give_rules(&desk, "Proposal", rules).await;
        amend(&desk, deal, &[("need", "Backups")]).await.unwrap();
        // Before the stage it may go.
        amend(&desk, deal, &[("need", "")]).await.unwrap();
        let details = MoveDetails {
            answers: [("need", "Backups")].into_iter().collect(),
            ..MoveDetails::default()
        };
        desk.move_to(deal, "Proposal", details).await.unwrap();
        for pairs in [&[("need", "")][..], &[]] {
            let refused = amend(&desk, deal, pairs).await;
            let Err(ServiceError::Fields(errors)) = refused else { panic!("{refused:?}") };
            assert_eq!(errors.of(&key("need")), Some(&FieldProblem::Missing));
            assert_eq!(errors.0.len(), 1);
        }
        amend(&desk, deal, &[("need", "Archives")]).await.unwrap();
    }

    async fn only_an_approved_open_deal_is_changed(db: &TestDb) {
        let desk = Desk::open(db).await;
        let change = [("need", "Backups")];
        let deal = desk.submit("key-1", "Tern Labs").await;
        assert_eq!(rule(amend(&desk, deal, &change).await), Refusal::AwaitsReview);
        desk.decide(deal, Decision::Approve { message: String::new() }).await.unwrap();
        assert!(desk.partner().await.deal(deal).await.unwrap().deal.actions.amend);
        let lost = MoveDetails {
            lost_reason: Some(desk.world.pipeline.lost_reasons[0].id),
            ..MoveDetails::default()
        };
        desk.move_to(deal, "Closed lost", lost).await.unwrap();
        assert_eq!(rule(amend(&desk, deal, &change).await), Refusal::IsLost);
        desk.move_to(deal, "Proposal", MoveDetails::default()).await.unwrap();
        desk.win(deal).await;
        assert_eq!(rule(amend(&desk, deal, &change).await), Refusal::LockedByWin);
        let partner = desk.partner().await;
        assert!(!partner.deal(deal).await.unwrap().deal.actions.amend);
        let page = partner.amend_part(deal).await;
        assert!(matches!(page, Err(ServiceError::Rule(Refusal::LockedByWin))), "{page:?}");
    }

    async fn the_api_changes_by_the_same_rule_as_the_page(db: &TestDb) {
        let desk = Desk::open(db).await;
        let deal = desk.submit("key-1", "Tern Labs").await;
        let partner = desk.partner().await;
        let change = |version| ResubmitDeal {
            deal,
            answers: with(&[("need", "Backups")]),
            note: String::new(),
            version,
        };
        let waits = partner.change_deal(change(desk.version(deal).await)).await;
        assert_eq!(rule(waits), Refusal::AlreadySubmitted);
        let ask = Decision::AskInfo { message: "What for?".into(), fields: vec![key("need")] };
        desk.decide(deal, ask).await.unwrap();
        partner.change_deal(change(desk.version(deal).await)).await.unwrap();
        desk.decide(deal, Decision::Approve { message: String::new() }).await.unwrap();
        let given = partner.changeable_answers(deal).await.unwrap();
        assert_eq!(given.first(&key("need")), "Backups");
        let version = desk.version(deal).await;
        let archives = ResubmitDeal { answers: with(&[("need", "Archives")]), ..change(version) };
        assert_eq!(partner.change_deal(archives).await.unwrap(), version + 1);
        assert_eq!(desk.history(deal).await.last(), Some(&"deal_amended"));
    }
}
