//! What is typed so far, unchecked, beside the deal.

use domain::forms::{Answers, RawAnswers};
use domain::{DealId, MembershipId, Timestamp};
use sqlx::{query, query_as, query_scalar};

use crate::conn::{Conn, sql};
use crate::{JsonText, StoreError};

/// What a draft, or an answer to questions, says so far.
pub async fn find_raw(conn: &mut Conn, deal: DealId) -> Result<Option<RawAnswers>, StoreError> {
    let raw: Option<Option<JsonText<RawAnswers>>> = sql!(
        conn.fetch_optional,
        query_scalar("SELECT raw_answers FROM deals WHERE id = $1").bind(deal)
    )?;
    Ok(raw.flatten().map(|raw| raw.0))
}

/// Keeps what is typed so far; `None` once it is submitted. Counts no version: nobody else edits it.
pub async fn save_raw(
    conn: &mut Conn,
    deal: DealId,
    raw: Option<&RawAnswers>,
) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query("UPDATE deals SET raw_answers = $2 WHERE id = $1")
            .bind(deal)
            .bind(raw.map(JsonText))
    )
    .map(|_| ())
}

/// What the membership's latest registrations were answered with, and their numbers, the latest first.
pub async fn list_last_answers(
    conn: &mut Conn,
    membership: MembershipId,
    limit: i64,
) -> Result<Vec<(DealId, i64, JsonText<Answers>)>, StoreError> {
    sql!(
        conn.fetch_all,
        query_as(
            "SELECT id, number, answers FROM deals WHERE membership_id = $1 AND number IS NOT NULL
             ORDER BY number DESC LIMIT $2"
        )
        .bind(membership)
        .bind(limit)
    )
}

/// A membership's drafts, newest first: key, deal, customer so far, last change.
pub async fn list_drafts(
    conn: &mut Conn,
    membership: MembershipId,
    limit: i64,
) -> Result<Vec<(String, DealId, String, Timestamp)>, StoreError> {
    sql!(
        conn.fetch_all,
        query_as(
            "SELECT submit_key, id, customer_name, changed_at FROM deals
             WHERE membership_id = $1 AND registration = 'draft' ORDER BY changed_at DESC, id DESC LIMIT $2"
        )
        .bind(membership)
        .bind(limit)
    )
}
