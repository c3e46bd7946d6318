//! What a request with an Idempotency-Key did, so that its repetition is answered alike. The row is written in the
//! transaction of the write itself: either both are there or neither.

use crate::{
    conn::{Conn, sql},
    error::StoreError,
    keys::KeyOwner,
};
use domain::{ApiKeyId, Timestamp};
use sqlx::{query, query_as};

/// A request that was carried out.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct CarriedOut {
    /// SHA-256 of the request: the same key with another request is refused.
    pub fingerprint: Vec<u8>,
    /// What it gave, as JSON.
    pub outcome: Option<String>,
}

/// A request that asks to be carried out once.
#[derive(Debug, Clone, Copy)]
pub struct Claim<'c> {
    pub api_key: ApiKeyId,
    pub owner: KeyOwner,
    pub key: &'c str,
    pub fingerprint: &'c [u8],
    pub at: Timestamp,
}

/// Takes the key for this transaction; `false`: it was carried out before. On Postgres it waits for whoever has the key
/// in hand.
pub async fn claim(conn: &mut Conn, claim: Claim<'_>) -> Result<bool, StoreError> {
    let rows = sql!(
        conn.execute,
        query(
            "INSERT INTO idempotency_keys (api_key_id, key, company_id, partner_id, fingerprint, created_at)
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (api_key_id, key) DO NOTHING"
        )
        .bind(claim.api_key)
        .bind(claim.key)
        .bind(claim.owner.company())
        .bind(claim.owner.partner())
        .bind(claim.fingerprint)
        .bind(claim.at)
    )?;
    Ok(rows == 1)
}

pub async fn find(
    conn: &mut Conn,
    api_key: ApiKeyId,
    key: &str,
) -> Result<Option<CarriedOut>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_as(
            "SELECT fingerprint, outcome FROM idempotency_keys WHERE api_key_id = $1 AND key = $2"
        )
        .bind(api_key)
        .bind(key)
    )
}

/// Keeps what the write gave, at its end.
pub async fn save_outcome(
    conn: &mut Conn,
    api_key: ApiKeyId,
    key: &str,
    outcome: &str,
) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query("UPDATE idempotency_keys SET outcome = $3 WHERE api_key_id = $1 AND key = $2")
            .bind(api_key)
            .bind(key)
            .bind(outcome)
    )?;
    Ok(())
}

pub async fn delete_before(conn: &mut Conn, before: Timestamp) -> Result<u64, StoreError> {
    sql!(
        conn.execute,
        query("DELETE FROM idempotency_keys WHERE created_at < $1").bind(before)
    )
}
