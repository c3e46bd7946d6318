//! Postgres: a pool, transactions that are run again when they met another, and the word passed between nodes.

use crate::{
    announce::{Announce, Announcer},
    conn::{Conn, Tx, sql},
    db::DbOptions,
    dialect,
    error::StoreError,
    job::{BoxFuture, attempt},
};
use sqlx::{
    ConnectOptions, Connection, Executor, PgConnection, PgPool, Row,
    postgres::{PgConnectOptions, PgPoolOptions},
    query, raw_sql,
};
use std::{str::FromStr, time::Duration};

/// How often a transaction that met another is tried before its caller is told.
const ATTEMPTS: u32 = 6;

/// Postgres takes 8,000 bytes in one notification.
const LONGEST_PAYLOAD: usize = 7_500;

pub(crate) async fn open(url: &str, limits: &DbOptions) -> Result<PgPool, StoreError> {
    let millis = |time: Duration| format!("{}ms", time.as_millis());
    let options = PgConnectOptions::from_str(url)?
        .disable_statement_logging()
        .options([
            ("statement_timeout", millis(limits.statement_timeout)),
            ("lock_timeout", millis(limits.lock_timeout)),
            (
                "idle_in_transaction_session_timeout",
                millis(limits.statement_timeout),
            ),
        ]);
    let pool = PgPoolOptions::new()
        .max_connections(limits.connections)
        .acquire_timeout(limits.acquire_timeout)
        // The check below is a round trip already.
        .test_before_acquire(false)
        .before_acquire(|conn, _| Box::pin(is_outside_transaction(conn)))
        .connect_with(options)
        .await?;
    Ok(pool)
}

/// sqlx 0.9.0 can return a connection to the pool whose `begin` was cancelled: open on the server, unknown to the
/// driver. In a transaction `now()` is its start, outside it is the statement's. Only the simple protocol takes both
/// at the same message. A statement that the server refuses (an aborted transaction) closes the connection.
async fn is_outside_transaction(conn: &mut PgConnection) -> Result<bool, sqlx::Error> {
    let row = raw_sql("SELECT now() <> statement_timestamp()")
        .fetch_one(&mut *conn)
        .await?;
    if row.try_get::<bool, _>(0)? {
        tracing::warn!("a connection came back inside a transaction; rolled back");
        conn.execute(raw_sql("ROLLBACK")).await?;
    }
    Ok(true)
}

/// Runs the closure in a transaction, again when Postgres ended it for another's sake. Called in a task of its own.
pub(crate) async fn write<F, T, E>(
    pool: &PgPool,
    node: &str,
    announcer: &Announcer,
    work: F,
) -> Result<T, E>
where
    F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T, E>>,
    E: From<StoreError>,
{
    let mut tries = 1;
    loop {
        let conn = pool.acquire().await.map_err(StoreError::from)?;
        let mut tx = Tx::new(Conn::postgres(conn));
        let outcome = once(&mut tx, node, &work).await;
        let again = tx.must_retry() && tries < ATTEMPTS;
        match outcome {
            Ok(value) => {
                for announce in tx.take_announced() {
                    announcer.send(announce);
                }
                return Ok(value);
            }
            Err(error) => {
                roll_back(tx).await;
                if !again {
                    return Err(error);
                }
            }
        }
        // 2, 4, 8... milliseconds: the transactions here are short.
        tokio::time::sleep(Duration::from_millis(1 << tries)).await;
        tries += 1;
    }
}

async fn once<F, T, E>(tx: &mut Tx, node: &str, work: &F) -> Result<T, E>
where
    F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T, E>>,
    E: From<StoreError>,
{
    sql!(tx.execute, raw_sql("BEGIN"))?;
    let value = attempt(work, tx).await?;
    for payload in payloads(node, tx.announced()) {
        dialect::notify(tx, &payload).await?;
    }
    sql!(tx.execute, raw_sql("COMMIT"))?;
    Ok(value)
}

async fn roll_back(mut tx: Tx) {
    let ended = {
        let tx = &mut tx;
        tx.forget_failure();
        sql!(tx.execute, raw_sql("ROLLBACK"))
    };
    if ended.is_err() {
        tx.into_conn().discard();
    }
}

/// The announcements as notifications, each short enough.
fn payloads(node: &str, announced: &[Announce]) -> Vec<String> {
    let mut payloads = Vec::new();
    let mut lines = String::new();
    for announce in announced {
        let Ok(line) = serde_json::to_string(announce) else {
            continue;
        };
        if !lines.is_empty() && node.len() + lines.len() + line.len() + 2 > LONGEST_PAYLOAD {
            payloads.push(std::mem::take(&mut lines));
        }
        if lines.is_empty() {
            lines.push_str(node);
        }
        lines.push('\n');
        lines.push_str(&line);
    }
    if !lines.is_empty() {
        payloads.push(lines);
    }
    payloads
}

/// Reads a notification; none of it if this node sent it.
pub(crate) fn announced_by_others(node: &str, payload: &str) -> Vec<Announce> {
    let mut lines = payload.lines();
    if lines.next() == Some(node) {
        return Vec::new();
    }
    lines
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect()
}

/// sqlx's advisory lock lets one process in and makes the others wait for it.
pub(crate) async fn migrate(url: &str) -> Result<(), sqlx::migrate::MigrateError> {
    let mut conn = PgConnectOptions::from_str(url)?
        .disable_statement_logging()
        .connect()
        .await?;
    let outcome = crate::migrate::POSTGRES.run(&mut conn).await;
    conn.close().await?;
    outcome
}

/// A name for this process among the nodes.
pub(crate) async fn node_name(pool: &PgPool) -> Result<String, StoreError> {
    let row = query("SELECT gen_random_uuid()::text")
        .fetch_one(pool)
        .await?;
    Ok(row.try_get(0)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn notifications_stay_short_and_lose_nothing() {
        let announced: Vec<_> = (0..200)
            .map(|seq| Announce {
                seq,
                topic: "program:prog_00000000000000000000000000".to_owned(),
                subject: "deal".to_owned(),
                id: Uuid::from_u128(7),
                version: 1,
            })
            .collect();
        let sent = payloads("here", &announced);
        assert!(sent.iter().all(|payload| payload.len() < 8000));
        let read: Vec<_> = sent
            .iter()
            .flat_map(|text| announced_by_others("there", text))
            .collect();
        assert_eq!(read, announced);
        assert!(
            sent.iter()
                .all(|text| announced_by_others("here", text).is_empty())
        );
        assert!(payloads("here", &[]).is_empty());
    }
}
