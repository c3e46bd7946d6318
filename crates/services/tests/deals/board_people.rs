//! Who is at a board, and who may know of it.

use domain::DealId;
use domain::commands::{SaveDraft, SayWatching};
use domain::people::{MembershipStatus, PartnerRole};
use domain::views::{BoardPeople, HeldCard};
use services::{PartnerAccess, ServiceError};
use store::board_windows::{self, BoardWindow, MOST_OF_A_PERSON, Watching};
use store::memberships::{self, Membership};
use testkit::{TestDb, World, both_engines, in_write};

use crate::desk::{Desk, answers};

fn say(window: &str, held: Option<DealId>) -> SayWatching {
    SayWatching {
        window: window.into(),
        held,
    }
}

/// Somebody of another partner team that takes part in the same program, with their name.
async fn rival(db: &TestDb, desk: &Desk) -> (PartnerAccess, String) {
    let other = World::build_named(db, "cinder").await;
    let membership = Membership {
        id: db.id(),
        partner_id: other.partner.id,
        status: MembershipStatus::Active,
        ..desk.world.membership.clone()
    };
    in_write!(db, |tx| [membership] memberships::insert(tx, &membership).await).unwrap();
    let access = desk.services.partner(other.owner.id, membership.id);
    (access.await.unwrap(), other.owner.name.clone())
}

/// Somebody else of the same partner team, with their name.
pub async fn colleague(db: &TestDb, desk: &Desk) -> (PartnerAccess, String) {
    let person = World::build_named(db, "boreal").await.owner;
    let (partner, user, now) = (desk.world.partner.id, person.id, db.now());
    let role = PartnerRole::Member;
    in_write!(db, |tx| [] store::partners::insert_member(tx, partner, user, role, now).await)
        .unwrap();
    let access = desk.services.partner(user, desk.world.membership.id);
    (access.await.unwrap(), person.name)
}

both_engines! {
    async fn partners_see_their_team_and_the_company_and_never_each_other(db: &TestDb) {
        let desk = Desk::open(db).await;
        let (company, own) = (desk.company().await, desk.partner().await);
        let (rival, rivals_name) = rival(db, &desk).await;
        let (second, seconds_name) = colleague(db, &desk).await;
        let deal = desk.approved("one", "Tern Labs").await;
        let (admin, owner) = (desk.world.admin.name.clone(), desk.world.owner.name.clone());
        assert_eq!(own.say_watching(say("a", None)).await.unwrap(), BoardPeople::default());
        assert_eq!(company.say_watching(say("b", None)).await.unwrap().others, std::slice::from_ref(&owner));
        let seen = rival.say_watching(say("c", None)).await.unwrap();
        assert_eq!(seen.others, std::slice::from_ref(&admin));
        let held = own.say_watching(say("a", Some(deal))).await.unwrap();
        assert_eq!((held.others, held.held), (vec![admin.clone()], vec![]));
        let card = |who: &str, own| HeldCard { deal, who: who.to_owned(), own };
        let there = second.say_watching(say("d", None)).await.unwrap();
        let mut both = vec![admin, owner.clone()];
        both.sort();
        assert_eq!((there.others, there.held), (both, vec![card(&owner, false)]));
        let all = company.people_on_board("b").await.unwrap();
        let mut everybody = vec![owner.clone(), rivals_name, seconds_name];
        everybody.sort();
        assert_eq!((all.others, all.held), (everybody, vec![card(&owner, false)]));
        assert!(rival.people_on_board("c").await.unwrap().held.is_empty());
        // In another window of one's own it is one's own.
        assert_eq!(own.people_on_board("e").await.unwrap().held, [card(&owner, true)]);
        own.stop_watching("a").await.unwrap();
        assert!(company.people_on_board("b").await.unwrap().held.is_empty());
    }

    async fn of_the_cards_that_the_company_holds_a_team_knows_its_own_only(db: &TestDb) {
        let desk = Desk::open(db).await;
        let (company, own) = (desk.company().await, desk.partner().await);
        let (rival, _) = rival(db, &desk).await;
        let deal = desk.approved("one", "Tern Labs").await;
        company.say_watching(say("b", Some(deal))).await.unwrap();
        let admin = desk.world.admin.name.clone();
        let seen = rival.people_on_board("c").await.unwrap();
        assert_eq!((seen.others, seen.held), (vec![admin.clone()], vec![]));
        let card = HeldCard { deal, who: admin, own: false };
        assert_eq!(own.people_on_board("a").await.unwrap().held, [card]);
    }

    async fn a_draft_is_no_card_and_goes_whoever_holds_it(db: &TestDb) {
        let desk = Desk::open(db).await;
        let own = desk.partner().await;
        let save = SaveDraft { submit_key: "key-1".into(), answers: answers("Tern Labs") };
        let (draft, _) = own.save_draft(save).await.unwrap();
        let held = own.say_watching(say("a", Some(draft))).await;
        assert!(matches!(held, Err(ServiceError::NotFound)), "{held:?}");
        let row = BoardWindow {
            program_id: desk.world.program.id,
            window_key: "a".to_owned(),
            company_id: desk.world.company.id,
            partner_id: Some(desk.world.partner.id),
            user_id: desk.world.owner.id,
            deal_id: Some(draft),
            seen_at: desk.services.now(),
        };
        let lease = row.seen_at;
        in_write!(db, |tx| [row] board_windows::see(tx, &row, lease).await).unwrap();
        own.delete_draft(draft).await.unwrap();
    }

    async fn a_person_has_so_many_windows_and_they_are_forgotten(db: &TestDb) {
        let desk = Desk::open(db).await;
        let (company, own) = (desk.company().await, desk.partner().await);
        company.say_watching(say("b", None)).await.unwrap();
        let first = desk.services.now();
        let most = usize::try_from(MOST_OF_A_PERSON).unwrap();
        for number in 0..most + 3 {
            own.say_watching(say(&format!("a{number}"), None)).await.unwrap();
        }
        let watching = Watching {
            company: desk.world.company.id,
            program: desk.world.program.id,
            partner: None,
        };
        let windows = async || {
            let mut conn = db.read().await.unwrap();
            board_windows::list(&mut conn, watching, first).await.unwrap().len()
        };
        assert_eq!(windows().await, most + 1);
        desk.clock.advance_seconds(2 * 86_400);
        desk.services.forget_expired().await.unwrap();
        assert_eq!(windows().await, 0);
    }

    async fn a_card_is_let_go_after_seconds_of_silence_and_a_window_later(db: &TestDb) {
        let desk = Desk::open(db).await;
        let (company, own) = (desk.company().await, desk.partner().await);
        let deal = desk.approved("one", "Tern Labs").await;
        own.say_watching(say("a", Some(deal))).await.unwrap();
        desk.clock.advance_seconds(10);
        assert_eq!(company.people_on_board("b").await.unwrap().held.len(), 1);
        desk.clock.advance_seconds(3);
        let silent = company.people_on_board("b").await.unwrap();
        assert_eq!((silent.others.len(), silent.held.len()), (1, 0));
        desk.clock.advance_seconds(18);
        assert!(company.people_on_board("b").await.unwrap().others.is_empty());
    }

    async fn nobody_holds_what_they_may_not_see(db: &TestDb) {
        let desk = Desk::open(db).await;
        let (rival, _) = rival(db, &desk).await;
        let deal = desk.approved("one", "Tern Labs").await;
        let foreign = rival.say_watching(say("c", Some(deal))).await;
        assert!(matches!(foreign, Err(ServiceError::NotFound)), "{foreign:?}");
        assert!(matches!(rival.say_watching(say("a b", None)).await, Err(ServiceError::Invalid(_))));
        assert!(desk.company().await.people_on_board("b").await.unwrap().others.is_empty());
    }
}
