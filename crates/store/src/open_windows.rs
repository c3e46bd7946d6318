//! Who has what open to edit it: a program's form, or a partner team's draft. Rows are forgotten soon after their window has gone.

use crate::{
    Statement,
    announce::Announce,
    conn::{Conn, Tx, sql},
    error::StoreError,
};
use domain::{CompanyId, DealId, PartnerId, ProgramId, Timestamp, UserId};
use sqlx::{query, query_as};

/// Windows that are listed at once: whoever opens more is not seen in all of them.
pub const MOST: i64 = 200;

/// One window.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct OpenWindow {
    pub program_id: ProgramId,
    /// Made by the window itself.
    pub window_key: String,
    pub company_id: CompanyId,
    /// The draft, or what is answered of a deal; none for the program's form.
    pub deal_id: Option<DealId>,
    pub user_id: UserId,
    /// The key of the field that it is at; empty for none.
    pub field: String,
    pub seen_at: Timestamp,
}

/// Who hears that a window came or went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hearers {
    /// The company's people, of the program's form.
    Company(CompanyId, ProgramId),
    /// The partner team, of its draft.
    Partner(PartnerId, DealId),
}

/// Notes that the window is there now. The others are told only of what they do not know: a window that had not been seen
/// since `lease`, or that is at another field. A window of somebody else's is left as it is.
pub async fn see(
    tx: &mut Tx,
    hearers: Hearers,
    row: &OpenWindow,
    lease: Timestamp,
) -> Result<(), StoreError> {
    sql!(
        tx.execute,
        query("DELETE FROM open_windows WHERE program_id = $1 AND seen_at < $2")
            .bind(row.program_id)
            .bind(lease)
    )?;
    let before = find(tx, row.program_id, &row.window_key).await?;
    let rows = sql!(
        tx.execute,
        query(
            "INSERT INTO open_windows (program_id, window_key, company_id, deal_id, user_id, field, seen_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (program_id, window_key) DO UPDATE
                 SET deal_id = excluded.deal_id, field = excluded.field, seen_at = excluded.seen_at
             WHERE open_windows.user_id = excluded.user_id"
        )
        .bind(row.program_id)
        .bind(&row.window_key)
        .bind(row.company_id)
        .bind(row.deal_id)
        .bind(row.user_id)
        .bind(&row.field)
        .bind(row.seen_at)
    )?;
    let known = |before: &OpenWindow| before.field == row.field && before.deal_id == row.deal_id;
    if rows == 1 && !before.as_ref().is_some_and(known) {
        announce(tx, hearers);
    }
    Ok(())
}

async fn find(
    conn: &mut Conn,
    program: ProgramId,
    window: &str,
) -> Result<Option<OpenWindow>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_as("SELECT * FROM open_windows WHERE program_id = $1 AND window_key = $2")
            .bind(program)
            .bind(window)
    )
}

/// The windows of the program's form that were seen since then, by person; no more than [`MOST`].
pub async fn list_of_form(
    conn: &mut Conn,
    company: CompanyId,
    program: ProgramId,
    since: Timestamp,
) -> Result<Vec<OpenWindow>, StoreError> {
    sql!(
        conn.fetch_all,
        query_as(
            "SELECT * FROM open_windows
             WHERE program_id = $2 AND company_id = $1 AND deal_id IS NULL AND seen_at >= $3
             ORDER BY user_id, window_key LIMIT $4"
        )
        .bind(company)
        .bind(program)
        .bind(since)
        .bind(MOST)
    )
}

/// The windows of these drafts that were seen since then, by person; no more than [`MOST`].
pub async fn list_of_deals(
    conn: &mut Conn,
    company: CompanyId,
    deals: &[DealId],
    since: Timestamp,
) -> Result<Vec<OpenWindow>, StoreError> {
    if deals.is_empty() {
        return Ok(Vec::new());
    }
    let mut statement = Statement::new("SELECT * FROM open_windows WHERE company_id = ");
    statement
        .bind(company.0)
        .push(" AND seen_at >= ")
        .bind(since.0)
        .push(" AND deal_id IN ")
        .bind_all(deals.iter().map(|deal| deal.0))
        .push(" ORDER BY user_id, window_key LIMIT ")
        .bind(MOST);
    statement.fetch_all(conn).await
}

/// The window has gone.
pub async fn leave(
    tx: &mut Tx,
    hearers: Hearers,
    (company, program): (CompanyId, ProgramId),
    user: UserId,
    window: &str,
) -> Result<(), StoreError> {
    let rows = sql!(
        tx.execute,
        query(
            "DELETE FROM open_windows WHERE program_id = $2 AND company_id = $1 AND user_id = $3 AND window_key = $4"
        )
        .bind(company)
        .bind(program)
        .bind(user)
        .bind(window)
    )?;
    if rows == 1 {
        announce(tx, hearers);
    }
    Ok(())
}

/// Nobody has the draft open any more: it is deleted.
pub async fn forget_deal(conn: &mut Conn, deal: DealId) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query("DELETE FROM open_windows WHERE deal_id = $1").bind(deal)
    )
    .map(|_| ())
}

/// Tells open windows that something changed: who is there, or what is saved.
pub fn announce(tx: &mut Tx, hearers: Hearers) {
    let (topic, subject, id) = match hearers {
        Hearers::Company(company, program) => (format!("company:{company}"), "form", program.0),
        Hearers::Partner(partner, deal) => (format!("partner:{partner}"), "draft", deal.0),
    };
    tx.announce(Announce {
        // No event: it is heard by whoever listens now, and whoever comes asks anyway.
        seq: 0,
        topic,
        subject: subject.to_owned(),
        id,
        version: 0,
    });
}
