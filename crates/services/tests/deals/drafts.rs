//! A draft, and an answer that is not sent yet, are their team's own business: the company neither hears nor reads of
//! them.

use domain::FileId;
use domain::commands::SaveDraft;
use domain::deals::{Decision, PRIVATE_FACTS, Refusal};
use domain::pipeline::StageRules;
use services::ServiceError;
use services::deals::StoredFile;
use testkit::{TestDb, both_engines};

use crate::desk::{Desk, answers};
use crate::entry::rule;

fn file(db: &TestDb) -> StoredFile {
    StoredFile {
        id: db.id::<FileId>(),
        name: "plan.pdf".into(),
        mime: "application/pdf".into(),
        size_bytes: 5,
        sha256: vec![7; 32],
    }
}

both_engines! {
    async fn nobody_but_the_team_hears_of_a_draft(db: &TestDb) {
        let desk = Desk::open(db).await;
        let (partner, field) = (desk.partner().await, domain::forms::FieldKey::parse("plan").unwrap());
        let mut heard = db.announcer().subscribe();
        let before = desk.services.last_seq().await.unwrap();
        let save = SaveDraft { submit_key: "key-1".into(), answers: answers("Tern Labs") };
        let (draft, _) = partner.save_draft(save).await.unwrap();
        let kept = partner.attach_file("key-1", &field, file(db)).await.unwrap();
        partner.remove_file(draft, kept.id).await.unwrap();
        partner.delete_draft(draft).await.unwrap();
        assert_eq!(desk.history(draft).await, ["deal_drafted", "file_attached", "file_removed", "draft_deleted"]);

        let own = format!("partner:{}", desk.world.partner.id);
        // The four facts, and that the draft was saved, which its open windows hear.
        for _ in 0..5 {
            assert_eq!(heard.recv().await.unwrap().topic, own);
        }
        assert!(heard.try_recv().is_err(), "somebody else is told");
        let missed = desk.services.announced_since(before, 100).await.unwrap();
        assert!(missed.iter().all(|announce| announce.topic == own), "{missed:?}");
        assert_eq!(desk.services.unread_notices(desk.world.admin.id).await.unwrap(), 0);
        let mut conn = db.read().await.unwrap();
        let (company, program) = (desk.world.company.id, desk.world.program.id);
        assert!(store::events::list_by_program(&mut conn, company, program, 0, 100).await.unwrap().is_empty());
        assert!(store::events::list_latest_by_program(&mut conn, company, program, 100).await.unwrap().is_empty());
        assert!(matches!(desk.company().await.deal(draft).await, Err(ServiceError::NotFound)));
    }

    async fn the_company_reads_a_history_from_the_registration_on(db: &TestDb) {
        let desk = Desk::open(db).await;
        let (partner, field) = (desk.partner().await, domain::forms::FieldKey::parse("plan").unwrap());
        let save = SaveDraft { submit_key: "key-1".into(), answers: answers("Tern Labs") };
        partner.save_draft(save).await.unwrap();
        partner.attach_file("key-1", &field, file(db)).await.unwrap();
        let deal = desk.submit("key-1", "Tern Labs").await;
        desk.decide(deal, Decision::AskInfo { message: "When?".into(), fields: Vec::new() }).await.unwrap();
        let version = desk.version(deal).await;
        partner.attach_file("key-1", &field, file(db)).await.unwrap();
        assert_eq!(
            desk.history(deal).await,
            ["deal_drafted", "file_attached", "deal_submitted", "info_requested", "file_attached"]
        );
        let seen = desk.company().await.deal(deal).await.unwrap().deal.timeline;
        let names: Vec<_> = seen.iter().map(|entry| entry.fact.name()).collect();
        assert_eq!(names, ["info_requested", "deal_submitted"]);
        assert!(names.iter().all(|name| !PRIVATE_FACTS.contains(name)));
        let (_, news) = desk.company().await.last_news(deal).await.unwrap().unwrap();
        assert_eq!(news.fact.name(), "info_requested");
        // What was attached did not change the deal: who comes too late hears who did.
        let command = domain::commands::WithdrawDeal { deal, version: version - 1 };
        match partner.withdraw_deal(command).await {
            Err(ServiceError::Conflict(conflict)) => {
                assert_eq!((conflict.current_version, conflict.what.as_str()), (version, "asked for more information"));
            }
            other => panic!("not a conflict: {other:?}"),
        }
    }

    async fn a_stage_is_given_a_file_only_while_the_deal_can_be_worked(db: &TestDb) {
        let desk = Desk::open(db).await;
        let (partner, field) = (desk.partner().await, domain::forms::FieldKey::parse("plan").unwrap());
        let deal = desk.approved("key-1", "Tern Labs").await;
        let refused = partner.attach_file("key-1", &field, file(db)).await;
        assert!(matches!(refused, Err(ServiceError::Rule(Refusal::AlreadySubmitted))), "{refused:?}");
        rule(&desk, "Proposal", StageRules { file: true, ..StageRules::default() }).await;
        partner.attach_file("key-1", &field, file(db)).await.unwrap();
        let before = desk.history(deal).await;
        // Its protection is over; nobody has swept yet.
        desk.clock.advance_seconds(10 * 366 * 86_400);
        let refused = desk.partner().await.attach_file("key-1", &field, file(db)).await;
        assert!(matches!(refused, Err(ServiceError::Rule(Refusal::AlreadySubmitted))), "{refused:?}");
        assert_eq!(desk.history(deal).await, before);
    }
}
