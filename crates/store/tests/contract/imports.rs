//! Imports under their lease, their rows, and the list of what is moved between databases.

use domain::imports::{Findings, Halt, ImportState, Mapping, RowFault, RowOutcome};
use domain::{DealId, Timestamp};
use std::collections::BTreeSet;
use store::imports::rows::{self, MadeRow, NewRow};
use store::imports::work::{self, Step};
use store::imports::{self, Import, Progress};
use store::portage::{self, STAYS, TABLES};
use store::{JsonText, Statement};
use testkit::{TestDb, World, both_engines, in_write};

fn import(db: &TestDb, world: &World) -> Import {
    Import {
        id: db.id(),
        company_id: world.company.id,
        program_id: world.program.id,
        file_id: db.id(),
        file_name: "deals.csv".to_owned(),
        size_bytes: 7,
        sha256: vec![1; 32],
        delimiter: ";".to_owned(),
        first_byte: 20,
        first_line: 2,
        headings: JsonText(Vec::new()),
        mapping: JsonText(Mapping::default()),
        form_version_id: world.form.id,
        state: ImportState::Running,
        halted: None,
        worked_by: world.admin.id,
        lease: 0,
        available_at: db.now(),
        progress: Progress {
            row_count: 3,
            ready: 2,
            faults: 1,
            ..Progress::default()
        },
        created_by: world.admin.id,
        created_at: db.now(),
        changed_at: db.now(),
        version: 1,
        findings: JsonText(Findings::default()),
    }
}

fn row(number: i64, outcome: RowOutcome, business: &str) -> NewRow {
    let fault = RowFault {
        column: "Value".to_owned(),
        text: "Enter value".to_owned(),
    };
    NewRow {
        number,
        line: number + 1,
        outcome,
        faults: if outcome == RowOutcome::Fault {
            vec![fault]
        } else {
            Vec::new()
        },
        business: business.to_owned(),
    }
}

async fn insert(db: &TestDb, import: &Import) {
    let import = import.clone();
    in_write!(db, |tx| [import] imports::insert(tx, &import).await).unwrap();
}

async fn take(db: &TestDb, now: Timestamp, until: Timestamp) -> Option<Import> {
    in_write!(db, |tx| [] work::take(tx, now, until).await).unwrap()
}

both_engines! {
    async fn an_import_is_worked_under_a_lease_and_goes_on_from_its_place(db: &TestDb) {
        let (world, now) = (World::build(db).await, db.now());
        let one = import(db, &world);
        insert(db, &one).await;
        assert!(work::is_due(&mut db.read().await.unwrap(), now).await.unwrap());
        let until = now.plus_seconds(20);
        let taken = take(db, now, until).await.unwrap();
        assert_eq!(taken, Import { lease: 1, available_at: until, ..one.clone() });
        assert_eq!(take(db, now, until).await, None);
        let step = Step {
            progress: Progress { position: 2, at_byte: 90, at_line: 4, made: 2, ..one.progress },
            state: ImportState::Running,
            halted: None,
            available_at: until,
            now,
        };
        let mut found = taken.clone();
        found.findings.0.add(3, &row(2, RowOutcome::Fault, "").faults);
        in_write!(db, |tx| [taken, found, step] {
            assert!(work::hold(tx, &taken).await?);
            work::save_findings(tx, &found).await?;
            work::save_step(tx, &taken, &step).await
        }).unwrap();
        let again = take(db, until, until.plus_seconds(20)).await.unwrap();
        assert_eq!((again.lease, again.progress), (2, step.progress));
        assert_eq!(again.findings, found.findings);
        // Whoever had it before holds nothing, and releases nothing.
        let held = in_write!(db, |tx| [taken] work::hold(tx, &taken).await).unwrap();
        assert!(!held);
        let halt = Some(Halt::Broken);
        in_write!(db, |tx| [taken] work::release(tx, &taken, halt, now).await).unwrap();
        let mut conn = db.read().await.unwrap();
        let (company, program) = (world.company.id, world.program.id);
        let found = imports::find(&mut conn, company, program, one.id).await.unwrap().unwrap();
        assert_eq!((found.import.halted, found.by_name), (None, world.admin.name.clone()));
        drop(conn);
        in_write!(db, |tx| [again] work::release(tx, &again, halt, now).await).unwrap();
        assert!(!work::is_due(&mut db.read().await.unwrap(), until.plus_days(1)).await.unwrap());
    }

    async fn what_somebody_decides_takes_the_work_from_who_has_it(db: &TestDb) {
        let (world, now) = (World::build(db).await, db.now());
        let one = import(db, &world);
        insert(db, &one).await;
        let taken = take(db, now, now.plus_seconds(20)).await.unwrap();
        let changed = Import { state: ImportState::Checked, ..one.clone() };
        assert_eq!(in_write!(db, |tx| [changed] imports::save(tx, &changed).await).unwrap(), 2);
        assert!(in_write!(db, |tx| [changed] imports::save(tx, &changed).await).is_err());
        let held = in_write!(db, |tx| [taken] work::hold(tx, &taken).await).unwrap();
        assert!(!held);
        let other = World::build_named(db, "borea").await;
        let (company, program, id) = (world.company.id, world.program.id, one.id);
        let (foreign, theirs) = (other.company.id, other.program.id);
        assert!(!in_write!(db, |tx| [] imports::delete(tx, foreign, theirs, id).await).unwrap());
        assert!(in_write!(db, |tx| [] imports::delete(tx, company, program, id).await).unwrap());
        let mut conn = db.read().await.unwrap();
        assert!(imports::list(&mut conn, company, program, 9).await.unwrap().is_empty());
    }

    async fn rows_are_kept_listed_and_settled(db: &TestDb) {
        let world = World::build(db).await;
        let one = import(db, &world);
        insert(db, &one).await;
        let (company, id) = (world.company.id, one.id);
        let new = vec![
            row(1, RowOutcome::Ready, "acme.com"),
            row(2, RowOutcome::Fault, ""),
            row(3, RowOutcome::Double, "acme.com"),
        ];
        in_write!(db, |tx| [new] rows::insert_all(tx, company, id, &new).await).unwrap();
        let mut conn = db.read().await.unwrap();
        let outcomes = rows::outcomes(&mut conn, id, 1, 3).await.unwrap();
        assert_eq!(outcomes, [(2, RowOutcome::Fault), (3, RowOutcome::Double)]);
        let asked = ["acme.com".to_owned(), "other.com".to_owned()];
        assert_eq!(rows::known_businesses(&mut conn, id, &asked).await.unwrap(), ["acme.com"]);
        let faulty = rows::list_faulty(&mut conn, id, 0, 9).await.unwrap();
        assert_eq!((faulty.len(), faulty[0].line, faulty[0].faults.0.len()), (1, 3, 1));
        assert!(rows::list_faulty(&mut conn, id, 2, 9).await.unwrap().is_empty());
        drop(conn);
        let kept = world.submitted(db, "Acme Ltd", 7);
        let deal: DealId = kept.id;
        let made = MadeRow { number: 1, deal_id: deal, deal_version: 3 };
        in_write!(db, |tx| [kept] {
            store::deals::insert(tx, &kept, "key").await?;
            rows::save_made(tx, id, made).await
        }).unwrap();
        let mut conn = db.read().await.unwrap();
        let listed = rows::list_made(&mut conn, id, 0, 9).await.unwrap();
        assert_eq!((listed.len(), listed[0].deal_id, listed[0].deal_version), (1, deal, 3));
        let deals = rows::list_deals(&mut conn, id, 9).await.unwrap();
        assert_eq!((deals.len(), deals[0].id, deals[0].number), (1, deal, Some(7)));
        assert_eq!(deals[0].customer_name, "Acme Ltd");
        assert!(!rows::is_talked_about(&mut conn, deal).await.unwrap());
        drop(conn);
        in_write!(db, |tx| [] rows::save_outcome(tx, id, 1, RowOutcome::Undone, &[]).await).unwrap();
        let mut conn = db.read().await.unwrap();
        assert!(rows::list_made(&mut conn, id, 0, 9).await.unwrap().is_empty());
        assert!(rows::list_deals(&mut conn, id, 9).await.unwrap().is_empty());
        drop(conn);
        in_write!(db, |tx| [] rows::delete_all(tx, id).await).unwrap();
        assert!(rows::outcomes(&mut db.read().await.unwrap(), id, 0, 9).await.unwrap().is_empty());
    }

    async fn every_table_is_moved_or_stays_and_every_column_with_it(db: &TestDb) {
        let text = match db.dialect() {
            store::Dialect::Sqlite => "SELECT m.name, p.name FROM sqlite_schema m JOIN pragma_table_info(m.name) p
                 WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE '\\_sqlx%' ESCAPE '\\'
                     AND m.name NOT LIKE 'deal\\_grams%' ESCAPE '\\'",
            store::Dialect::Postgres => "SELECT table_name::text, column_name::text FROM information_schema.columns
                 WHERE table_schema = 'public' AND left(table_name, 5) <> '_sqlx'",
        };
        let found: Vec<(String, String)> =
            Statement::new(text).fetch_all(&mut db.read().await.unwrap()).await.unwrap();
        let found: BTreeSet<(String, String)> = found
            .into_iter()
            .filter(|(table, _)| !STAYS.contains(&table.as_str()))
            .collect();
        let mut known = BTreeSet::new();
        for table in TABLES {
            assert!(!STAYS.contains(&table.name), "{}", table.name);
            for column in table.columns {
                known.insert((table.name.to_owned(), column.name.to_owned()));
            }
        }
        assert_eq!(found, known);
        assert!(portage::is_empty(&mut db.read().await.unwrap()).await.unwrap());
    }
}
