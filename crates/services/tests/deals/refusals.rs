//! What the rules and the roles refuse, and that a refusal changes nothing.

use domain::commands::{AddClaim, DecideDeal, MoveDeal, Place, SaveDraft, WithdrawDeal};
use domain::deals::{Decision, MoveDetails, Refusal};
use domain::views::DealFilter;
use services::ServiceError;
use testkit::{World, both_engines};

use crate::desk::Desk;

fn refused(outcome: Result<impl std::fmt::Debug, ServiceError>) -> Refusal {
    match outcome {
        Err(ServiceError::Rule(refusal)) => refusal,
        other => panic!("not refused by a rule: {other:?}"),
    }
}

both_engines! {
    async fn no_stage_moves_before_approval_or_after_a_refusal(db: &TestDb) {
        let desk = Desk::open(db).await;
        let deal = desk.submit("key-1", "Tern Labs").await;
        let go = || desk.move_to(deal, "Proposal", MoveDetails::default());
        assert_eq!(refused(go().await), Refusal::AwaitsReview);
        desk.decide(deal, Decision::Ineligible { reason: "Ours already".into() }).await.unwrap();
        assert_eq!(refused(go().await), Refusal::IsIneligible);
        assert_eq!(desk.history(deal).await, ["deal_submitted", "deal_marked_ineligible"]);
    }

    async fn a_won_deal_is_locked_for_the_partner(db: &TestDb) {
        let desk = Desk::open(db).await;
        let deal = desk.approved("key-1", "Tern Labs").await;
        desk.win(deal).await;
        let before = desk.history(deal).await;
        assert_eq!(refused(desk.move_to(deal, "Proposal", MoveDetails::default()).await), Refusal::LockedByWin);
        let version = desk.version(deal).await;
        let withdraw = WithdrawDeal { deal, version };
        assert_eq!(refused(desk.partner().await.withdraw_deal(withdraw).await), Refusal::LockedByWin);
        assert_eq!(desk.history(deal).await, before);
    }

    async fn a_lost_stage_asks_why_and_a_won_stage_asks_to_be_sure(db: &TestDb) {
        let desk = Desk::open(db).await;
        let deal = desk.approved("key-1", "Tern Labs").await;
        let go = |stage: &'static str, details: MoveDetails| desk.move_to(deal, stage, details);
        assert_eq!(refused(go("Closed lost", MoveDetails::default()).await), Refusal::LostReasonMissing);
        assert_eq!(refused(go("Closed won", MoveDetails::default()).await), Refusal::WinUnconfirmed);
        assert!(desk.company().await.customers("").await.unwrap().is_empty(), "a refused win leaves no customer");
        let lost_reason = Some(desk.world.pipeline.lost_reasons[0].id);
        go("Closed lost", MoveDetails { lost_reason, ..MoveDetails::default() }).await.unwrap();
        let page = desk.partner().await.deal(deal).await.unwrap();
        assert_eq!(page.deal.lost_reason.unwrap().1, "Price");
    }

    async fn the_company_moves_nothing_unless_it_overrides(db: &TestDb) {
        let desk = Desk::open(db).await;
        let deal = desk.approved("key-1", "Tern Labs").await;
        let version = desk.version(deal).await;
        let command = |reason: Option<&str>| MoveDeal {
            deal,
            to_stage: desk.stage("Proposal"),
            place: Place::Top,
            details: MoveDetails { override_reason: reason.map(Into::into), ..MoveDetails::default() },
            version,
        };
        let company = desk.company().await;
        assert_eq!(refused(company.override_stage(command(None)).await), Refusal::CompanyOverridesOnly);
        assert_eq!(refused(company.override_stage(command(Some("  "))).await), Refusal::ReasonMissing);
        let reorder = |reason: &str| MoveDeal { to_stage: desk.stage("Qualified"), ..command(Some(reason)) };
        assert_eq!(refused(company.override_stage(reorder(" ")).await), Refusal::ReasonMissing);
        company.override_stage(command(Some("They called us"))).await.unwrap();
        let page = company.deal(deal).await.unwrap();
        assert!(page.deal.timeline[0].fact.sentence().starts_with("overrode the stage"));
        assert_eq!(desk.services.unread_notices(desk.world.owner.id).await.unwrap(), 2);
    }

    async fn the_later_of_two_reviewers_is_told_who_was_first(db: &TestDb) {
        let desk = Desk::open(db).await;
        let deal = desk.submit("key-1", "Tern Labs").await;
        let version = desk.version(deal).await;
        let company = desk.company().await;
        let decide = |decision| company.decide(DecideDeal { deal, decision, version });
        decide(Decision::Approve { message: String::new() }).await.unwrap();
        match decide(Decision::Decline { reason: "Late".into() }).await {
            Err(ServiceError::Conflict(view)) => {
                assert_eq!(view.who, "admin of alta");
                assert!(view.what.starts_with("approved the registration"), "{}", view.what);
            }
            other => panic!("{other:?}"),
        }
        assert_eq!(desk.services.unread_notices(desk.world.owner.id).await.unwrap(), 1, "told once");
    }

    async fn a_draft_does_not_exist_for_the_company(db: &TestDb) {
        let desk = Desk::open(db).await;
        let mut heard = db.announcer().subscribe();
        let save = SaveDraft { submit_key: "key-1".into(), answers: crate::desk::answers("Tern Labs") };
        let partner = desk.partner().await;
        let (draft, _) = partner.save_draft(save).await.unwrap();
        let company = desk.company().await;
        let claim = AddClaim { customer: "Another".into(), site: String::new(), note: String::new() };
        company.add_claim(claim).await.unwrap();
        let mut topics = Vec::new();
        for _ in 0..3 {
            topics.push(heard.recv().await.unwrap().topic.clone());
        }
        // The draft to its team, which is told that it was begun and that it was saved; then the claim to the program.
        let (partner_topic, program) = (desk.world.partner.id, desk.world.program.id);
        let team = format!("partner:{partner_topic}");
        assert_eq!(topics, [team.clone(), team, format!("program:{program}")]);
        for decision in [Decision::Approve { message: String::new() }, Decision::Decline { reason: "No".into() }] {
            let decided = company.decide(DecideDeal { deal: draft, decision, version: 1 }).await;
            assert!(matches!(decided, Err(ServiceError::NotFound)), "{decided:?}");
        }
        let command = MoveDeal {
            deal: draft,
            to_stage: desk.stage("Proposal"),
            place: Place::Top,
            details: MoveDetails { override_reason: Some("Ours".into()), ..MoveDetails::default() },
            version: 2,
        };
        let moved = company.override_stage(command).await;
        assert!(matches!(moved, Err(ServiceError::NotFound)), "{moved:?}");
        let version = partner.deal(draft).await.unwrap().deal.version;
        let withdrawn = partner.withdraw_deal(WithdrawDeal { deal: draft, version }).await;
        assert_eq!(refused(withdrawn), Refusal::NotSubmittedYet);
        assert!(company.deals(&DealFilter::default(), None).await.unwrap().rows.is_empty());
    }

    async fn a_foreign_tenant_finds_nothing(db: &TestDb) {
        let desk = Desk::open(db).await;
        let deal = desk.approved("key-1", "Tern Labs").await;
        let foreign = Desk::of(db, World::build_named(db, "berg").await);
        assert!(matches!(foreign.partner().await.deal(deal).await, Err(ServiceError::NotFound)));
        assert!(matches!(foreign.company().await.deal(deal).await, Err(ServiceError::NotFound)));
        let theirs = foreign.world.owner.id;
        let outcome = foreign.services.partner(theirs, desk.world.membership.id).await;
        assert!(matches!(outcome, Err(ServiceError::NotFound)));
        let outcome = foreign.services.company(theirs, desk.world.program.id).await;
        assert!(matches!(outcome, Err(ServiceError::NotFound)));
        let command = MoveDeal {
            deal,
            to_stage: foreign.stage("Proposal"),
            place: Place::Top,
            details: MoveDetails::default(),
            version: 3,
        };
        assert!(matches!(foreign.partner().await.move_deal(command).await, Err(ServiceError::NotFound)));
    }

    async fn two_sweeps_at_once_expire_each_deal_once(db: &TestDb) {
        let desk = Desk::open(db).await;
        for number in 0..16 {
            desk.approved(&format!("key-{number}"), &format!("Business {number}")).await;
        }
        desk.clock.advance_seconds(91 * 86_400);
        let sweeps = [(); 4].map(|()| {
            let services = desk.services.clone();
            tokio::spawn(async move { services.expire_protections().await })
        });
        let mut expired = 0;
        for sweep in sweeps {
            expired += sweep.await.unwrap().unwrap();
        }
        assert_eq!(expired, 16);
    }

    async fn protection_ends_with_the_clock_and_is_extended_once(db: &TestDb) {
        let desk = Desk::open(db).await;
        let deal = desk.approved("key-1", "Tern Labs").await;
        desk.clock.advance_seconds(91 * 86_400);
        assert_eq!(refused(desk.move_to(deal, "Proposal", MoveDetails::default()).await), Refusal::IsExpired);
        assert_eq!(desk.services.expire_protections().await.unwrap(), 1);
        assert_eq!(desk.services.expire_protections().await.unwrap(), 0);
        let extend = |version| domain::commands::ExtendProtection { deal, version };
        let version = desk.version(deal).await;
        let version = desk.company().await.extend_protection(extend(version)).await.unwrap();
        assert_eq!(refused(desk.company().await.extend_protection(extend(version)).await), Refusal::ExtensionUsed);
        desk.move_to(deal, "Proposal", MoveDetails::default()).await.unwrap();
    }
}
