//! What customers bought after a win, as the company entered it.

use domain::{
    CompanyId, Currency, CustomerId, Date, DealId, Money, ProgramId, Timestamp, TransactionId,
    UserId,
};
use sqlx::{query, query_as};

use crate::StoreError;
use crate::conn::{Conn, sql};

/// A transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transaction {
    pub id: TransactionId,
    pub company: CompanyId,
    pub program: ProgramId,
    pub customer: CustomerId,
    /// The win whose partner it may earn for.
    pub deal: DealId,
    pub amount: Money,
    pub on: Date,
    pub reference: String,
    pub by: UserId,
    pub at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct TransactionRow {
    id: TransactionId,
    company_id: CompanyId,
    program_id: ProgramId,
    customer_id: CustomerId,
    deal_id: DealId,
    currency: Currency,
    minor: i64,
    happened_on: Date,
    reference: String,
    entered_by: UserId,
    entered_at: Timestamp,
}

impl From<TransactionRow> for Transaction {
    fn from(row: TransactionRow) -> Self {
        Self {
            id: row.id,
            company: row.company_id,
            program: row.program_id,
            customer: row.customer_id,
            deal: row.deal_id,
            amount: Money::new(row.minor, row.currency),
            on: row.happened_on,
            reference: row.reference,
            by: row.entered_by,
            at: row.entered_at,
        }
    }
}

/// Keeps the transaction; `false` when the customer has one of that reference.
pub async fn insert(conn: &mut Conn, transaction: &Transaction) -> Result<bool, StoreError> {
    let rows = sql!(
        conn.execute,
        query(
            "INSERT INTO transactions (id, company_id, program_id, customer_id, deal_id, currency, minor, happened_on,
                 reference, entered_by, entered_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
             ON CONFLICT (company_id, customer_id, reference) DO NOTHING"
        )
        .bind(transaction.id)
        .bind(transaction.company)
        .bind(transaction.program)
        .bind(transaction.customer)
        .bind(transaction.deal)
        .bind(transaction.amount.currency)
        .bind(transaction.amount.minor)
        .bind(transaction.on)
        .bind(&transaction.reference)
        .bind(transaction.by)
        .bind(transaction.at)
    )?;
    Ok(rows == 1)
}

/// The customer's transaction of that reference.
pub async fn find_by_reference(
    conn: &mut Conn,
    company: CompanyId,
    customer: CustomerId,
    reference: &str,
) -> Result<Option<Transaction>, StoreError> {
    let row: Option<TransactionRow> = sql!(
        conn.fetch_optional,
        query_as(
            "SELECT * FROM transactions WHERE company_id = $1 AND customer_id = $2 AND reference = $3"
        )
        .bind(company)
        .bind(customer)
        .bind(reference)
    )?;
    Ok(row.map(Transaction::from))
}

/// What the deal's customer bought, newest first.
pub async fn list_by_deal(
    conn: &mut Conn,
    company: CompanyId,
    deal: DealId,
    limit: i64,
) -> Result<Vec<Transaction>, StoreError> {
    let rows: Vec<TransactionRow> = sql!(
        conn.fetch_all,
        query_as(
            "SELECT * FROM transactions WHERE company_id = $1 AND deal_id = $2
             ORDER BY happened_on DESC, id DESC LIMIT $3"
        )
        .bind(company)
        .bind(deal)
        .bind(limit)
    )?;
    Ok(rows.into_iter().map(Transaction::from).collect())
}
