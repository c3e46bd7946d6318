//! People, sessions, links and attempts.

use domain::{CompanyId, LinkId, SessionId, Timestamp, UserId};
use std::collections::BTreeMap;
use store::{
    EnumText, StoreError,
    accounts::{
        attempts,
        links::{self, LinkKind, OneTimeLink},
        sessions::{self, Session},
        users::{self, User},
    },
};
use testkit::{TestDb, World, both_engines, in_write};
use uuid::Uuid;

fn session(db: &TestDb, user: UserId, token: u8, expires_at: Timestamp) -> Session {
    Session {
        id: db.id(),
        token_hash: vec![token; 32],
        user_id: user,
        created_at: db.now(),
        last_seen_at: db.now(),
        expires_at,
        address: "127.0.0.1".to_owned(),
        agent: "test".to_owned(),
    }
}

fn link(db: &TestDb, kind: LinkKind, token: u8) -> OneTimeLink {
    OneTimeLink {
        id: db.id(),
        token_hash: vec![token; 32],
        kind: EnumText(kind),
        user_id: None,
        company_id: None,
        program_id: None,
        partner_id: None,
        tier_id: None,
        role: None,
        email: Some("new@alta.test".to_owned()),
        partner_name: None,
        created_by: None,
        created_at: db.now(),
        expires_at: db.now().plus_hours(1),
        used_at: None,
    }
}

both_engines! {
    async fn an_address_signs_up_once(db: &TestDb) {
        assert!(!users::exists_any(&mut db.read().await.unwrap()).await.unwrap());
        let world = World::build(db).await;
        let twin = User { id: db.id(), name: "Twin".to_owned(), ..world.admin.clone() };
        assert!(!in_write!(db, |tx| [twin] users::insert(tx, &twin).await).unwrap());
        let mut conn = db.read().await.unwrap();
        assert!(users::exists_any(&mut conn).await.unwrap());
        let found = users::find_by_email(&mut conn, &world.admin.email_folded).await.unwrap();
        assert_eq!(found, Some(world.admin.clone()));
        assert_eq!(users::find(&mut conn, world.owner.id).await.unwrap(), Some(world.owner.clone()));
        assert_eq!(users::find(&mut conn, UserId(Uuid::from_u128(1))).await.unwrap(), None);
        let names = users::list_names(&mut conn, [world.admin.id, world.owner.id]).await.unwrap();
        let expected = [&world.admin, &world.owner].map(|user| (user.id, user.name.clone()));
        assert_eq!(names, BTreeMap::from(expected));
        assert!(users::list_names(&mut conn, []).await.unwrap().is_empty());
    }

    async fn a_nul_is_never_our_fault(db: &TestDb) {
        let found = users::find_by_email(&mut db.read().await.unwrap(), "a\0b").await;
        assert!(matches!(found, Ok(None) | Err(StoreError::Unfit)), "{found:?}");
    }

    async fn passwords_and_names_change(db: &TestDb) {
        let world = World::build(db).await;
        let id = world.admin.id;
        assert!(in_write!(db, |tx| [] users::save_password(tx, id, "hash").await).unwrap());
        assert!(in_write!(db, |tx| [] users::save_name(tx, id, "Ada").await).unwrap());
        assert!(!in_write!(db, |tx| [] users::save_name(tx, UserId(Uuid::from_u128(1)), "x").await).unwrap());
        let user = users::find(&mut db.read().await.unwrap(), id).await.unwrap().unwrap();
        assert_eq!((user.name.as_str(), user.password_hash.as_deref()), ("Ada", Some("hash")));
    }

    async fn a_session_signs_in_until_it_ends(db: &TestDb) {
        let world = World::build(db).await;
        let (user, now) = (world.admin.id, db.now());
        let here = session(db, user, 1, now.plus_hours(1));
        let there = session(db, user, 2, now.plus_hours(2));
        let foreign = session(db, world.owner.id, 3, now.plus_hours(2));
        in_write!(db, |tx| [here, there, foreign] {
            sessions::insert(tx, &here).await?;
            sessions::insert(tx, &there).await?;
            sessions::insert(tx, &foreign).await
        }).unwrap();
        let mut conn = db.read().await.unwrap();
        let signed_in = sessions::find_signed_in(&mut conn, &[1; 32], now).await.unwrap().unwrap();
        assert_eq!((signed_in.session_id, signed_in.user_id), (here.id, user));
        assert_eq!(signed_in.email, world.admin.email);
        assert!(sessions::find_signed_in(&mut conn, &[9; 32], now).await.unwrap().is_none());
        assert!(sessions::find_signed_in(&mut conn, &[1; 32], now.plus_hours(1)).await.unwrap().is_none());
        drop(conn);

        let (id, later) = (here.id, now.plus_seconds(60));
        in_write!(db, |tx| [] sessions::save_seen(tx, id, later, later.plus_hours(5)).await).unwrap();
        let list = sessions::list_by_user(&mut db.read().await.unwrap(), user, now).await.unwrap();
        assert_eq!(list.iter().map(|s| s.id).collect::<Vec<_>>(), [here.id, there.id]);

        let (foreign_id, nobody) = (foreign.id, SessionId(Uuid::from_u128(1)));
        assert!(!in_write!(db, |tx| [] sessions::delete(tx, user, foreign_id).await).unwrap());
        assert!(!in_write!(db, |tx| [] sessions::delete(tx, user, nobody).await).unwrap());
        assert_eq!(in_write!(db, |tx| [] sessions::delete_others(tx, user, Some(id)).await).unwrap(), 1);
        assert_eq!(in_write!(db, |tx| [] sessions::delete_others(tx, user, None).await).unwrap(), 1);
        assert_eq!(in_write!(db, |tx| [] sessions::delete_expired(tx, now.plus_hours(2)).await).unwrap(), 1);
    }

    async fn a_shut_account_is_signed_out(db: &TestDb) {
        let world = World::build(db).await;
        let (user, now) = (world.admin.id, db.now());
        let here = session(db, user, 1, now.plus_hours(1));
        in_write!(db, |tx| [here] sessions::insert(tx, &here).await).unwrap();
        in_write!(db, |tx| [] users::save_disabled(tx, user, Some(now)).await).unwrap();
        let mut conn = db.read().await.unwrap();
        assert!(sessions::find_signed_in(&mut conn, &[1; 32], now).await.unwrap().is_none());
    }

    async fn a_link_works_once(db: &TestDb) {
        let world = World::build(db).await;
        let now = db.now();
        let invite = OneTimeLink {
            company_id: Some(world.company.id),
            role: Some("reviewer".to_owned()),
            created_by: Some(world.admin.id),
            ..link(db, LinkKind::InviteCompany, 1)
        };
        in_write!(db, |tx| [invite] links::insert(tx, &invite).await).unwrap();
        let mut conn = db.read().await.unwrap();
        let open = links::find_open(&mut conn, &[1; 32], now).await.unwrap();
        assert_eq!(open, Some(invite.clone()));
        assert_eq!(links::find_open(&mut conn, &[1; 32], now.plus_hours(1)).await.unwrap(), None);
        let list = links::list_open_by_company(&mut conn, world.company.id, LinkKind::InviteCompany, now).await;
        assert_eq!(list.unwrap(), std::slice::from_ref(&invite));
        let none = links::list_open_by_company(&mut conn, world.company.id, LinkKind::InvitePartner, now).await;
        assert!(none.unwrap().is_empty());
        drop(conn);
        let id = invite.id;
        assert!(in_write!(db, |tx| [] links::save_used(tx, id, now).await).unwrap());
        assert!(!in_write!(db, |tx| [] links::save_used(tx, id, now).await).unwrap());
        assert_eq!(links::find_open(&mut db.read().await.unwrap(), &[1; 32], now).await.unwrap(), None);
    }

    async fn links_are_taken_back_by_their_own_team_only(db: &TestDb) {
        let world = World::build(db).await;
        let (company, partner) = (world.company.id, world.partner.id);
        let to_company = OneTimeLink { company_id: Some(company), ..link(db, LinkKind::InviteCompany, 1) };
        let to_partner = OneTimeLink { partner_id: Some(partner), ..link(db, LinkKind::InvitePartner, 2) };
        let reset = OneTimeLink { user_id: Some(world.owner.id), ..link(db, LinkKind::Reset, 3) };
        let setup = link(db, LinkKind::Setup, 4);
        let (first, second) = (to_company.id, to_partner.id);
        in_write!(db, |tx| [to_company, to_partner, reset, setup] {
            for link in [&to_company, &to_partner, &reset, &setup] {
                links::insert(tx, link).await?;
            }
            Ok(())
        }).unwrap();
        let now = db.now();
        let mine = links::list_open_by_partner(&mut db.read().await.unwrap(), partner, now).await.unwrap();
        assert_eq!(mine.iter().map(|link| link.id).collect::<Vec<_>>(), [second]);
        let (foreign, none) = (CompanyId(Uuid::from_u128(1)), LinkId(Uuid::from_u128(1)));
        let of_company = async |company, id| {
            let gone = in_write!(db, |tx| [] links::delete_by_company(tx, company, id).await);
            gone.unwrap().map(|link| link.id)
        };
        assert_eq!(of_company(foreign, first).await, None);
        assert_eq!(of_company(company, none).await, None);
        assert_eq!(of_company(company, first).await, Some(first));
        let gone = in_write!(db, |tx| [] links::delete_by_partner(tx, partner, second).await);
        assert_eq!(gone.unwrap().map(|link| link.id), Some(second));
        let owner = world.owner.id;
        assert_eq!(in_write!(db, |tx| [] links::delete_open(tx, LinkKind::Reset, Some(owner)).await).unwrap(), 1);
        assert_eq!(in_write!(db, |tx| [] links::delete_open(tx, LinkKind::Setup, None).await).unwrap(), 1);
    }

    async fn attempts_are_counted_by_key_and_age(db: &TestDb) {
        let now = db.now();
        let ids: [Uuid; 3] = [db.id(), db.id(), db.id()];
        in_write!(db, |tx| [] {
            attempts::insert(tx, ids[0], "account:a", now).await?;
            attempts::insert(tx, ids[1], "account:a", now.plus_seconds(10)).await?;
            attempts::insert(tx, ids[2], "address:1", now.plus_seconds(10)).await
        }).unwrap();
        let mut conn = db.read().await.unwrap();
        assert_eq!(attempts::count_since(&mut conn, "account:a", now.plus_seconds(-1)).await.unwrap(), 2);
        assert_eq!(attempts::count_since(&mut conn, "account:a", now).await.unwrap(), 1);
        drop(conn);
        assert_eq!(in_write!(db, |tx| [] attempts::delete_before(tx, now.plus_seconds(1)).await).unwrap(), 1);
        assert_eq!(in_write!(db, |tx| [] attempts::delete(tx, "account:a").await).unwrap(), 1);
    }
}
