//! Questions that `dealboard verify` asks of the whole database: each gives the first fault, or none.

pub mod threads;

use domain::commissions::{Account, Commission};
use domain::deals::{DealFact, Win};
use domain::{CommissionId, CompanyId, Currency, CustomerId, DealId, EventId, TransactionId};
use sqlx::{query_as, query_scalar};

use crate::commissions::CommissionRecord;
use crate::conn::{Conn, sql};
use crate::{JsonText, Statement, StoreError};

/// Rows read at once.
const PAGE: i64 = 500;

/// A booking whose lines do not add up to nothing: the fact, the currency, what is left.
pub async fn unbalanced_transfer(
    conn: &mut Conn,
) -> Result<Option<(EventId, Currency, i64)>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_as(
            "SELECT event_id, currency, CAST(sum(minor) AS BIGINT) FROM ledger_entries
             GROUP BY event_id, currency HAVING sum(minor) <> 0 ORDER BY event_id LIMIT 1"
        )
    )
}

/// A currency in which all lines together do not add up to nothing.
pub async fn unbalanced_currency(conn: &mut Conn) -> Result<Option<(Currency, i64)>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_as(
            "SELECT currency, CAST(sum(minor) AS BIGINT) FROM ledger_entries
             GROUP BY currency HAVING sum(minor) <> 0 ORDER BY currency LIMIT 1"
        )
    )
}

/// A booking without the fact that it books, or of another deal than its commission's.
pub async fn unfounded_transfer(
    conn: &mut Conn,
) -> Result<Option<(EventId, CommissionId)>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_as(
            "SELECT l.event_id, l.commission_id FROM ledger_entries l
                 LEFT JOIN commissions c ON c.id = l.commission_id LEFT JOIN events e ON e.id = l.event_id
             WHERE c.id IS NULL OR e.id IS NULL OR e.subject_id <> c.deal_id OR l.company_id <> c.company_id
                 OR l.program_id <> c.program_id OR l.currency <> c.currency
             ORDER BY l.event_id LIMIT 1"
        )
    )
}

/// A fact of a commission that was never booked.
pub async fn unbooked_fact(conn: &mut Conn) -> Result<Option<(EventId, String)>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_as(
            "SELECT e.id, e.kind FROM events e LEFT JOIN ledger_entries l ON l.event_id = e.id
             WHERE e.kind IN ('commission_accrued', 'commission_approved', 'commission_voided', 'commission_held',
                     'commission_released', 'commission_declined', 'commission_paid', 'commission_corrected')
                 AND l.event_id IS NULL
             ORDER BY e.seq LIMIT 1"
        )
    )
}

/// A commission that points at a deal, offer, transaction, payout or commission that is gone or somebody else's. The
/// answer says which of them.
pub async fn astray_commission(
    conn: &mut Conn,
) -> Result<Option<(CommissionId, String)>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_as(
            "SELECT id, astray FROM (
                 SELECT c.id, CASE
                     WHEN d.id IS NULL OR d.company_id <> c.company_id OR d.program_id <> c.program_id
                         OR d.partner_id <> c.partner_id OR d.membership_id <> c.membership_id THEN 'deal'
                     WHEN o.id IS NULL OR o.company_id <> c.company_id OR o.program_id <> c.program_id THEN 'offer'
                     WHEN v.id IS NULL OR v.offer_id <> c.offer_id THEN 'offer version'
                     WHEN c.transaction_id IS NOT NULL AND (t.id IS NULL OR t.deal_id <> c.deal_id) THEN 'transaction'
                     WHEN c.payout_id IS NOT NULL AND (p.id IS NULL OR p.partner_id <> c.partner_id
                         OR p.currency <> c.currency) THEN 'payout'
                     WHEN c.corrects_id IS NOT NULL AND (b.id IS NULL OR b.deal_id <> c.deal_id) THEN 'commission'
                 END AS astray
                 FROM commissions c LEFT JOIN deals d ON d.id = c.deal_id LEFT JOIN offers o ON o.id = c.offer_id
                     LEFT JOIN offer_versions v ON v.id = c.offer_version_id
                     LEFT JOIN transactions t ON t.id = c.transaction_id LEFT JOIN payouts p ON p.id = c.payout_id
                     LEFT JOIN commissions b ON b.id = c.corrects_id
             ) AS checked WHERE astray IS NOT NULL ORDER BY id LIMIT 1"
        )
    )
}

/// A commission of a win that stands otherwise than the win does: owed though it is not confirmed, or waiting though
/// nothing waits.
pub async fn contradicted_commission(conn: &mut Conn) -> Result<Option<CommissionId>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_scalar(
            "SELECT c.id FROM commissions c JOIN deals d ON d.id = c.deal_id
             WHERE (c.status IN ('approved', 'held', 'declined', 'paid') AND d.win <> 'confirmed')
                 OR (c.status = 'pending' AND d.win <> 'pending')
             ORDER BY c.id LIMIT 1"
        )
    )
}

/// A commission whose corrections that count take more than it has, are in another currency, or outlived it.
pub async fn overcorrected_commission(conn: &mut Conn) -> Result<Option<CommissionId>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_scalar(
            "SELECT c.id FROM commissions c JOIN commissions k ON k.corrects_id = c.id
             WHERE k.status NOT IN ('declined', 'voided')
             GROUP BY c.id, c.status, c.minor, c.currency
             HAVING c.status IN ('declined', 'voided') OR c.minor + sum(k.minor) < 0
                 OR min(k.currency) <> c.currency OR max(k.currency) <> c.currency
             ORDER BY c.id LIMIT 1"
        )
    )
}

/// A payout that is not the sum of its commissions.
pub async fn unequal_payout(conn: &mut Conn) -> Result<Option<String>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_scalar(
            "SELECT p.reference FROM payouts p
             WHERE p.minor <> (SELECT coalesce(CAST(sum(c.minor) AS BIGINT), 0) FROM commissions c
                 WHERE c.payout_id = p.id)
             ORDER BY p.id LIMIT 1"
        )
    )
}

/// The next commissions by id.
pub async fn commissions_after(
    conn: &mut Conn,
    after: CommissionId,
) -> Result<Vec<Commission>, StoreError> {
    let records: Vec<CommissionRecord> = sql!(
        conn.fetch_all,
        query_as("SELECT * FROM commissions WHERE id > $1 ORDER BY id LIMIT $2")
            .bind(after)
            .bind(PAGE)
    )?;
    Ok(records.into_iter().map(Commission::from).collect())
}

/// The columns that are copies of what a commission's JSON says: amount, currency, status, cause.
pub async fn copies(
    conn: &mut Conn,
    id: CommissionId,
) -> Result<Option<(i64, Currency, String, String)>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_as("SELECT minor, currency, status, cause_key FROM commissions WHERE id = $1")
            .bind(id)
    )
}

/// What the history says of the commissions after one id up to another: the facts that their bookings name.
pub async fn facts_between(
    conn: &mut Conn,
    after: CommissionId,
    last: CommissionId,
) -> Result<Vec<(CommissionId, DealFact)>, StoreError> {
    let rows: Vec<(CommissionId, JsonText<DealFact>)> = sql!(
        conn.fetch_all,
        query_as(
            "SELECT DISTINCT l.commission_id, e.payload FROM ledger_entries l JOIN events e ON e.id = l.event_id
             WHERE l.commission_id > $1 AND l.commission_id <= $2"
        )
        .bind(after)
        .bind(last)
    )?;
    Ok(rows.into_iter().map(|(id, fact)| (id, fact.0)).collect())
}

/// Every account's sum of the commissions after one id up to another.
pub async fn balances_between(
    conn: &mut Conn,
    after: CommissionId,
    last: CommissionId,
) -> Result<Vec<(CommissionId, Account, i64)>, StoreError> {
    sql!(
        conn.fetch_all,
        query_as(
            "SELECT commission_id, account, CAST(sum(minor) AS BIGINT) FROM ledger_entries
             WHERE commission_id > $1 AND commission_id <= $2 GROUP BY commission_id, account
             HAVING sum(minor) <> 0 ORDER BY commission_id, account"
        )
        .bind(after)
        .bind(last)
    )
}

/// The next won deals by id, with the facts of their wins.
pub async fn wins_after(
    conn: &mut Conn,
    after: DealId,
) -> Result<Vec<(DealId, CompanyId, Win)>, StoreError> {
    let rows: Vec<(DealId, CompanyId, JsonText<Win>)> = sql!(
        conn.fetch_all,
        query_as(
            "SELECT id, company_id, win_facts FROM deals
             WHERE id > $1 AND win IN ('pending', 'confirmed') ORDER BY id LIMIT $2"
        )
        .bind(after)
        .bind(PAGE)
    )?;
    Ok(rows
        .into_iter()
        .map(|(id, company, win)| (id, company, win.0))
        .collect())
}

/// Those of the customers that are there: whose, and whether their status is final.
pub async fn customers(
    conn: &mut Conn,
    ids: impl IntoIterator<Item = CustomerId>,
) -> Result<Vec<(CustomerId, CompanyId, bool)>, StoreError> {
    let mut statement =
        Statement::new("SELECT id, company_id, status = 'confirmed' FROM customers WHERE id IN ");
    statement.bind_all(ids.into_iter().map(|id| id.0));
    statement.fetch_all(conn).await
}

/// The next transactions by id: the customer, and the facts of the win of the deal that they name.
pub async fn transactions_after(
    conn: &mut Conn,
    after: TransactionId,
) -> Result<Vec<(TransactionId, CustomerId, Option<JsonText<Win>>)>, StoreError> {
    sql!(
        conn.fetch_all,
        query_as(
            "SELECT t.id, t.customer_id, d.win_facts FROM transactions t LEFT JOIN deals d ON d.id = t.deal_id
                 AND d.company_id = t.company_id
             WHERE t.id > $1 ORDER BY t.id LIMIT $2"
        )
        .bind(after)
        .bind(PAGE)
    )
}
