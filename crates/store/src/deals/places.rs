//! Where deals lie: one that is moved, and all that follow a stage that goes.

use domain::deals::Deal;
use domain::{CompanyId, DealId, ProgramId, Rank, StageId, Timestamp, UserId};
use sqlx::query;

use super::record::{DealRecord, Parts};
use crate::conn::{Conn, sql};
use crate::dialect::{Dialect, for_update};
use crate::{Statement, StoreError};

/// Writes where the deal lies, and who changed that and when, over the version that was loaded; gives the new version.
/// Of the other columns none is named: `SQLite` writes every index of a column that is, changed or not, and a deal has
/// twice as many as a move touches.
pub async fn save_place(conn: &mut Conn, deal: &Deal) -> Result<i64, StoreError> {
    let parts = Parts::of(deal);
    let rows = sql!(
        conn.execute,
        query(
            "UPDATE deals SET stage_id = $3, stage_entered_at = $4, rank = $5, lost_reason_id = $6, lost_note = $7,
                 changed_by = $8, changed_at = $9, version = version + 1
             WHERE id = $1 AND version = $2"
        )
        .bind(deal.id)
        .bind(deal.version)
        .bind(parts.stage)
        .bind(parts.entered_at)
        .bind(parts.rank)
        .bind(parts.lost_reason)
        .bind(parts.lost_note)
        .bind(deal.changed_by)
        .bind(deal.changed_at)
    )?;
    if rows == 0 {
        Err(StoreError::Conflict)
    } else {
        Ok(deal.version + 1)
    }
}

/// Keeps the deals of a stage to this transaction until it ends: before the first of them is changed, so that nobody
/// waits for one while this waits for theirs.
pub async fn lock_stage(
    conn: &mut Conn,
    company: CompanyId,
    program: ProgramId,
    stage: StageId,
) -> Result<(), StoreError> {
    if conn.dialect() == Dialect::Sqlite {
        return Ok(());
    }
    let clause = for_update(conn);
    let mut statement =
        Statement::new("SELECT count(*) FROM (SELECT 1 FROM deals WHERE company_id = ");
    statement
        .bind(company.0)
        .push(" AND program_id = ")
        .bind(program.0)
        .push(" AND stage_id = ")
        .bind(stage.0)
        .push(clause)
        .push(") AS locked");
    let _: Option<(i64,)> = statement.fetch_optional(conn).await?;
    Ok(())
}

/// Up to `limit` deals that lie in a stage, by rank: for a retirement, in steps.
pub async fn list_in_stage(
    conn: &mut Conn,
    company: CompanyId,
    program: ProgramId,
    stage: StageId,
    limit: i64,
) -> Result<Vec<Deal>, StoreError> {
    let records: Vec<DealRecord> = sql!(
        conn.fetch_all,
        sqlx::query_as(
            "SELECT * FROM deals WHERE company_id = $1 AND program_id = $2 AND stage_id = $3
             ORDER BY rank, id LIMIT $4"
        )
        .bind(company)
        .bind(program)
        .bind(stage)
        .bind(limit)
    )?;
    Ok(records.into_iter().map(Deal::from).collect())
}

/// A deal at the version that was loaded, and its rank in the stage that takes it.
#[derive(Debug, Clone)]
pub struct Follower {
    pub deal: DealId,
    pub version: i64,
    pub rank: Rank,
}

/// Lays deals into a stage, as they are, in one statement. Each gets its next version.
pub async fn follow_stage(
    conn: &mut Conn,
    to: StageId,
    followers: &[Follower],
    by: UserId,
    at: Timestamp,
) -> Result<(), StoreError> {
    let mut statement = Statement::new("WITH laid (id, version, rank) AS (VALUES ");
    for follower in followers {
        statement.bind_row([
            follower.deal.0.into(),
            follower.version.into(),
            follower.rank.0.as_str().into(),
        ]);
    }
    statement
        .push(") UPDATE deals SET version = deals.version + 1, rank = laid.rank, stage_id = ")
        .bind(to.0)
        .push(", changed_by = ")
        .bind(by.0)
        .push(", changed_at = ")
        .bind(at.0)
        .push(" FROM laid WHERE deals.id = laid.id AND deals.version = laid.version");
    let rows = statement.execute(conn).await?;
    if usize::try_from(rows) == Ok(followers.len()) {
        Ok(())
    } else {
        Err(StoreError::Conflict)
    }
}
