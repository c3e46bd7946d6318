//! Work after commits, settings, repeated requests.

use store::{
    idempotency::{self, Answered},
    outbox::{self, Work},
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

    async fn a_request_is_answered_once(db: &TestDb) {
        let world = World::build(db).await;
        let (user, other, now) = (world.admin.id, world.owner.id, db.now());
        let answered = Answered { fingerprint: vec![1; 32], status: 201, body: "{}".to_owned() };
        let later = Answered { status: 500, ..answered.clone() };
        assert!(in_write!(db, |tx| [answered] idempotency::insert(tx, user, "k", &answered, now).await).unwrap());
        assert!(!in_write!(db, |tx| [later] idempotency::insert(tx, user, "k", &later, now).await).unwrap());
        let mut conn = db.read().await.unwrap();
        assert_eq!(idempotency::find(&mut conn, user, "k").await.unwrap(), Some(answered));
        assert_eq!(idempotency::find(&mut conn, other, "k").await.unwrap(), None);
        drop(conn);
        assert_eq!(in_write!(db, |tx| [] idempotency::delete_before(tx, now).await).unwrap(), 0);
        assert_eq!(in_write!(db, |tx| [] idempotency::delete_before(tx, now.plus_seconds(1)).await).unwrap(), 1);
    }
}
