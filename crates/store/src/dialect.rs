//! Where the two engines honestly differ. Everything else is one SQL text.

use crate::{
    conn::{Conn, Engine, Tx, not_run},
    error::StoreError,
};
use sqlx::query;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

/// Tells the other nodes at commit. `SQLite` has no other node.
pub(crate) async fn notify(tx: &mut Tx, payload: &str) -> Result<(), StoreError> {
    let outcome = match tx.engine() {
        Engine::Sqlite(_) => Ok(()),
        Engine::Postgres(engine) => query("SELECT pg_notify('dealboard', $1)")
            .bind(payload)
            .execute(engine)
            .await
            .map(|_| ()),
        Engine::Failed => not_run(),
    };
    tx.checked(outcome)
}

/// The clause that keeps a chosen row from others until this transaction ends, for workers that share a queue.
/// `SQLite` has one writer anyway.
pub fn for_update_skip_locked(conn: &Conn) -> &'static str {
    match conn.dialect() {
        Dialect::Sqlite => "",
        Dialect::Postgres => " FOR UPDATE SKIP LOCKED",
    }
}

/// The clause that keeps a chosen row as it is until this transaction ends, while others may do the same.
pub fn for_share(conn: &Conn) -> &'static str {
    match conn.dialect() {
        Dialect::Sqlite => "",
        Dialect::Postgres => " FOR SHARE",
    }
}

/// The clause that keeps others from changing a chosen row until this transaction ends.
pub fn for_update(conn: &Conn) -> &'static str {
    match conn.dialect() {
        Dialect::Sqlite => "",
        Dialect::Postgres => " FOR NO KEY UPDATE",
    }
}

/// What is never deleted, as its migrations say: for each engine how that is lifted and put back.
struct AppendOnly {
    sqlite: Change,
    postgres: Change,
}

/// How it is lifted, and how it is put back.
type Change = (&'static str, &'static str);

const APPEND_ONLY: [AppendOnly; 4] = [
    AppendOnly {
        sqlite: (
            "DROP TRIGGER events_no_delete",
            "CREATE TRIGGER events_no_delete BEFORE DELETE ON events
             BEGIN SELECT RAISE(ABORT, 'events are append-only'); END",
        ),
        postgres: (
            "ALTER TABLE events DISABLE TRIGGER events_no_change",
            "ALTER TABLE events ENABLE TRIGGER events_no_change",
        ),
    },
    AppendOnly {
        sqlite: (
            "DROP TRIGGER ledger_entries_no_delete",
            "CREATE TRIGGER ledger_entries_no_delete BEFORE DELETE ON ledger_entries
             BEGIN SELECT RAISE(ABORT, 'ledger_entries are append-only'); END",
        ),
        postgres: (
            "ALTER TABLE ledger_entries DISABLE TRIGGER ledger_entries_no_change",
            "ALTER TABLE ledger_entries ENABLE TRIGGER ledger_entries_no_change",
        ),
    },
    AppendOnly {
        sqlite: (
            "DROP TRIGGER commissions_no_delete",
            "CREATE TRIGGER commissions_no_delete BEFORE DELETE ON commissions
             BEGIN SELECT RAISE(ABORT, 'commissions are never deleted'); END",
        ),
        postgres: (
            "ALTER TABLE commissions DISABLE TRIGGER commissions_no_change",
            "ALTER TABLE commissions ENABLE TRIGGER commissions_no_change",
        ),
    },
    AppendOnly {
        sqlite: (
            "DROP TRIGGER offer_versions_no_delete",
            "CREATE TRIGGER offer_versions_no_delete BEFORE DELETE ON offer_versions
             BEGIN SELECT RAISE(ABORT, 'offer_versions are append-only'); END",
        ),
        postgres: (
            "ALTER TABLE offer_versions DISABLE TRIGGER offer_versions_no_change",
            "ALTER TABLE offer_versions ENABLE TRIGGER offer_versions_no_change",
        ),
    },
];

/// Lets history and books be deleted until [`restore_append_only`], within this transaction. Only `maintenance` may.
pub(crate) async fn lift_append_only(tx: &mut Tx) -> Result<(), StoreError> {
    for AppendOnly { sqlite, postgres } in APPEND_ONLY {
        run(tx, sqlite.0, postgres.0).await?;
    }
    Ok(())
}

pub(crate) async fn restore_append_only(tx: &mut Tx) -> Result<(), StoreError> {
    for AppendOnly { sqlite, postgres } in APPEND_ONLY {
        run(tx, sqlite.1, postgres.1).await?;
    }
    Ok(())
}

async fn run(tx: &mut Tx, sqlite: &'static str, postgres: &'static str) -> Result<(), StoreError> {
    let outcome = match tx.engine() {
        Engine::Sqlite(engine) => query(sqlite).execute(engine).await.map(|_| ()),
        Engine::Postgres(engine) => query(postgres).execute(engine).await.map(|_| ()),
        Engine::Failed => not_run(),
    };
    tx.checked(outcome)
}
