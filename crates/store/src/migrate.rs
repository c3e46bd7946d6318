//! The schema's history, embedded. File names are the same for both engines; `tests/parity.rs` compares what
//! they make.

use crate::{
    db::DbOptions,
    error::StoreError,
    url::DbUrl,
    {postgres, sqlite},
};
use sha2::{Digest, Sha256};
use sqlx::migrate::{MigrateError, Migrator};
use std::fmt::Write;

pub(crate) static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
pub(crate) static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// Brings the database to this binary's schema. Any number of processes may call it at once: one migrates, the
/// others wait and find it done.
pub async fn migrate(url: &DbUrl, options: &DbOptions) -> Result<(), StoreError> {
    let outcome = match url {
        DbUrl::Sqlite(path) => {
            // sqlx's own lock is a no-op on SQLite.
            let _alone = sqlite::lock(path).await?;
            sqlite::migrate(path, options).await
        }
        DbUrl::Postgres(url) => postgres::migrate(url).await,
    };
    outcome.map_err(|error| match error {
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => {
            StoreError::Driver(error)
        }
        other => StoreError::unavailable(other),
    })
}

/// A name for this binary's schema: the digest of its migrations. Test databases are copied from one that has it.
pub fn schema_name() -> String {
    let mut digest = Sha256::new();
    for migration in POSTGRES.iter() {
        digest.update(&migration.checksum);
    }
    let mut name = String::new();
    for byte in digest.finalize().iter().take(8) {
        // Writing to a String cannot fail.
        let _ = write!(name, "{byte:02x}");
    }
    name
}
