//! Imports: what rows become, that each becomes it once, and how it is taken back.

use std::io::Read as _;

use domain::commands::{SwitchSubmissions, WithdrawDeal};
use domain::deals::RegistrationStatus;
use domain::imports::{Halt, ImportState, MAX_ROWS, Mapping};
use domain::people::CompanyRole;
use domain::views::ImportView;
use domain::{FileId, ImportId};
use services::deals::StoredFile;
use services::{CompanyAccess, ServiceError};
use store::Statement;
use testkit::{TestDb, both_engines, in_write};

use crate::desk::Desk;

const HEADINGS: &str =
    "Partner,Customer name,Country,Expected value,Expected close date,Stage,Status,Lost reason";

/// A file of these rows, as it lies on the disk after it was uploaded.
pub fn stored(desk: &Desk, text: &str) -> StoredFile {
    let id: FileId = desk.services.id();
    let path = desk.services.file_path(id);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
    StoredFile {
        id,
        name: "deals.csv".into(),
        mime: "text/csv".into(),
        size_bytes: i64::try_from(text.len()).unwrap(),
        sha256: vec![7; 32],
    }
}

pub fn row(desk: &Desk, customer: &str, stage: &str, status: &str) -> String {
    let partner = &desk.world.partner.name;
    let reason = &desk.world.pipeline.lost_reasons[0].label;
    format!("\"{partner}\",{customer},Germany,\"12,000\",2031-01-31,{stage},{status},{reason}\n")
}

pub fn file(rows: impl IntoIterator<Item = String>) -> String {
    let rows: Vec<String> = rows.into_iter().collect();
    format!("{HEADINGS}\n{}", rows.concat())
}

pub async fn view(access: &CompanyAccess, import: ImportId) -> ImportView {
    access.import(import, 0).await.unwrap()
}

/// Until nothing is due any more.
pub async fn work(desk: &Desk) {
    while desk.services.work_on_imports().await.unwrap() {}
}

/// Uploads, maps as it was guessed, and has the rows checked.
pub async fn checked(desk: &Desk, text: &str, mapping: impl FnOnce(&mut Mapping)) -> ImportId {
    let access = desk.company().await;
    let import = access.add_import(stored(desk, text)).await.unwrap();
    let shown = view(&access, import).await;
    let mut wanted = shown.mapping;
    mapping(&mut wanted);
    access
        .map_import(import, shown.version, wanted)
        .await
        .unwrap();
    work(desk).await;
    assert_eq!(view(&access, import).await.line.state, ImportState::Checked);
    import
}

pub async fn start(desk: &Desk, import: ImportId) -> Result<i64, ServiceError> {
    let access = desk.company().await;
    let version = view(&access, import).await.version;
    access.start_import(import, version).await
}

async fn take_back(desk: &Desk, import: ImportId) {
    let access = desk.company().await;
    let version = view(&access, import).await.version;
    access.take_back_import(import, version).await.unwrap();
    work(desk).await;
}

async fn count(db: &TestDb, text: &'static str) -> i64 {
    let mut conn = db.read().await.unwrap();
    let rows = Statement::new(text).fetch_all::<(i64,)>(&mut conn);
    rows.await.unwrap()[0].0
}

both_engines! {
    async fn rows_become_deals_by_the_verbs_that_people_have(db: &TestDb) {
        let desk = Desk::open(db).await;
        let rows = [
            row(&desk, "Waiting Ltd", "", ""),
            row(&desk, "Approved Ltd", "", "Approved"),
            row(&desk, "Moved Ltd", "Proposal", ""),
            row(&desk, "Lost Ltd", "Closed lost", ""),
            row(&desk, "Won Ltd", "Closed won", ""),
            row(&desk, "Declined Ltd", "", "Declined"),
            row(&desk, "Bad Ltd", "Nowhere", ""),
            row(&desk, "Waiting Ltd", "", ""),
        ];
        let import = checked(&desk, &file(rows), |mapping| mapping.confirm_wins = true).await;
        let access = desk.company().await;
        let shown = view(&access, import).await;
        let counts = shown.line.counts;
        assert_eq!((counts.rows, counts.ready, counts.faults, counts.doubles), (8, 6, 1, 1));
        assert_eq!(shown.faulty[0].faults[0].sentence(shown.faulty[0].line),
            "line 8, column Stage: This program has no stage called \u{201c}Nowhere\u{201d}");
        let mut faults = String::new();
        access.import_faults_csv(import).await.unwrap().file.read_to_string(&mut faults).unwrap();
        assert!(faults.starts_with("Line,Column,Problem\r\n8,Stage,"), "{faults}");
        assert_eq!(faults.lines().count(), 2);
        assert_eq!(count(db, "SELECT count(*) FROM deals").await, 0, "checking makes nothing");

        start(&desk, import).await.unwrap();
        work(&desk).await;
        let shown = view(&access, import).await;
        assert_eq!((shown.line.state, shown.line.counts.made), (ImportState::Done, 6));
        let mut conn = db.read().await.unwrap();
        let (company, program) = (desk.world.company.id, desk.world.program.id);
        let deals = store::deals::list_for_export(&mut conn, company, program, 0, 100).await.unwrap();
        drop(conn);
        let mut told = Vec::new();
        for (deal, _) in &deals {
            assert_eq!((deal.owner, deal.created_by), (desk.world.owner.id, desk.world.admin.id));
            told.push((deal.summary.customer.as_str(), desk.history(deal.id).await));
        }
        assert_eq!(told, [
            ("Waiting Ltd", vec!["deal_submitted"]),
            ("Approved Ltd", vec!["deal_submitted", "deal_approved"]),
            ("Moved Ltd", vec!["deal_submitted", "deal_approved", "stage_moved"]),
            ("Lost Ltd", vec!["deal_submitted", "deal_approved", "deal_lost"]),
            ("Won Ltd", vec!["deal_submitted", "deal_approved", "win_marked", "win_confirmed"]),
            ("Declined Ltd", vec!["deal_submitted", "deal_declined"]),
        ]);
        let seen = desk.partner().await.deal(deals[2].0.id).await.unwrap();
        let seen = format!("{seen:?}");
        assert!(seen.contains("Imported by the company") && !seen.contains("deals.csv"), "{seen}");
        assert_eq!(count(db, "SELECT count(*) FROM notices").await, 0, "nobody is told one by one");
        assert_eq!(count(db, "SELECT count(*) FROM mail").await, 0);
        desk.services.verify().await.unwrap().unwrap();
    }

    async fn a_deal_that_was_lost_last_year_is_imported(db: &TestDb) {
        let desk = Desk::open(db).await;
        let today = desk.services.now().date();
        let past = today.plus_days(-365).to_string();
        let rows = [
            row(&desk, "Lost Ltd", "Closed lost", "").replace("2031-01-31", &past),
            row(&desk, "Waiting Ltd", "", "").replace("2031-01-31", &past),
        ];
        let import = checked(&desk, &file(rows), |_| ()).await;
        start(&desk, import).await.unwrap();
        work(&desk).await;
        let shown = view(&desk.company().await, import).await;
        let counts = shown.line.counts;
        assert_eq!((shown.line.state, counts.made, counts.faults), (ImportState::Done, 2, 0), "{shown:?}");
        desk.services.verify().await.unwrap().unwrap();
    }

    async fn an_import_ends_at_its_limit_of_rows_and_says_so(db: &TestDb) {
        let desk = Desk::open(db).await;
        let access = desk.company().await;
        let rows = (0..3).map(|number| row(&desk, &format!("Customer {number} of many"), "", ""));
        let import = access.add_import(stored(&desk, &file(rows))).await.unwrap();
        let shown = view(&access, import).await;
        access.map_import(import, shown.version, shown.mapping).await.unwrap();
        // As if all rows but one had been read before.
        in_write!(db, |tx| [] {
            let mut statement = Statement::new("UPDATE imports SET position = ");
            statement.bind(MAX_ROWS - 1);
            statement.execute(tx).await
        }).unwrap();
        work(&desk).await;
        let shown = view(&access, import).await;
        let counts = shown.line.counts;
        assert_eq!(shown.line.state, ImportState::Checked);
        assert_eq!((counts.rows, counts.ready, counts.faults), (MAX_ROWS + 1, 1, 1));
        assert_eq!((shown.faulty[0].number, shown.faulty[0].line), (MAX_ROWS + 1, 3));
        let text = &shown.faulty[0].faults[0].text;
        assert!(text.starts_with("An import takes 200000 rows"), "{text}");
    }

    async fn choosing_columns_again_begins_anew_whatever_a_worker_has_in_hand(db: &TestDb) {
        let desk = Desk::open(db).await;
        let rows = (0..3).map(|number| row(&desk, &format!("Customer {number} of many"), "", ""));
        let import = checked(&desk, &file(rows), |_| ()).await;
        let access = desk.company().await;
        let shown = view(&access, import).await;
        let (before, mapping) = (shown.version - 1, shown.mapping);
        let again = access.map_import(import, before, mapping.clone()).await;
        assert!(matches!(again, Err(ServiceError::Stale)));
        assert_eq!(count(db, "SELECT count(*) FROM import_rows").await, 3, "nothing came of it");
        let version = access.map_import(import, shown.version, mapping.clone()).await.unwrap();
        assert_eq!(count(db, "SELECT count(*) FROM import_rows").await, 0);
        // A worker is at it when they are chosen once more.
        let now = desk.services.now();
        let until = now.plus_seconds(20);
        let taken = in_write!(db, |tx| [] store::imports::work::take(tx, now, until).await).unwrap();
        let taken = taken.unwrap();
        access.map_import(import, version, mapping).await.unwrap();
        let held = in_write!(db, |tx| [taken] store::imports::work::hold(tx, &taken).await).unwrap();
        assert!(!held);
        work(&desk).await;
        let counts = view(&access, import).await.line.counts;
        assert_eq!((counts.rows, counts.ready), (3, 3));
    }

    async fn taking_back_leaves_what_was_worked_on_and_names_it(db: &TestDb) {
        let desk = Desk::open(db).await;
        let rows = [
            row(&desk, "One Ltd", "Proposal", ""),
            row(&desk, "Two Ltd", "Closed won", ""),
            row(&desk, "Three Ltd", "", "Declined"),
            row(&desk, "Four Ltd", "Proposal", ""),
        ];
        let import = checked(&desk, &file(rows), |_| ()).await;
        start(&desk, import).await.unwrap();
        work(&desk).await;
        let access = desk.company().await;
        let mut conn = db.read().await.unwrap();
        let (company, program) = (desk.world.company.id, desk.world.program.id);
        let deals = store::deals::list_for_export(&mut conn, company, program, 0, 100).await.unwrap();
        drop(conn);
        let four = deals[3].0.id;
        desk.move_to(four, "Negotiation", domain::deals::MoveDetails::default()).await.unwrap();

        take_back(&desk, import).await;
        let shown = view(&access, import).await;
        assert_eq!(shown.line.state, ImportState::Undone);
        assert!(shown.deals.is_empty());
        assert_eq!((shown.line.counts.undone, shown.line.counts.kept), (3, 1));
        let why = &shown.faulty[0].faults[0].text;
        assert!(why.contains("-4 was worked on since it was imported"), "{why}");
        assert_eq!(desk.history(deals[1].0.id).await,
            ["deal_submitted", "deal_approved", "win_marked", "win_rejected", "deal_withdrawn"]);
        for (deal, _) in &deals {
            let kept = access.deal(deal.id).await.unwrap().deal.registration.status();
            assert_eq!(kept == RegistrationStatus::Withdrawn, deal.id != four);
        }
        desk.services.verify().await.unwrap().unwrap();
        // A deal that went by itself is not taken back either, and nothing is done twice.
        let withdraw = WithdrawDeal { deal: four, version: desk.version(four).await };
        desk.partner().await.withdraw_deal(withdraw).await.unwrap();
        assert!(matches!(access.take_back_import(import, shown.version).await, Err(ServiceError::Stale)));
    }

    async fn a_row_is_imported_once_whoever_dies_and_however_many_work(db: &TestDb) {
        let desk = Desk::open(db).await;
        let rows = (0..90).map(|number| row(&desk, &format!("Customer {number} of many"), "Proposal", ""));
        let import = checked(&desk, &file(rows), |_| ()).await;
        start(&desk, import).await.unwrap();
        // One takes it and is never heard of again.
        let now = desk.services.now();
        let until = now.plus_seconds(20);
        let dead = in_write!(db, |tx| [] store::imports::work::take(tx, now, until).await).unwrap();
        let dead = dead.unwrap();
        assert!(!desk.services.work_on_imports().await.unwrap(), "it is in hand");
        desk.clock.set(until);
        let workers: Vec<_> = (0..4).map(|_| {
            let services = desk.services.clone();
            tokio::spawn(async move { while services.work_on_imports().await.unwrap_or(true) {} })
        }).collect();
        for worker in workers {
            worker.await.unwrap();
        }
        let shown = view(&desk.company().await, import).await;
        assert_eq!((shown.line.state, shown.line.counts.made), (ImportState::Done, 90));
        assert_eq!(count(db, "SELECT count(*) FROM deals").await, 90);
        assert_eq!(count(db, "SELECT max(number) FROM deals").await, 90);
        // The one that was thought dead comes back: it holds nothing any more.
        let held = in_write!(db, |tx| [dead] store::imports::work::hold(tx, &dead).await).unwrap();
        assert!(!held);
        desk.services.verify().await.unwrap().unwrap();
    }

    async fn work_stops_with_its_right_and_goes_on_from_where_it_was(db: &TestDb) {
        let desk = Desk::open(db).await;
        let rows = (0..30).map(|number| row(&desk, &format!("Customer {number} of many"), "", ""));
        let import = checked(&desk, &file(rows), |_| ()).await;
        let access = desk.company().await;
        let close = |open| access.switch_submissions(SwitchSubmissions { open });
        close(false).await.unwrap();
        assert!(matches!(start(&desk, import).await, Err(ServiceError::Rule(_))));
        close(true).await.unwrap();
        start(&desk, import).await.unwrap();
        close(false).await.unwrap();
        work(&desk).await;
        let shown = view(&access, import).await;
        assert_eq!((shown.line.halted, shown.line.counts.made), (Some(Halt::Closed), 0));
        close(true).await.unwrap();
        access.resume_import(import, shown.version).await.unwrap();
        let demoted = desk.company_as(CompanyRole::Reviewer).await;
        assert!(matches!(demoted.import(import, 0).await, Err(ServiceError::Forbidden)));
        work(&desk).await;
        let access = desk.company_as(CompanyRole::Admin).await;
        let shown = view(&access, import).await;
        assert_eq!(shown.line.halted, Some(Halt::MayNot));
        access.resume_import(import, shown.version).await.unwrap();
        work(&desk).await;
        assert_eq!(view(&access, import).await.line.counts.made, 30);
    }

    async fn a_file_of_another_company_does_not_exist(db: &TestDb) {
        let desk = Desk::open(db).await;
        let import = checked(&desk, &file([row(&desk, "One Ltd", "", "")]), |_| ()).await;
        let other = Desk::beside(&desk, testkit::World::build_named(db, "borea").await);
        let foreign = other.company().await;
        assert!(matches!(foreign.import(import, 0).await, Err(ServiceError::NotFound)));
        assert!(matches!(foreign.start_import(import, 3).await, Err(ServiceError::NotFound)));
        assert!(matches!(foreign.discard_import(import).await, Err(ServiceError::NotFound)));
        assert!(foreign.imports().await.unwrap().imports.is_empty());
        // What no deal came from can be thrown away.
        desk.company().await.discard_import(import).await.unwrap();
        assert_eq!(count(db, "SELECT count(*) FROM import_rows").await, 0);
    }

    async fn a_program_as_csv_is_read_again_as_what_it_was(db: &TestDb) {
        let desk = Desk::open(db).await;
        desk.approved("key-1", "=Hale & \"Moss\"").await;
        desk.submit("key-2", "Tern, Labs").await;
        let access = desk.company().await;
        let mut text = String::new();
        access.export_deals().await.unwrap().file.read_to_string(&mut text).unwrap();
        assert!(text.starts_with("Number,Partner,Status,Stage,"), "{text}");
        let other = Desk::beside(&desk, testkit::World::build_named(db, "borea").await);
        let text = text.replace(&desk.world.partner.name, &other.world.partner.name);
        let import = checked(&other, &text, |_| ()).await;
        let shown = view(&other.company().await, import).await;
        assert_eq!((shown.line.counts.ready, shown.line.counts.faults), (2, 0), "{shown:?}");
        start(&other, import).await.unwrap();
        work(&other).await;
        let mut conn = db.read().await.unwrap();
        let (company, program) = (other.world.company.id, other.world.program.id);
        let deals = store::deals::list_for_export(&mut conn, company, program, 0, 9).await.unwrap();
        let told = deals.iter().map(|(deal, _)| (deal.summary.customer.as_str(), deal.registration.status()));
        assert_eq!(told.collect::<Vec<_>>(), [
            ("=Hale & \"Moss\"", RegistrationStatus::Approved),
            ("Tern, Labs", RegistrationStatus::Submitted),
        ]);
    }
}
