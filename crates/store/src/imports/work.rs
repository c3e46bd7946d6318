//! Work on imports that is due. A worker takes one under a lease and writes its progress together with what the rows
//! became: whoever goes on later begins with the next row.

use domain::Timestamp;
use domain::imports::{Halt, ImportState};
use sqlx::{query, query_scalar};

use super::{Import, Progress, announce};
use crate::conn::{Conn, Tx, sql};
use crate::dialect::for_update_skip_locked;
use crate::{Statement, StoreError};

/// Whether anything is due: asked of a reader, so that an idle worker writes nothing.
pub async fn is_due(conn: &mut Conn, now: Timestamp) -> Result<bool, StoreError> {
    sql!(
        conn.fetch_one,
        query_scalar(
            "SELECT EXISTS (SELECT 1 FROM imports WHERE state IN ('checking', 'running', 'undoing') AND halted IS NULL
             AND available_at <= $1)"
        )
        .bind(now)
    )
}

/// Takes the one that is due longest, for this worker alone until `until`.
pub async fn take(
    conn: &mut Conn,
    now: Timestamp,
    until: Timestamp,
) -> Result<Option<Import>, StoreError> {
    let mut statement = Statement::new("UPDATE imports SET lease = lease + 1, available_at = ");
    statement
        .bind(until.0)
        .push(
            " WHERE id IN (SELECT id FROM imports WHERE state IN ('checking', 'running', 'undoing') AND halted IS NULL
             AND available_at <= ",
        )
        .bind(now.0)
        .push(" ORDER BY available_at, id LIMIT 1")
        .push(for_update_skip_locked(conn))
        .push(") RETURNING *");
    statement.fetch_optional(conn).await
}

/// Keeps it to this transaction, if the worker still has it: first of all in each step. False: somebody else has it, or
/// changed it.
pub async fn hold(conn: &mut Conn, import: &Import) -> Result<bool, StoreError> {
    let rows = sql!(
        conn.execute,
        query("UPDATE imports SET lease = lease WHERE id = $1 AND lease = $2 AND state = $3 AND halted IS NULL")
            .bind(import.id)
            .bind(import.lease)
            .bind(import.state)
    )?;
    Ok(rows == 1)
}

/// What a step came to.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    pub progress: Progress,
    pub state: ImportState,
    pub halted: Option<Halt>,
    /// Until when the worker has it; now, when it lets go.
    pub available_at: Timestamp,
    pub now: Timestamp,
}

/// Writes how far the work is. The import is held since the step began.
pub async fn save_step(tx: &mut Tx, import: &Import, step: &Step) -> Result<(), StoreError> {
    let progress = &step.progress;
    sql!(
        tx.execute,
        query(
            "UPDATE imports SET state = $3, halted = $4, available_at = $5, position = $6, at_byte = $7, at_line = $8,
                 row_count = $9, ready = $10, faults = $11, doubles = $12, made = $13, undone = $14, kept = $15,
                 changed_at = $16, version = CASE WHEN state = $3 THEN version ELSE version + 1 END
             WHERE id = $1 AND lease = $2"
        )
        .bind(import.id)
        .bind(import.lease)
        .bind(step.state)
        .bind(step.halted)
        .bind(step.available_at)
        .bind(progress.position)
        .bind(progress.at_byte)
        .bind(progress.at_line)
        .bind(progress.row_count)
        .bind(progress.ready)
        .bind(progress.faults)
        .bind(progress.doubles)
        .bind(progress.made)
        .bind(progress.undone)
        .bind(progress.kept)
        .bind(step.now)
    )?;
    announce(tx, import.company_id, import.id);
    Ok(())
}

/// Writes what was found in the rows so far. The import is held since the step began.
pub async fn save_findings(tx: &mut Tx, import: &Import) -> Result<(), StoreError> {
    sql!(
        tx.execute,
        query("UPDATE imports SET findings = $3 WHERE id = $1 AND lease = $2")
            .bind(import.id)
            .bind(import.lease)
            .bind(&import.findings)
    )?;
    Ok(())
}

/// Lets go of it, with a reason if it is not to be tried again by itself. Nothing, if somebody else has it.
pub async fn release(
    tx: &mut Tx,
    import: &Import,
    halted: Option<Halt>,
    available_at: Timestamp,
) -> Result<(), StoreError> {
    sql!(
        tx.execute,
        query("UPDATE imports SET halted = $3, available_at = $4 WHERE id = $1 AND lease = $2")
            .bind(import.id)
            .bind(import.lease)
            .bind(halted)
            .bind(available_at)
    )?;
    announce(tx, import.company_id, import.id);
    Ok(())
}
