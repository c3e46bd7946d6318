//! Partner organisations and their teams.

use crate::{
    conn::{Conn, sql},
    error::StoreError,
};
use domain::{PartnerId, Timestamp, UserId, people::PartnerRole};
use sqlx::{query, query_as, query_scalar};

/// A partner organisation: a team that joins programs.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Partner {
    pub id: PartnerId,
    pub name: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    pub created_at: Timestamp,
    pub version: i64,
}

/// Somebody in the partner's team.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct PartnerMember {
    pub user_id: UserId,
    pub name: String,
    pub email: String,
    pub role: PartnerRole,
    pub created_at: Timestamp,
}

pub async fn find(conn: &mut Conn, id: PartnerId) -> Result<Option<Partner>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_as("SELECT * FROM partners WHERE id = $1").bind(id)
    )
}

/// Every partner of the installation, by name: for operators, never for a tenant's page.
pub async fn list(conn: &mut Conn) -> Result<Vec<Partner>, StoreError> {
    sql!(
        conn.fetch_all,
        query_as("SELECT * FROM partners ORDER BY name, id")
    )
}

pub async fn insert(conn: &mut Conn, partner: &Partner) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query(
            "INSERT INTO partners (id, name, country, created_at, version) VALUES ($1, $2, $3, $4, $5)"
        )
        .bind(partner.id)
        .bind(&partner.name)
        .bind(&partner.country)
        .bind(partner.created_at)
        .bind(partner.version)
    )?;
    Ok(())
}

/// Writes name and country; gives the new version.
pub async fn save(conn: &mut Conn, partner: &Partner) -> Result<i64, StoreError> {
    let rows = sql!(
        conn.execute,
        query(
            "UPDATE partners SET name = $3, country = $4, version = version + 1 WHERE id = $1 AND version = $2"
        )
        .bind(partner.id)
        .bind(partner.version)
        .bind(&partner.name)
        .bind(&partner.country)
    )?;
    if rows == 0 {
        Err(StoreError::Conflict)
    } else {
        Ok(partner.version + 1)
    }
}

/// The person's role in the partner; `None` for outsiders.
pub async fn find_role(
    conn: &mut Conn,
    partner: PartnerId,
    user: UserId,
) -> Result<Option<PartnerRole>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_scalar("SELECT role FROM partner_users WHERE partner_id = $1 AND user_id = $2")
            .bind(partner)
            .bind(user)
    )
}

pub async fn list_members(
    conn: &mut Conn,
    partner: PartnerId,
) -> Result<Vec<PartnerMember>, StoreError> {
    sql!(
        conn.fetch_all,
        query_as(
            "SELECT u.id AS user_id, u.name, u.email, m.role, m.created_at
             FROM partner_users m JOIN users u ON u.id = m.user_id
             WHERE m.partner_id = $1 ORDER BY u.name, u.id"
        )
        .bind(partner)
    )
}

/// False: already in the team, with whatever role.
pub async fn insert_member(
    conn: &mut Conn,
    partner: PartnerId,
    user: UserId,
    role: PartnerRole,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let rows = sql!(
        conn.execute,
        query(
            "INSERT INTO partner_users (partner_id, user_id, role, created_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (partner_id, user_id) DO NOTHING"
        )
        .bind(partner)
        .bind(user)
        .bind(role)
        .bind(at)
    )?;
    Ok(rows == 1)
}

/// False: not in the team.
pub async fn save_role(
    conn: &mut Conn,
    partner: PartnerId,
    user: UserId,
    role: PartnerRole,
) -> Result<bool, StoreError> {
    let rows = sql!(
        conn.execute,
        query("UPDATE partner_users SET role = $3 WHERE partner_id = $1 AND user_id = $2")
            .bind(partner)
            .bind(user)
            .bind(role)
    )?;
    Ok(rows == 1)
}

/// False: not in the team.
pub async fn delete_member(
    conn: &mut Conn,
    partner: PartnerId,
    user: UserId,
) -> Result<bool, StoreError> {
    let rows = sql!(
        conn.execute,
        query("DELETE FROM partner_users WHERE partner_id = $1 AND user_id = $2")
            .bind(partner)
            .bind(user)
    )?;
    Ok(rows == 1)
}

/// Keeps others from changing the team until this transaction ends: what is counted next stays so.
pub async fn lock(conn: &mut Conn, partner: PartnerId) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query("UPDATE partners SET version = version WHERE id = $1").bind(partner)
    )?;
    Ok(())
}

/// How many have that role: the last owner stays.
pub async fn count_role(
    conn: &mut Conn,
    partner: PartnerId,
    role: PartnerRole,
) -> Result<i64, StoreError> {
    sql!(
        conn.fetch_one,
        query_scalar("SELECT count(*) FROM partner_users WHERE partner_id = $1 AND role = $2")
            .bind(partner)
            .bind(role)
    )
}
