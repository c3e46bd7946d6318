//! Work after commits, settings, repeated requests.

use domain::{ApiKeyId, Timestamp};
use store::{
    idempotency::{self, CarriedOut, Claim},
    keys::{self, KeyOwner, NewKey},
    outbox::{self, Work},
    sent_commands::{self, Sent},
    settings,
};
use testkit::{World, both_engines, in_write};
use uuid::Uuid;

both_engines! {
    async fn work_is_taken_by_one_and_comes_back_if_not_done(db: &TestDb) {
        let now = db.now();
        let work = |kind: &str| Work {
            id: db.id(),
            kind: kind.to_owned(),
            payload: "{}".to_owned(),
            created_at: now,
            available_at: now,
            attempts: 0,
        };
        let (mail, sweep) = (work("mail"), Work { available_at: now.plus_hours(1), ..work("sweep") });
        in_write!(db, |tx| [mail, sweep] {
            outbox::insert(tx, &mail).await?;
            outbox::insert(tx, &sweep).await
        }).unwrap();
        let lease = now.plus_seconds(60);
        let taken = in_write!(db, |tx| [] outbox::take(tx, now, lease, 10).await).unwrap();
        assert_eq!(taken, [Work { attempts: 1, available_at: lease, ..mail.clone() }]);
        assert!(in_write!(db, |tx| [] outbox::take(tx, now, lease, 10).await).unwrap().is_empty());
        let again = in_write!(db, |tx| [] outbox::take(tx, lease, lease.plus_seconds(60), 10).await).unwrap();
        assert_eq!(again[0].attempts, 2);
        let id = mail.id;
        in_write!(db, |tx| [] outbox::save_failed(tx, id, now).await).unwrap();
        assert_eq!(in_write!(db, |tx| [] outbox::take(tx, now, lease, 10).await).unwrap().len(), 1);
        in_write!(db, |tx| [] outbox::save_done(tx, id, now).await).unwrap();
        let rest = in_write!(db, |tx| [] outbox::take(tx, now.plus_hours(2), now.plus_hours(3), 10).await).unwrap();
        assert_eq!(rest.iter().map(|work| work.kind.as_str()).collect::<Vec<_>>(), ["sweep"]);
        assert_eq!(in_write!(db, |tx| [] outbox::delete_done(tx, now.plus_seconds(1)).await).unwrap(), 1);
    }

    async fn workers_side_by_side_share_the_work(db: &TestDb) {
        let now = db.now();
        let ids: Vec<Uuid> = (0..40).map(|_| db.id()).collect();
        in_write!(db, |tx| [ids] {
            for id in ids {
                let work = Work {
                    id,
                    kind: "mail".to_owned(),
                    payload: "{}".to_owned(),
                    created_at: now,
                    available_at: now,
                    attempts: 0,
                };
                outbox::insert(tx, &work).await?;
            }
            Ok(())
        }).unwrap();
        let mut workers = tokio::task::JoinSet::new();
        for _ in 0..4 {
            let db = db.db.clone();
            workers.spawn(async move {
                let mut mine = Vec::new();
                loop {
                    let batch = in_write!(db, |tx| [] outbox::take(tx, now, now.plus_hours(1), 3).await).unwrap();
                    if batch.is_empty() {
                        return mine;
                    }
                    mine.extend(batch.into_iter().map(|work| work.id));
                }
            });
        }
        let mut taken = workers.join_all().await.concat();
        taken.sort();
        assert_eq!(taken, ids);
    }

    async fn a_setting_has_one_value(db: &TestDb) {
        for value in ["a", "b"] {
            in_write!(db, |tx| [] settings::save(tx, "key", value).await).unwrap();
            let found = settings::find(&mut db.read().await.unwrap(), "key").await.unwrap();
            assert_eq!(found.as_deref(), Some(value));
        }
        in_write!(db, |tx| [] settings::delete(tx, "key").await).unwrap();
        assert_eq!(settings::find(&mut db.read().await.unwrap(), "key").await.unwrap(), None);
    }

    async fn a_request_is_carried_out_once(db: &TestDb) {
        let world = World::build(db).await;
        let (key, other, now) = (db.id(), db.id(), db.now());
        let owner = KeyOwner::Company(world.company.id);
        for (number, id) in [key, other].into_iter().enumerate() {
            let new = NewKey {
                id,
                token_hash: vec![u8::try_from(number).unwrap(); 32],
                owner,
                maker: world.admin.id,
                name: "Sync".to_owned(),
                hint: "ab12".to_owned(),
                scopes: String::new(),
                created_at: now,
                expires_at: now.plus_days(1),
            };
            in_write!(db, |tx| [new] keys::insert(tx, &new).await).unwrap();
        }
        let took = |id: ApiKeyId, at: Timestamp| async move {
            in_write!(db, |tx| [] {
                let claim = Claim { api_key: id, owner, key: "k", fingerprint: &[1; 32], at };
                idempotency::claim(tx, claim).await
            }).unwrap()
        };
        assert!(took(key, now).await);
        assert!(!took(key, now).await);
        assert!(took(other, now).await);
        in_write!(db, |tx| [] idempotency::save_outcome(tx, key, "k", "7").await).unwrap();
        let kept = idempotency::find(&mut db.read().await.unwrap(), key, "k").await.unwrap().unwrap();
        assert_eq!(kept, CarriedOut { fingerprint: vec![1; 32], outcome: Some("7".to_owned()) });
        assert_eq!(in_write!(db, |tx| [] idempotency::delete_before(tx, now).await).unwrap(), 0);
        assert_eq!(in_write!(db, |tx| [] idempotency::delete_before(tx, now.plus_seconds(1)).await).unwrap(), 2);
    }

    async fn what_a_page_sent_is_its_persons_in_one_program(db: &TestDb) {
        let world = World::build(db).await;
        let other = World::build_named(db, "boreal").await;
        let now = db.now();
        let of = |world: &World| (world.program.id, world.admin.id, world.company.id);
        let took = async |(program, user, company)| {
            in_write!(db, |tx| [] {
                let sent = Sent { program, user, key: "k" };
                sent_commands::claim(tx, sent, company, &[1; 32], now).await
            }).unwrap()
        };
        assert!(took(of(&world)).await);
        assert!(!took(of(&world)).await);
        assert!(took(of(&other)).await);
        let (program, user, _) = of(&world);
        in_write!(db, |tx| [] sent_commands::save_outcome(tx, Sent { program, user, key: "k" }, "7").await).unwrap();
        let find = async |program, user| {
            let sent = Sent { program, user, key: "k" };
            sent_commands::find(&mut db.read().await.unwrap(), sent).await.unwrap()
        };
        let kept = CarriedOut { fingerprint: vec![1; 32], outcome: Some("7".to_owned()) };
        assert_eq!(find(program, user).await, Some(kept));
        assert_eq!(find(program, world.owner.id).await, None);
        assert_eq!(find(other.program.id, user).await, None);
        assert_eq!(in_write!(db, |tx| [] sent_commands::delete_before(tx, now).await).unwrap(), 0);
        assert_eq!(in_write!(db, |tx| [] sent_commands::delete_before(tx, now.plus_seconds(1)).await).unwrap(), 2);
    }

    async fn a_key_is_found_until_it_ends(db: &TestDb) {
        let world = World::build(db).await;
        let (id, now) = (db.id(), db.now());
        let owner = KeyOwner::Partner(world.partner.id);
        let new = NewKey {
            id,
            token_hash: vec![7; 32],
            owner,
            maker: world.owner.id,
            name: "Sync".to_owned(),
            hint: "ab12".to_owned(),
            scopes: "move,register".to_owned(),
            created_at: now,
            expires_at: now.plus_days(1),
        };
        in_write!(db, |tx| [new] keys::insert(tx, &new).await).unwrap();
        let mut conn = db.read().await.unwrap();
        let live = keys::find_live(&mut conn, &[7; 32], now).await.unwrap().unwrap();
        assert_eq!((live.id, live.partner_id, live.company_id), (id, Some(world.partner.id), None));
        assert_eq!(live.user_name, world.owner.name);
        assert!(keys::find_live(&mut conn, &[8; 32], now).await.unwrap().is_none());
        assert!(keys::find_live(&mut conn, &[7; 32], now.plus_days(1)).await.unwrap().is_none());
        assert!(keys::is_live(&mut conn, id, now).await.unwrap());
        let listed = keys::list_by_partner(&mut conn, world.partner.id, 10).await.unwrap();
        assert!(listed[0].maker_stays && listed[0].last_used_at.is_none());
        assert!(keys::list_by_company(&mut conn, world.company.id, 10).await.unwrap().is_empty());
        drop(conn);
        in_write!(db, |tx| [] keys::save_used(tx, id, now).await).unwrap();
        let foreign = KeyOwner::Company(world.company.id);
        assert_eq!(in_write!(db, |tx| [] keys::revoke(tx, foreign, id, now).await).unwrap(), None);
        let name = in_write!(db, |tx| [] keys::revoke(tx, owner, id, now).await).unwrap();
        assert_eq!(name.as_deref(), Some("Sync"));
        assert_eq!(in_write!(db, |tx| [] keys::revoke(tx, owner, id, now).await).unwrap(), None);
        let mut conn = db.read().await.unwrap();
        assert!(!keys::is_live(&mut conn, id, now).await.unwrap());
        assert!(keys::find_live(&mut conn, &[7; 32], now).await.unwrap().is_none());
    }
}
