use crate::{
    conn::{Conn, sql},
    error::StoreError,
    json::EnumText,
};
use domain::{CompanyId, LinkId, PartnerId, ProgramId, TierId, Timestamp, UserId};
use serde::{Deserialize, Serialize};
use sqlx::{query, query_as, query_scalar};

/// What opening the link does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkKind {
    /// Makes the first account.
    Setup,
    /// Sets a new password.
    Reset,
    /// Joins a partner team, or makes it and joins a program.
    InvitePartner,
    /// Joins a company's team.
    InviteCompany,
}

/// A link that works once.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct OneTimeLink {
    pub id: LinkId,
    /// SHA-256 of the token in the link.
    pub token_hash: Vec<u8>,
    pub kind: EnumText<LinkKind>,
    /// Whose password a reset sets.
    pub user_id: Option<UserId>,
    pub company_id: Option<CompanyId>,
    pub program_id: Option<ProgramId>,
    pub partner_id: Option<PartnerId>,
    pub tier_id: Option<TierId>,
    /// The role in the team that is joined.
    pub role: Option<String>,
    pub email: Option<String>,
    /// The name of the partner team that is made.
    pub partner_name: Option<String>,
    pub created_by: Option<UserId>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub used_at: Option<Timestamp>,
}

pub async fn insert(conn: &mut Conn, link: &OneTimeLink) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query(
            "INSERT INTO one_time_links (id, token_hash, kind, user_id, company_id, program_id, partner_id, tier_id,
                 role, email, partner_name, created_by, created_at, expires_at, used_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"
        )
        .bind(link.id)
        .bind(&link.token_hash)
        .bind(link.kind)
        .bind(link.user_id)
        .bind(link.company_id)
        .bind(link.program_id)
        .bind(link.partner_id)
        .bind(link.tier_id)
        .bind(&link.role)
        .bind(&link.email)
        .bind(&link.partner_name)
        .bind(link.created_by)
        .bind(link.created_at)
        .bind(link.expires_at)
        .bind(link.used_at)
    )?;
    Ok(())
}

/// The link of that token if it still works.
pub async fn find_open(
    conn: &mut Conn,
    token_hash: &[u8],
    now: Timestamp,
) -> Result<Option<OneTimeLink>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_as(
            "SELECT * FROM one_time_links WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2"
        )
        .bind(token_hash)
        .bind(now)
    )
}

/// Uses the link up. False: somebody was faster, or it has expired.
pub async fn save_used(conn: &mut Conn, id: LinkId, now: Timestamp) -> Result<bool, StoreError> {
    let rows = sql!(
        conn.execute,
        query(
            "UPDATE one_time_links SET used_at = $2 WHERE id = $1 AND used_at IS NULL AND expires_at > $2"
        )
        .bind(id)
        .bind(now)
    )?;
    Ok(rows == 1)
}

/// Marks the installation as set up. False: somebody was faster.
pub async fn claim_setup(conn: &mut Conn) -> Result<bool, StoreError> {
    let rows = sql!(
        conn.execute,
        query(
            "INSERT INTO settings (key, value) VALUES ('set_up', 'done') ON CONFLICT (key) DO NOTHING"
        )
    )?;
    Ok(rows == 1)
}

/// Invitations into a company's team and its programs that still work, newest first.
pub async fn list_open_by_company(
    conn: &mut Conn,
    company: CompanyId,
    kind: LinkKind,
    now: Timestamp,
) -> Result<Vec<OneTimeLink>, StoreError> {
    sql!(
        conn.fetch_all,
        query_as(
            "SELECT * FROM one_time_links
             WHERE company_id = $1 AND kind = $2 AND used_at IS NULL AND expires_at > $3
             ORDER BY created_at DESC, id DESC"
        )
        .bind(company)
        .bind(EnumText(kind))
        .bind(now)
    )
}

/// Invitations into a partner team that still work, newest first.
pub async fn list_open_by_partner(
    conn: &mut Conn,
    partner: PartnerId,
    now: Timestamp,
) -> Result<Vec<OneTimeLink>, StoreError> {
    sql!(
        conn.fetch_all,
        query_as(
            "SELECT * FROM one_time_links
             WHERE partner_id = $1 AND kind = $2 AND used_at IS NULL AND expires_at > $3
             ORDER BY created_at DESC, id DESC"
        )
        .bind(partner)
        .bind(EnumText(LinkKind::InvitePartner))
        .bind(now)
    )
}

/// Takes an invitation of a company back, and gives it. `None`: it has none such open.
pub async fn delete_by_company(
    conn: &mut Conn,
    company: CompanyId,
    id: LinkId,
) -> Result<Option<OneTimeLink>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_as(
            "DELETE FROM one_time_links WHERE company_id = $1 AND id = $2 AND used_at IS NULL RETURNING *"
        )
        .bind(company)
        .bind(id)
    )
}

/// Takes an invitation of a partner team back, and gives it. `None`: it has none such open.
pub async fn delete_by_partner(
    conn: &mut Conn,
    partner: PartnerId,
    id: LinkId,
) -> Result<Option<OneTimeLink>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_as(
            "DELETE FROM one_time_links WHERE partner_id = $1 AND id = $2 AND used_at IS NULL RETURNING *"
        )
        .bind(partner)
        .bind(id)
    )
}

/// Takes back what that person invited into a company's team and its programs: who left, or may less now, lets nobody
/// in any more.
pub async fn delete_by_company_inviter(
    conn: &mut Conn,
    company: CompanyId,
    by: UserId,
) -> Result<u64, StoreError> {
    sql!(
        conn.execute,
        query(
            "DELETE FROM one_time_links WHERE company_id = $1 AND created_by = $2 AND used_at IS NULL"
        )
        .bind(company)
        .bind(by)
    )
}

/// Takes back what that person invited into a partner team.
pub async fn delete_by_partner_inviter(
    conn: &mut Conn,
    partner: PartnerId,
    by: UserId,
) -> Result<u64, StoreError> {
    sql!(
        conn.execute,
        query(
            "DELETE FROM one_time_links WHERE partner_id = $1 AND created_by = $2 AND used_at IS NULL"
        )
        .bind(partner)
        .bind(by)
    )
}

/// How many links of that kind let that person in now.
pub async fn count_open(
    conn: &mut Conn,
    kind: LinkKind,
    user: UserId,
    now: Timestamp,
) -> Result<i64, StoreError> {
    sql!(
        conn.fetch_one,
        query_scalar(
            "SELECT count(*) FROM one_time_links
             WHERE kind = $1 AND user_id = $2 AND used_at IS NULL AND expires_at > $3"
        )
        .bind(EnumText(kind))
        .bind(user)
        .bind(now)
    )
}

/// A fresh link replaces those of its kind: `user` for resets, nobody for the set-up.
pub async fn delete_open(
    conn: &mut Conn,
    kind: LinkKind,
    user: Option<UserId>,
) -> Result<u64, StoreError> {
    if let Some(user) = user {
        return sql!(
            conn.execute,
            query(
                "DELETE FROM one_time_links WHERE kind = $1 AND user_id = $2 AND used_at IS NULL"
            )
            .bind(EnumText(kind))
            .bind(user)
        );
    }
    sql!(
        conn.execute,
        query("DELETE FROM one_time_links WHERE kind = $1 AND user_id IS NULL AND used_at IS NULL")
            .bind(EnumText(kind))
    )
}
