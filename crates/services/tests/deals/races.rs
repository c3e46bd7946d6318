//! Two at once: whatever is pressed twice or retried is owed once.

use domain::commands::{CorrectCommission, EnterTransaction, JudgeWin, MarkPaid, MoveDeal, Place};
use domain::commissions::CommissionStatus;
use domain::deals::{Deal, MoveDetails, Refusal, Summary, WinVerdict};
use domain::offers::OfferDraft;
use domain::{Currency, DealId, Money, StageId};
use services::{CompanyAccess, PartnerAccess, ServiceError};
use testkit::{TestDb, both_engines};

use crate::desk::Desk;
use crate::money::{of_transactions, publish, ten_percent, won};

const RACES: i64 = 1_000;
/// Races that run side by side.
const AT_ONCE: usize = 20;

/// Approved deals of 1,000 euros, each of another customer, kept without the form's help.
async fn approved(desk: &Desk, db: &TestDb) -> Vec<DealId> {
    let deal = |number: i64| Deal {
        summary: Summary {
            customer: format!("Customer {number}"),
            value: Some(Money::new(100_000, Currency::EUR)),
            ..Summary::default()
        },
        ..desk
            .world
            .placed(db, "", number, 0, &format!("{number:05}V"))
    };
    let deals: Vec<Deal> = (1..=RACES).map(deal).collect();
    let kept = deals.clone();
    db.write::<_, store::StoreError, _>(move |tx| {
        let deals = kept.clone();
        Box::pin(async move {
            for deal in &deals {
                store::deals::insert(tx, deal, &deal.id.to_string()).await?;
            }
            Ok(())
        })
    })
    .await
    .unwrap();
    deals.iter().map(|deal| deal.id).collect()
}

/// Marks the win, and confirms it twice at once at the version that it waits at.
async fn confirmed_twice(
    partner: PartnerAccess,
    company: CompanyAccess,
    deal: DealId,
    to_stage: StageId,
) {
    let command = MoveDeal {
        deal,
        to_stage,
        place: Place::Bottom,
        details: MoveDetails {
            win_confirmed: true,
            ..MoveDetails::default()
        },
        version: 1,
    };
    let version = partner.move_deal(command).await.unwrap().version;
    let confirm = || {
        let company = company.clone();
        let command = JudgeWin {
            deal,
            verdict: WinVerdict::Confirm,
            version,
        };
        tokio::spawn(async move { company.judge_win(command).await })
    };
    let (one, two) = (confirm(), confirm());
    let outcomes = [one.await.unwrap(), two.await.unwrap()];
    let done = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    assert_eq!(done, 1, "{outcomes:?}");
    let late = |outcome: &Result<i64, ServiceError>| {
        matches!(
            outcome,
            Err(ServiceError::Conflict(_)
                | ServiceError::Stale
                | ServiceError::Rule(Refusal::WinAlreadyConfirmed))
        )
    };
    assert!(outcomes.iter().any(late), "{outcomes:?}");
}

both_engines! {
    async fn a_thousand_wins_that_are_confirmed_twice_at_once_are_owed_once(db: &TestDb) {
        let desk = Desk::open(db).await;
        publish(&desk, ten_percent()).await;
        let deals = approved(&desk, db).await;
        let (partner, company) = (desk.partner().await, desk.company().await);
        let to_stage = desk.stage("Closed won");
        for some in deals.chunks(AT_ONCE) {
            let mut running = tokio::task::JoinSet::new();
            for deal in some {
                let (partner, company) = (partner.clone(), company.clone());
                running.spawn(confirmed_twice(partner, company, *deal, to_stage));
            }
            running.join_all().await;
        }
        let totals = desk.partner().await.commission_totals().await.unwrap();
        let totals: Vec<_> = totals.iter().map(|line| (line.status, line.total.minor, line.count)).collect();
        assert_eq!(totals, [(CommissionStatus::Approved, RACES * 10_000, RACES)]);
        let verified = desk.services.verify().await.unwrap().unwrap();
        assert_eq!((verified.commissions, verified.wins), (deals.len(), deals.len()));
    }

    async fn transactions_at_once_share_one_cap(db: &TestDb) {
        let desk = Desk::open(db).await;
        publish(&desk, OfferDraft { cap: "170".into(), ..of_transactions() }).await;
        let deal = won(&desk, "key-1", "Tern Labs").await;
        let mut running = tokio::task::JoinSet::new();
        for number in 0..16 {
            let company = desk.company().await;
            // Each of eight invoices comes twice.
            let command = EnterTransaction {
                deal,
                amount: "1,000".into(),
                currency: "EUR".into(),
                on: "2026-11-22".into(),
                reference: format!("INV-{}", number / 2),
            };
            running.spawn(async move { company.enter_transaction(command).await.unwrap() });
        }
        let mut entered = running.join_all().await;
        entered.sort_unstable();
        entered.dedup();
        assert_eq!(entered.len(), 8);
        let page = desk.partner().await.deal(deal).await.unwrap().deal;
        let mut amounts: Vec<i64> = page.commissions.iter().map(|line| line.amount().minor).collect();
        amounts.sort_unstable();
        assert_eq!(amounts, [2_000, 5_000, 5_000, 5_000]);
        desk.services.verify().await.unwrap().unwrap();
    }

    async fn what_is_paid_or_corrected_at_once_is_so_once(db: &TestDb) {
        let desk = Desk::open(db).await;
        publish(&desk, ten_percent()).await;
        let deal = won(&desk, "key-1", "Tern Labs").await;
        let id = desk.partner().await.deal(deal).await.unwrap().deal.commissions[0].id;
        let mut running = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let company = desk.company().await;
            let command = MarkPaid { commissions: vec![id], reference: "SEPA 7".into(), paid_on: "2026-11-22".into() };
            running.spawn(async move { company.mark_paid(command).await });
        }
        let paid = running.join_all().await;
        assert_eq!(paid.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{paid:?}");
        let mut running = tokio::task::JoinSet::new();
        for number in 0..8 {
            let company = desk.company().await;
            // Two forms, each sent four times; together they would take back more than there is.
            let command = CorrectCommission {
                commission: id, key: format!("k{}", number % 2), amount: "-700".into(), reason: "Returned".into(),
            };
            running.spawn(async move { company.correct_commission(command).await });
        }
        let lines = running.join_all().await;
        assert_eq!(lines.iter().filter(|outcome| outcome.is_ok()).count(), 4, "{lines:?}");
        let page = desk.partner().await.deal(deal).await.unwrap().deal;
        let amounts: Vec<i64> = page.commissions.iter().map(|line| line.amount().minor).collect();
        assert_eq!(amounts, [120_005, -70_000]);
        desk.services.verify().await.unwrap().unwrap();
    }
}
