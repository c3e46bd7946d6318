//! What a company answers about a deal in the fields that are its own. No partner reads this table.

use std::collections::BTreeMap;

use domain::forms::Answers;
use domain::{CompanyId, DealId, Timestamp, UserId};
use sqlx::{query, query_as};

use crate::conn::{Conn, sql};
use crate::{JsonText, Statement, StoreError};

/// The company's own answers about one deal.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct CompanyAnswers {
    pub deal_id: DealId,
    pub company_id: CompanyId,
    pub answers: JsonText<Answers>,
    pub changed_by: UserId,
    pub changed_at: Timestamp,
    /// Counts up with every change.
    pub version: i64,
}

pub async fn find(
    conn: &mut Conn,
    company: CompanyId,
    deal: DealId,
) -> Result<Option<CompanyAnswers>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_as("SELECT * FROM company_answers WHERE company_id = $1 AND deal_id = $2")
            .bind(company)
            .bind(deal)
    )
}

/// Of several deals; those without any are left out.
pub async fn list_by_deals(
    conn: &mut Conn,
    company: CompanyId,
    deals: &[DealId],
) -> Result<BTreeMap<DealId, Answers>, StoreError> {
    if deals.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut statement =
        Statement::new("SELECT deal_id, answers FROM company_answers WHERE company_id = ");
    statement
        .bind(company.0)
        .push(" AND deal_id IN ")
        .bind_all(deals.iter().map(|deal| deal.0));
    let rows: Vec<(DealId, JsonText<Answers>)> = statement.fetch_all(conn).await?;
    Ok(rows
        .into_iter()
        .map(|(deal, answers)| (deal, answers.0))
        .collect())
}

/// Writes the answers that were at `own.version`, 0 for none; gives the new version.
pub async fn save(conn: &mut Conn, own: &CompanyAnswers) -> Result<i64, StoreError> {
    let rows = if own.version == 0 {
        sql!(
            conn.execute,
            query(
                "INSERT INTO company_answers (deal_id, company_id, answers, changed_by, changed_at, version)
                 VALUES ($1, $2, $3, $4, $5, 1) ON CONFLICT (deal_id) DO NOTHING"
            )
            .bind(own.deal_id)
            .bind(own.company_id)
            .bind(&own.answers)
            .bind(own.changed_by)
            .bind(own.changed_at)
        )?
    } else {
        sql!(
            conn.execute,
            query(
                "UPDATE company_answers SET answers = $4, changed_by = $5, changed_at = $6, version = version + 1
                 WHERE deal_id = $1 AND company_id = $2 AND version = $3"
            )
            .bind(own.deal_id)
            .bind(own.company_id)
            .bind(own.version)
            .bind(&own.answers)
            .bind(own.changed_by)
            .bind(own.changed_at)
        )?
    };
    if rows == 0 {
        Err(StoreError::Conflict)
    } else {
        Ok(own.version + 1)
    }
}
