//! Who has a program's form open to edit it. Rows are forgotten soon after their window has gone.

use crate::{
    announce::Announce,
    conn::{Conn, Tx, sql},
    error::StoreError,
};
use domain::{CompanyId, ProgramId, Timestamp, UserId};
use sqlx::{query, query_as};

/// One window of the form editor.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct FormEditorRow {
    pub program_id: ProgramId,
    /// Made by the window itself.
    pub window_key: String,
    pub company_id: CompanyId,
    pub user_id: UserId,
    /// The key of the chosen field; empty for none.
    pub field: String,
    pub seen_at: Timestamp,
}

/// Notes that the window is there now. The others are told only of what they do not know: a window that had not been seen
/// since `lease`, or that is at another field. A window of somebody else's is left as it is.
pub async fn see(tx: &mut Tx, row: &FormEditorRow, lease: Timestamp) -> Result<(), StoreError> {
    sql!(
        tx.execute,
        query("DELETE FROM form_editors WHERE program_id = $1 AND seen_at < $2")
            .bind(row.program_id)
            .bind(lease)
    )?;
    let before = find(tx, row.program_id, &row.window_key).await?;
    let rows = sql!(
        tx.execute,
        query(
            "INSERT INTO form_editors (program_id, window_key, company_id, user_id, field, seen_at)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (program_id, window_key) DO UPDATE SET field = excluded.field, seen_at = excluded.seen_at
             WHERE form_editors.user_id = excluded.user_id"
        )
        .bind(row.program_id)
        .bind(&row.window_key)
        .bind(row.company_id)
        .bind(row.user_id)
        .bind(&row.field)
        .bind(row.seen_at)
    )?;
    if rows == 1 && before.is_none_or(|before| before.field != row.field) {
        announce(tx, row.company_id, row.program_id);
    }
    Ok(())
}

async fn find(
    conn: &mut Conn,
    program: ProgramId,
    window: &str,
) -> Result<Option<FormEditorRow>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_as("SELECT * FROM form_editors WHERE program_id = $1 AND window_key = $2")
            .bind(program)
            .bind(window)
    )
}

/// The windows that were seen since then, by person.
pub async fn list_since(
    conn: &mut Conn,
    company: CompanyId,
    program: ProgramId,
    since: Timestamp,
) -> Result<Vec<FormEditorRow>, StoreError> {
    sql!(
        conn.fetch_all,
        query_as(
            "SELECT * FROM form_editors WHERE program_id = $2 AND company_id = $1 AND seen_at >= $3
             ORDER BY user_id, window_key"
        )
        .bind(company)
        .bind(program)
        .bind(since)
    )
}

/// The window has gone.
pub async fn leave(
    tx: &mut Tx,
    company: CompanyId,
    program: ProgramId,
    user: UserId,
    window: &str,
) -> Result<(), StoreError> {
    let rows = sql!(
        tx.execute,
        query(
            "DELETE FROM form_editors WHERE program_id = $2 AND company_id = $1 AND user_id = $3 AND window_key = $4"
        )
        .bind(company)
        .bind(program)
        .bind(user)
        .bind(window)
    )?;
    if rows == 1 {
        announce(tx, company, program);
    }
    Ok(())
}

/// Tells the open form editors of the company's people that something about this program's form changed: who is there, or
/// what is saved.
pub fn announce(tx: &mut Tx, company: CompanyId, program: ProgramId) {
    tx.announce(Announce {
        // No event: it is heard by whoever listens now, and whoever comes asks anyway.
        seq: 0,
        topic: format!("company:{company}"),
        subject: "form".to_owned(),
        id: program.0,
        version: 0,
    });
}
