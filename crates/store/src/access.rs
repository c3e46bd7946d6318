//! What a person may open: one statement from the signed-in user to the program, so that a page pays one.

use crate::{
    conn::{Conn, sql},
    error::StoreError,
    memberships::Membership,
    programs::{ProgramRow, program_columns},
};
use domain::{
    CompanyId, MembershipId, PartnerId, ProgramId, UserId,
    people::{CompanyRole, PartnerRole, Person, Team},
    program::Program,
};
use sqlx::query_as;

/// A program through a partner team's membership.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartnerAccess {
    pub person: Person,
    pub membership: Membership,
    pub program: Program,
    pub company_name: String,
    pub partner_name: String,
    pub tier_name: Option<String>,
    pub role: PartnerRole,
}

/// A program through its company's team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompanyAccess {
    pub person: Person,
    pub program: Program,
    pub company_name: String,
    pub role: CompanyRole,
}

/// Whose access it is. Somebody whose account was shut is nobody's colleague any more: the joins leave them out.
#[derive(sqlx::FromRow)]
#[expect(
    clippy::struct_field_names,
    reason = "the columns of a join are told apart by it"
)]
struct PersonRow {
    person_id: UserId,
    person_name: String,
    person_email: String,
}

impl From<PersonRow> for Person {
    fn from(row: PersonRow) -> Self {
        Self {
            id: row.person_id,
            name: row.person_name,
            email: row.person_email,
        }
    }
}

#[derive(sqlx::FromRow)]
struct PartnerAccessRow {
    #[sqlx(flatten)]
    person: PersonRow,
    #[sqlx(flatten)]
    membership: Membership,
    #[sqlx(flatten)]
    program: ProgramRow,
    company_name: String,
    partner_name: String,
    tier_name: Option<String>,
    role: PartnerRole,
}

impl From<PartnerAccessRow> for PartnerAccess {
    fn from(row: PartnerAccessRow) -> Self {
        Self {
            person: row.person.into(),
            membership: row.membership,
            program: row.program.into(),
            company_name: row.company_name,
            partner_name: row.partner_name,
            tier_name: row.tier_name,
            role: row.role,
        }
    }
}

#[derive(sqlx::FromRow)]
struct CompanyAccessRow {
    #[sqlx(flatten)]
    person: PersonRow,
    #[sqlx(flatten)]
    program: ProgramRow,
    company_name: String,
    role: CompanyRole,
}

impl From<CompanyAccessRow> for CompanyAccess {
    fn from(row: CompanyAccessRow) -> Self {
        Self {
            person: row.person.into(),
            program: row.program.into(),
            company_name: row.company_name,
            role: row.role,
        }
    }
}

macro_rules! partner_access {
    ($rest:literal) => {
        concat!(
            "SELECT m.*, ",
            program_columns!(),
            ", c.name AS company_name, t.name AS partner_name, r.name AS tier_name, u.role,
                 a.id AS person_id, a.name AS person_name, a.email AS person_email
             FROM partner_users u
             JOIN users a ON a.id = u.user_id AND a.disabled_at IS NULL
             JOIN memberships m ON m.partner_id = u.partner_id
             JOIN programs p ON p.id = m.program_id
             JOIN companies c ON c.id = m.company_id
             JOIN partners t ON t.id = m.partner_id
             LEFT JOIN tiers r ON r.id = m.tier_id ",
            $rest
        )
    };
}

macro_rules! company_access {
    ($rest:literal) => {
        concat!(
            "SELECT ",
            program_columns!(),
            ", c.name AS company_name, u.role, a.id AS person_id, a.name AS person_name, a.email AS person_email
             FROM company_users u
             JOIN users a ON a.id = u.user_id AND a.disabled_at IS NULL
             JOIN programs p ON p.company_id = u.company_id
             JOIN companies c ON c.id = p.company_id ",
            $rest
        )
    };
}

/// The membership if the person is in its partner team, whatever its status.
pub async fn find_for_partner(
    conn: &mut Conn,
    user: UserId,
    membership: MembershipId,
) -> Result<Option<PartnerAccess>, StoreError> {
    let row: Option<PartnerAccessRow> = sql!(
        conn.fetch_optional,
        query_as(partner_access!("WHERE u.user_id = $1 AND m.id = $2"))
            .bind(user)
            .bind(membership)
    )?;
    Ok(row.map(PartnerAccess::from))
}

/// Every membership of the person's partner teams, by program.
pub async fn list_for_partner(
    conn: &mut Conn,
    user: UserId,
) -> Result<Vec<PartnerAccess>, StoreError> {
    let rows: Vec<PartnerAccessRow> = sql!(
        conn.fetch_all,
        query_as(partner_access!(
            "WHERE u.user_id = $1 ORDER BY p.name, t.name, m.id"
        ))
        .bind(user)
    )?;
    Ok(rows.into_iter().map(PartnerAccess::from).collect())
}

/// The program if the person is in its company's team.
pub async fn find_for_company(
    conn: &mut Conn,
    user: UserId,
    program: ProgramId,
) -> Result<Option<CompanyAccess>, StoreError> {
    let row: Option<CompanyAccessRow> = sql!(
        conn.fetch_optional,
        query_as(company_access!("WHERE u.user_id = $1 AND p.id = $2"))
            .bind(user)
            .bind(program)
    )?;
    Ok(row.map(CompanyAccess::from))
}

/// Every program of the person's companies, by name.
pub async fn list_for_company(
    conn: &mut Conn,
    user: UserId,
) -> Result<Vec<CompanyAccess>, StoreError> {
    let rows: Vec<CompanyAccessRow> = sql!(
        conn.fetch_all,
        query_as(company_access!(
            "WHERE u.user_id = $1 ORDER BY p.name, p.id"
        ))
        .bind(user)
    )?;
    Ok(rows.into_iter().map(CompanyAccess::from).collect())
}

/// The approved deals in open stages of each of the person's memberships that has any: kept, not counted, because every
/// page asks.
pub async fn count_open_deals(
    conn: &mut Conn,
    user: UserId,
) -> Result<Vec<(MembershipId, i64)>, StoreError> {
    sql!(
        conn.fetch_all,
        query_as(
            "SELECT m.id, CAST(sum(t.deals) AS BIGINT) FROM partner_users u
             JOIN memberships m ON m.partner_id = u.partner_id
             JOIN status_totals t ON t.membership_id = m.id
             JOIN stages s ON s.id = t.stage_id
             WHERE u.user_id = $1 AND t.registration = 'approved' AND t.deals > 0 AND s.kind = 'open'
             GROUP BY m.id"
        )
        .bind(user)
    )
}

/// Every team that the person is in: companies first, by name.
pub async fn list_teams(conn: &mut Conn, user: UserId) -> Result<Vec<Team>, StoreError> {
    let companies: Vec<(CompanyId, String, CompanyRole)> = sql!(
        conn.fetch_all,
        query_as(
            "SELECT c.id, c.name, u.role FROM company_users u JOIN companies c ON c.id = u.company_id
             WHERE u.user_id = $1 ORDER BY c.name, c.id"
        )
        .bind(user)
    )?;
    let partners: Vec<(PartnerId, String, PartnerRole)> = sql!(
        conn.fetch_all,
        query_as(
            "SELECT p.id, p.name, u.role FROM partner_users u JOIN partners p ON p.id = u.partner_id
             WHERE u.user_id = $1 ORDER BY p.name, p.id"
        )
        .bind(user)
    )?;
    let companies = companies
        .into_iter()
        .map(|(id, name, role)| Team::Company { id, name, role });
    let partners = partners
        .into_iter()
        .map(|(id, name, role)| Team::Partner { id, name, role });
    Ok(companies.chain(partners).collect())
}
