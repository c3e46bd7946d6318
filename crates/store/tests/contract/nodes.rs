//! Several nodes on one Postgres hear each other, also after a lost connection.

use domain::{
    CompanyId, EventId,
    events::{Fact, ProgramFact},
    people::Actor,
};
use sqlx::{Connection, PgConnection};
use std::time::Duration;
use store::{Db, DbOptions, DbUrl, events};
use testkit::{TestDb, in_write};
use uuid::Uuid;

async fn write(db: &TestDb) -> i64 {
    let new = events::NewEvent {
        id: db.id::<EventId>(),
        company_id: Some(CompanyId(Uuid::from_u128(1))),
        program_id: None,
        partner_id: None,
        subject: "company",
        subject_id: Uuid::from_u128(1),
        subject_version: 4,
        actor: Actor::system(),
        at: db.now(),
        fact: Fact::Program(ProgramFact::SettingsChanged),
    };
    in_write!(db, |tx| [new] events::append(tx, new).await).unwrap()
}

#[test]
fn another_node_hears_what_was_committed() {
    testkit::run(TestDb::postgres, async |db: &TestDb| {
        let options = DbOptions {
            connections: 4,
            ..DbOptions::default()
        };
        let other = Db::connect(&db.url, &options).await.unwrap();
        let (mut here, mut there) = (db.announcer().subscribe(), other.announcer().subscribe());
        let seq = write(db).await;
        let heard = tokio::time::timeout(Duration::from_secs(5), there.recv())
            .await
            .unwrap()
            .unwrap();
        assert_eq!((heard.seq, heard.version), (seq, 4));
        assert_eq!(here.recv().await.unwrap(), heard);
        // Not a second time through the database.
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert!(here.try_recv().is_err());

        let DbUrl::Postgres(url) = &db.url else {
            panic!("{}", db.url)
        };
        let mut conn = PgConnection::connect(url).await.unwrap();
        let cut = sqlx::query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE datname = current_database() AND query LIKE 'LISTEN%'",
        );
        assert_eq!(cut.fetch_all(&mut conn).await.unwrap().len(), 2);
        let missed = write(db).await;
        let heard = tokio::time::timeout(Duration::from_secs(10), there.recv())
            .await
            .unwrap()
            .unwrap();
        assert_eq!(heard.seq, missed);
        other.close().await;
    });
}
