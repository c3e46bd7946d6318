//! The history: its lists, its chain, and what the clean-up of demo data may do to it.

use domain::{
    DealId, EventId,
    deals::{DealFact, StageRef},
    events::{Fact, ProgramFact},
    people::Actor,
};
use sqlx::Connection;
use store::{
    Announce, DbUrl, deals,
    events::{self, ChainFault, NewEvent},
    maintenance, programs,
};
use testkit::{TestDb, World, both_engines, in_write};
use uuid::Uuid;

fn fact(db: &TestDb, world: &World, subject: u128) -> NewEvent {
    NewEvent {
        id: db.id::<EventId>(),
        company_id: Some(world.company.id),
        program_id: Some(world.program.id),
        partner_id: Some(world.partner.id),
        subject: "deal",
        subject_id: Uuid::from_u128(subject),
        subject_version: 1,
        actor: Actor::system(),
        at: db.now(),
        fact: Fact::Program(ProgramFact::SubmissionsClosed),
    }
}

/// Changes the table as somebody with the database's password could.
async fn tamper(db: &TestDb, statement: &'static str) {
    match &db.url {
        DbUrl::Sqlite(path) => {
            let mut conn = sqlx::SqliteConnection::connect(path.to_str().unwrap())
                .await
                .unwrap();
            sqlx::raw_sql("DROP TRIGGER events_no_update")
                .execute(&mut conn)
                .await
                .unwrap();
            sqlx::raw_sql(statement).execute(&mut conn).await.unwrap();
        }
        DbUrl::Postgres(url) => {
            let mut conn = sqlx::PgConnection::connect(url).await.unwrap();
            let lift = sqlx::raw_sql("ALTER TABLE events DISABLE TRIGGER ALL");
            lift.execute(&mut conn).await.unwrap();
            sqlx::raw_sql(statement).execute(&mut conn).await.unwrap();
        }
    }
}

both_engines! {
    async fn each_viewer_reads_its_own_since_seq(db: &TestDb) {
        let world = World::build(db).await;
        let other = World::build_named(db, "boreal").await;
        for (who, subject) in [(&world, 1), (&other, 2), (&world, 1), (&world, 3)] {
            let new = fact(db, who, subject);
            in_write!(db, |tx| [new] events::append(tx, new).await).unwrap();
        }
        let mut conn = db.read().await.unwrap();
        let conn = &mut conn;
        let seqs = |rows: Vec<events::EventRow>| rows.iter().map(|row| row.seq).collect::<Vec<_>>();
        let (company, program, partner) = (world.company.id, world.program.id, world.partner.id);
        assert_eq!(seqs(events::list_by_program(conn, company, program, 1, 10).await.unwrap()), [3, 4]);
        assert_eq!(seqs(events::list_latest_by_program(conn, company, program, 2).await.unwrap()), [4, 3]);
        assert_eq!(seqs(events::list_by_partner(conn, partner, 0, 2).await.unwrap()), [1, 3]);
        assert_eq!(seqs(events::list_latest_by_partner(conn, partner, 10).await.unwrap()), [4, 3, 1]);
        assert_eq!(seqs(events::list_by_subject(conn, Uuid::from_u128(1), 0, 10).await.unwrap()), [1, 3]);
        assert_eq!(seqs(events::list_by_subject(conn, Uuid::from_u128(1), 1, 10).await.unwrap()), [3]);
        assert_eq!(events::last_seq(conn).await.unwrap(), 4);
        let missed = events::announced_since(conn, 3, 10).await.unwrap();
        let topics: Vec<&str> = missed.iter().map(|announce| announce.topic.as_str()).collect();
        assert_eq!(topics, [format!("program:{program}"), format!("partner:{partner}"), format!("company:{company}")]);
        assert!(missed.iter().all(|Announce { seq, version, .. }| (*seq, *version) == (4, 1)));
    }

    async fn the_way_of_a_deal_is_told_oldest_first_and_of_itself_alone(db: &TestDb) {
        let world = World::build(db).await;
        let stage = |index: usize| StageRef::of(&world.pipeline.stages[index]);
        let retired = |from, to| DealFact::StageRetired { from: stage(from), to: stage(to) };
        for (second, subject, told) in [
            (1, 1, retired(0, 1)),
            (2, 1, DealFact::ProtectionExpired),
            (3, 2, retired(1, 0)),
            (4, 1, retired(1, 2)),
            (5, 1, DealFact::DealWithdrawn),
        ] {
            let at = db.now().plus_seconds(second);
            let new = NewEvent { at, fact: Fact::Deal(told), ..fact(db, &world, subject) };
            in_write!(db, |tx| [new] events::append(tx, new).await).unwrap();
        }
        let mut conn = db.read().await.unwrap();
        let deal = DealId(Uuid::from_u128(1));
        let way = deals::way(&mut conn, deal, 10).await.unwrap();
        let after = |second| db.now().plus_seconds(second);
        let whole = [(after(1), retired(0, 1)), (after(4), retired(1, 2)), (after(5), DealFact::DealWithdrawn)];
        assert_eq!(way, whole);
        // Of a longer one the newest.
        let way = deals::way(&mut conn, deal, 2).await.unwrap();
        assert_eq!(way, whole[1..]);
    }

    async fn many_facts_at_once_are_chained_as_one_by_one(db: &TestDb) {
        let world = World::build(db).await;
        let first = fact(db, &world, 1);
        in_write!(db, |tx| [first] events::append(tx, first).await).unwrap();
        // More than one statement takes, and some of them again and again about the same.
        let subjects: Vec<u128> = (0..600).map(|number| if number % 3 == 0 { 1 } else { number }).collect();
        let mut many: Vec<NewEvent> = subjects.iter().map(|subject| fact(db, &world, *subject)).collect();
        many[7].company_id = None;
        let seqs = in_write!(db, |tx| [many] events::append_all(tx, many).await).unwrap();
        assert_eq!(seqs, (2..=601).collect::<Vec<_>>());
        assert!(in_write!(db, |tx| [] events::append_all(tx, Vec::new()).await).unwrap().is_empty());
        let mut conn = db.read().await.unwrap();
        assert_eq!(events::verify_all(&mut conn).await.unwrap(), Ok(601));
        let of_one = events::list_by_subject(&mut conn, Uuid::from_u128(1), 0, 1000).await.unwrap();
        assert_eq!(of_one.len(), 202);
        assert!(of_one.windows(2).all(|pair| pair[0].seq < pair[1].seq));
        let of_seven = events::list_by_subject(&mut conn, Uuid::from_u128(7), 0, 10).await.unwrap();
        assert_eq!((of_seven[0].seq, of_seven[0].company_id), (9, None));
        assert_eq!(of_seven[0].fact().unwrap(), many[7].fact);
        let newest = events::list_latest_by_subject(&mut conn, Uuid::from_u128(1), 2).await.unwrap();
        assert_eq!(newest.iter().map(|row| row.subject_seq).collect::<Vec<_>>(), [202, 201]);
    }

    async fn a_chain_shows_where_it_was_altered(db: &TestDb) {
        let world = World::build(db).await;
        for _ in 0..3 {
            let new = fact(db, &world, 1);
            in_write!(db, |tx| [new] events::append(tx, new).await).unwrap();
        }
        let subject_id = Uuid::from_u128(1);
        let check = async || events::verify(&mut db.read().await.unwrap(), subject_id).await.unwrap();
        assert_eq!(check().await, Ok(()));
        tamper(db, "UPDATE events SET payload = '{}' WHERE subject_seq = 2").await;
        assert_eq!(check().await, Err(ChainFault::Altered { subject_id, subject_seq: 2 }));
        let all = events::verify_all(&mut db.read().await.unwrap()).await.unwrap();
        assert_eq!(all, Err(ChainFault::Altered { subject_id, subject_seq: 2 }));
    }

    async fn a_rollback_leaves_no_gap(db: &TestDb) {
        let world = World::build(db).await;
        for keep in [true, false, false, true] {
            let new = fact(db, &world, 1);
            let _ = in_write!(db, |tx| [new] {
                events::append(tx, new).await?;
                if keep { Ok(()) } else { Err(store::StoreError::Conflict) }
            });
        }
        let mut conn = db.read().await.unwrap();
        assert_eq!(events::verify_all(&mut conn).await.unwrap(), Ok(2));
        assert_eq!(events::last_seq(&mut conn).await.unwrap(), 2);
    }

    async fn a_tenant_is_erased_and_the_rest_stays_whole(db: &TestDb) {
        let world = World::build(db).await;
        let other = World::build_named(db, "boreal").await;
        for who in [&world, &other, &world] {
            let new = fact(db, who, who.company.id.0.as_u128());
            in_write!(db, |tx| [new] events::append(tx, new).await).unwrap();
        }
        in_write!(db, |tx| [world] {
            let people = [world.admin.id, world.owner.id];
            maintenance::erase(tx, &[world.company.id], &[world.partner.id], &people).await
        }).unwrap();
        let mut conn = db.read().await.unwrap();
        assert_eq!(programs::find(&mut conn, world.program.id).await.unwrap(), None);
        assert!(programs::find(&mut conn, other.program.id).await.unwrap().is_some());
        assert_eq!(events::verify_all(&mut conn).await.unwrap(), Ok(1));
        drop(conn);
        // Still append-only, and the numbers go on.
        let new = fact(db, &other, 5);
        assert_eq!(in_write!(db, |tx| [new] events::append(tx, new).await).unwrap(), 4);
        let mut conn = db.read().await.unwrap();
        assert_eq!(events::verify_all(&mut conn).await.unwrap(), Ok(2));
    }
}
