//! What a client that went away must not leave behind: a transaction that nobody ends.

use std::{collections::BTreeSet, path::Path};

use sqlx::{Connection, PgConnection, SqliteConnection};

/// Postgres: the connections that hold a transaction open without working, each with the time at which that one began.
/// A working server is between two statements now and then; what is left open stays in the set.
pub async fn idle_in_transaction(url: &str) -> BTreeSet<(i32, String)> {
    let mut conn = PgConnection::connect(url)
        .await
        .unwrap_or_else(|error| panic!("cannot ask who is in a transaction: {error}"));
    let rows: Vec<(i32, String)> = sqlx::query_as(
        "SELECT pid, xact_start::text FROM pg_stat_activity
         WHERE datname = current_database() AND state LIKE 'idle in trans%' AND xact_start IS NOT NULL",
    )
    .fetch_all(&mut conn)
    .await
    .unwrap_or_else(|error| panic!("cannot ask who is in a transaction: {error}"));
    let _ = conn.close().await;
    rows.into_iter().collect()
}

/// `SQLite`: (busy, pages in the log, pages moved). A reader or a writer with an open transaction keeps the log from
/// being emptied.
pub async fn emptied_log(path: &Path) -> (i64, i64, i64) {
    let address = format!("sqlite:{}", path.display());
    let mut conn = SqliteConnection::connect(&address)
        .await
        .unwrap_or_else(|error| panic!("cannot open {address}: {error}"));
    let emptied = sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)")
        .fetch_one(&mut conn)
        .await
        .unwrap_or_else(|error| panic!("cannot empty the log: {error}"));
    let _ = conn.close().await;
    emptied
}
