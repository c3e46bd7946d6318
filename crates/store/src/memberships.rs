//! Partners in programs.

use crate::{
    conn::{Conn, sql},
    error::StoreError,
};
use domain::{
    CompanyId, MembershipId, PartnerId, ProgramId, TierId, Timestamp, UserId,
    people::MembershipStatus,
};
use sqlx::{query, query_as};

/// One partner in one program.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Membership {
    pub id: MembershipId,
    pub company_id: CompanyId,
    pub program_id: ProgramId,
    pub partner_id: PartnerId,
    pub tier_id: Option<TierId>,
    pub status: MembershipStatus,
    pub created_at: Timestamp,
    pub changed_at: Timestamp,
    pub version: i64,
}

/// A membership as the company lists it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ListedMembership {
    #[sqlx(flatten)]
    pub membership: Membership,
    pub partner_name: String,
    pub partner_country: String,
    /// Deals that were ever submitted.
    pub deals: i64,
}

pub async fn find(conn: &mut Conn, id: MembershipId) -> Result<Option<Membership>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_as("SELECT * FROM memberships WHERE id = $1").bind(id)
    )
}

pub async fn find_by_partner(
    conn: &mut Conn,
    program: ProgramId,
    partner: PartnerId,
) -> Result<Option<Membership>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_as("SELECT * FROM memberships WHERE program_id = $1 AND partner_id = $2")
            .bind(program)
            .bind(partner)
    )
}

/// A program's partners, by name, with how many deals they registered.
pub async fn list_by_program(
    conn: &mut Conn,
    company: CompanyId,
    program: ProgramId,
) -> Result<Vec<ListedMembership>, StoreError> {
    sql!(
        conn.fetch_all,
        query_as(
            "SELECT m.*, p.name AS partner_name, p.country AS partner_country,
                 (SELECT CAST(coalesce(sum(t.deals), 0) AS BIGINT) FROM status_totals t
                  WHERE t.membership_id = m.id AND t.registration <> 'draft') AS deals
             FROM memberships m JOIN partners p ON p.id = m.partner_id
             WHERE m.company_id = $1 AND m.program_id = $2 ORDER BY p.name, m.id"
        )
        .bind(company)
        .bind(program)
    )
}

/// Who of each partner's team could work its deals: owners, those who joined first before the others.
pub async fn list_owners(
    conn: &mut Conn,
    company: CompanyId,
    program: ProgramId,
) -> Result<Vec<(MembershipId, UserId)>, StoreError> {
    sql!(
        conn.fetch_all,
        query_as(
            "SELECT m.id, t.user_id FROM memberships m JOIN partner_users t ON t.partner_id = m.partner_id
             JOIN users u ON u.id = t.user_id AND u.disabled_at IS NULL
             WHERE m.company_id = $1 AND m.program_id = $2 AND t.role = 'owner' ORDER BY t.created_at, t.user_id"
        )
        .bind(company)
        .bind(program)
    )
}

/// False: the partner is in the program already, whatever its status.
pub async fn insert(conn: &mut Conn, membership: &Membership) -> Result<bool, StoreError> {
    let rows = sql!(
        conn.execute,
        query(
            "INSERT INTO memberships (id, company_id, program_id, partner_id, tier_id, status, created_at, changed_at,
                 version)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (program_id, partner_id) DO NOTHING"
        )
        .bind(membership.id)
        .bind(membership.company_id)
        .bind(membership.program_id)
        .bind(membership.partner_id)
        .bind(membership.tier_id)
        .bind(membership.status)
        .bind(membership.created_at)
        .bind(membership.changed_at)
        .bind(membership.version)
    )?;
    Ok(rows == 1)
}

/// Writes status, tier and `changed_at`; gives the new version.
pub async fn save(conn: &mut Conn, membership: &Membership) -> Result<i64, StoreError> {
    let rows = sql!(
        conn.execute,
        query(
            "UPDATE memberships SET status = $4, tier_id = $5, changed_at = $6, version = version + 1
             WHERE company_id = $1 AND id = $2 AND version = $3"
        )
        .bind(membership.company_id)
        .bind(membership.id)
        .bind(membership.version)
        .bind(membership.status)
        .bind(membership.tier_id)
        .bind(membership.changed_at)
    )?;
    if rows == 0 {
        Err(StoreError::Conflict)
    } else {
        Ok(membership.version + 1)
    }
}
