//! The books. Lines are only ever added, two at a time, with the fact that they book.

use domain::commissions::{Account, Commission, Transfer};
use domain::{CommissionId, CompanyId, Currency, EventId, Timestamp};
use sqlx::{query, query_as};

use crate::StoreError;
use crate::conn::{Conn, sql};

/// Books a transfer: both of its lines in one statement.
pub async fn insert(
    conn: &mut Conn,
    event: EventId,
    commission: &Commission,
    transfer: Transfer,
    at: Timestamp,
) -> Result<(), StoreError> {
    let [to, from] = transfer.entries();
    sql!(
        conn.execute,
        query(
            "INSERT INTO ledger_entries (event_id, account, company_id, program_id, commission_id, currency, minor, at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8), ($1, $9, $3, $4, $5, $6, $10, $8)"
        )
        .bind(event)
        .bind(to.account)
        .bind(commission.company)
        .bind(commission.program)
        .bind(commission.id)
        .bind(to.amount.currency)
        .bind(to.amount.minor)
        .bind(at)
        .bind(from.account)
        .bind(from.amount.minor)
    )
    .map(|_| ())
}

/// What the books say of one commission: each account's sum.
pub async fn balances(
    conn: &mut Conn,
    company: CompanyId,
    commission: CommissionId,
) -> Result<Vec<(Account, i64)>, StoreError> {
    sql!(
        conn.fetch_all,
        query_as(
            "SELECT account, CAST(sum(minor) AS BIGINT) FROM ledger_entries
             WHERE company_id = $1 AND commission_id = $2 GROUP BY account ORDER BY account"
        )
        .bind(company)
        .bind(commission)
    )
}

/// Each account's sum per currency, over a whole company.
pub async fn totals(
    conn: &mut Conn,
    company: CompanyId,
) -> Result<Vec<(Account, Currency, i64)>, StoreError> {
    sql!(
        conn.fetch_all,
        query_as(
            "SELECT account, currency, CAST(sum(minor) AS BIGINT) FROM ledger_entries
             WHERE company_id = $1 GROUP BY account, currency ORDER BY account, currency"
        )
        .bind(company)
    )
}
