//! SQLite: one writer, many readers, and as many writes per fdatasync as are waiting.

use crate::{
    announce::{Announce, Announcer},
    conn::{Conn, Tx, sql},
    db::DbOptions,
    error::StoreError,
    job::Job,
};
use sqlx::{
    ConnectOptions, Connection, SqlitePool, query, query_scalar,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{
    fs::File,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};
use tokio::sync::{mpsc, oneshot};

/// Older libraries can corrupt a WAL database when a checkpoint meets a reset of the log.
const OLDEST: (u32, u32, u32) = (3, 51, 3);

/// Keeps one commit from growing without end while writes keep coming: a full batch, or this long.
const BATCH: usize = 256;
const BATCH_TIME: Duration = Duration::from_millis(50);

/// Writers that wait beyond this wait to be let in.
const QUEUE: usize = 1024;

pub(crate) enum Message {
    Write(Box<dyn Job>),
    Stop(oneshot::Sender<()>),
}

pub(crate) fn options(path: &Path, limits: &DbOptions) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .foreign_keys(true)
        .busy_timeout(limits.lock_timeout)
        // NORMAL loses acknowledged commits when the power fails.
        .synchronous(SqliteSynchronous::Full)
        // 4 MB (in kB when negative), because each connection has a cache of its own; the system caches the file.
        .pragma("cache_size", "-4000")
        // A log that a long reader let grow is cut back to 64 MB.
        .pragma("journal_size_limit", "67108864")
        .disable_statement_logging()
}

/// Held while one process creates, recovers or migrates the file; the others wait for it.
pub(crate) async fn lock(path: &Path) -> Result<File, StoreError> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let name = PathBuf::from(name);
    let locked = tokio::task::spawn_blocking(move || {
        let file = File::options().create(true).append(true).open(name)?;
        file.lock()?;
        Ok::<_, std::io::Error>(file)
    });
    locked
        .await
        .map_err(StoreError::unavailable)?
        .map_err(StoreError::unavailable)
}

/// Opens the file, refuses a library that is too old, and starts the writer.
pub(crate) async fn open(
    path: &Path,
    limits: &DbOptions,
    announcer: Announcer,
) -> Result<(SqlitePool, mpsc::Sender<Message>), StoreError> {
    let options = options(path, limits);
    let writer = {
        // The change to WAL wants the file alone and does not wait for the busy timeout.
        let _alone = lock(path).await?;
        SqlitePoolOptions::new()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
            .connect_with(options.clone().journal_mode(SqliteJournalMode::Wal))
            .await?
    };
    let version: String = query_scalar("SELECT sqlite_version()")
        .fetch_one(&writer)
        .await?;
    if !is_supported(&version) {
        let reason = format!("SQLite {version} is older than {OLDEST:?}");
        return Err(StoreError::Unavailable { reason });
    }
    let readers = SqlitePoolOptions::new()
        .max_connections(limits.readers)
        .acquire_timeout(limits.acquire_timeout)
        .test_before_acquire(false)
        .connect_with(options.pragma("query_only", "ON"))
        .await?;
    let (sender, queue) = mpsc::channel(QUEUE);
    tokio::spawn(drain(writer, queue, announcer));
    Ok((readers, sender))
}

fn is_supported(version: &str) -> bool {
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    (next(), next(), next()) >= OLDEST
}

/// The writer: takes what waits, runs it in one transaction, commits once, answers all.
async fn drain(pool: SqlitePool, mut queue: mpsc::Receiver<Message>, announcer: Announcer) {
    let mut stopped = None;
    while stopped.is_none() {
        let first = match queue.recv().await {
            Some(Message::Write(job)) => job,
            Some(Message::Stop(done)) => {
                stopped = Some(done);
                break;
            }
            None => break,
        };
        let conn = match pool.acquire().await {
            Ok(conn) => Conn::sqlite(conn),
            Err(error) => {
                first.settle(Err(error.into()));
                continue;
            }
        };
        let mut batch = Batch::new(Tx::new(conn));
        let began = Instant::now();
        batch.run(first).await;
        while batch.jobs.len() < BATCH && began.elapsed() < BATCH_TIME && batch.broken.is_none() {
            match queue.try_recv() {
                Ok(Message::Write(job)) => batch.run(job).await,
                Ok(Message::Stop(done)) => {
                    stopped = Some(done);
                    break;
                }
                Err(_) => break,
            }
        }
        batch.commit(&announcer).await;
    }
    // The last connection to close moves the log into the database file.
    pool.close().await;
    if let Some(done) = stopped {
        let _ = done.send(());
    }
}

/// The writes of one commit.
struct Batch {
    tx: Tx,
    open: bool,
    jobs: Vec<(Box<dyn Job>, Vec<Announce>)>,
    /// Why nothing of this batch can be committed.
    broken: Option<String>,
}

impl Batch {
    fn new(tx: Tx) -> Self {
        Self {
            tx,
            open: false,
            jobs: Vec::new(),
            broken: None,
        }
    }

    /// Runs one write so that its failure undoes nothing else.
    async fn run(&mut self, mut job: Box<dyn Job>) {
        let ended = self.run_inside(job.as_mut()).await;
        let announced = self.tx.take_announced();
        match ended {
            Ok(true) => self.jobs.push((job, announced)),
            Ok(false) => self.jobs.push((job, Vec::new())),
            Err(error) => {
                // SQLite may have rolled everything back by itself (disk full, I/O): the savepoint is gone.
                self.broken.get_or_insert_with(|| error.to_string());
                self.jobs.push((job, Vec::new()));
            }
        }
    }

    /// The first one needs no savepoint: while nothing else was written, all of the transaction is its own. Most
    /// batches hold one write.
    async fn run_inside(&mut self, job: &mut dyn Job) -> Result<bool, StoreError> {
        let (tx, first) = (&mut self.tx, !self.open);
        if first {
            sql!(tx.execute, query("BEGIN IMMEDIATE"))?;
            self.open = true;
        } else {
            sql!(tx.execute, query("SAVEPOINT write"))?;
        }
        tx.forget_failure();
        let keep = job.run(tx).await;
        tx.forget_failure();
        match (first, keep) {
            (true, true) => {}
            (true, false) => {
                sql!(tx.execute, query("ROLLBACK"))?;
                self.open = false;
            }
            (false, keep) => {
                if !keep {
                    sql!(tx.execute, query("ROLLBACK TO write"))?;
                }
                sql!(tx.execute, query("RELEASE write"))?;
            }
        }
        Ok(keep)
    }

    async fn commit(mut self, announcer: &Announcer) {
        if self.broken.is_none() && self.open {
            let tx = &mut self.tx;
            if let Err(error) = sql!(tx.execute, query("COMMIT")) {
                self.broken = Some(error.to_string());
            }
        }
        if let Some(reason) = &self.broken {
            tracing::error!(reason, writes = self.jobs.len(), "a commit failed");
            // Closing the connection rolls back whatever is still open; the next batch gets a new one.
            self.tx.into_conn().discard();
        }
        for (job, announced) in self.jobs {
            if let Some(reason) = &self.broken {
                job.settle(Err(StoreError::unavailable(reason)));
                continue;
            }
            job.settle(Ok(()));
            for announce in announced {
                announcer.send(announce);
            }
        }
    }
}

/// One connection with no limits, for the migrations.
pub(crate) async fn migrate(
    path: &Path,
    limits: &DbOptions,
) -> Result<(), sqlx::migrate::MigrateError> {
    let options = options(path, limits).journal_mode(SqliteJournalMode::Wal);
    let mut conn = options.connect().await?;
    let outcome = crate::migrate::SQLITE.run(&mut conn).await;
    conn.close().await?;
    outcome
}

#[cfg(test)]
mod tests {
    use super::is_supported;

    #[test]
    fn refuses_old_libraries() {
        assert!(is_supported("3.51.3"));
        assert!(is_supported("3.60.0"));
        assert!(!is_supported("3.51.2"));
        assert!(!is_supported("3.9.9"));
        assert!(!is_supported("nonsense"));
    }
}
