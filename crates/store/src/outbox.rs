//! Work to be done after a commit: rows written with the change that asks for it, taken by workers, at least once.

use crate::{
    conn::{Conn, sql},
    dialect::for_update_skip_locked,
    error::StoreError,
    statement::Statement,
};
use domain::Timestamp;
use sqlx::query;
use uuid::Uuid;

/// A piece of work. Its id stays the same when it is tried again: receivers can tell.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Work {
    pub id: Uuid,
    pub kind: String,
    /// JSON.
    pub payload: String,
    pub created_at: Timestamp,
    /// Not to be taken before.
    pub available_at: Timestamp,
    /// How often it was taken.
    pub attempts: i32,
}

pub async fn insert(conn: &mut Conn, work: &Work) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query(
            "INSERT INTO outbox (id, kind, payload, created_at, available_at, attempts)
             VALUES ($1, $2, $3, $4, $5, $6)"
        )
        .bind(work.id)
        .bind(&work.kind)
        .bind(&work.payload)
        .bind(work.created_at)
        .bind(work.available_at)
        .bind(work.attempts)
    )?;
    Ok(())
}

/// Takes what is due, for this worker alone until `lease_until`: what is not done by then is due again.
pub async fn take(
    conn: &mut Conn,
    now: Timestamp,
    lease_until: Timestamp,
    limit: i64,
) -> Result<Vec<Work>, StoreError> {
    let mut statement =
        Statement::new("UPDATE outbox SET attempts = attempts + 1, available_at = ");
    statement
        .bind(lease_until.0)
        .push(" WHERE id IN (SELECT id FROM outbox WHERE done_at IS NULL AND available_at <= ")
        .bind(now.0)
        .push(" ORDER BY available_at, id LIMIT ")
        .bind(limit)
        .push(for_update_skip_locked(conn))
        .push(") RETURNING id, kind, payload, created_at, available_at, attempts");
    let mut taken: Vec<Work> = statement.fetch_all(conn).await?;
    // RETURNING promises no order.
    taken.sort_by_key(|work| (work.created_at, work.id));
    Ok(taken)
}

pub async fn save_done(conn: &mut Conn, id: Uuid, now: Timestamp) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query("UPDATE outbox SET done_at = $2 WHERE id = $1")
            .bind(id)
            .bind(now)
    )?;
    Ok(())
}

/// To be tried again at that time.
pub async fn save_failed(conn: &mut Conn, id: Uuid, again_at: Timestamp) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query("UPDATE outbox SET available_at = $2 WHERE id = $1")
            .bind(id)
            .bind(again_at)
    )?;
    Ok(())
}

/// Forgets what was done before that time.
pub async fn delete_done(conn: &mut Conn, before: Timestamp) -> Result<u64, StoreError> {
    sql!(
        conn.execute,
        query("DELETE FROM outbox WHERE done_at < $1").bind(before)
    )
}
