//! At least once, under one id, by workers that share the work; backing off, and ending.

use domain::Clock;
use domain::mail::{LAST_TRY, MailState, next_try_after};
use services::mail::Delivered;
use testkit::both_engines;

use crate::office::{Answer, Office};

both_engines! {
    async fn a_failed_mail_is_tried_again_later_and_later_and_then_no_more(db: &TestDb) {
        let office = Office::open(db).await;
        office.mailer.answers((0..LAST_TRY).map(|_| Answer::Later("451 greylisted")));
        office.submit("key-1", "Hale & Moss").await;
        let first = office.deliver().await.remove(0);
        for tries in 1..LAST_TRY {
            let mail = office.outbox().await.mails.remove(0);
            assert_eq!((mail.state, mail.attempts, mail.last_error.as_str()), (MailState::Queued, tries, "451 greylisted"));
            let pause = next_try_after(tries).unwrap();
            assert_eq!(mail.next_try_at, Some(office.clock.now().plus_seconds(pause)));
            office.clock.advance_seconds(pause - 1);
            assert!(office.deliver().await.is_empty(), "too early");
            office.clock.advance_seconds(1);
            assert_eq!(office.deliver().await, std::slice::from_ref(&first), "the same mail under the same id");
        }
        let mail = office.outbox().await.mails.remove(0);
        assert_eq!((mail.state, mail.attempts, mail.next_try_at), (MailState::Dead, LAST_TRY, None));
        office.clock.advance_seconds(400 * 86_400);
        office.is_empty().await;
    }

    async fn a_refused_mail_is_dead_at_once_and_holds_no_other_up(db: &TestDb) {
        let office = Office::open(db).await;
        office.mailer.answers([Answer::Refused("550 no such mailbox")]);
        office.submit("key-1", "Hale & Moss").await;
        assert_eq!(office.services.deliver_due().await.unwrap(), Delivered { sent: 0, failed: 0, dead: 1 });
        office.submit("key-2", "Tern Labs").await;
        assert_eq!(office.services.deliver_due().await.unwrap(), Delivered { sent: 1, failed: 0, dead: 0 });
        let mails = office.outbox().await.mails;
        assert_eq!([mails[0].state, mails[1].state], [MailState::Sent, MailState::Dead]);
        assert_eq!(mails[1].last_error, "550 no such mailbox");
        assert_eq!(office.mailer.tried().len(), 2);
        office.is_empty().await;
    }

    async fn a_server_that_says_nothing_is_waited_for_and_given_up(db: &TestDb) {
        let office = Office::open(db).await;
        office.mailer.answers([Answer::Silence]);
        office.submit("key-1", "Hale & Moss").await;
        let first = office.deliver().await;
        let mail = office.outbox().await.mails.remove(0);
        assert_eq!(mail.last_error, "The mail server did not answer within 0.05 seconds");
        office.clock.advance_seconds(60);
        assert_eq!(office.deliver().await, first);
        office.is_empty().await;
    }

    async fn what_a_dead_worker_had_in_hand_is_delivered_by_another(db: &TestDb) {
        let office = Office::open(db).await;
        office.submit("key-1", "Hale & Moss").await;
        // As a worker that is killed between taking the mail and the server's answer: nothing is noted.
        let now = office.clock.now();
        let lease = now.plus_seconds(60);
        let taken = testkit::in_write!(db, |tx| [] store::mail::take(tx, now, lease, 8).await).unwrap();
        assert!(office.deliver().await.is_empty(), "it is in another's hand");
        office.clock.set(lease);
        let delivered = office.deliver().await;
        assert_eq!(delivered[0].id, taken[0].id);
        assert_eq!(office.outbox().await.mails[0].state, MailState::Sent);
        office.is_empty().await;
    }

    async fn workers_share_the_work_and_deliver_each_mail_once(db: &TestDb) {
        let office = Office::open(db).await;
        for number in 0..30 {
            office.submit(&format!("key-{number}"), &format!("Customer {number}")).await;
        }
        let mut running = tokio::task::JoinSet::new();
        for _ in 0..3 {
            let (services, mailer) = office.worker();
            running.spawn(async move {
                while services.deliver_due().await.unwrap().taken() > 0 {}
                mailer.tried()
            });
        }
        let mut delivered: Vec<_> = running.join_all().await.concat().into_iter().map(|mail| mail.id).collect();
        delivered.sort();
        delivered.dedup();
        assert_eq!(delivered.len(), 30);
        let mails = office.outbox().await.mails;
        assert!(mails.iter().all(|mail| mail.state == MailState::Sent && mail.attempts == 1));
        office.is_empty().await;
    }
}
