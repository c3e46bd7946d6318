//! What a request with an Idempotency-Key was answered, so that its repetition is answered alike.

use crate::{
    conn::{Conn, sql},
    error::StoreError,
};
use domain::{Timestamp, UserId};
use sqlx::{query, query_as};

/// An answer that was given.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Answered {
    /// SHA-256 of the request: the same key with another request is refused.
    pub fingerprint: Vec<u8>,
    pub status: i32,
    pub body: String,
}

pub async fn find(
    conn: &mut Conn,
    user: UserId,
    key: &str,
) -> Result<Option<Answered>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_as(
            "SELECT fingerprint, status, body FROM idempotency_keys WHERE user_id = $1 AND key = $2"
        )
        .bind(user)
        .bind(key)
    )
}

/// False: that key was answered meanwhile.
pub async fn insert(
    conn: &mut Conn,
    user: UserId,
    key: &str,
    answered: &Answered,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let rows = sql!(
        conn.execute,
        query(
            "INSERT INTO idempotency_keys (user_id, key, fingerprint, status, body, created_at)
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (user_id, key) DO NOTHING"
        )
        .bind(user)
        .bind(key)
        .bind(&answered.fingerprint)
        .bind(answered.status)
        .bind(&answered.body)
        .bind(at)
    )?;
    Ok(rows == 1)
}

pub async fn delete_before(conn: &mut Conn, before: Timestamp) -> Result<u64, StoreError> {
    sql!(
        conn.execute,
        query("DELETE FROM idempotency_keys WHERE created_at < $1").bind(before)
    )
}
