//! Companies and their teams.

use crate::{
    conn::{Conn, sql},
    error::StoreError,
};
use domain::{CompanyId, Timestamp, UserId, people::CompanyRole};
use sqlx::{query, query_as, query_scalar};

/// The tenant that runs programs.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Company {
    pub id: CompanyId,
    pub name: String,
    pub slug: String,
    pub created_at: Timestamp,
    pub version: i64,
}

/// Somebody in the company's team.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct CompanyMember {
    pub user_id: UserId,
    pub name: String,
    pub email: String,
    pub role: CompanyRole,
    pub created_at: Timestamp,
}

pub async fn find(conn: &mut Conn, id: CompanyId) -> Result<Option<Company>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_as("SELECT * FROM companies WHERE id = $1").bind(id)
    )
}

pub async fn find_by_slug(conn: &mut Conn, slug: &str) -> Result<Option<Company>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_as("SELECT * FROM companies WHERE slug = $1").bind(slug)
    )
}

/// Every company of the installation, by name: for operators, never for a tenant's page.
pub async fn list(conn: &mut Conn) -> Result<Vec<Company>, StoreError> {
    sql!(
        conn.fetch_all,
        query_as("SELECT * FROM companies ORDER BY name, id")
    )
}

/// False: the slug is taken.
pub async fn insert(conn: &mut Conn, company: &Company) -> Result<bool, StoreError> {
    let rows = sql!(
        conn.execute,
        query(
            "INSERT INTO companies (id, name, slug, created_at, version) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (slug) DO NOTHING"
        )
        .bind(company.id)
        .bind(&company.name)
        .bind(&company.slug)
        .bind(company.created_at)
        .bind(company.version)
    )?;
    Ok(rows == 1)
}

/// Writes the name; gives the new version.
pub async fn save(conn: &mut Conn, company: &Company) -> Result<i64, StoreError> {
    let rows = sql!(
        conn.execute,
        query(
            "UPDATE companies SET name = $3, version = version + 1 WHERE id = $1 AND version = $2"
        )
        .bind(company.id)
        .bind(company.version)
        .bind(&company.name)
    )?;
    if rows == 0 {
        Err(StoreError::Conflict)
    } else {
        Ok(company.version + 1)
    }
}

/// The person's role in the company; `None` for outsiders.
pub async fn find_role(
    conn: &mut Conn,
    company: CompanyId,
    user: UserId,
) -> Result<Option<CompanyRole>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_scalar("SELECT role FROM company_users WHERE company_id = $1 AND user_id = $2")
            .bind(company)
            .bind(user)
    )
}

pub async fn list_members(
    conn: &mut Conn,
    company: CompanyId,
) -> Result<Vec<CompanyMember>, StoreError> {
    sql!(
        conn.fetch_all,
        query_as(
            "SELECT u.id AS user_id, u.name, u.email, m.role, m.created_at
             FROM company_users m JOIN users u ON u.id = m.user_id
             WHERE m.company_id = $1 ORDER BY u.name, u.id"
        )
        .bind(company)
    )
}

/// False: already in the team, with whatever role.
pub async fn insert_member(
    conn: &mut Conn,
    company: CompanyId,
    user: UserId,
    role: CompanyRole,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let rows = sql!(
        conn.execute,
        query(
            "INSERT INTO company_users (company_id, user_id, role, created_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (company_id, user_id) DO NOTHING"
        )
        .bind(company)
        .bind(user)
        .bind(role)
        .bind(at)
    )?;
    Ok(rows == 1)
}

/// False: not in the team.
pub async fn save_role(
    conn: &mut Conn,
    company: CompanyId,
    user: UserId,
    role: CompanyRole,
) -> Result<bool, StoreError> {
    let rows = sql!(
        conn.execute,
        query("UPDATE company_users SET role = $3 WHERE company_id = $1 AND user_id = $2")
            .bind(company)
            .bind(user)
            .bind(role)
    )?;
    Ok(rows == 1)
}

/// False: not in the team.
pub async fn delete_member(
    conn: &mut Conn,
    company: CompanyId,
    user: UserId,
) -> Result<bool, StoreError> {
    let rows = sql!(
        conn.execute,
        query("DELETE FROM company_users WHERE company_id = $1 AND user_id = $2")
            .bind(company)
            .bind(user)
    )?;
    Ok(rows == 1)
}

/// Keeps others from changing the team until this transaction ends: what is counted next stays so.
pub async fn lock(conn: &mut Conn, company: CompanyId) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query("UPDATE companies SET version = version WHERE id = $1").bind(company)
    )?;
    Ok(())
}

/// How many have that role: the last admin stays.
pub async fn count_role(
    conn: &mut Conn,
    company: CompanyId,
    role: CompanyRole,
) -> Result<i64, StoreError> {
    sql!(
        conn.fetch_one,
        query_scalar("SELECT count(*) FROM company_users WHERE company_id = $1 AND role = $2")
            .bind(company)
            .bind(role)
    )
}
