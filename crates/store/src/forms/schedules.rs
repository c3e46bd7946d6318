//! Forms that become a version by themselves: at most one a program.

use crate::{
    conn::{Conn, sql},
    error::StoreError,
    json::JsonText,
};
use domain::{CompanyId, ProgramId, Timestamp, UserId, forms::FormDefinition};
use sqlx::{query, query_as};

/// What waits to be published.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct FormSchedule {
    pub program_id: ProgramId,
    pub company_id: CompanyId,
    pub definition: JsonText<FormDefinition>,
    pub effective_at: Timestamp,
    pub scheduled_by: Option<UserId>,
    pub scheduled_at: Timestamp,
    /// Its time came, and it could not be published.
    pub held_at: Option<Timestamp>,
}

pub async fn find(
    conn: &mut Conn,
    company: CompanyId,
    program: ProgramId,
) -> Result<Option<FormSchedule>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_as("SELECT * FROM form_schedules WHERE program_id = $2 AND company_id = $1")
            .bind(company)
            .bind(program)
    )
}

/// Keeps it, in the place of what was scheduled before.
pub async fn save(conn: &mut Conn, schedule: &FormSchedule) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query(
            "INSERT INTO form_schedules (program_id, company_id, definition, effective_at, scheduled_by, scheduled_at,
                 held_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (program_id) DO UPDATE SET definition = excluded.definition,
                 effective_at = excluded.effective_at, scheduled_by = excluded.scheduled_by,
                 scheduled_at = excluded.scheduled_at, held_at = excluded.held_at"
        )
        .bind(schedule.program_id)
        .bind(schedule.company_id)
        .bind(&schedule.definition)
        .bind(schedule.effective_at)
        .bind(schedule.scheduled_by)
        .bind(schedule.scheduled_at)
        .bind(schedule.held_at)
    )
    .map(|_| ())
}

/// Takes it away; gives it, if there was one.
pub async fn take(
    conn: &mut Conn,
    company: CompanyId,
    program: ProgramId,
) -> Result<Option<FormSchedule>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_as(
            "DELETE FROM form_schedules WHERE program_id = $2 AND company_id = $1 RETURNING *"
        )
        .bind(company)
        .bind(program)
    )
}

/// The same, once it is due and not held. Of several processes that ask at once, one gets it.
pub async fn take_due(
    conn: &mut Conn,
    program: ProgramId,
    now: Timestamp,
) -> Result<Option<FormSchedule>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_as(
            "DELETE FROM form_schedules WHERE program_id = $1 AND effective_at <= $2 AND held_at IS NULL
             RETURNING *"
        )
        .bind(program)
        .bind(now)
    )
}

/// The programs whose form is due and not held, the oldest first.
pub async fn due(
    conn: &mut Conn,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<(CompanyId, ProgramId)>, StoreError> {
    sql!(
        conn.fetch_all,
        query_as(
            "SELECT company_id, program_id FROM form_schedules WHERE effective_at <= $1 AND held_at IS NULL
             ORDER BY effective_at, program_id LIMIT $2"
        )
        .bind(now)
        .bind(limit)
    )
}
