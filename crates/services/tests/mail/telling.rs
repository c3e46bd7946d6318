//! Who is written to, of what, and in which words.

use domain::commands::{SaveNoticeChoices, SendMessage};
use domain::deals::Decision;
use domain::messages::About;
use domain::notices::{Channel, NoticeKind};
use domain::people::Side;
use services::ServiceError;
use testkit::both_engines;

use crate::office::{Office, person};

fn decline(reason: &str) -> Decision {
    Decision::Decline {
        reason: reason.into(),
    }
}

both_engines! {
    async fn a_registration_is_told_to_the_company_and_a_verdict_to_the_partner(db: &TestDb) {
        let office = Office::open(db).await;
        let deal = office.submit("key-1", "Hale & Moss").await;
        let [mail] = &office.deliver().await[..] else { panic!("not one mail") };
        assert_eq!(mail.to, "admin@alta.test");
        assert_eq!(mail.subject, "ALT-1 Hale & Moss: new registration");
        let link = format!("https://deals.example/c/{}/deals/{deal}", office.world.program.id);
        assert!(mail.text.contains("owner of alta registered the deal as ALT-1."), "{}", mail.text);
        assert!(mail.text.contains(&link) && mail.html.contains(&link), "{}", mail.text);

        let version = office.version(deal).await;
        office.decide(deal, decline("Too <small>"), version).await.unwrap();
        let [mail] = &office.deliver().await[..] else { panic!("not one mail") };
        assert_eq!(mail.to, "owner@alta.test");
        assert_eq!(mail.subject, "ALT-1 Hale & Moss: declined");
        assert!(mail.text.contains("> Too <small>"), "{}", mail.text);
        assert!(mail.html.contains("Too &lt;small&gt;"), "{}", mail.html);
        let link = format!("https://deals.example/p/{}/deals/{deal}", office.world.membership.id);
        assert!(mail.text.contains(&link), "{}", mail.text);
        office.is_empty().await;
    }

    async fn what_did_not_happen_is_not_told(db: &TestDb) {
        let office = Office::open(db).await;
        let deal = office.submit("key-1", "Hale & Moss").await;
        office.submit("key-1", "Hale & Moss").await;
        assert_eq!(office.deliver().await.len(), 1, "the same form again is no news");
        let version = office.version(deal).await;
        office.decide(deal, decline("No"), version).await.unwrap();
        let late = office.decide(deal, decline("No"), version).await;
        assert!(matches!(late, Err(ServiceError::Conflict(_))), "{late:?}");
        assert_eq!(office.deliver().await.len(), 1, "the later reviewer wrote nobody");
        office.is_empty().await;
    }

    async fn each_is_told_by_the_channels_they_chose(db: &TestDb) {
        let office = Office::open(db).await;
        let admin = person(&office.world.admin);
        let choose = |on: &[(NoticeKind, Channel)]| SaveNoticeChoices {
            shown: vec![NoticeKind::Registrations],
            on: on.to_vec(),
        };
        for (number, on) in [
            &[(NoticeKind::Registrations, Channel::Bell)][..],
            &[(NoticeKind::Registrations, Channel::Mail)][..],
            &[][..],
        ].into_iter().enumerate() {
            let before = office.services.unread_notices(admin.id).await.unwrap();
            office.services.save_notice_choices(&admin, choose(on)).await.unwrap();
            office.submit(&format!("key-{number}"), &format!("Customer {number}")).await;
            let mailed = office.deliver().await.len();
            let rung = office.services.unread_notices(admin.id).await.unwrap() - before;
            let expected = |channel| i64::from(on.contains(&(NoticeKind::Registrations, channel)));
            assert_eq!((rung, i64::try_from(mailed).unwrap()), (expected(Channel::Bell), expected(Channel::Mail)));
        }
        let view = office.services.notice_choices(&admin).await.unwrap();
        assert_eq!(view.email, "admin@alta.test");
        assert!(view.rows.iter().all(|row| row.kind.side() == Side::Company), "only the own side's rows");
        for row in view.rows {
            let chosen = row.kind == NoticeKind::Registrations;
            assert_eq!((row.bell, row.mail), (!chosen, !chosen), "rows that were not shown stay");
        }
        office.is_empty().await;
    }

    async fn a_message_is_mailed_to_the_other_side_and_a_note_to_nobody(db: &TestDb) {
        let office = Office::open(db).await;
        let (owner, admin) = (office.world.owner.id, office.world.admin.id);
        let (membership, program) = (office.world.membership.id, office.world.program.id);
        let words = |text: &str| SendMessage { key: "key-1".into(), text: text.into(), offer: None };
        let partner = office.services.partner(owner, membership).await.unwrap();
        partner.send_message(None, words("When do you <pay>?"), Vec::new()).await.unwrap();
        partner.send_message(None, words("When do you <pay>?"), Vec::new()).await.unwrap();
        let [mail] = &office.deliver().await[..] else { panic!("not one mail") };
        assert_eq!((mail.to.as_str(), mail.subject.as_str()), ("admin@alta.test", "alta referrals: message from owner of alta"));
        assert!(mail.text.contains("owner of alta of alta partner wrote a message about alta referrals."), "{}", mail.text);
        assert!(mail.text.contains("> When do you <pay>?"), "{}", mail.text);
        let link = format!("https://deals.example/c/{program}/messages/{membership}#msg_");
        assert!(mail.text.contains(&link) && mail.html.contains(&link), "{}", mail.text);

        let company = office.services.company(admin, program).await.unwrap();
        let about = About::Partner(membership);
        company.write_note(about, words("Let us wait"), Vec::new()).await.unwrap();
        assert_eq!(office.deliver().await, [], "a note is nobody's news");
        company.send_message(about, words("Each month."), Vec::new()).await.unwrap();
        let [mail] = &office.deliver().await[..] else { panic!("not one mail") };
        assert_eq!(mail.to, "owner@alta.test");
        assert!(mail.text.contains(&format!("https://deals.example/p/{membership}/messages#msg_")), "{}", mail.text);
        let choices = SaveNoticeChoices { shown: vec![NoticeKind::CompanyMessages], on: vec![(NoticeKind::CompanyMessages, Channel::Bell)] };
        office.services.save_notice_choices(&person(&office.world.owner), choices).await.unwrap();
        company.send_message(about, words("At its end."), Vec::new()).await.unwrap();
        office.is_empty().await;
        assert_eq!(partner.unread_messages().await.unwrap(), 2, "what is not mailed is unread all the same");
    }

    async fn nobody_writes_to_a_shut_account(db: &TestDb) {
        let office = Office::open(db).await;
        let (admin, now) = (office.world.admin.id, db.now());
        testkit::in_write!(db, |tx| [] store::accounts::users::save_disabled(tx, admin, Some(now)).await).unwrap();
        office.submit("key-1", "Hale & Moss").await;
        office.is_empty().await;
    }
}
