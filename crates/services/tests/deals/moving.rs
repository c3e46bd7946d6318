//! A whole company on its way from one engine to the other and back: the same rows, the same checksums.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use services::exports::{MoveFault, Sums};
use services::{ServiceError, Services};
use testkit::{TestDb, run};

use crate::desk::open_services;

/// Writes the company to a file; gives what it says of it.
async fn taken(services: &Services, name: &str) -> (PathBuf, Sums) {
    let name = format!("dealboard-moving-{name}-{}.jsonl", std::process::id());
    let path = std::env::temp_dir().join(name);
    let mut file = std::fs::File::create(&path).unwrap();
    let sums = services
        .export_whole("altostrat-cloud", &mut file)
        .await
        .unwrap();
    (path, sums.unwrap())
}

async fn brought(db: &TestDb, path: &Path) -> (Services, Sums) {
    let (services, _) = open_services(db);
    let sums = services.import_whole(path).await.unwrap().unwrap();
    assert!(!services.holds_half_a_company().await.unwrap());
    services.verify().await.unwrap().unwrap();
    (services, sums)
}

#[test]
fn sqlite_to_postgres_to_sqlite() {
    run(TestDb::sqlite, async |first: &TestDb| {
        let (services, _) = open_services(first);
        services.load_demo(150).await.unwrap();
        let (one, sums) = taken(&services, "one").await;
        for table in [
            "users",
            "deals",
            "events",
            "commissions",
            "ledger_entries",
            "messages",
        ] {
            assert!(sums.0[table].rows > 0, "{table}: {}", sums.text());
        }
        let postgres = TestDb::postgres().await;
        let (there, moved) = brought(&postgres, &one).await;
        assert_eq!(moved, sums);
        let (two, again) = taken(&there, "two").await;
        assert_eq!(again, sums);
        let last = TestDb::sqlite().await;
        let (back, moved) = brought(&last, &two).await;
        assert_eq!(moved, sums);
        // What lives in the new database goes on: the next event follows the last.
        let (three, again) = taken(&back, "three").await;
        assert_eq!(again, sums);
        refused(&back, &one).await;
        for path in [one, two, three] {
            std::fs::remove_file(path).unwrap();
        }
        postgres.close().await;
        last.close().await;
    });
}

/// Nothing is written of a copy that is not what was exported, and nothing into a database that is in use.
async fn refused(full: &Services, path: &Path) {
    let fault = full.import_whole(path).await.unwrap().unwrap_err();
    assert_eq!(fault, MoveFault::NotEmpty);
    let empty = TestDb::sqlite().await;
    let (services, _) = open_services(&empty);
    let mut text = String::new();
    std::fs::File::open(path)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    let cut = &text[..text.rfind("{\"sums\"").unwrap()];
    let changed = text.replacen("\"name\":\"", "\"name\":\"X", 1);
    let reading = text.replacen("\"whole\":true", "\"whole\":false", 1);
    for (text, expected) in [
        (cut, MoveFault::CutShort),
        (changed.as_str(), MoveFault::Changed("users".into())),
        (reading.as_str(), MoveFault::ForReading),
        ("{}\n", MoveFault::BadLine(1)),
    ] {
        let other = path.with_extension("other");
        std::fs::write(&other, text).unwrap();
        let fault = services.import_whole(&other).await.unwrap().unwrap_err();
        assert_eq!(fault, expected);
        std::fs::remove_file(other).unwrap();
    }
    let mut conn = empty.read().await.unwrap();
    assert!(store::portage::is_empty(&mut conn).await.unwrap());
    drop(conn);
    let mut nowhere = std::io::sink();
    let unknown = services.export_whole("nobody", &mut nowhere).await;
    let unknown: Result<_, ServiceError> = unknown;
    assert_eq!(
        unknown.unwrap().unwrap_err(),
        MoveFault::NoCompany("nobody".into())
    );
    empty.close().await;
}
