use crate::{
    announce::Announce,
    dialect::Dialect,
    error::{StoreError, is_serialization_failure},
};
use sqlx::{PgConnection, Postgres, Sqlite, SqliteConnection, pool::PoolConnection};
use std::ops::{Deref, DerefMut};

/// A connection to whichever engine is in use. Repositories take `&mut Conn`; a `&mut Tx` passes for one.
pub struct Conn {
    link: Link,
    /// A statement failed. Postgres then refuses every further statement and answers COMMIT with a silent
    /// rollback, SQLite goes on; so that both behave alike, a write in which a statement failed never commits.
    failed: bool,
    /// What failed was a meeting of two transactions: run the work again.
    retry: bool,
    /// Inside a write. A reader that met a failure may go on.
    writing: bool,
}

enum Link {
    Sqlite(PoolConnection<Sqlite>),
    Postgres(PoolConnection<Postgres>),
}

/// What the `sql!` macro matches on.
pub(crate) enum Engine<'c> {
    Sqlite(&'c mut SqliteConnection),
    Postgres(&'c mut PgConnection),
    /// An earlier statement of this write failed. Nothing more is run: SQLite may have rolled back by itself (disk
    /// full), and what came next would be committed on its own.
    Failed,
}

/// The outcome of a statement that was not run.
pub(crate) fn not_run<T>() -> Result<T, sqlx::Error> {
    Err(sqlx::Error::Protocol(
        "a write went on after one of its statements had failed".to_owned(),
    ))
}

impl Conn {
    pub(crate) fn sqlite(link: PoolConnection<Sqlite>) -> Self {
        Self {
            link: Link::Sqlite(link),
            failed: false,
            retry: false,
            writing: false,
        }
    }

    pub(crate) fn postgres(link: PoolConnection<Postgres>) -> Self {
        Self {
            link: Link::Postgres(link),
            failed: false,
            retry: false,
            writing: false,
        }
    }

    pub fn dialect(&self) -> Dialect {
        match self.link {
            Link::Sqlite(_) => Dialect::Sqlite,
            Link::Postgres(_) => Dialect::Postgres,
        }
    }

    pub(crate) fn engine(&mut self) -> Engine<'_> {
        if self.writing && self.failed {
            return Engine::Failed;
        }
        match &mut self.link {
            Link::Sqlite(conn) => Engine::Sqlite(conn),
            Link::Postgres(conn) => Engine::Postgres(conn),
        }
    }

    /// Notes a failure on the way out.
    pub(crate) fn checked<T>(&mut self, outcome: Result<T, sqlx::Error>) -> Result<T, StoreError> {
        outcome.map_err(|error| {
            self.failed = true;
            self.retry |= is_serialization_failure(&error);
            StoreError::from(error)
        })
    }

    pub(crate) fn failed(&self) -> bool {
        self.failed
    }

    pub(crate) fn must_retry(&self) -> bool {
        self.retry
    }

    pub(crate) fn forget_failure(&mut self) {
        self.failed = false;
        self.retry = false;
    }

    /// The connection is in an unknown state: the pool must not hand it out again.
    pub(crate) fn discard(mut self) {
        self.close_on_drop();
    }

    /// Once it is let go, it is closed and not handed out again.
    pub(crate) fn close_on_drop(&mut self) {
        match &mut self.link {
            Link::Sqlite(conn) => conn.close_on_drop(),
            Link::Postgres(conn) => conn.close_on_drop(),
        }
    }
}

/// A write transaction, given to the closure of [`crate::Db::write`]. It has no commit: returning `Ok` commits.
pub struct Tx {
    conn: Conn,
    announced: Vec<Announce>,
}

impl Tx {
    pub(crate) fn new(mut conn: Conn) -> Self {
        conn.writing = true;
        Self {
            conn,
            announced: Vec::new(),
        }
    }

    /// To be told to live viewers once this transaction is committed, on every node. `events::append` does it for
    /// the topics of an event; call it for others (`user:<id>`).
    pub fn announce(&mut self, announce: Announce) {
        self.announced.push(announce);
    }

    pub(crate) fn announced(&self) -> &[Announce] {
        &self.announced
    }

    pub(crate) fn take_announced(&mut self) -> Vec<Announce> {
        std::mem::take(&mut self.announced)
    }

    pub(crate) fn into_conn(self) -> Conn {
        self.conn
    }
}

impl Deref for Tx {
    type Target = Conn;

    fn deref(&self) -> &Conn {
        &self.conn
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.conn
    }
}

/// Types one sqlx expression for both drivers and runs it:
/// `sql!(conn.fetch_optional, query_as::<_, Row>("SELECT ... WHERE id = $1").bind(id))`.
/// The method is one of `fetch_one`, `fetch_optional`, `fetch_all`, and `execute`, which gives the rows affected.
macro_rules! sql {
    ($conn:ident . execute, $query:expr) => {{
        let outcome = match $conn.engine() {
            $crate::conn::Engine::Sqlite(engine) => $query
                .execute(engine)
                .await
                .map(|done| done.rows_affected()),
            $crate::conn::Engine::Postgres(engine) => $query
                .execute(engine)
                .await
                .map(|done| done.rows_affected()),
            $crate::conn::Engine::Failed => $crate::conn::not_run(),
        };
        $conn.checked(outcome)
    }};
    ($conn:ident . $fetch:ident, $query:expr) => {{
        let outcome = match $conn.engine() {
            $crate::conn::Engine::Sqlite(engine) => $query.$fetch(engine).await,
            $crate::conn::Engine::Postgres(engine) => $query.$fetch(engine).await,
            $crate::conn::Engine::Failed => $crate::conn::not_run(),
        };
        $conn.checked(outcome)
    }};
}
pub(crate) use sql;
