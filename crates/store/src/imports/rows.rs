//! What became of each row of an import.

use domain::imports::{RowFault, RowOutcome};
use domain::{CompanyId, DealId, ImportId};
use sqlx::{query, query_as, query_scalar};

use crate::conn::{Conn, sql};
use crate::{JsonText, Statement, StoreError};

/// Rows of one INSERT.
const AT_ONCE: usize = 250;

/// A row that was checked.
#[derive(Debug, Clone)]
pub struct NewRow {
    pub number: i64,
    pub line: i64,
    pub outcome: RowOutcome,
    pub faults: Vec<RowFault>,
    /// The business that it is about.
    pub business: String,
}

/// A row with what is wrong with it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct FaultyRow {
    pub number: i64,
    pub line: i64,
    pub faults: JsonText<Vec<RowFault>>,
}

/// A row that made a deal.
#[derive(Debug, Clone, Copy, sqlx::FromRow)]
pub struct MadeRow {
    pub number: i64,
    pub deal_id: DealId,
    pub deal_version: i64,
}

/// A deal that a row made.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct MadeDeal {
    pub id: DealId,
    pub number: Option<i64>,
    pub customer_name: String,
}

pub async fn insert_all(
    conn: &mut Conn,
    company: CompanyId,
    import: ImportId,
    rows: &[NewRow],
) -> Result<(), StoreError> {
    for rows in rows.chunks(AT_ONCE) {
        let mut statement = Statement::new(
            "INSERT INTO import_rows (import_id, number, company_id, line, outcome, faults, business) VALUES ",
        );
        for row in rows {
            statement.bind_row([
                import.0.into(),
                row.number.into(),
                company.0.into(),
                row.line.into(),
                row.outcome.as_str().into(),
                text(&row.faults)?.into(),
                row.business.as_str().into(),
            ]);
        }
        statement.execute(conn).await?;
    }
    Ok(())
}

fn text(faults: &[RowFault]) -> Result<String, StoreError> {
    serde_json::to_string(faults).map_err(StoreError::unavailable)
}

/// Forgets what was found: the file is to be checked again.
pub async fn delete_all(conn: &mut Conn, import: ImportId) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query("DELETE FROM import_rows WHERE import_id = $1").bind(import)
    )?;
    Ok(())
}

/// What the rows after `after`, up to `to`, are, in their order.
pub async fn outcomes(
    conn: &mut Conn,
    import: ImportId,
    after: i64,
    to: i64,
) -> Result<Vec<(i64, RowOutcome)>, StoreError> {
    sql!(
        conn.fetch_all,
        query_as(
            "SELECT number, outcome FROM import_rows WHERE import_id = $1 AND number > $2 AND number <= $3
             ORDER BY number"
        )
        .bind(import)
        .bind(after)
        .bind(to)
    )
}

/// Those of the businesses that rows which were checked before are about.
pub async fn known_businesses(
    conn: &mut Conn,
    import: ImportId,
    businesses: &[String],
) -> Result<Vec<String>, StoreError> {
    let mut statement =
        Statement::new("SELECT DISTINCT business FROM import_rows WHERE import_id = ");
    statement
        .bind(import.0)
        .push(" AND outcome IN ('ready', 'double') AND business IN ")
        .bind_all(businesses.iter().map(String::as_str));
    let rows: Vec<(String,)> = statement.fetch_all(conn).await?;
    Ok(rows.into_iter().map(|(business,)| business).collect())
}

/// Rows with faults, or whose deal undoing left, after that one.
pub async fn list_faulty(
    conn: &mut Conn,
    import: ImportId,
    after: i64,
    limit: i64,
) -> Result<Vec<FaultyRow>, StoreError> {
    sql!(
        conn.fetch_all,
        query_as(
            "SELECT number, line, faults FROM import_rows
             WHERE import_id = $1 AND outcome IN ('fault', 'kept') AND number > $2 ORDER BY number LIMIT $3"
        )
        .bind(import)
        .bind(after)
        .bind(limit)
    )
}

/// Rows that made deals, and whose deals are not taken back yet, after that one.
pub async fn list_made(
    conn: &mut Conn,
    import: ImportId,
    after: i64,
    limit: i64,
) -> Result<Vec<MadeRow>, StoreError> {
    sql!(
        conn.fetch_all,
        query_as(
            "SELECT number, deal_id, deal_version FROM import_rows
             WHERE import_id = $1 AND outcome = 'made' AND number > $2 ORDER BY number LIMIT $3"
        )
        .bind(import)
        .bind(after)
        .bind(limit)
    )
}

/// The first deals that rows made and that are not taken back, in the order of the rows.
pub async fn list_deals(
    conn: &mut Conn,
    import: ImportId,
    limit: i64,
) -> Result<Vec<MadeDeal>, StoreError> {
    sql!(
        conn.fetch_all,
        query_as(
            "SELECT d.id, d.number, d.customer_name FROM import_rows r JOIN deals d ON d.id = r.deal_id
             WHERE r.import_id = $1 AND r.outcome = 'made' ORDER BY r.number LIMIT $2"
        )
        .bind(import)
        .bind(limit)
    )
}

/// The row has made that deal.
pub async fn save_made(conn: &mut Conn, import: ImportId, row: MadeRow) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query(
            "UPDATE import_rows SET outcome = 'made', deal_id = $3, deal_version = $4
             WHERE import_id = $1 AND number = $2"
        )
        .bind(import)
        .bind(row.number)
        .bind(row.deal_id)
        .bind(row.deal_version)
    )?;
    Ok(())
}

/// The row became that, and why.
pub async fn save_outcome(
    conn: &mut Conn,
    import: ImportId,
    number: i64,
    outcome: RowOutcome,
    faults: &[RowFault],
) -> Result<(), StoreError> {
    let faults = text(faults)?;
    sql!(
        conn.execute,
        query(
            "UPDATE import_rows SET outcome = $3, faults = $4 WHERE import_id = $1 AND number = $2"
        )
        .bind(import)
        .bind(number)
        .bind(outcome)
        .bind(faults)
    )?;
    Ok(())
}

/// Whether somebody wrote messages or notes about that deal.
pub async fn is_talked_about(conn: &mut Conn, deal: DealId) -> Result<bool, StoreError> {
    sql!(
        conn.fetch_one,
        query_scalar("SELECT EXISTS (SELECT 1 FROM threads WHERE about_id = $1)").bind(deal)
    )
}
