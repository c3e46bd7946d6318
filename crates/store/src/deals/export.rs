//! All deals of a program, for a file.

use domain::deals::Deal;
use domain::{CompanyId, ProgramId};
use sqlx::query_as;

use super::record::DealRecord;
use crate::StoreError;
use crate::conn::{Conn, sql};

#[derive(sqlx::FromRow)]
struct ExportRow {
    #[sqlx(flatten)]
    record: DealRecord,
    owner_name: String,
}

/// Up to `limit` registered deals with numbers after that one, by number, each with its owner's name.
pub async fn list_for_export(
    conn: &mut Conn,
    company: CompanyId,
    program: ProgramId,
    after: i64,
    limit: i64,
) -> Result<Vec<(Deal, String)>, StoreError> {
    let rows: Vec<ExportRow> = sql!(
        conn.fetch_all,
        query_as(
            "SELECT d.*, u.name AS owner_name FROM deals d JOIN users u ON u.id = d.owner_id
             WHERE d.company_id = $1 AND d.program_id = $2 AND d.number > $3 ORDER BY d.number LIMIT $4"
        )
        .bind(company)
        .bind(program)
        .bind(after)
        .bind(limit)
    )?;
    Ok(rows
        .into_iter()
        .map(|row| (Deal::from(row.record), row.owner_name))
        .collect())
}
