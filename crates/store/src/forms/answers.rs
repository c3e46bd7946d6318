//! What a change of the form meets: drafts, stored answers, open deals.

use crate::{
    conn::{Conn, sql},
    error::StoreError,
    json::JsonText,
};
use domain::{
    CompanyId, DealId, ProgramId,
    forms::{Answers, FieldKey, RawAnswers},
};
use sqlx::{query_as, query_scalar};

/// The answers of up to `limit` deals after that number that may have one to the field: those whose text names its key.
/// By number, which an index gives in order: each page goes on where the last one ended.
pub async fn list_naming(
    conn: &mut Conn,
    (company, program): (CompanyId, ProgramId),
    key: &FieldKey,
    after: i64,
    limit: i64,
) -> Result<Vec<(i64, JsonText<Answers>)>, StoreError> {
    let named = naming(key);
    sql!(
        conn.fetch_all,
        query_as(
            "SELECT number, answers FROM deals
             WHERE company_id = $1 AND program_id = $2 AND number > $3
                 AND answers LIKE $4 ESCAPE '\\' ORDER BY number LIMIT $5"
        )
        .bind(company)
        .bind(program)
        .bind(after)
        .bind(&named)
        .bind(limit)
    )
}

/// The same of what the company itself answered about its deals.
pub async fn list_own_naming(
    conn: &mut Conn,
    (company, program): (CompanyId, ProgramId),
    key: &FieldKey,
    after: i64,
    limit: i64,
) -> Result<Vec<(i64, JsonText<Answers>)>, StoreError> {
    let named = naming(key);
    sql!(
        conn.fetch_all,
        query_as(
            "SELECT d.number, own.answers FROM deals d JOIN company_answers own ON own.deal_id = d.id
             WHERE d.company_id = $1 AND d.program_id = $2 AND d.number > $3
                 AND own.answers LIKE $4 ESCAPE '\\' ORDER BY d.number LIMIT $5"
        )
        .bind(company)
        .bind(program)
        .bind(after)
        .bind(&named)
        .bind(limit)
    )
}

/// A key is made of letters, digits and `_`, which alone means something in a pattern.
fn naming(key: &FieldKey) -> String {
    format!("%\"{}\":%", key.as_str().replace('_', "\\_"))
}

/// What is typed into up to `limit` registrations after that one that are not sent yet. By id.
pub async fn list_drafted(
    conn: &mut Conn,
    (company, program): (CompanyId, ProgramId),
    after: DealId,
    limit: i64,
) -> Result<Vec<(DealId, JsonText<RawAnswers>)>, StoreError> {
    sql!(
        conn.fetch_all,
        query_as(
            "SELECT id, raw_answers FROM deals
             WHERE company_id = $1 AND program_id = $2 AND registration = 'draft' AND raw_answers IS NOT NULL
                 AND id > $3 ORDER BY id LIMIT $4"
        )
        .bind(company)
        .bind(program)
        .bind(after)
        .bind(limit)
    )
}

/// Registrations that wait for the company or its partner, and approved deals that are neither won nor lost.
pub async fn count_open_deals(
    conn: &mut Conn,
    (company, program): (CompanyId, ProgramId),
) -> Result<i64, StoreError> {
    sql!(
        conn.fetch_one,
        query_scalar(
            "SELECT count(*) FROM deals d LEFT JOIN stages s ON s.id = d.stage_id
             WHERE d.company_id = $1 AND d.program_id = $2 AND (d.registration IN ('submitted', 'needs_info')
                 OR (d.registration = 'approved' AND s.kind = 'open'))"
        )
        .bind(company)
        .bind(program)
    )
}
