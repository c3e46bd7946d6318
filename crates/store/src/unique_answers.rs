//! Answers that only one deal of a program may give, while it stands.

use domain::deals::Deal;
use domain::{DealId, ProgramId};
use sqlx::{query, query_scalar};

use crate::StoreError;
use crate::conn::{Conn, sql};

/// Takes the answer for a deal that stands; `false` when another deal that stands has it. The unique index decides, so of
/// two at once one gets it.
pub async fn insert(
    conn: &mut Conn,
    deal: &Deal,
    key: &str,
    answer: &str,
) -> Result<bool, StoreError> {
    let rows = sql!(
        conn.execute,
        query(
            "INSERT INTO unique_answers (deal_id, field_key, company_id, program_id, answer, stands)
             VALUES ($1, $2, $3, $4, $5, TRUE) ON CONFLICT DO NOTHING"
        )
        .bind(deal.id)
        .bind(key)
        .bind(deal.company)
        .bind(deal.program)
        .bind(answer)
    )?;
    Ok(rows > 0)
}

/// Forgets the deal's answers.
pub async fn delete(conn: &mut Conn, deal: DealId) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query("DELETE FROM unique_answers WHERE deal_id = $1").bind(deal)
    )
    .map(|_| ())
}

/// Whether another deal of the program has that answer, and stands.
pub async fn is_taken(
    conn: &mut Conn,
    program: ProgramId,
    but: Option<DealId>,
    (key, answer): (&str, &str),
) -> Result<bool, StoreError> {
    let holder: Option<DealId> = sql!(
        conn.fetch_optional,
        query_scalar(
            "SELECT deal_id FROM unique_answers
             WHERE program_id = $1 AND field_key = $2 AND answer = $3 AND stands = TRUE"
        )
        .bind(program)
        .bind(key)
        .bind(answer)
    )?;
    Ok(holder.is_some_and(|holder| Some(holder) != but))
}

/// The keys of the deal's answers that it does not hold although it stands, or holds although it does not stand.
pub async fn list_unsettled(
    conn: &mut Conn,
    deal: DealId,
    stands: bool,
) -> Result<Vec<String>, StoreError> {
    sql!(
        conn.fetch_all,
        query_scalar(
            "SELECT field_key FROM unique_answers WHERE deal_id = $1 AND stands <> $2 ORDER BY field_key"
        )
        .bind(deal)
        .bind(stands)
    )
}

/// Of the deal's answers that it let go, the keys of those that another deal has taken since.
pub async fn list_lost(conn: &mut Conn, deal: DealId) -> Result<Vec<String>, StoreError> {
    sql!(
        conn.fetch_all,
        query_scalar(
            "SELECT own.field_key FROM unique_answers own
             JOIN unique_answers other ON other.program_id = own.program_id
                 AND other.field_key = own.field_key AND other.answer = own.answer
             WHERE own.deal_id = $1 AND own.stands = FALSE AND other.deal_id <> own.deal_id
                 AND other.stands = TRUE ORDER BY own.field_key"
        )
        .bind(deal)
    )
}

/// Takes the deal's answers, or lets them go.
pub async fn save_standing(conn: &mut Conn, deal: DealId, stands: bool) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query("UPDATE unique_answers SET stands = $2 WHERE deal_id = $1")
            .bind(deal)
            .bind(stands)
    )
    .map(|_| ())
}
