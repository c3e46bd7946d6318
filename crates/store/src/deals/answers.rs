//! What deals were answered with, where only that is asked for.

use std::collections::BTreeMap;

use domain::forms::Answers;
use domain::{CompanyId, DealId};

use crate::conn::Conn;
use crate::{JsonText, Statement, StoreError};

/// The answers of several deals of a company.
pub async fn list_answers(
    conn: &mut Conn,
    company: CompanyId,
    deals: &[DealId],
) -> Result<BTreeMap<DealId, Answers>, StoreError> {
    if deals.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut statement = Statement::new("SELECT id, answers FROM deals WHERE company_id = ");
    statement
        .bind(company.0)
        .push(" AND id IN ")
        .bind_all(deals.iter().map(|deal| deal.0));
    let rows: Vec<(DealId, JsonText<Answers>)> = statement.fetch_all(conn).await?;
    Ok(rows
        .into_iter()
        .map(|(deal, answers)| (deal, answers.0))
        .collect())
}
