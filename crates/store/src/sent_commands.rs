//! What a page's command did under the page's own key, so that sending it again does nothing more and is answered alike. The row is
//! written in the transaction of the write itself, as that of [`crate::idempotency`] is for API keys.

use crate::{
    conn::{Conn, sql},
    error::StoreError,
    idempotency::CarriedOut,
};
use domain::{CompanyId, ProgramId, Timestamp, UserId};
use sqlx::{query, query_as};

/// Whose command it is: of one person in one program, under a key that the page made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sent<'s> {
    pub program: ProgramId,
    pub user: UserId,
    pub key: &'s str,
}

/// Takes the key for this transaction; `false`: it was carried out before. On Postgres it waits for whoever has the key
/// in hand.
pub async fn claim(
    conn: &mut Conn,
    sent: Sent<'_>,
    company: CompanyId,
    fingerprint: &[u8],
    at: Timestamp,
) -> Result<bool, StoreError> {
    let rows = sql!(
        conn.execute,
        query(
            "INSERT INTO sent_commands (program_id, user_id, key, company_id, fingerprint, created_at)
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (program_id, user_id, key) DO NOTHING"
        )
        .bind(sent.program)
        .bind(sent.user)
        .bind(sent.key)
        .bind(company)
        .bind(fingerprint)
        .bind(at)
    )?;
    Ok(rows == 1)
}

pub async fn find(conn: &mut Conn, sent: Sent<'_>) -> Result<Option<CarriedOut>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_as(
            "SELECT fingerprint, outcome FROM sent_commands WHERE program_id = $1 AND user_id = $2 AND key = $3"
        )
        .bind(sent.program)
        .bind(sent.user)
        .bind(sent.key)
    )
}

/// Keeps what the write gave, at its end.
pub async fn save_outcome(
    conn: &mut Conn,
    sent: Sent<'_>,
    outcome: &str,
) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query(
            "UPDATE sent_commands SET outcome = $4 WHERE program_id = $1 AND user_id = $2 AND key = $3"
        )
        .bind(sent.program)
        .bind(sent.user)
        .bind(sent.key)
        .bind(outcome)
    )?;
    Ok(())
}

pub async fn delete_before(conn: &mut Conn, before: Timestamp) -> Result<u64, StoreError> {
    sql!(
        conn.execute,
        query("DELETE FROM sent_commands WHERE created_at < $1").bind(before)
    )
}
