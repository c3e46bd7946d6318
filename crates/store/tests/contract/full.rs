//! The disk is full, and the database is closed: whoever is told `Ok` has their write, whoever is not has nothing.

use std::time::Duration;
use store::{Statement, StoreError, settings};
use testkit::{TestDb, both_engines, in_write};

#[test]
fn a_full_disk_fails_whole_writes_and_passes() {
    testkit::run(TestDb::sqlite, async |db: &TestDb| {
        let mut conn = db.read().await.unwrap();
        let pages: Option<(i64,)> = Statement::new("PRAGMA page_count")
            .fetch_optional(&mut conn)
            .await
            .unwrap();
        assert!(
            pages.unwrap().0 < 300,
            "the limit below no longer leaves room for a few writes"
        );
        drop(conn);
        // The limit belongs to the writing connection.
        let limit = in_write!(db, |tx| [] {
            Statement::new("PRAGMA max_page_count = 320").fetch_optional::<(i64,)>(tx).await
        });
        limit.unwrap();
        let mut writers = tokio::task::JoinSet::new();
        for number in 0..100_u32 {
            let db = db.db.clone();
            writers.spawn(async move {
                let key = format!("key {number}");
                let outcome = in_write!(db, |tx| [key] {
                    // Two rows: half of it must not stay.
                    settings::save(tx, &key, &"x".repeat(3_000)).await?;
                    settings::save(tx, &format!("{key} too"), &"x".repeat(3_000)).await
                });
                (key, outcome)
            });
        }
        let outcomes = writers.join_all().await;
        let mut conn = db.read().await.unwrap();
        let mut kept = 0;
        for (key, outcome) in outcomes {
            let first = settings::find(&mut conn, &key).await.unwrap().is_some();
            let second = settings::find(&mut conn, &format!("{key} too"))
                .await
                .unwrap()
                .is_some();
            assert_eq!(
                (first, second),
                (outcome.is_ok(), outcome.is_ok()),
                "{key}: {outcome:?}"
            );
            assert!(
                matches!(outcome, Ok(()) | Err(StoreError::Unavailable { .. })),
                "{outcome:?}"
            );
            kept += u32::from(first);
        }
        assert!(kept < 100, "the disk was never full");
        drop(conn);
        // Room again: the next connection has no limit.
        for number in 0..3 {
            let key = format!("later {number}");
            in_write!(db, |tx| [key] settings::save(tx, &key, &"x".repeat(3_000)).await).unwrap();
        }
    });
}

both_engines! {
    async fn closing_lets_running_writes_end_and_takes_no_more(db: &TestDb) {
        let handle = db.db.clone();
        let (started, mut is_started) = tokio::sync::watch::channel(());
        let running = tokio::spawn(async move {
            in_write!(handle, |tx| [started] {
                let _ = started.send(());
                tokio::time::sleep(Duration::from_millis(100)).await;
                settings::save(tx, "key", "value").await
            })
        });
        is_started.changed().await.unwrap();
        db.close().await;
        running.await.unwrap().unwrap();
        let late = in_write!(db, |tx| [] settings::save(tx, "late", "value").await);
        assert!(matches!(late, Err(StoreError::Unavailable { .. })), "{late:?}");
        assert!(db.ping().await.is_err());
        let again = store::Db::connect(&db.url, &store::DbOptions::default()).await.unwrap();
        let mut conn = again.read().await.unwrap();
        assert_eq!(settings::find(&mut conn, "key").await.unwrap().as_deref(), Some("value"));
        drop(conn);
        again.close().await;
    }
}
