//! Clients that disconnect in the middle: 1,000 of them leave nothing open.

use domain::{
    EventId, UserId,
    events::{Fact, ProgramFact},
    people::Actor,
};
use std::time::Duration;
use store::{Db, DbUrl, Moment, Statement, StoreError, accounts::users, events};
use testkit::{
    TestDb, both_engines, in_write,
    open::{emptied_log, idle_in_transaction},
};
use uuid::Uuid;

const CLIENTS: u32 = 1_000;
/// At once; the pool has fewer connections.
const WAVE: u32 = 50;
/// Connections that read, on SQLite.
const READERS: usize = 4;

fn fact(db: &TestDb) -> events::NewEvent {
    events::NewEvent {
        id: db.id::<EventId>(),
        company_id: None,
        program_id: None,
        partner_id: None,
        subject: "program",
        subject_id: Uuid::from_u128(1),
        subject_version: 0,
        actor: Actor::system(),
        at: db.now(),
        fact: Fact::Program(ProgramFact::SettingsChanged),
    }
}

async fn client(db: Db, new: events::NewEvent) -> Result<i64, StoreError> {
    users::find(&mut db.read().await?, UserId(Uuid::from_u128(7))).await?;
    in_write!(db, |tx| [new] {
        let seq = events::append(tx, new).await?;
        users::exists_any(tx).await?;
        Ok(seq)
    })
}

both_engines! {
    async fn disconnects_leave_no_transaction_open(db: &TestDb) {
        for wave in 0..CLIENTS / WAVE {
            let mut clients = Vec::new();
            for _ in 0..WAVE {
                clients.push(tokio::spawn(client(db.db.clone(), fact(db))));
            }
            for (number, client) in (0..).zip(&clients) {
                // Spread over the life of a request.
                tokio::time::sleep(Duration::from_micros(u64::from((wave * 97 + number * 53) % 400))).await;
                client.abort();
            }
            for client in clients {
                let _ = client.await;
            }
        }
        // Behind every write that still runs, on SQLite; on Postgres wait until none does.
        client(db.db.clone(), fact(db)).await.unwrap();
        match &db.url {
            DbUrl::Sqlite(path) => assert_eq!(emptied_log(path).await, (0, 0, 0)),
            DbUrl::Postgres(url) => {
                // Whoever stays in the transaction of the first look has been left there.
                let mut open = idle_in_transaction(url).await;
                for _ in 0..500 {
                    if open.is_empty() { break; }
                    client(db.db.clone(), fact(db)).await.unwrap();
                    let now = idle_in_transaction(url).await;
                    open.retain(|one| now.contains(one));
                }
                assert!(open.is_empty(), "{open:?}");
            }
        }
        let mut conn = db.read().await.unwrap();
        let kept = events::verify_all(&mut conn).await.unwrap().unwrap();
        assert!(kept > 0, "every client was too early: nothing was tested");
    }
}

both_engines! {
    async fn a_moment_that_is_given_up_holds_no_reader_in_the_past(db: &TestDb) {
        let mut given_up = Vec::new();
        // All of SQLite's readers.
        for _ in 0..READERS {
            let mut moment = Moment::begin(db.read().await.unwrap()).await.unwrap();
            assert_eq!(events::verify_all(&mut moment).await.unwrap().unwrap(), 0);
            given_up.push(moment);
        }
        drop(given_up);
        client(db.db.clone(), fact(db)).await.unwrap();
        let mut readers = Vec::new();
        for _ in 0..READERS {
            let mut conn = db.read().await.unwrap();
            assert_eq!(events::verify_all(&mut conn).await.unwrap().unwrap(), 1);
            readers.push(conn);
        }
    }

    async fn a_moment_sees_nothing_of_what_comes_after_it_until_it_ends(db: &TestDb) {
        let mut moment = Moment::begin(db.read().await.unwrap()).await.unwrap();
        assert_eq!(events::verify_all(&mut moment).await.unwrap().unwrap(), 0);
        client(db.db.clone(), fact(db)).await.unwrap();
        assert_eq!(events::verify_all(&mut moment).await.unwrap().unwrap(), 0);
        moment.end().await.unwrap();
        let mut conn = db.read().await.unwrap();
        assert_eq!(events::verify_all(&mut conn).await.unwrap().unwrap(), 1);
    }
}

/// As sqlx 0.9.0 does when a `begin` is cancelled: the connection goes back to the pool inside a transaction.
#[test]
fn a_connection_left_in_a_transaction_is_cleaned() {
    testkit::run(TestDb::postgres, async |db: &TestDb| {
        for _ in 0..5 {
            let mut conn = db.read().await.unwrap();
            Statement::new("BEGIN").execute(&mut conn).await.unwrap();
            drop(conn);
            // Giving back happens in the background.
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let mut conns = Vec::new();
        for _ in 0..4 {
            conns.push(db.read().await.unwrap());
        }
        let DbUrl::Postgres(url) = &db.url else {
            panic!("{}", db.url)
        };
        assert!(idle_in_transaction(url).await.is_empty());
    });
}
