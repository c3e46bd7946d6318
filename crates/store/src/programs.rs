//! Programs and their tiers.

use crate::{
    JsonText, Statement,
    conn::{Conn, sql},
    dialect::{Dialect, for_share},
    error::StoreError,
};
use domain::{
    CompanyId, Currency, ProgramId, TierId, Timestamp,
    forms::FieldKey,
    program::{Program, ProgramSettings, Tier},
};
use sqlx::{query, query_as, query_scalar};

/// A program's columns under names that a join does not confuse.
macro_rules! program_columns {
    () => {
        "p.id AS program_id, p.company_id AS program_company_id, p.name AS program_name,
         p.slug AS program_slug, p.summary AS program_summary, p.number_prefix, p.currency,
         p.submissions_open, p.decision_hours, p.protection_days, p.extension_days,
         p.version AS program_version"
    };
}
pub(crate) use program_columns;

#[derive(sqlx::FromRow)]
pub(crate) struct ProgramRow {
    program_id: ProgramId,
    program_company_id: CompanyId,
    program_name: String,
    program_slug: String,
    program_summary: String,
    number_prefix: String,
    currency: Currency,
    submissions_open: bool,
    decision_hours: i64,
    protection_days: i64,
    extension_days: i64,
    program_version: i64,
}

impl From<ProgramRow> for Program {
    fn from(row: ProgramRow) -> Self {
        Self {
            id: row.program_id,
            company: row.program_company_id,
            name: row.program_name,
            slug: row.program_slug,
            summary: row.program_summary,
            number_prefix: row.number_prefix,
            currency: row.currency,
            submissions_open: row.submissions_open,
            settings: ProgramSettings {
                decision_hours: row.decision_hours,
                protection_days: row.protection_days,
                extension_days: row.extension_days,
            },
            version: row.program_version,
        }
    }
}

pub async fn find(conn: &mut Conn, id: ProgramId) -> Result<Option<Program>, StoreError> {
    let row: Option<ProgramRow> = sql!(
        conn.fetch_optional,
        query_as(concat!(
            "SELECT ",
            program_columns!(),
            " FROM programs p WHERE p.id = $1"
        ))
        .bind(id)
    )?;
    Ok(row.map(Program::from))
}

/// When the program was created.
pub async fn created_at(conn: &mut Conn, id: ProgramId) -> Result<Option<Timestamp>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_scalar("SELECT created_at FROM programs WHERE id = $1").bind(id)
    )
}

/// A company's programs, by name.
pub async fn list_by_company(
    conn: &mut Conn,
    company: CompanyId,
) -> Result<Vec<Program>, StoreError> {
    let rows: Vec<ProgramRow> = sql!(
        conn.fetch_all,
        query_as(concat!(
            "SELECT ",
            program_columns!(),
            " FROM programs p WHERE p.company_id = $1 ORDER BY p.name, p.id"
        ))
        .bind(company)
    )?;
    Ok(rows.into_iter().map(Program::from).collect())
}

/// False: the company has a program of that slug.
pub async fn insert(conn: &mut Conn, program: &Program, at: Timestamp) -> Result<bool, StoreError> {
    let rows = sql!(
        conn.execute,
        query(
            "INSERT INTO programs (id, company_id, name, slug, summary, number_prefix, currency, submissions_open,
                 decision_hours, protection_days, extension_days, created_at, version)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
             ON CONFLICT (company_id, slug) DO NOTHING"
        )
        .bind(program.id)
        .bind(program.company)
        .bind(&program.name)
        .bind(&program.slug)
        .bind(&program.summary)
        .bind(&program.number_prefix)
        .bind(program.currency)
        .bind(program.submissions_open)
        .bind(program.settings.decision_hours)
        .bind(program.settings.protection_days)
        .bind(program.settings.extension_days)
        .bind(at)
        .bind(program.version)
    )?;
    Ok(rows == 1)
}

/// Keeps the program and its stages to this transaction until it ends. Before anything of the program is read.
pub async fn lock(conn: &mut Conn, id: ProgramId) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query("UPDATE programs SET version = version WHERE id = $1").bind(id)
    )?;
    Ok(())
}

/// Keeps the program and its stages as they are until this transaction ends; others may do the same beside it.
pub async fn lock_shared(conn: &mut Conn, id: ProgramId) -> Result<(), StoreError> {
    // One writer: nobody else changes anything.
    if conn.dialect() == Dialect::Sqlite {
        return Ok(());
    }
    let clause = for_share(conn);
    let mut statement = Statement::new("SELECT version FROM programs WHERE id = ");
    statement.bind(id.0).push(clause);
    let _: Option<(i64,)> = statement.fetch_optional(conn).await?;
    Ok(())
}

/// Writes everything but the slug; gives the new version.
pub async fn save(conn: &mut Conn, program: &Program) -> Result<i64, StoreError> {
    let rows = sql!(
        conn.execute,
        query(
            "UPDATE programs SET name = $4, summary = $5, number_prefix = $6, currency = $7, submissions_open = $8,
                 decision_hours = $9, protection_days = $10, extension_days = $11, version = version + 1
             WHERE company_id = $1 AND id = $2 AND version = $3"
        )
        .bind(program.company)
        .bind(program.id)
        .bind(program.version)
        .bind(&program.name)
        .bind(&program.summary)
        .bind(&program.number_prefix)
        .bind(program.currency)
        .bind(program.submissions_open)
        .bind(program.settings.decision_hours)
        .bind(program.settings.protection_days)
        .bind(program.settings.extension_days)
    )?;
    if rows == 0 {
        Err(StoreError::Conflict)
    } else {
        Ok(program.version + 1)
    }
}

/// The answers that cards of the board show, from the top.
pub async fn list_card_fields(
    conn: &mut Conn,
    program: ProgramId,
) -> Result<Vec<FieldKey>, StoreError> {
    let fields: Option<JsonText<Vec<FieldKey>>> = sql!(
        conn.fetch_optional,
        query_scalar("SELECT card_fields FROM programs WHERE id = $1").bind(program)
    )?;
    Ok(fields.map(|fields| fields.0).unwrap_or_default())
}

/// Writes them; gives the program's new version.
pub async fn save_card_fields(
    conn: &mut Conn,
    program: &Program,
    fields: &[FieldKey],
) -> Result<i64, StoreError> {
    let rows = sql!(
        conn.execute,
        query(
            "UPDATE programs SET card_fields = $4, version = version + 1
             WHERE company_id = $1 AND id = $2 AND version = $3"
        )
        .bind(program.company)
        .bind(program.id)
        .bind(program.version)
        .bind(JsonText(fields))
    )?;
    if rows == 0 {
        Err(StoreError::Conflict)
    } else {
        Ok(program.version + 1)
    }
}

#[derive(sqlx::FromRow)]
struct TierRow {
    id: TierId,
    name: String,
    position: i32,
}

/// A program's tiers in order.
pub async fn list_tiers(
    conn: &mut Conn,
    company: CompanyId,
    program: ProgramId,
) -> Result<Vec<Tier>, StoreError> {
    let rows: Vec<TierRow> = sql!(
        conn.fetch_all,
        query_as(
            "SELECT id, name, position FROM tiers WHERE company_id = $1 AND program_id = $2
             ORDER BY position, id"
        )
        .bind(company)
        .bind(program)
    )?;
    let tier = |row: TierRow| Tier {
        id: row.id,
        name: row.name,
        position: row.position,
    };
    Ok(rows.into_iter().map(tier).collect())
}

pub async fn insert_tier(
    conn: &mut Conn,
    company: CompanyId,
    program: ProgramId,
    tier: &Tier,
) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query("INSERT INTO tiers (id, company_id, program_id, name, position) VALUES ($1, $2, $3, $4, $5)")
            .bind(tier.id)
            .bind(company)
            .bind(program)
            .bind(&tier.name)
            .bind(tier.position)
    )?;
    Ok(())
}

/// False: the program has no such tier.
pub async fn save_tier(
    conn: &mut Conn,
    company: CompanyId,
    program: ProgramId,
    tier: &Tier,
) -> Result<bool, StoreError> {
    let rows = sql!(
        conn.execute,
        query(
            "UPDATE tiers SET name = $4, position = $5 WHERE company_id = $1 AND program_id = $2 AND id = $3"
        )
        .bind(company)
        .bind(program)
        .bind(tier.id)
        .bind(&tier.name)
        .bind(tier.position)
    )?;
    Ok(rows == 1)
}

/// False: the program has no such tier, or a membership or an invitation carries it.
pub async fn delete_tier(
    conn: &mut Conn,
    company: CompanyId,
    program: ProgramId,
    tier: TierId,
) -> Result<bool, StoreError> {
    let rows = sql!(
        conn.execute,
        query(
            "DELETE FROM tiers WHERE company_id = $1 AND program_id = $2 AND id = $3
             AND NOT EXISTS (SELECT 1 FROM memberships m WHERE m.tier_id = tiers.id)
             AND NOT EXISTS (SELECT 1 FROM one_time_links l WHERE l.tier_id = tiers.id)"
        )
        .bind(company)
        .bind(program)
        .bind(tier)
    )?;
    Ok(rows == 1)
}
