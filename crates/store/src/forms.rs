//! Published versions of a program's form, the one being worked on, and what waits to be published.

pub mod answers;
pub mod schedules;

use crate::{
    conn::{Conn, sql},
    error::StoreError,
    json::JsonText,
};
use domain::{
    CompanyId, FormVersionId, ProgramId, Timestamp, UserId,
    forms::{FormDefinition, FormVersion},
};
use sqlx::{query, query_as, query_scalar};

/// A published version. It never changes: deals point at it.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct FormVersionRow {
    pub id: FormVersionId,
    pub company_id: CompanyId,
    pub program_id: ProgramId,
    /// 1, 2, 3... in the program.
    pub number: i32,
    pub definition: JsonText<FormDefinition>,
    pub published_by: Option<UserId>,
    pub published_at: Timestamp,
}

impl From<FormVersionRow> for FormVersion {
    fn from(row: FormVersionRow) -> Self {
        Self {
            id: row.id,
            number: row.number,
            definition: row.definition.0,
        }
    }
}

/// What the designer is working on.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct FormDraft {
    pub program_id: ProgramId,
    pub company_id: CompanyId,
    pub definition: JsonText<FormDefinition>,
    pub changed_by: Option<UserId>,
    pub changed_at: Timestamp,
    pub version: i64,
}

pub async fn find_version(
    conn: &mut Conn,
    id: FormVersionId,
) -> Result<Option<FormVersionRow>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_as("SELECT * FROM form_versions WHERE id = $1").bind(id)
    )
}

/// The version that new deals are registered with.
pub async fn find_current(
    conn: &mut Conn,
    program: ProgramId,
) -> Result<Option<FormVersionRow>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_as("SELECT * FROM form_versions WHERE program_id = $1 ORDER BY number DESC LIMIT 1")
            .bind(program)
    )
}

/// When the version of that number was replaced; nothing for the one in use.
pub async fn find_replaced_at(
    conn: &mut Conn,
    program: ProgramId,
    number: i32,
) -> Result<Option<Timestamp>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_scalar(
            "SELECT published_at FROM form_versions WHERE program_id = $1 AND number > $2
             ORDER BY number LIMIT 1"
        )
        .bind(program)
        .bind(number)
    )
}

/// Every version, newest first.
pub async fn list_versions(
    conn: &mut Conn,
    company: CompanyId,
    program: ProgramId,
) -> Result<Vec<FormVersionRow>, StoreError> {
    sql!(
        conn.fetch_all,
        query_as(
            "SELECT * FROM form_versions WHERE program_id = $2 AND company_id = $1 ORDER BY number DESC"
        )
        .bind(company)
        .bind(program)
    )
}

/// Conflict: somebody published that number meanwhile.
pub async fn insert_version(conn: &mut Conn, form: &FormVersionRow) -> Result<(), StoreError> {
    let rows = sql!(
        conn.execute,
        query(
            "INSERT INTO form_versions (id, company_id, program_id, number, definition, published_by, published_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (program_id, number) DO NOTHING"
        )
        .bind(form.id)
        .bind(form.company_id)
        .bind(form.program_id)
        .bind(form.number)
        .bind(&form.definition)
        .bind(form.published_by)
        .bind(form.published_at)
    )?;
    if rows == 0 {
        Err(StoreError::Conflict)
    } else {
        Ok(())
    }
}

pub async fn find_draft(
    conn: &mut Conn,
    company: CompanyId,
    program: ProgramId,
) -> Result<Option<FormDraft>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_as("SELECT * FROM form_drafts WHERE program_id = $2 AND company_id = $1")
            .bind(company)
            .bind(program)
    )
}

/// Writes the draft that was at `draft.version`, 0 for none; gives the new version.
pub async fn save_draft(conn: &mut Conn, draft: &FormDraft) -> Result<i64, StoreError> {
    let rows = if draft.version == 0 {
        sql!(
            conn.execute,
            query(
                "INSERT INTO form_drafts (program_id, company_id, definition, changed_by, changed_at, version)
                 VALUES ($1, $2, $3, $4, $5, 1) ON CONFLICT (program_id) DO NOTHING"
            )
            .bind(draft.program_id)
            .bind(draft.company_id)
            .bind(&draft.definition)
            .bind(draft.changed_by)
            .bind(draft.changed_at)
        )?
    } else {
        sql!(
            conn.execute,
            query(
                "UPDATE form_drafts SET definition = $4, changed_by = $5, changed_at = $6, version = version + 1
                 WHERE program_id = $1 AND company_id = $2 AND version = $3"
            )
            .bind(draft.program_id)
            .bind(draft.company_id)
            .bind(draft.version)
            .bind(&draft.definition)
            .bind(draft.changed_by)
            .bind(draft.changed_at)
        )?
    };
    if rows == 0 {
        Err(StoreError::Conflict)
    } else {
        Ok(draft.version + 1)
    }
}

/// Registrations of the program that partners began and did not send.
pub async fn count_open_drafts(
    conn: &mut Conn,
    company: CompanyId,
    program: ProgramId,
) -> Result<i64, StoreError> {
    sql!(
        conn.fetch_one,
        query_scalar(
            "SELECT count(*) FROM deals
             WHERE company_id = $1 AND program_id = $2 AND registration = 'draft'"
        )
        .bind(company)
        .bind(program)
    )
}

/// Forgets the draft that was at that version, once published.
pub async fn delete_draft(
    conn: &mut Conn,
    company: CompanyId,
    program: ProgramId,
    version: i64,
) -> Result<(), StoreError> {
    let rows = sql!(
        conn.execute,
        query("DELETE FROM form_drafts WHERE program_id = $2 AND company_id = $1 AND version = $3")
            .bind(company)
            .bind(program)
            .bind(version)
    )?;
    if rows == 0 {
        Err(StoreError::Conflict)
    } else {
        Ok(())
    }
}
