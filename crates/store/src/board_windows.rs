//! Who looks at a program's board, and which card they hold. Rows are forgotten soon after their window has gone.

use crate::{
    Statement,
    announce::Announce,
    conn::{Conn, Tx, sql},
    error::StoreError,
    open_windows::MOST,
};
use domain::{CompanyId, DealId, PartnerId, ProgramId, Timestamp, UserId};
use sqlx::{query, query_as};

/// Windows of one person at one board. Whoever opens more is not seen in the oldest.
pub const MOST_OF_A_PERSON: i64 = 20;

/// Whose people look: the company's, or those of a partner team (`Some`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Watching {
    pub company: CompanyId,
    pub program: ProgramId,
    pub partner: Option<PartnerId>,
}

/// One window.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct BoardWindow {
    pub program_id: ProgramId,
    /// Made by the window itself.
    pub window_key: String,
    pub company_id: CompanyId,
    /// None for the company's people.
    pub partner_id: Option<PartnerId>,
    pub user_id: UserId,
    /// The card in the hand.
    pub deal_id: Option<DealId>,
    pub seen_at: Timestamp,
}

/// Notes that the window is there now. The others are told only of what they do not know: a window that had not been seen
/// since `lease`, or that took a card or laid it down. A window of somebody else's is left as it is.
pub async fn see(tx: &mut Tx, row: &BoardWindow, lease: Timestamp) -> Result<(), StoreError> {
    sql!(
        tx.execute,
        query("DELETE FROM board_windows WHERE program_id = $1 AND seen_at < $2")
            .bind(row.program_id)
            .bind(lease)
    )?;
    let before: Option<BoardWindow> = sql!(
        tx.fetch_optional,
        query_as("SELECT * FROM board_windows WHERE program_id = $1 AND window_key = $2")
            .bind(row.program_id)
            .bind(&row.window_key)
    )?;
    let rows = sql!(
        tx.execute,
        query(
            "INSERT INTO board_windows (program_id, window_key, company_id, partner_id, user_id, deal_id, seen_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (program_id, window_key) DO UPDATE
                 SET partner_id = excluded.partner_id, deal_id = excluded.deal_id, seen_at = excluded.seen_at
             WHERE board_windows.user_id = excluded.user_id"
        )
        .bind(row.program_id)
        .bind(&row.window_key)
        .bind(row.company_id)
        .bind(row.partner_id)
        .bind(row.user_id)
        .bind(row.deal_id)
        .bind(row.seen_at)
    )?;
    if rows == 1 && before.is_none() {
        drop_oldest(tx, row).await?;
    }
    if rows == 1 && before.is_none_or(|before| before.deal_id != row.deal_id) {
        announce(
            tx,
            Watching {
                company: row.company_id,
                program: row.program_id,
                partner: row.partner_id,
            },
        );
    }
    Ok(())
}

/// Keeps that window of the person's and the newest of their others.
async fn drop_oldest(tx: &mut Tx, row: &BoardWindow) -> Result<(), StoreError> {
    sql!(
        tx.execute,
        query(
            "DELETE FROM board_windows
             WHERE program_id = $1 AND user_id = $2 AND window_key <> $3 AND window_key NOT IN (
                 SELECT window_key FROM board_windows
                 WHERE program_id = $1 AND user_id = $2 AND window_key <> $3
                 ORDER BY seen_at DESC, window_key LIMIT $4
             )"
        )
        .bind(row.program_id)
        .bind(row.user_id)
        .bind(&row.window_key)
        .bind(MOST_OF_A_PERSON - 1)
    )?;
    Ok(())
}

/// The windows of the board that were seen since then and that this side may know of, by person; of more than [`MOST`] those that
/// were seen last. The company knows of all, a partner team of its own and the company's, and of the cards there of its own only.
pub async fn list(
    conn: &mut Conn,
    watching: Watching,
    since: Timestamp,
) -> Result<Vec<BoardWindow>, StoreError> {
    let mut statement =
        Statement::new("SELECT program_id, window_key, company_id, partner_id, user_id, seen_at, ");
    if let Some(partner) = watching.partner {
        statement
            .push("CASE WHEN EXISTS (SELECT 1 FROM deals WHERE deals.id = board_windows.deal_id AND deals.partner_id = ")
            .bind(partner.0)
            .push(") THEN deal_id END AS deal_id");
    } else {
        statement.push("deal_id");
    }
    statement
        .push(" FROM board_windows WHERE program_id = ")
        .bind(watching.program.0)
        .push(" AND company_id = ")
        .bind(watching.company.0)
        .push(" AND seen_at >= ")
        .bind(since.0);
    if let Some(partner) = watching.partner {
        statement
            .push(" AND (partner_id IS NULL OR partner_id = ")
            .bind(partner.0)
            .push(")");
    }
    statement
        .push(" ORDER BY seen_at DESC, window_key LIMIT ")
        .bind(MOST);
    let mut rows: Vec<BoardWindow> = statement.fetch_all(conn).await?;
    rows.sort_by(|a, b| {
        let person = a.user_id.cmp(&b.user_id);
        person.then_with(|| a.window_key.cmp(&b.window_key))
    });
    Ok(rows)
}

/// The window has gone.
pub async fn leave(
    tx: &mut Tx,
    watching: Watching,
    user: UserId,
    window: &str,
) -> Result<(), StoreError> {
    let rows = sql!(
        tx.execute,
        query(
            "DELETE FROM board_windows WHERE program_id = $2 AND company_id = $1 AND user_id = $3 AND window_key = $4"
        )
        .bind(watching.company)
        .bind(watching.program)
        .bind(user)
        .bind(window)
    )?;
    if rows == 1 {
        announce(tx, watching);
    }
    Ok(())
}

/// Nobody holds the deal any more: it is deleted.
pub async fn forget_deal(conn: &mut Conn, deal: DealId) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query("DELETE FROM board_windows WHERE deal_id = $1").bind(deal)
    )
    .map(|_| ())
}

/// Forgets windows of boards at which nobody has been since.
pub async fn delete_before(conn: &mut Conn, before: Timestamp) -> Result<u64, StoreError> {
    sql!(
        conn.execute,
        query("DELETE FROM board_windows WHERE seen_at < $1").bind(before)
    )
}

/// The company hears of everybody; of a partner's people their team does, of the company's whoever takes part in the program.
fn announce(tx: &mut Tx, watching: Watching) {
    let program = watching.program;
    let others = watching.partner.map_or_else(
        || format!("program:{program}"),
        |partner| format!("partner:{partner}"),
    );
    for topic in [format!("company:{}", watching.company), others] {
        tx.announce(Announce {
            // No event: it is heard by whoever listens now, and whoever comes asks anyway.
            seq: 0,
            topic,
            subject: "board".to_owned(),
            id: program.0,
            version: 0,
        });
    }
}
