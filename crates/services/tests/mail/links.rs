//! Invitations and resets: the link reaches its receiver, and nobody else.

use domain::commands::InvitePartner;
use domain::mail::MailState;
use domain::people::{CompanyRole, PartnerRole};
use domain::views::LinkView;
use services::accounts::{AcceptInvitation, NewPerson, Origin};
use testkit::both_engines;

use crate::office::{Answer, Office};

fn token(link: &LinkView) -> &str {
    link.path.rsplit('/').next().unwrap()
}

/// The token of the first link with that path in the text.
fn token_in(text: &str, path: &str) -> String {
    let start = text
        .find(path)
        .unwrap_or_else(|| panic!("no {path} in {text}"))
        + path.len();
    text[start..]
        .chars()
        .take_while(char::is_ascii_hexdigit)
        .collect()
}

both_engines! {
    async fn an_invitation_is_mailed_and_its_link_lets_in(db: &TestDb) {
        let office = Office::open(db).await;
        let link = office.team().await.invite("rita@alta.test", CompanyRole::Reviewer).await.unwrap();
        assert!(link.mailed);
        // Waiting, in the outbox and on the way: the page never shows the token.
        for delivered in [false, true] {
            if delivered {
                let [mail] = &office.deliver().await[..] else { panic!("not one mail") };
                assert_eq!((mail.to.as_str(), mail.subject.as_str()), ("rita@alta.test", "admin of alta invites you to alta"));
                assert_eq!(token_in(&mail.text, "https://deals.example/invite/"), token(&link));
                assert_eq!(token_in(&mail.html, "https://deals.example/invite/"), token(&link));
                assert!(mail.text.contains("invites you to join the team as Reviewer"), "{}", mail.text);
            }
            let shown = office.outbox().await.mails.remove(0);
            assert_eq!(shown.to, "rita@alta.test");
            assert!(!format!("{shown:?}").contains(token(&link)), "{shown:?}");
            assert!(shown.text.contains("https://deals.example/invite/\u{2026}"), "{}", shown.text);
        }
        let mut conn = office.services.read().await.unwrap();
        let rows = store::mail::list_by_company(&mut conn, office.world.company.id, None, None, 9).await.unwrap();
        assert_eq!(rows[0].token, None, "it is not kept once the mail is sent");
        drop(conn);
        let account = NewPerson { name: "Rita".into(), email: String::new(), password: "correct horse battery".into() };
        let cmd = AcceptInvitation { token: token(&link).into(), account: Some(account), team: None, origin: Origin::default() };
        office.services.accept_invitation(cmd, None).await.unwrap();
        office.is_empty().await;
    }

    async fn a_partner_is_invited_by_mail_and_a_dead_letter_dies_with_its_link(db: &TestDb) {
        let office = Office::open(db).await;
        let (admin, program) = (office.world.admin.id, office.world.program.id);
        office.mailer.answers([Answer::Refused("550 no")]);
        let company = office.services.company(admin, program).await.unwrap();
        let invite = InvitePartner { partner_name: "Hale".into(), email: "max@hale.test".into(), tier: None };
        company.invite_partner(invite).await.unwrap();
        let [mail] = &office.deliver().await[..] else { panic!("not one mail") };
        assert!(mail.text.contains("join the program alta referrals"), "{}", mail.text);
        assert!(office.outbox().await.mails[0].may_retry);
        office.clock.advance_seconds(14 * 86_400);
        let dead = office.outbox().await.mails.remove(0);
        assert!(!dead.may_retry, "the link has ended");
        assert!(office.team().await.retry_mail(dead.id).await.is_err());
        office.is_empty().await;
    }

    async fn an_invitation_that_waited_longer_than_its_link_is_not_sent(db: &TestDb) {
        let office = Office::open(db).await;
        office.team().await.invite("rita@alta.test", CompanyRole::Reviewer).await.unwrap();
        office.clock.advance_seconds(14 * 86_400);
        assert!(office.deliver().await.is_empty());
        let dead = office.outbox().await.mails.remove(0);
        assert_eq!((dead.state, dead.last_error.as_str()), (MailState::Dead, "The link in it had ended before it could be delivered"));
        office.is_empty().await;
    }

    async fn an_invitation_that_was_taken_back_is_not_sent(db: &TestDb) {
        let office = Office::open(db).await;
        let team = office.team().await;
        team.invite("rita@alta.test", CompanyRole::Reviewer).await.unwrap();
        let open = team.view().await.unwrap().invitations.remove(0);
        team.withdraw_invitation(open.id).await.unwrap();
        assert!(office.deliver().await.is_empty());
        let dead = office.outbox().await.mails.remove(0);
        let why = "The link in it was used or taken back before it could be delivered";
        assert_eq!((dead.state, dead.last_error.as_str()), (MailState::Dead, why));
        office.is_empty().await;
    }

    async fn without_a_mail_server_no_token_is_kept(db: &TestDb) {
        let office = Office::open(db).await;
        let team = office.team_of(&office.without_mail).await;
        let link = team.invite("rita@alta.test", CompanyRole::Reviewer).await.unwrap();
        assert!(!link.mailed);
        let kept = office.outbox().await.mails.remove(0);
        assert_eq!((kept.state, kept.may_retry), (MailState::Kept, false), "its link could not be put in any more");
        let mut conn = office.services.read().await.unwrap();
        let rows = store::mail::list_by_company(&mut conn, office.world.company.id, None, None, 9).await.unwrap();
        assert_eq!(rows[0].token, None);
        drop(conn);
        office.is_empty().await;
    }

    async fn a_partner_teams_invitation_is_in_no_companys_outbox(db: &TestDb) {
        let office = Office::open(db).await;
        let (owner, partner) = (office.world.owner.id, office.world.partner.id);
        let team = office.services.partner_team(owner, partner).await.unwrap();
        let link = team.invite("mia@hale.test", PartnerRole::Member).await.unwrap();
        assert!(office.outbox().await.mails.is_empty());
        let [mail] = &office.deliver().await[..] else { panic!("not one mail") };
        assert_eq!((mail.to.as_str(), token_in(&mail.text, "/invite/").as_str()), ("mia@hale.test", token(&link)));
        office.is_empty().await;
    }

    async fn a_reset_reaches_its_account_alone(db: &TestDb) {
        let office = Office::open(db).await;
        let services = &office.services;
        services.ask_for_reset("Owner@Alta.test", "10.0.0.1").await.unwrap();
        services.ask_for_reset("nobody@alta.test", "10.0.0.1").await.unwrap();
        assert!(office.outbox().await.mails.is_empty(), "no company's admin sees a reset");
        let [mail] = &office.deliver().await[..] else { panic!("not one mail") };
        assert_eq!((mail.to.as_str(), mail.subject.as_str()), ("owner@alta.test", "Set a new password"));
        let first = token_in(&mail.text, "https://deals.example/reset/");
        assert_eq!(services.open_reset(&first).await.unwrap(), "owner@alta.test");
        // Asking again takes nothing from whoever is about to use the first; using one ends the others.
        services.ask_for_reset("owner@alta.test", "10.0.0.1").await.unwrap();
        let second = token_in(&office.deliver().await[0].text, "/reset/");
        assert!(services.open_reset(&first).await.is_ok());
        services.reset_password(&second, "another horse battery").await.unwrap();
        assert!(services.open_reset(&first).await.is_err());
        let mut conn = services.read().await.unwrap();
        let facts = store::events::list_by_subject(&mut conn, office.world.owner.id.uuid(), 0, 10).await.unwrap();
        let facts: Vec<&str> = facts.iter().map(|row| row.kind.as_str()).collect();
        assert_eq!(facts, ["reset_link_created", "reset_link_created", "password_reset"]);
        drop(conn);
        office.is_empty().await;
    }

    async fn asking_for_resets_has_an_end(db: &TestDb) {
        let office = Office::open(db).await;
        let mut asked = 0;
        while office.services.ask_for_reset("owner@alta.test", "10.0.0.1").await.is_ok() {
            asked += 1;
            assert!(asked < 50, "no end");
        }
        assert!(asked > 3);
        assert_eq!(office.deliver().await.len(), 3, "nobody's mailbox is filled");
        office.is_empty().await;
    }
}
