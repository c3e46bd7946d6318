use crate::postgres;
use domain::{FixedClock, SequentialIds, Timestamp};
use std::{future::Future, ops::Deref, path::PathBuf};
use store::{Db, DbOptions, DbUrl};
use tempfile::TempDir;

/// A migrated, empty database of this test's own, gone when dropped.
pub struct TestDb {
    pub db: Db,
    /// To open it again, from this process or another.
    pub url: DbUrl,
    pub clock: FixedClock,
    pub ids: SequentialIds,
    files: TempDir,
    _place: Place,
}

enum Place {
    Folder { _folder: TempDir },
    Server { _database: postgres::Database },
}

/// 2026-11-22T10:00:00Z.
const NOW: i64 = 1_795_341_600;

impl TestDb {
    pub async fn sqlite() -> Self {
        let EmptyDb { url, _place: place } = EmptyDb::sqlite();
        store::migrate(&url, &DbOptions::default())
            .await
            .unwrap_or_else(|error| panic!("cannot migrate {url}: {error}"));
        Self::open(url, place).await
    }

    pub async fn postgres() -> Self {
        let database = postgres::Database::create().await;
        Self::open(
            database.url(),
            Place::Server {
                _database: database,
            },
        )
        .await
    }

    async fn open(url: DbUrl, place: Place) -> Self {
        // Tests run side by side on one server.
        let options = DbOptions {
            connections: 6,
            ..DbOptions::default()
        };
        let db = Db::connect(&url, &options)
            .await
            .unwrap_or_else(|error| panic!("cannot open {url}: {error}"));
        Self {
            db,
            url,
            clock: FixedClock::at(Timestamp::from_seconds(NOW)),
            ids: SequentialIds::default(),
            files: new_folder(),
            _place: place,
        }
    }

    /// For what is kept beside this database: other cases count the same ids.
    pub fn files_folder(&self) -> PathBuf {
        self.files.path().to_owned()
    }

    /// The next id, of any kind.
    pub fn id<I: From<sqlx::types::Uuid>>(&self) -> I {
        domain::IdSource::next(&self.ids).into()
    }

    pub fn now(&self) -> Timestamp {
        domain::Clock::now(&self.clock)
    }
}

/// A place for a database that nobody has migrated yet, gone when dropped.
pub struct EmptyDb {
    pub url: DbUrl,
    _place: Place,
}

impl EmptyDb {
    pub fn sqlite() -> Self {
        let folder = new_folder();
        let url = DbUrl::Sqlite(folder.path().join("dealboard.db"));
        Self {
            url,
            _place: Place::Folder { _folder: folder },
        }
    }

    pub async fn postgres() -> Self {
        let database = postgres::Database::create_empty().await;
        Self {
            url: database.url(),
            _place: Place::Server {
                _database: database,
            },
        }
    }
}

fn new_folder() -> TempDir {
    TempDir::new().unwrap_or_else(|error| panic!("no temporary folder: {error}"))
}

impl Deref for TestDb {
    type Target = Db;

    fn deref(&self) -> &Db {
        &self.db
    }
}

/// Runs one case on one database, in a runtime like the server's.
pub fn run<Make, Made, Case>(make: Make, case: Case)
where
    Make: FnOnce() -> Made,
    Made: Future<Output = TestDb>,
    Case: AsyncFnOnce(&TestDb),
{
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap_or_else(|error| panic!("no runtime: {error}"));
    runtime.block_on(async {
        let db = make().await;
        case(&db).await;
        db.close().await;
    });
}
