//! From the offer to the payment, as both sides see it.

use domain::commands::{
    CorrectCommission, DeclineCommission, EndOffer, EnterTransaction, HoldCommission, MarkPaid,
    PublishOffer, ReleaseCommission,
};
use domain::commissions::{CommissionStatus, balances};
use domain::deals::{Refusal, WinVerdict};
use domain::offers::{OfferDraft, RateKind, Trigger};
use domain::people::CompanyRole;
use domain::views::{CommissionFilter, CommissionView, DealView};
use domain::{CommissionId, Currency, DealId, OfferId};
use services::{CompanyAccess, ServiceError};
use testkit::{World, both_engines};

use crate::desk::Desk;

/// 10% of a won deal; a deal of the desk is worth EUR 12,000.50.
pub fn ten_percent() -> OfferDraft {
    OfferDraft {
        name: "Referral fee".into(),
        percent: "10".into(),
        ..OfferDraft::empty(Currency::EUR)
    }
}

pub fn of_transactions() -> OfferDraft {
    OfferDraft {
        name: "Running share".into(),
        trigger: Trigger::Transaction,
        percent: "5".into(),
        ..OfferDraft::empty(Currency::EUR)
    }
}

pub async fn publish(desk: &Desk, terms: OfferDraft) -> OfferId {
    let command = PublishOffer {
        offer: None,
        terms,
        number: 0,
    };
    desk.company().await.publish_offer(command).await.unwrap()
}

pub async fn judge(desk: &Desk, deal: DealId, verdict: WinVerdict) {
    desk.judge(deal, verdict).await.unwrap();
}

pub async fn won(desk: &Desk, key: &str, customer: &str) -> DealId {
    let deal = desk.approved(key, customer).await;
    desk.win(deal).await;
    judge(desk, deal, WinVerdict::Confirm).await;
    deal
}

async fn page(desk: &Desk, deal: DealId) -> DealView {
    desk.partner().await.deal(deal).await.unwrap().deal
}

fn amounts(lines: &[CommissionView]) -> Vec<String> {
    lines
        .iter()
        .map(|line| {
            format!(
                "{} {}",
                line.amount().display_exact(),
                line.status().as_str()
            )
        })
        .collect()
}

/// Both pages of the deal show the same, and the books agree.
async fn earned(desk: &Desk, deal: DealId) -> Vec<String> {
    let ours = page(desk, deal).await.commissions;
    let mut theirs = desk
        .company()
        .await
        .deal(deal)
        .await
        .unwrap()
        .deal
        .commissions;
    for line in &mut theirs {
        assert_eq!(line.partner, "alta partner");
        line.partner.clear();
    }
    assert_eq!(ours, theirs);
    let mut conn = desk.services.read().await.unwrap();
    for line in &ours {
        let booked = store::ledger::balances(&mut conn, desk.world.company.id, line.id)
            .await
            .unwrap();
        let booked = booked
            .into_iter()
            .filter(|(_, minor)| *minor != 0)
            .collect();
        assert_eq!(balances(line.status(), line.amount()), booked);
    }
    drop(conn);
    desk.services.verify().await.unwrap().unwrap();
    amounts(&ours)
}

fn transaction(deal: DealId, amount: &str, on: &str, reference: &str) -> EnterTransaction {
    EnterTransaction {
        deal,
        amount: amount.into(),
        currency: "EUR".into(),
        on: on.into(),
        reference: reference.into(),
    }
}

fn paid(commissions: &[CommissionId]) -> MarkPaid {
    MarkPaid {
        commissions: commissions.to_vec(),
        reference: "SEPA 7".into(),
        paid_on: "2026-11-22".into(),
    }
}

fn rule(outcome: Result<impl std::fmt::Debug, ServiceError>) -> Refusal {
    match outcome {
        Err(ServiceError::Rule(refusal)) => refusal,
        other => panic!("not refused by a rule: {other:?}"),
    }
}

fn at_input(outcome: Result<impl std::fmt::Debug, ServiceError>) -> String {
    match outcome {
        Err(ServiceError::Invalid(faults)) => faults[0].input.clone(),
        other => panic!("not at an input: {other:?}"),
    }
}

both_engines! {
    async fn a_win_earns_pending_and_its_confirmation_approves(db: &TestDb) {
        let desk = Desk::open(db).await;
        publish(&desk, ten_percent()).await;
        let deal = desk.approved("key-1", "Tern Labs").await;
        let open = page(&desk, deal).await;
        assert_eq!(open.projected.len(), 1);
        assert_eq!(open.projected[0].amount.display_exact(), "EUR 1,200.05");
        desk.win(deal).await;
        assert_eq!(earned(&desk, deal).await, ["EUR 1,200.05 pending"]);
        assert!(page(&desk, deal).await.projected.is_empty(), "it is earned, not projected");
        judge(&desk, deal, WinVerdict::Confirm).await;
        assert_eq!(earned(&desk, deal).await, ["EUR 1,200.05 approved"]);
        assert_eq!(
            desk.history(deal).await,
            ["deal_submitted", "deal_approved", "win_marked", "commission_accrued", "win_confirmed",
                "commission_approved"]
        );
        assert!(desk.services.unread_notices(desk.world.owner.id).await.unwrap() == 0, "the page was opened");
        let line = &page(&desk, deal).await.commissions[0];
        assert_eq!(line.calculation, open.projected[0], "what was projected is what is owed");
        assert_eq!(desk.partner().await.commission(line.id).await.unwrap(), *line);
    }

    async fn a_rejected_win_earns_nothing_and_the_next_one_again(db: &TestDb) {
        let desk = Desk::open(db).await;
        publish(&desk, ten_percent()).await;
        let deal = desk.approved("key-1", "Tern Labs").await;
        for _ in 0..2 {
            desk.win(deal).await;
            let reopen_at = desk.stage("Proposal");
            judge(&desk, deal, WinVerdict::Reject { reason: "No order".into(), reopen_at }).await;
        }
        desk.win(deal).await;
        judge(&desk, deal, WinVerdict::Confirm).await;
        let voided = "EUR 1,200.05 voided";
        assert_eq!(earned(&desk, deal).await, [voided, voided, "EUR 1,200.05 approved"]);
    }

    async fn an_offer_changes_only_what_comes(db: &TestDb) {
        let desk = Desk::open(db).await;
        let offer = publish(&desk, ten_percent()).await;
        let first = won(&desk, "key-1", "Tern Labs").await;
        let terms = OfferDraft { percent: "20".into(), cap: "2,000".into(), ..ten_percent() };
        let next = |number| PublishOffer { offer: Some(offer), terms: terms.clone(), number };
        let company = desk.company().await;
        assert_eq!(company.publish_offer(next(1)).await.unwrap(), offer);
        assert_eq!(company.publish_offer(next(1)).await.unwrap(), offer, "sent again, it is published once");
        let late = PublishOffer { terms: ten_percent(), ..next(1) };
        assert!(matches!(company.publish_offer(late).await, Err(ServiceError::Conflict(_))));
        let second = won(&desk, "key-2", "Brightwater").await;
        assert_eq!(earned(&desk, first).await, ["EUR 1,200.05 approved"]);
        assert_eq!(earned(&desk, second).await, ["EUR 2,000.00 approved"]);
        company.end_offer(EndOffer { offer }).await.unwrap();
        assert_eq!(rule(company.end_offer(EndOffer { offer }).await), Refusal::OfferEnded);
        assert_eq!(rule(company.publish_offer(PublishOffer { terms: ten_percent(), ..next(2) }).await), Refusal::OfferEnded);
        let third = won(&desk, "key-3", "Copperfield").await;
        assert!(earned(&desk, third).await.is_empty());
        assert_eq!(earned(&desk, first).await, ["EUR 1,200.05 approved"]);
        let view = company.offers().await.unwrap();
        assert_eq!((view.offers[0].versions.len(), view.offers[0].commissions), (2, 2));
        assert!(view.offers[0].ended_at.is_some() && view.offers[0].in_force.is_none());
    }

    async fn a_partner_reads_the_offers_of_its_tier(db: &TestDb) {
        let desk = Desk::open(db).await;
        let company = desk.company().await;
        company.save_tier(None, "Silver").await.unwrap();
        let tiers = company.list_tiers().await.unwrap();
        let for_tier = |name: &str, at: usize| OfferDraft { name: name.into(), tiers: vec![tiers[at].id], ..ten_percent() };
        publish(&desk, for_tier("For gold", 0)).await;
        let silver = publish(&desk, for_tier("For silver", 1)).await;
        publish(&desk, OfferDraft { starts_on: "2027-01-01".into(), name: "Next year".into(), ..ten_percent() }).await;
        let names: Vec<String> = desk.partner().await.offers().await.unwrap().into_iter().map(|offer| offer.name).collect();
        assert_eq!(names, ["For gold"]);
        let summary = desk.partner().await.summary().await.unwrap();
        assert_eq!(summary.offers[0].sentence, "You earn 10% of the value of each deal that you win.");
        let deal = won(&desk, "key-1", "Tern Labs").await;
        let lines = page(&desk, deal).await.commissions;
        assert_eq!(lines.len(), 1, "tier-limited");
        assert_eq!(lines[0].calculation.name, "For gold");
        assert_eq!(at_input(company.delete_tier(tiers[1].id).await), "tier_name");
        company.end_offer(EndOffer { offer: silver }).await.unwrap();
        company.delete_tier(tiers[1].id).await.unwrap();
        let foreign = OfferDraft { tiers: vec![db.id()], name: "Foreign".into(), ..ten_percent() };
        let command = PublishOffer { offer: None, terms: foreign, number: 0 };
        assert_eq!(at_input(company.publish_offer(command).await), "tiers");
    }

    async fn a_new_offer_sent_twice_is_one(db: &TestDb) {
        let desk = Desk::open(db).await;
        let offer = publish(&desk, ten_percent()).await;
        assert_eq!(publish(&desk, ten_percent()).await, offer);
        let other = PublishOffer { offer: None, terms: OfferDraft { percent: "11".into(), ..ten_percent() }, number: 0 };
        assert_eq!(at_input(desk.company().await.publish_offer(other).await), "name");
        let faulty = PublishOffer { offer: None, terms: OfferDraft { percent: String::new(), ..ten_percent() }, number: 0 };
        assert_eq!(at_input(desk.company().await.publish_offer(faulty).await), "percent");
        assert_eq!(desk.company().await.offers().await.unwrap().offers.len(), 1);
    }

    /// What is left of a commission never falls below zero, and nothing is owed on one that is gone.
    async fn a_corrected_commission_is_declined_only_after_its_corrections(db: &TestDb) {
        let desk = Desk::open(db).await;
        publish(&desk, ten_percent()).await;
        let deal = won(&desk, "key-1", "Tern Labs").await;
        let company = desk.company().await;
        let original = page(&desk, deal).await.commissions[0].clone();
        let correct = async |key: &str, amount: &str| {
            let command = CorrectCommission { commission: original.id, key: key.into(), amount: amount.into(), reason: "Why".into() };
            company.correct_commission(command).await.unwrap()
        };
        let decline = async |commission: CommissionId, version: i64| {
            let command = DeclineCommission { commission, reason: "Why".into(), version };
            company.decline_commission(command).await
        };
        let more = correct("k1", "500").await;
        let less = correct("k2", "-1,500").await;
        assert_eq!(rule(decline(original.id, original.version).await), Refusal::CommissionCorrected);
        assert_eq!(rule(decline(more, 1).await), Refusal::CommissionCorrected, "it would leave less than nothing");
        decline(less, 1).await.unwrap();
        decline(more, 1).await.unwrap();
        decline(original.id, original.version).await.unwrap();
        let gone = ["EUR 1,200.05 declined", "EUR 500.00 declined", "EUR \u{2212}1,500.00 declined"];
        assert_eq!(earned(&desk, deal).await, gone);
    }

    /// R26, R27: each company's own promise.
    async fn two_companies_owe_different_commissions_for_the_same_deal(db: &TestDb) {
        let first = Desk::open(db).await;
        let second = Desk::beside(&first, World::build_named(db, "boreal").await);
        publish(&first, ten_percent()).await;
        publish(&second, OfferDraft { rate: RateKind::Flat, amount: "600".into(), ..ten_percent() }).await;
        publish(&second, of_transactions()).await;
        let mut owed = Vec::new();
        for desk in [&first, &second] {
            let deal = won(desk, "key-1", "Tern Labs").await;
            let company = desk.company().await;
            company.enter_transaction(transaction(deal, "1,000", "2026-11-22", "INV-1")).await.unwrap();
            owed.push(amounts(&page(desk, deal).await.commissions));
            let foreign = if desk.world.company.id == first.world.company.id { &second } else { &first };
            let line = page(desk, deal).await.commissions[0].id;
            assert!(matches!(foreign.company().await.commission(line).await, Err(ServiceError::NotFound)));
            assert!(matches!(foreign.partner().await.commission(line).await, Err(ServiceError::NotFound)));
            assert!(matches!(foreign.company().await.mark_paid(paid(&[line])).await, Err(ServiceError::NotFound)));
            let theirs = foreign.company().await.commissions(&CommissionFilter::default(), None).await.unwrap();
            assert!(theirs.rows.iter().all(|row| row.deal != deal));
        }
        assert_eq!(owed, [vec!["EUR 1,200.05 approved"], vec!["EUR 600.00 approved", "EUR 50.00 approved"]]);
    }

    async fn a_transaction_earns_by_its_day(db: &TestDb) {
        let desk = Desk::open(db).await;
        publish(&desk, OfferDraft { cap: "120".into(), starts_on: "2026-11-01".into(), ..of_transactions() }).await;
        let deal = desk.approved("key-1", "Tern Labs").await;
        let company = desk.company().await;
        let enter = |amount: &str, on: &str, reference: &str| company.enter_transaction(transaction(deal, amount, on, reference));
        assert_eq!(rule(enter("1,000", "2026-11-22", "INV-0").await), Refusal::WinNotConfirmed);
        desk.win(deal).await;
        assert_eq!(rule(enter("1,000", "2026-11-22", "INV-0").await), Refusal::WinNotConfirmed);
        judge(&desk, deal, WinVerdict::Confirm).await;
        assert!(earned(&desk, deal).await.is_empty(), "a win earns nothing under that offer");
        let first = enter("1,000", "2026-11-22", "INV-1").await.unwrap();
        assert_eq!(enter("1,000", "2026-11-22", "INV-1").await.unwrap(), first, "sent again, it is one");
        assert_eq!(at_input(enter("999", "2026-11-22", "INV-1").await), "reference");
        enter("1,000", "2026-11-21", "INV-2").await.unwrap();
        desk.clock.advance_seconds(86_400);
        desk.company().await.enter_transaction(transaction(deal, "3,000", "2026-11-23", "INV-3")).await.unwrap();
        assert_eq!(earned(&desk, deal).await, ["EUR 50.00 approved", "EUR 70.00 approved"], "the cap is the deal's");
        let bought = page(&desk, deal).await.transactions;
        let told: Vec<_> = bought.iter().map(|one| (one.reference.as_str(), one.before_win, one.earned.len())).collect();
        assert_eq!(told, [("INV-3", false, 1), ("INV-1", false, 1), ("INV-2", true, 0)]);
        for (command, input) in [
            (transaction(deal, "0", "2026-11-22", "x"), "amount"),
            (transaction(deal, "-5", "2026-11-22", "x"), "amount"),
            (transaction(deal, "5", "2026-11-30", "x"), "on"),
            (transaction(deal, "5", "soon", "x"), "on"),
            (transaction(deal, "5", "2026-11-22", " "), "reference"),
            (EnterTransaction { currency: "XXX".into(), ..transaction(deal, "5", "2026-11-22", "x") }, "currency"),
        ] {
            assert_eq!(at_input(desk.company().await.enter_transaction(command).await), input);
        }
    }

    async fn a_commission_is_held_released_paid_and_corrected(db: &TestDb) {
        let desk = Desk::open(db).await;
        publish(&desk, ten_percent()).await;
        let deal = won(&desk, "key-1", "Tern Labs").await;
        let company = desk.company().await;
        let line = page(&desk, deal).await.commissions[0].clone();
        let (id, version) = (line.id, line.version);
        let hold = HoldCommission { commission: id, reason: "Check the order".into(), version };
        let held = company.hold_commission(hold.clone()).await.unwrap();
        assert!(matches!(company.hold_commission(hold).await, Err(ServiceError::Stale)));
        assert_eq!(earned(&desk, deal).await, ["EUR 1,200.05 held"]);
        assert_eq!(page(&desk, deal).await.commissions[0].state.reason(), Some("Check the order"));
        assert_eq!(rule(company.mark_paid(paid(&[id])).await), Refusal::CommissionHeld);
        let released = company.release_commission(ReleaseCommission { commission: id, version: held }).await.unwrap();
        assert_eq!(company.mark_paid(paid(&[id, id])).await.unwrap(), 1);
        assert_eq!(rule(company.mark_paid(paid(&[id])).await), Refusal::CommissionPaid);
        let decline = DeclineCommission { commission: id, reason: "No".into(), version: released + 1 };
        assert_eq!(rule(company.decline_commission(decline).await), Refusal::CommissionPaid);
        let line = page(&desk, deal).await.commissions[0].clone();
        assert_eq!(line.state.payment().map(|(reference, day)| format!("{reference} {day}")).unwrap(), "SEPA 7 2026-11-22");

        let correct = |key: &str, amount: &str| CorrectCommission {
            commission: id, key: key.into(), amount: amount.into(), reason: "Returned goods".into(),
        };
        let back = company.correct_commission(correct("k1", "-1,000")).await.unwrap();
        assert_eq!(company.correct_commission(correct("k1", "-1,000")).await.unwrap(), back, "one form, one line");
        assert_eq!(at_input(company.correct_commission(correct("k2", "-200.06")).await), "amount");
        assert_eq!(at_input(company.correct_commission(correct("k2", "0")).await), "amount");
        assert_eq!(at_input(company.correct_commission(correct("k2", "many")).await), "amount");
        let silent = CorrectCommission { reason: " ".into(), ..correct("k2", "1") };
        assert_eq!(at_input(company.correct_commission(silent).await), "reason");
        company.correct_commission(correct("k3", "35.50")).await.unwrap();
        assert_eq!(earned(&desk, deal).await, ["EUR 1,200.05 paid", "EUR \u{2212}1,000.00 approved", "EUR 35.50 approved"]);
        company.mark_paid(paid(&[back])).await.unwrap();
        let total = desk.partner().await.commission_totals().await.unwrap();
        let totals: Vec<_> = total.iter().map(|line| (line.status, line.total.minor)).collect();
        assert_eq!(totals, [(CommissionStatus::Approved, 3_550), (CommissionStatus::Paid, 20_005)]);
        let told = desk.history(deal).await;
        assert_eq!(told.iter().filter(|kind| **kind == "commission_paid").count(), 2);
    }

    async fn a_payment_is_whole_or_not_at_all(db: &TestDb) {
        let desk = Desk::open(db).await;
        publish(&desk, ten_percent()).await;
        let mut lines = Vec::new();
        for (key, customer) in [("key-1", "Tern Labs"), ("key-2", "Brightwater")] {
            let deal = won(&desk, key, customer).await;
            lines.push(page(&desk, deal).await.commissions[0].id);
        }
        let deal = desk.approved("key-3", "Copperfield").await;
        desk.win(deal).await;
        let pending = page(&desk, deal).await.commissions[0].id;
        let company = desk.company().await;
        assert_eq!(rule(company.mark_paid(paid(&[lines[0], lines[1], pending])).await), Refusal::CommissionPending);
        let list = company.commissions(&CommissionFilter::default(), None).await.unwrap();
        assert!(list.rows.iter().all(|row| row.status() != CommissionStatus::Paid));
        assert_eq!(company.mark_paid(paid(&lines)).await.unwrap(), 2);
        desk.services.verify().await.unwrap().unwrap();
        for (command, input) in [
            (paid(&[]), "commissions"),
            (MarkPaid { reference: String::new(), ..paid(&[pending]) }, "reference"),
            (MarkPaid { paid_on: "2026-11-23".into(), ..paid(&[pending]) }, "paid_on"),
            (MarkPaid { paid_on: "yesterday".into(), ..paid(&[pending]) }, "paid_on"),
        ] {
            assert_eq!(at_input(company.mark_paid(command).await), input);
        }
    }

    async fn roles_promise_pay_or_look(db: &TestDb) {
        let desk = Desk::open(db).await;
        publish(&desk, ten_percent()).await;
        let deal = won(&desk, "key-1", "Tern Labs").await;
        let line = page(&desk, deal).await.commissions[0].clone();
        for role in CompanyRole::ALL {
            let access: CompanyAccess = desk.company_as(*role).await;
            let forbidden = |outcome: Result<(), ServiceError>| matches!(outcome, Err(ServiceError::Forbidden));
            let promise = PublishOffer { offer: None, terms: of_transactions(), number: 0 };
            let promised = access.publish_offer(promise).await.map(|_| ());
            assert_eq!(forbidden(promised), *role != CompanyRole::Admin, "{role:?}");
            let pays = matches!(role, CompanyRole::Admin | CompanyRole::Finance);
            let hold = HoldCommission { commission: line.id, reason: "Why".into(), version: -1 };
            assert_eq!(forbidden(access.hold_commission(hold).await.map(|_| ())), !pays, "{role:?}");
            let entered = access.enter_transaction(transaction(deal, "1", "2026-11-22", "INV-1")).await;
            assert_eq!(forbidden(entered.map(|_| ())), !pays, "{role:?}");
            let corrected = access.correct_commission(CorrectCommission {
                commission: line.id, key: "k".into(), amount: "1".into(), reason: "Why".into(),
            }).await;
            assert_eq!(forbidden(corrected.map(|_| ())), !pays, "{role:?}");
            let list = access.commissions(&CommissionFilter::default(), None).await.unwrap();
            assert_eq!(list.may_pay, pays);
            assert!(access.offers().await.is_ok());
        }
    }

    async fn a_file_says_what_the_list_says(db: &TestDb) {
        let desk = Desk::open(db).await;
        publish(&desk, OfferDraft { name: "=HYPERLINK(\"x\")".into(), ..ten_percent() }).await;
        let deal = won(&desk, "key-1", "Tern, Labs").await;
        let company = desk.company().await;
        let id = page(&desk, deal).await.commissions[0].id;
        let line = CorrectCommission { commission: id, key: "k".into(), amount: "-0.05".into(), reason: "@cents".into() };
        company.correct_commission(line).await.unwrap();
        let all = CommissionFilter::default();
        let file = company.commissions_csv(&all).await.unwrap();
        let lines: Vec<&str> = file.trim_end().split("\r\n").collect();
        assert_eq!(lines.len(), 3);
        assert!(lines[0].starts_with("Commission,Partner,Deal,Customer,"));
        assert!(lines[1].contains(",-0.05,EUR,Approved,2026-11-22,"), "{}", lines[1]);
        assert!(lines[2].contains(",alta partner,ALT-1,\"Tern, Labs\",Won deal,"), "{}", lines[2]);
        assert!(lines[2].contains(",1200.05,EUR,Approved,"), "{}", lines[2]);
        assert!(lines[2].contains("\"'=HYPERLINK(\"\"x\"\")\",1,"), "{}", lines[2]);
        let own = desk.partner().await.commissions_csv(&all).await.unwrap();
        assert!(!own.contains("alta partner") && own.starts_with("Commission,Deal,"));
        let none = CommissionFilter { status: Some(CommissionStatus::Paid), ..all };
        assert_eq!(company.commissions_csv(&none).await.unwrap().lines().count(), 1);
    }
}
