//! The outbox page: whose mail it shows, what of it, and trying again.

use domain::MailId;
use domain::mail::MailState;
use domain::people::CompanyRole;
use services::ServiceError;
use testkit::{World, both_engines, in_write};

use crate::office::{Answer, Office};

both_engines! {
    async fn a_dead_letter_is_listed_and_tried_again_under_its_id(db: &TestDb) {
        let office = Office::open(db).await;
        office.mailer.answers([Answer::Refused("550 mailbox full")]);
        office.submit("key-1", "Hale & Moss").await;
        office.submit("key-2", "Tern Labs").await;
        let first = office.deliver().await;
        let team = office.team().await;
        let dead = team.outbox(Some(MailState::Dead), None).await.unwrap();
        let [dead] = &dead.mails[..] else { panic!("not one dead letter: {dead:?}") };
        assert!(dead.may_retry);
        team.retry_mail(dead.id).await.unwrap();
        let [again] = &office.deliver().await[..] else { panic!("not one mail") };
        assert_eq!(again.id, dead.id);
        assert!(first.contains(again));
        assert!(team.outbox(Some(MailState::Dead), None).await.unwrap().mails.is_empty());
        let sent = team.retry_mail(dead.id).await;
        assert!(matches!(sent, Err(ServiceError::Invalid(_))), "what is sent is not sent again: {sent:?}");
        let mut conn = office.services.read().await.unwrap();
        let facts = store::events::list_by_subject(&mut conn, office.world.company.id.uuid(), 0, 10).await.unwrap();
        assert_eq!(facts.iter().map(|row| row.kind.as_str()).collect::<Vec<_>>(), ["mail_retried"]);
        drop(conn);
        office.is_empty().await;
    }

    async fn without_a_mail_server_mail_is_kept_and_shown(db: &TestDb) {
        let office = Office::open(db).await;
        office.submit_by(&office.without_mail, "key-1", "Hale & Moss").await;
        assert_eq!(office.without_mail.deliver_due().await.unwrap().taken(), 0);
        assert!(office.deliver().await.is_empty(), "nor does it go out by itself when there is one later");
        let without = office.team_of(&office.without_mail).await;
        let outbox = without.outbox(None, None).await.unwrap();
        assert!(!outbox.sends);
        assert_eq!((outbox.mails[0].state, outbox.mails[0].may_retry), (MailState::Kept, false));
        assert!(outbox.mails[0].text.contains("registered the deal as ALT-1"));
        assert!(without.retry_mail(outbox.mails[0].id).await.is_err());
        office.team().await.retry_mail(outbox.mails[0].id).await.unwrap();
        assert_eq!(office.deliver().await.len(), 1);
        office.is_empty().await;
    }

    async fn only_the_companys_admins_see_it_and_only_their_own(db: &TestDb) {
        let office = Office::open(db).await;
        let foreign = World::build_named(db, "borea").await;
        let (company, reviewer, now) = (office.world.company.id, foreign.owner.id, db.now());
        in_write!(db, |tx| [] store::companies::insert_member(tx, company, reviewer, CompanyRole::Reviewer, now).await).unwrap();
        office.mailer.answers([Answer::Refused("550 no"), Answer::Refused("550 no")]);
        office.submit("key-1", "Hale & Moss").await;
        assert_eq!(office.deliver().await.len(), 2);
        let mail = office.outbox().await.mails[0].id;
        let team = office.services.company_team(reviewer, company).await.unwrap();
        assert!(matches!(team.outbox(None, None).await, Err(ServiceError::Forbidden)));
        assert!(matches!(team.retry_mail(mail).await, Err(ServiceError::Forbidden)));
        let other = office.services.company_team(foreign.admin.id, foreign.company.id).await.unwrap();
        assert!(other.outbox(None, None).await.unwrap().mails.is_empty());
        assert!(matches!(other.retry_mail(mail).await, Err(ServiceError::NotFound)));
        assert!(matches!(other.retry_mail(MailId(uuid::Uuid::nil())).await, Err(ServiceError::NotFound)));
        office.is_empty().await;
    }

    async fn a_partners_addresses_are_masked_also_in_what_a_server_answered(db: &TestDb) {
        let office = Office::open(db).await;
        let deal = office.submit("key-1", "Hale & Moss").await;
        office.deliver().await;
        let version = office.version(deal).await;
        let decision = domain::deals::Decision::Approve { message: String::new() };
        office.mailer.answers([Answer::Refused("550 <owner@alta.test> is unknown")]);
        office.decide(deal, decision, version).await.unwrap();
        office.deliver().await;
        let mails = office.outbox().await.mails;
        assert_eq!((mails[0].to.as_str(), mails[1].to.as_str()), ("o\u{2026}@alta.test", "admin@alta.test"));
        assert_eq!(mails[0].last_error, "550 <o\u{2026}@alta.test> is unknown");
        office.is_empty().await;
    }

    async fn a_long_outbox_comes_in_pages(db: &TestDb) {
        let office = Office::open(db).await;
        for number in 0..51 {
            office.submit(&format!("key-{number}"), &format!("Customer {number}")).await;
        }
        office.deliver().await;
        let team = office.team().await;
        let first = team.outbox(None, None).await.unwrap();
        assert_eq!((first.mails.len(), first.next), (50, Some(first.mails[49].id)));
        let second = team.outbox(None, first.next).await.unwrap();
        assert_eq!((second.mails.len(), second.next), (1, None));
        office.is_empty().await;
    }
}
