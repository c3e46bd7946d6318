use crate::{
    announce::Announcer,
    conn::{Conn, Tx, sql},
    dialect::Dialect,
    error::StoreError,
    job::{BoxFuture, Work},
    listen, postgres,
    sqlite::{self, Message},
    url::DbUrl,
};
use sqlx::{PgPool, SqlitePool, query};
use std::{sync::Arc, time::Duration};
use tokio::sync::{mpsc, oneshot};

/// The limits of the connections; the defaults suit one node.
#[derive(Debug, Clone)]
pub struct DbOptions {
    /// Postgres: connections of this node, one of which listens.
    pub connections: u32,
    /// SQLite: connections that read.
    pub readers: u32,
    /// How long to wait for a free connection.
    pub acquire_timeout: Duration,
    /// Postgres: the longest statement, and the longest pause inside a transaction.
    pub statement_timeout: Duration,
    /// How long to wait for another's lock.
    pub lock_timeout: Duration,
}

impl Default for DbOptions {
    fn default() -> Self {
        Self {
            connections: 16,
            readers: 4,
            acquire_timeout: Duration::from_secs(10),
            statement_timeout: Duration::from_secs(15),
            lock_timeout: Duration::from_secs(5),
        }
    }
}

/// The database. Clones share one set of connections.
#[derive(Clone)]
pub struct Db {
    inner: Arc<Inner>,
}

struct Inner {
    pools: Pools,
    announcer: Announcer,
}

enum Pools {
    Sqlite {
        readers: SqlitePool,
        writer: mpsc::Sender<Message>,
    },
    Postgres {
        pool: PgPool,
        node: Arc<str>,
    },
}

impl Db {
    /// Connects to a database that [`crate::migrate`] has brought up to date.
    pub async fn connect(url: &DbUrl, options: &DbOptions) -> Result<Self, StoreError> {
        let announcer = Announcer::new();
        let pools = match url {
            DbUrl::Sqlite(path) => {
                let (readers, writer) = sqlite::open(path, options, announcer.clone()).await?;
                Pools::Sqlite { readers, writer }
            }
            DbUrl::Postgres(url) => {
                let pool = postgres::open(url, options).await?;
                let node = postgres::node_name(&pool).await?;
                listen::start(pool.clone(), node.clone(), announcer.clone()).await?;
                Pools::Postgres {
                    pool,
                    node: node.into(),
                }
            }
        };
        Ok(Self {
            inner: Arc::new(Inner { pools, announcer }),
        })
    }

    pub fn dialect(&self) -> Dialect {
        match self.inner.pools {
            Pools::Sqlite { .. } => Dialect::Sqlite,
            Pools::Postgres { .. } => Dialect::Postgres,
        }
    }

    /// What changes, as it is committed, here and on the other nodes.
    pub fn announcer(&self) -> &Announcer {
        &self.inner.announcer
    }

    /// A connection to read with.
    pub async fn read(&self) -> Result<Conn, StoreError> {
        Ok(match &self.inner.pools {
            Pools::Sqlite { readers, .. } => Conn::sqlite(readers.acquire().await?),
            Pools::Postgres { pool, .. } => Conn::postgres(pool.acquire().await?),
        })
    }

    /// Runs the closure in a write transaction and commits when it gives `Ok`; `Ok` here means that it is durable.
    ///
    /// It runs to its end even if this future is dropped. It may run more than once (Postgres ends one of two
    /// transactions that met), so it takes clones of what it captures; it awaits nothing but the database, because
    /// others wait for it; and once one of its statements has failed it cannot succeed.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T, E>> + Send + Sync + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let answer = match &self.inner.pools {
            Pools::Sqlite { writer, .. } => {
                let (work, answer) = Work::new(work);
                let sent = writer.send(Message::Write(Box::new(work))).await;
                sent.map_err(|_| StoreError::unavailable("the database is closed"))?;
                answer
            }
            Pools::Postgres { pool, node } => {
                let (pool, node) = (pool.clone(), node.clone());
                let announcer = self.inner.announcer.clone();
                let (reply, answer) = oneshot::channel();
                tokio::spawn(async move {
                    // A caller that went away does not undo what was committed.
                    let _ = reply.send(postgres::write(&pool, &node, &announcer, work).await);
                });
                answer
            }
        };
        answer
            .await
            .unwrap_or_else(|_| Err(StoreError::unavailable("the writer stopped").into()))
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        let mut conn = self.read().await?;
        let conn = &mut conn;
        sql!(conn.execute, query("SELECT 1")).map(|_| ())
    }

    /// Lets running writes end and closes every connection.
    pub async fn close(&self) {
        match &self.inner.pools {
            Pools::Sqlite { readers, writer } => {
                readers.close().await;
                let (done, stopped) = oneshot::channel();
                if writer.send(Message::Stop(done)).await.is_ok() {
                    let _ = stopped.await;
                }
            }
            Pools::Postgres { pool, .. } => pool.close().await,
        }
    }
}
