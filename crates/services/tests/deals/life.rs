//! From the form to the confirmed win.

use domain::commands::{
    AppealDeal, ChangeMembership, JudgeWin, ResubmitDeal, SaveDraft, SwitchSubmissions,
};
use domain::deals::{Decision, MoveDetails, Refusal, RegistrationStatus, WinStatus, WinVerdict};
use domain::forms::FieldKey;
use domain::people::MembershipStatus;
use domain::views::DealFilter;
use services::ServiceError;
use services::deals::Submitted;
use testkit::both_engines;

use crate::desk::{Desk, answers};

both_engines! {
    async fn a_deal_goes_from_the_form_to_the_confirmed_win(db: &TestDb) {
        let desk = Desk::open(db).await;
        let deal = desk.submit("key-1", "Hale & Moss Ltd").await;
        let page = desk.partner().await.deal(deal).await.unwrap();
        assert_eq!(page.deal.number, "ALT-1");
        assert_eq!(page.deal.summary.value.unwrap().display(), "EUR 12,000.50");
        assert_eq!(desk.services.unread_notices(desk.world.admin.id).await.unwrap(), 1);
        assert_eq!(desk.company().await.review_queue().await.unwrap().items.len(), 1);

        desk.decide(deal, Decision::Approve { message: "Welcome".into() }).await.unwrap();
        assert_eq!(desk.services.unread_notices(desk.world.owner.id).await.unwrap(), 1);
        desk.clock.advance_seconds(3 * 86_400);
        desk.move_to(deal, "Proposal", MoveDetails::default()).await.unwrap();
        desk.win(deal).await;
        let customers = desk.company().await.customers("").await.unwrap();
        assert_eq!(customers.len(), 1);
        assert!(!customers[0].confirmed);

        let version = desk.version(deal).await;
        desk.company().await.judge_win(JudgeWin { deal, verdict: WinVerdict::Confirm, version }).await.unwrap();
        assert!(desk.company().await.customers("moss").await.unwrap()[0].confirmed);
        assert_eq!(
            desk.history(deal).await,
            ["deal_submitted", "deal_approved", "stage_moved", "win_marked", "win_confirmed"]
        );
        let page = desk.partner().await.deal(deal).await.unwrap();
        assert_eq!(page.deal.win.status(), WinStatus::Confirmed);
        let moved = page.deal.timeline.iter().find_map(|entry| entry.fact.seconds_in_stage().filter(|s| *s > 0));
        assert_eq!(moved, Some(3 * 86_400));
        assert_eq!(desk.services.unread_notices(desk.world.owner.id).await.unwrap(), 0, "opening the deal reads them");
    }

    async fn a_rejected_win_reopens_the_deal_and_takes_the_customer_back(db: &TestDb) {
        let desk = Desk::open(db).await;
        let deal = desk.approved("key-1", "Tern Labs").await;
        desk.win(deal).await;
        let verdict = WinVerdict::Reject { reason: "No order came".into(), reopen_at: desk.stage("Negotiation") };
        let version = desk.version(deal).await;
        desk.company().await.judge_win(JudgeWin { deal, verdict, version }).await.unwrap();
        let page = desk.partner().await.deal(deal).await.unwrap();
        assert_eq!(page.deal.placement.unwrap().stage, desk.stage("Negotiation"));
        assert!(page.deal.actions.mark_won);
        assert!(desk.company().await.customers("").await.unwrap().is_empty());
        desk.win(deal).await;
        assert_eq!(desk.company().await.customers("").await.unwrap().len(), 1);
    }

    async fn the_last_rejected_win_of_a_business_takes_its_customer_back(db: &TestDb) {
        let desk = Desk::open(db).await;
        let company = desk.company().await;
        let deals = [desk.approved("key-1", "Tern Labs").await, desk.approved("key-2", "Tern Labs").await];
        for deal in deals {
            desk.win(deal).await;
        }
        for (deal, left) in [(deals[0], 1), (deals[1], 0)] {
            let verdict = WinVerdict::Reject { reason: "No order came".into(), reopen_at: desk.stage("Proposal") };
            let version = desk.version(deal).await;
            company.judge_win(JudgeWin { deal, verdict, version }).await.unwrap();
            assert_eq!(company.customers("").await.unwrap().len(), left);
        }
    }

    async fn the_same_form_sent_again_is_the_same_deal(db: &TestDb) {
        let desk = Desk::open(db).await;
        let first = desk.submit("key-1", "Tern Labs").await;
        let (partner, again) = (desk.partner().await, desk.submission("key-1", "Tern Labs"));
        let others = futures_of(&partner, &again).await;
        assert!(others.iter().all(|deal| *deal == first));
        assert_eq!(partner.deals(&DealFilter::default(), None).await.unwrap().rows.len(), 1);
        assert_eq!(desk.submit("key-2", "Brightwater").await, desk.submit("key-2", "Brightwater").await);
        assert_eq!(partner.deals(&DealFilter::default(), None).await.unwrap().rows[0].number, "ALT-2");
    }

    async fn a_form_sent_twice_at_once_is_one_deal(db: &TestDb) {
        let desk = Desk::open(db).await;
        let partner = desk.partner().await;
        for round in 0..12 {
            let key = format!("key-{round}");
            let save = SaveDraft { submit_key: key.clone(), answers: answers("Tern Labs") };
            let (draft, _) = partner.save_draft(save.clone()).await.unwrap();
            let submit = || {
                let (partner, command) = (partner.clone(), desk.submission(&key, "Tern Labs"));
                tokio::spawn(async move { partner.submit_deal(command).await })
            };
            let keep = { let partner = partner.clone(); tokio::spawn(async move { partner.save_draft(save).await }) };
            let sent = [submit(), submit(), submit()];
            let mut now = 0;
            for one in sent {
                let submitted = one.await.unwrap().unwrap();
                now += usize::from(matches!(submitted, Submitted::Now(_)));
                assert_eq!(submitted.deal(), draft);
            }
            assert_eq!(now, 1);
            let kept = keep.await.unwrap();
            let late = matches!(kept, Err(ServiceError::Rule(Refusal::AlreadySubmitted)));
            assert!(late || kept.is_ok(), "{kept:?}");
        }
        let mut numbers: Vec<_> = partner.deals(&DealFilter::default(), None).await.unwrap().rows;
        numbers.sort_by(|a, b| a.number.len().cmp(&b.number.len()).then(a.number.cmp(&b.number)));
        assert_eq!((numbers.len(), numbers[11].number.as_str()), (12, "ALT-12"));
    }

    async fn what_was_allowed_at_the_door_is_asked_again_inside(db: &TestDb) {
        let desk = Desk::open(db).await;
        let partner = desk.partner().await;
        let company = desk.company().await;
        let save = SaveDraft { submit_key: "key-1".into(), answers: answers("Tern Labs") };
        partner.save_draft(save.clone()).await.unwrap();
        company.switch_submissions(SwitchSubmissions { open: false }).await.unwrap();
        let sent = partner.submit_deal(desk.submission("key-1", "Tern Labs")).await;
        assert!(matches!(sent, Err(ServiceError::Rule(Refusal::SubmissionsClosed))), "{sent:?}");
        company.switch_submissions(SwitchSubmissions { open: true }).await.unwrap();
        let (membership, tier) = (desk.world.membership.id, None);
        let status = MembershipStatus::Suspended;
        company.change_membership(ChangeMembership { membership, status, tier, version: 1 }).await.unwrap();
        let sent = partner.submit_deal(desk.submission("key-1", "Tern Labs")).await;
        assert!(matches!(sent, Err(ServiceError::Forbidden)), "{sent:?}");
        assert!(matches!(partner.save_draft(save).await, Err(ServiceError::Forbidden)));
    }

    async fn a_draft_is_kept_and_becomes_the_deal(db: &TestDb) {
        let desk = Desk::open(db).await;
        let partner = desk.partner().await;
        let save = SaveDraft { submit_key: "key-1".into(), answers: [("customer", "Half a na")].into_iter().collect() };
        let (draft, _) = partner.save_draft(save.clone()).await.unwrap();
        assert_eq!(partner.save_draft(save).await.unwrap().0, draft);
        let page = partner.registration_page(Some("key-1")).await.unwrap();
        assert_eq!(page.answers, [("customer", "Half a na")].into_iter().collect());
        assert_eq!(partner.drafts().await.unwrap()[0].customer, "Half a na");
        assert!(desk.company().await.deal(draft).await.is_err(), "a draft is its team's own business");
        assert_eq!(desk.submit("key-1", "Whole name").await, draft);
        assert!(partner.drafts().await.unwrap().is_empty());
        assert_eq!(desk.history(draft).await, ["deal_drafted", "deal_submitted"]);
    }

    async fn a_note_beyond_measure_is_a_fault_of_its_input(db: &TestDb) {
        let desk = Desk::open(db).await;
        let deal = desk.submit("key-1", "Tern Labs").await;
        let date = FieldKey::parse("close_date").unwrap();
        let ask = |fields| Decision::AskInfo { message: "When?".into(), fields };
        let unknown = ask(vec![FieldKey::parse("nothing").unwrap()]);
        assert!(desk.decide(deal, unknown).await.is_err());
        desk.decide(deal, ask(vec![date.clone(), date.clone()])).await.unwrap();
        let partner = desk.partner().await;
        assert_eq!(partner.answer_page(deal).await.unwrap().needs_info.unwrap().fields, [date]);
        let version = desk.version(deal).await;
        let long = "x".repeat(domain::deals::MAX_REASON + 1);
        let resubmit = |note: &str| ResubmitDeal {
            deal,
            answers: answers("Tern Labs"),
            note: note.into(),
            version,
        };
        let at_note = |outcome| match outcome {
            Err(ServiceError::Invalid(faults)) => assert_eq!(faults[0].input, "note"),
            other => panic!("{other:?}"),
        };
        at_note(partner.resubmit_deal(resubmit(&long)).await);
        partner.resubmit_deal(resubmit(&long[1..])).await.unwrap();
        desk.decide(deal, Decision::Decline { reason: "No".into() }).await.unwrap();
        let version = desk.version(deal).await;
        at_note(partner.appeal_deal(AppealDeal { deal, note: long, version }).await);
    }

    async fn questions_open_only_the_named_fields(db: &TestDb) {
        let desk = Desk::open(db).await;
        let deal = desk.submit("key-1", "Tern Labs").await;
        let fields = vec![FieldKey::parse("close_date").unwrap()];
        desk.decide(deal, Decision::AskInfo { message: "When?".into(), fields }).await.unwrap();
        let partner = desk.partner().await;
        let page = partner.answer_page(deal).await.unwrap();
        assert_eq!(page.needs_info.unwrap().message, "When?");
        let version = desk.version(deal).await;
        let resubmit = |customer: &str, date: &str| {
            let mut posted = answers(customer);
            posted.set(&FieldKey::parse("close_date").unwrap(), vec![date.into()]);
            ResubmitDeal { deal, answers: posted, note: "Sorry".into(), version }
        };
        assert!(partner.resubmit_deal(resubmit("Another customer", "2027-02-28")).await.is_err());
        partner.resubmit_deal(resubmit("Tern Labs", "2027-02-28")).await.unwrap();
        let page = partner.deal(deal).await.unwrap();
        assert_eq!(page.deal.registration.status(), RegistrationStatus::Submitted);
        assert_eq!(page.deal.summary.close_date.unwrap().to_string(), "2027-02-28");
        assert_eq!(page.deal.summary.customer, "Tern Labs");
    }

    async fn the_board_counts_what_it_holds(db: &TestDb) {
        let desk = Desk::open(db).await;
        for number in 0..5 {
            desk.approved(&format!("key-{number}"), &format!("Customer {number}")).await;
        }
        desk.submit("key-9", "Waiting one").await;
        let board = desk.partner().await.board(&DealFilter::default()).await.unwrap();
        let first = &board.columns[0];
        assert_eq!(first.count, 5);
        assert_eq!(first.totals.iter().next().unwrap().display(), "EUR 60,002.50");
        assert_eq!(first.cards.len(), 5);
        assert!(first.cards.windows(2).all(|pair| pair[0].rank < pair[1].rank));
        assert_eq!(board.waiting.len(), 1);
        let filter = DealFilter { search: "customer 0".into(), ..DealFilter::default() };
        let board = desk.company().await.board(&filter).await.unwrap();
        assert_eq!(board.board.columns[0].count, 1);
        assert_eq!(board.partners.len(), 1);
    }
}

/// The same submission ten times at once.
async fn futures_of(
    partner: &services::PartnerAccess,
    submission: &domain::commands::SubmitDeal,
) -> Vec<domain::DealId> {
    let mut running = tokio::task::JoinSet::new();
    for _ in 0..10 {
        let (partner, submission) = (partner.clone(), submission.clone());
        running.spawn(async move { partner.submit_deal(submission).await.unwrap().deal() });
    }
    running.join_all().await
}
