//! The company's own-team list: customers that its sellers work already.

use domain::customer::BusinessKey;
use domain::views::ClaimView;
use domain::{ClaimId, CompanyId, Timestamp, UserId};
use sqlx::{query, query_as, query_scalar};

use crate::conn::{Conn, sql};
use crate::{Statement, StoreError};

/// An entry to be kept.
#[derive(Debug, Clone)]
pub struct NewClaim<'a> {
    pub id: ClaimId,
    pub company: CompanyId,
    pub customer: &'a str,
    pub business: &'a BusinessKey,
    pub note: &'a str,
    pub by: UserId,
    pub at: Timestamp,
}

pub async fn insert(conn: &mut Conn, claim: &NewClaim<'_>) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query(
            "INSERT INTO claims (id, company_id, customer_name, customer_folded, customer_domain, note, created_by,
                 created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        )
        .bind(claim.id)
        .bind(claim.company)
        .bind(claim.customer)
        .bind(&claim.business.folded_name)
        .bind(&claim.business.domain)
        .bind(claim.note)
        .bind(claim.by)
        .bind(claim.at)
    )
    .map(|_| ())
}

/// Takes the entry away; gives the customer's name if it was there.
pub async fn delete(
    conn: &mut Conn,
    company: CompanyId,
    id: ClaimId,
) -> Result<Option<String>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_scalar(
            "DELETE FROM claims WHERE company_id = $1 AND id = $2 RETURNING customer_name"
        )
        .bind(company)
        .bind(id)
    )
}

type ClaimRow = (ClaimId, String, Option<String>, String, String, Timestamp);

fn view((id, customer, domain, note, by, at): ClaimRow) -> ClaimView {
    ClaimView {
        id,
        customer,
        domain,
        note,
        by,
        at,
    }
}

/// The newest entries first.
pub async fn list(
    conn: &mut Conn,
    company: CompanyId,
    limit: i64,
) -> Result<Vec<ClaimView>, StoreError> {
    let rows: Vec<ClaimRow> = sql!(
        conn.fetch_all,
        query_as(
            "SELECT c.id, c.customer_name, c.customer_domain, c.note, u.name, c.created_at
             FROM claims c JOIN users u ON u.id = c.created_by
             WHERE c.company_id = $1 ORDER BY c.created_at DESC, c.id DESC LIMIT $2"
        )
        .bind(company)
        .bind(limit)
    )?;
    Ok(rows.into_iter().map(view).collect())
}

/// Entries that may be the same business.
pub async fn matching(
    conn: &mut Conn,
    company: CompanyId,
    business: &BusinessKey,
) -> Result<Vec<ClaimView>, StoreError> {
    let mut statement = Statement::new(
        "SELECT c.id, c.customer_name, c.customer_domain, c.note, u.name, c.created_at
         FROM claims c JOIN users u ON u.id = c.created_by WHERE c.company_id = ",
    );
    statement
        .bind(company.0)
        .push(" AND (c.customer_folded <> '' AND c.customer_folded = ")
        .bind(business.folded_name.as_str());
    if let Some(domain) = &business.domain {
        statement
            .push(" OR c.customer_domain = ")
            .bind(domain.as_str());
    }
    statement.push(") ORDER BY c.created_at LIMIT 5");
    let rows: Vec<ClaimRow> = statement.fetch_all(conn).await?;
    Ok(rows.into_iter().map(view).collect())
}
