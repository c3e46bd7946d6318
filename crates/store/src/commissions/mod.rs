//! Commissions: the aggregate's row, and what lists read.

mod list;
mod row;

pub use list::{Cursor, list, totals};
pub(crate) use row::CommissionRecord;
pub use row::CommissionRow;

use domain::commissions::Commission;
use domain::{CommissionId, CompanyId, Currency, DealId, OfferId};
use sqlx::{query, query_as};

use crate::conn::{Conn, sql};
use crate::deals::Scope;
use crate::{JsonText, StoreError};

/// Keeps a new commission; `false` when its cause has earned under that offer already.
pub async fn insert(conn: &mut Conn, commission: &Commission) -> Result<bool, StoreError> {
    let rows = sql!(
        conn.execute,
        query(
            "INSERT INTO commissions (id, company_id, program_id, partner_id, membership_id, deal_id, offer_id,
                 offer_version_id, cause, cause_key, transaction_id, corrects_id, currency, minor, calculation, status,
                 state, payout_id, accrued_at, changed_at, version)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
             ON CONFLICT (offer_id, cause_key) DO NOTHING"
        )
        .bind(commission.id)
        .bind(commission.company)
        .bind(commission.program)
        .bind(commission.partner)
        .bind(commission.membership)
        .bind(commission.deal)
        .bind(commission.calculation.offer)
        .bind(commission.calculation.version)
        .bind(JsonText(&commission.cause))
        .bind(commission.cause.key())
        .bind(commission.cause.transaction())
        .bind(commission.cause.corrects())
        .bind(commission.amount().currency)
        .bind(commission.amount().minor)
        .bind(JsonText(&commission.calculation))
        .bind(commission.status())
        .bind(JsonText(&commission.state))
        .bind(commission.state.payout())
        .bind(commission.accrued_at)
        .bind(commission.changed_at)
        .bind(commission.version)
    )?;
    Ok(rows == 1)
}

/// Writes the state over the version that was loaded; gives the new version.
pub async fn save(conn: &mut Conn, commission: &Commission) -> Result<i64, StoreError> {
    let rows = sql!(
        conn.execute,
        query(
            "UPDATE commissions SET status = $4, state = $5, payout_id = $6, changed_at = $7, version = version + 1
             WHERE company_id = $1 AND id = $2 AND version = $3"
        )
        .bind(commission.company)
        .bind(commission.id)
        .bind(commission.version)
        .bind(commission.status())
        .bind(JsonText(&commission.state))
        .bind(commission.state.payout())
        .bind(commission.changed_at)
    )?;
    if rows == 0 {
        Err(StoreError::Conflict)
    } else {
        Ok(commission.version + 1)
    }
}

/// The commission, within a scope: what lies outside does not exist.
pub async fn find(
    conn: &mut Conn,
    scope: Scope,
    id: CommissionId,
) -> Result<Option<Commission>, StoreError> {
    let record: Option<CommissionRecord> = match scope {
        Scope::Membership(membership) => sql!(
            conn.fetch_optional,
            query_as("SELECT * FROM commissions WHERE id = $1 AND membership_id = $2")
                .bind(id)
                .bind(membership)
        )?,
        Scope::Program(company, program) => sql!(
            conn.fetch_optional,
            query_as(
                "SELECT * FROM commissions WHERE id = $1 AND company_id = $2 AND program_id = $3"
            )
            .bind(id)
            .bind(company)
            .bind(program)
        )?,
    };
    Ok(record.map(Commission::from))
}

/// The commission that the cause made under that offer, if it did.
pub async fn find_by_cause(
    conn: &mut Conn,
    company: CompanyId,
    offer: OfferId,
    cause_key: &str,
) -> Result<Option<Commission>, StoreError> {
    let record: Option<CommissionRecord> = sql!(
        conn.fetch_optional,
        query_as(
            "SELECT * FROM commissions WHERE offer_id = $1 AND cause_key = $2 AND company_id = $3"
        )
        .bind(offer)
        .bind(cause_key)
        .bind(company)
    )?;
    Ok(record.map(Commission::from))
}

/// What the deal earned so far, oldest first, corrections included.
pub async fn list_by_deal(
    conn: &mut Conn,
    company: CompanyId,
    deal: DealId,
) -> Result<Vec<Commission>, StoreError> {
    let records: Vec<CommissionRecord> = sql!(
        conn.fetch_all,
        query_as(
            "SELECT * FROM commissions WHERE company_id = $1 AND deal_id = $2 ORDER BY accrued_at, id"
        )
        .bind(company)
        .bind(deal)
    )?;
    Ok(records.into_iter().map(Commission::from).collect())
}

/// What the deal earned under each offer and still counts: voided and declined ones do not.
pub async fn earned(
    conn: &mut Conn,
    company: CompanyId,
    deal: DealId,
    currency: Currency,
) -> Result<Vec<(OfferId, i64)>, StoreError> {
    sql!(
        conn.fetch_all,
        query_as(
            "SELECT offer_id, CAST(sum(minor) AS BIGINT) FROM commissions
             WHERE company_id = $1 AND deal_id = $2 AND currency = $3 AND status NOT IN ('voided', 'declined')
             GROUP BY offer_id"
        )
        .bind(company)
        .bind(deal)
        .bind(currency)
    )
}
