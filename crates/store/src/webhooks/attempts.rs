//! How each try of a delivery went.

use domain::{DeliveryId, Timestamp};
use sqlx::{query, query_as};

use crate::StoreError;
use crate::conn::{Conn, sql};

/// One try.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AttemptRow {
    pub delivery_id: DeliveryId,
    /// Counted from 1.
    pub number: i32,
    pub at: Timestamp,
    /// Milliseconds.
    pub took: i64,
    /// What was answered; `None`: nothing.
    pub status: Option<i32>,
    /// The first characters of the answer.
    pub answer: String,
    /// Why it was no success; empty: it was one.
    pub error: String,
}

/// Nothing if the delivery is gone meanwhile.
pub async fn insert(conn: &mut Conn, row: &AttemptRow) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query(
            "INSERT INTO webhook_attempts (delivery_id, number, at, took, status, answer, error)
             SELECT $1, $2, $3, $4, $5, $6, $7
             WHERE EXISTS (SELECT 1 FROM webhook_deliveries WHERE id = $1)
             ON CONFLICT (delivery_id, number) DO NOTHING"
        )
        .bind(row.delivery_id)
        .bind(row.number)
        .bind(row.at)
        .bind(row.took)
        .bind(row.status)
        .bind(&row.answer)
        .bind(&row.error)
    )?;
    Ok(())
}

/// A delivery's tries, the latest first. Ask for the delivery first: it is the company's or not.
pub async fn list(
    conn: &mut Conn,
    delivery: DeliveryId,
    limit: i64,
) -> Result<Vec<AttemptRow>, StoreError> {
    sql!(
        conn.fetch_all,
        query_as(
            "SELECT * FROM webhook_attempts WHERE delivery_id = $1 ORDER BY number DESC LIMIT $2"
        )
        .bind(delivery)
        .bind(limit)
    )
}
