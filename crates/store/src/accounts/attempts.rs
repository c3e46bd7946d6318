//! Failed sign-ins, counted under keys to slow guessing down: what a key stands for, the services say.

use crate::{
    conn::{Conn, sql},
    error::StoreError,
};
use domain::Timestamp;
use sqlx::{query, query_scalar};
use uuid::Uuid;

/// Notes a failure under that key.
pub async fn insert(conn: &mut Conn, id: Uuid, key: &str, at: Timestamp) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query("INSERT INTO login_attempts (id, key, at) VALUES ($1, $2, $3)")
            .bind(id)
            .bind(key)
            .bind(at)
    )?;
    Ok(())
}

pub async fn count_since(conn: &mut Conn, key: &str, since: Timestamp) -> Result<i64, StoreError> {
    sql!(
        conn.fetch_one,
        query_scalar("SELECT count(*) FROM login_attempts WHERE key = $1 AND at > $2")
            .bind(key)
            .bind(since)
    )
}

/// Forgets the failures of one key, after a success.
pub async fn delete(conn: &mut Conn, key: &str) -> Result<u64, StoreError> {
    sql!(
        conn.execute,
        query("DELETE FROM login_attempts WHERE key = $1").bind(key)
    )
}

/// Forgets one failure.
pub async fn delete_one(conn: &mut Conn, id: Uuid) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query("DELETE FROM login_attempts WHERE id = $1").bind(id)
    )?;
    Ok(())
}

pub async fn delete_before(conn: &mut Conn, before: Timestamp) -> Result<u64, StoreError> {
    sql!(
        conn.execute,
        query("DELETE FROM login_attempts WHERE at < $1").bind(before)
    )
}
