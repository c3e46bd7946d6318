//! Payouts: commissions of one partner that were paid together.

use domain::{CompanyId, Date, Money, PartnerId, PayoutId, ProgramId, Timestamp, UserId};
use sqlx::query;

use crate::StoreError;
use crate::conn::{Conn, sql};

/// A payment that the company made.
#[derive(Debug, Clone)]
pub struct NewPayout<'a> {
    pub id: PayoutId,
    pub company: CompanyId,
    pub program: ProgramId,
    pub partner: PartnerId,
    /// What its commissions come to.
    pub amount: Money,
    pub reference: &'a str,
    pub paid_on: Date,
    pub by: UserId,
    pub at: Timestamp,
}

pub async fn insert(conn: &mut Conn, payout: &NewPayout<'_>) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query(
            "INSERT INTO payouts (id, company_id, program_id, partner_id, currency, minor, reference, paid_on, paid_by,
                 paid_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        )
        .bind(payout.id)
        .bind(payout.company)
        .bind(payout.program)
        .bind(payout.partner)
        .bind(payout.amount.currency)
        .bind(payout.amount.minor)
        .bind(payout.reference)
        .bind(payout.paid_on)
        .bind(payout.by)
        .bind(payout.at)
    )
    .map(|_| ())
}
