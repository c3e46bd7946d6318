//! What `Db::write` promises, on both engines.

use domain::{
    CompanyId, EventId, ProgramId, UserId,
    events::{Fact, ProgramFact},
    people::Actor,
};
use std::time::Duration;
use store::{StoreError, events, settings};
use testkit::{TestDb, both_engines, in_write};
use uuid::Uuid;

fn event(db: &TestDb, subject: Uuid) -> events::NewEvent {
    events::NewEvent {
        id: db.id::<EventId>(),
        company_id: Some(CompanyId(Uuid::from_u128(1))),
        program_id: Some(ProgramId(Uuid::from_u128(2))),
        partner_id: None,
        subject: "deal",
        subject_id: subject,
        subject_version: 3,
        actor: new_actor(),
        at: db.now(),
        fact: Fact::Program(ProgramFact::SettingsChanged),
    }
}

fn new_actor() -> Actor {
    Actor::partner(UserId(Uuid::from_u128(4)))
}

async fn count(db: &TestDb) -> i64 {
    events::last_seq(&mut db.read().await.unwrap())
        .await
        .unwrap()
}

both_engines! {
    async fn a_write_is_there_and_announced(db: &TestDb) {
        let mut heard = db.announcer().subscribe();
        let new = event(db, Uuid::from_u128(9));
        let seq: Result<i64, StoreError> = db.write(move |tx| {
            let new = new.clone();
            Box::pin(async move { events::append(tx, new).await })
        }).await;
        assert_eq!(seq.unwrap(), 1);
        let announced = heard.recv().await.unwrap();
        assert_eq!((announced.seq, announced.version), (1, 3));
        assert!(announced.topic.starts_with("program:prog_"), "{}", announced.topic);
        assert_eq!(heard.recv().await.unwrap().topic, format!("company:{}", CompanyId(Uuid::from_u128(1))));
        let mut conn = db.read().await.unwrap();
        let rows = events::list_by_subject(&mut conn, Uuid::from_u128(9), 0, 10).await.unwrap();
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].at, db.now());
        assert_eq!(rows[0].actor(), new_actor());
        assert_eq!(rows[0].fact().unwrap(), Fact::Program(ProgramFact::SettingsChanged));
    }

    async fn a_refusal_leaves_nothing(db: &TestDb) {
        let mut heard = db.announcer().subscribe();
        let new = event(db, Uuid::from_u128(9));
        let refused: Result<(), StoreError> = db.write(move |tx| {
            let new = new.clone();
            Box::pin(async move {
                events::append(tx, new).await?;
                Err(StoreError::Conflict)
            })
        }).await;
        assert!(matches!(refused, Err(StoreError::Conflict)));
        assert_eq!(count(db).await, 0);
        assert!(heard.try_recv().is_err());
    }

    async fn a_failed_statement_fails_the_write_though_the_closure_goes_on(db: &TestDb) {
        let new = event(db, Uuid::from_u128(9));
        let outcome: Result<(), StoreError> = db.write(move |tx| {
            let (first, second) = (new.clone(), new.clone());
            Box::pin(async move {
                events::append(tx, first).await?;
                // The same id again.
                assert!(events::append(tx, second).await.unwrap_err().is_unique_violation());
                // Nothing more is run, whatever it is.
                assert!(settings::save(tx, "key", "value").await.is_err());
                Ok(())
            })
        }).await;
        assert!(matches!(outcome, Err(StoreError::Unavailable { .. })));
        assert_eq!(count(db).await, 0);
    }

    async fn a_panic_takes_only_its_own_write(db: &TestDb) {
        let outcome: Result<(), StoreError> = db.write(|_| Box::pin(async { panic!("on purpose") })).await;
        assert!(matches!(outcome, Err(StoreError::Unavailable { .. })));
        let new = event(db, Uuid::from_u128(9));
        let fine: Result<i64, StoreError> = db.write(move |tx| {
            let new = new.clone();
            Box::pin(async move { events::append(tx, new).await })
        }).await;
        assert_eq!(fine.unwrap(), 1);
    }

    async fn events_cannot_be_changed(db: &TestDb) {
        let new = event(db, Uuid::from_u128(9));
        let seq: Result<i64, StoreError> = db.write(move |tx| {
            let new = new.clone();
            Box::pin(async move { events::append(tx, new).await })
        }).await;
        seq.unwrap();
        for statement in ["UPDATE events SET payload = ''", "DELETE FROM events"] {
            let outcome = match &db.url {
                store::DbUrl::Sqlite(path) => {
                    use sqlx::Connection;
                    let mut conn = sqlx::SqliteConnection::connect(path.to_str().unwrap()).await.unwrap();
                    sqlx::query(statement).execute(&mut conn).await.map(|_| ())
                }
                store::DbUrl::Postgres(url) => {
                    use sqlx::Connection;
                    let mut conn = sqlx::PgConnection::connect(url).await.unwrap();
                    sqlx::query(statement).execute(&mut conn).await.map(|_| ())
                }
            };
            assert!(outcome.unwrap_err().to_string().contains("append-only"));
        }
    }

    async fn many_writers_make_one_unbroken_order(db: &TestDb) {
        let mut heard = db.announcer().subscribe();
        let mut writers = tokio::task::JoinSet::new();
        for writer in 0..16_u128 {
            for _ in 0..8 {
                let (handle, new) = (db.db.clone(), event(db, Uuid::from_u128(100 + writer % 5)));
                writers.spawn(async move {
                    handle.write::<_, StoreError, _>(move |tx| {
                        let new = new.clone();
                        Box::pin(async move { events::append(tx, new).await })
                    }).await
                });
            }
        }
        while let Some(done) = writers.join_next().await {
            done.unwrap().unwrap();
        }
        let mut conn = db.read().await.unwrap();
        assert_eq!(events::verify_all(&mut conn).await.unwrap(), Ok(128));
        let mut seen = 0;
        while let Ok(announce) = heard.try_recv() {
            seen = announce.seq.max(seen);
        }
        assert_eq!(seen, 128);
    }

    async fn writes_that_meet_both_succeed(db: &TestDb) {
        // Each locks what the other wants next: Postgres ends one of them, and it is run again.
        let mut writers = tokio::task::JoinSet::new();
        for keys in [["a", "b"], ["b", "a"]] {
            let db = db.db.clone();
            writers.spawn(async move {
                in_write!(db, |tx| [] {
                    settings::save(tx, keys[0], keys[1]).await?;
                    tokio::time::sleep(Duration::from_millis(200)).await;
                    settings::save(tx, keys[1], keys[0]).await
                })
            });
        }
        for outcome in writers.join_all().await {
            outcome.unwrap();
        }
        let mut conn = db.read().await.unwrap();
        let a = settings::find(&mut conn, "a").await.unwrap();
        let b = settings::find(&mut conn, "b").await.unwrap();
        assert_eq!((a.as_deref(), b.as_deref()), (Some("b"), Some("a")));
    }

    async fn a_caller_that_goes_away_cancels_nothing(db: &TestDb) {
        let handle = db.db.clone();
        let new = event(db, Uuid::from_u128(9));
        let caller = tokio::spawn(async move {
            handle.write::<_, StoreError, _>(move |tx| {
                let new = new.clone();
                Box::pin(async move {
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    events::append(tx, new).await
                })
            }).await
        });
        tokio::time::sleep(Duration::from_millis(30)).await;
        caller.abort();
        let mut written = 0;
        for _ in 0..200 {
            written = count(db).await;
            if written == 1 { break; }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert_eq!(written, 1);
    }
}
