//! API keys: found by the hash of what a program sends, listed and taken back by their team.

use crate::{
    conn::{Conn, sql},
    error::StoreError,
};
use domain::{ApiKeyId, CompanyId, PartnerId, Timestamp, UserId};
use sqlx::{query, query_as, query_scalar};

/// Whose a key is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyOwner {
    Company(CompanyId),
    Partner(PartnerId),
}

impl KeyOwner {
    pub fn company(self) -> Option<CompanyId> {
        match self {
            Self::Company(id) => Some(id),
            Self::Partner(_) => None,
        }
    }

    pub fn partner(self) -> Option<PartnerId> {
        match self {
            Self::Partner(id) => Some(id),
            Self::Company(_) => None,
        }
    }
}

/// A key to be kept.
#[derive(Debug, Clone)]
pub struct NewKey {
    pub id: ApiKeyId,
    /// SHA-256 of the key: a leaked table opens nothing.
    pub token_hash: Vec<u8>,
    pub owner: KeyOwner,
    pub maker: UserId,
    pub name: String,
    pub hint: String,
    /// Words parted by commas.
    pub scopes: String,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

/// A key that opens something, and in whose name.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct LiveKey {
    pub id: ApiKeyId,
    pub company_id: Option<CompanyId>,
    pub partner_id: Option<PartnerId>,
    pub scopes: String,
    pub last_used_at: Option<Timestamp>,
    pub user_id: UserId,
    pub user_name: String,
    pub user_email: String,
}

/// A line of a team's list.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ListedKey {
    pub id: ApiKeyId,
    pub name: String,
    pub hint: String,
    pub scopes: String,
    pub maker: String,
    /// Whether the maker is in the team and their account open.
    pub maker_stays: bool,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub last_used_at: Option<Timestamp>,
    pub revoked_at: Option<Timestamp>,
}

pub async fn insert(conn: &mut Conn, key: &NewKey) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query(
            "INSERT INTO api_keys (id, token_hash, company_id, partner_id, user_id, name, hint, scopes, created_at, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        )
        .bind(key.id)
        .bind(&key.token_hash)
        .bind(key.owner.company())
        .bind(key.owner.partner())
        .bind(key.maker)
        .bind(&key.name)
        .bind(&key.hint)
        .bind(&key.scopes)
        .bind(key.created_at)
        .bind(key.expires_at)
    )?;
    Ok(())
}

/// The key of that hash, unless it was taken back, ran out, or its maker is not in the team any more.
pub async fn find_live(
    conn: &mut Conn,
    token_hash: &[u8],
    now: Timestamp,
) -> Result<Option<LiveKey>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_as(
            "SELECT k.id, k.company_id, k.partner_id, k.scopes, k.last_used_at, u.id AS user_id, u.name AS user_name,
                 u.email AS user_email
             FROM api_keys k JOIN users u ON u.id = k.user_id
                 LEFT JOIN company_users c ON c.company_id = k.company_id AND c.user_id = k.user_id
                 LEFT JOIN partner_users p ON p.partner_id = k.partner_id AND p.user_id = k.user_id
             WHERE k.token_hash = $1 AND k.expires_at > $2 AND k.revoked_at IS NULL AND u.disabled_at IS NULL
                 AND (c.user_id IS NOT NULL OR p.user_id IS NOT NULL)"
        )
        .bind(token_hash)
        .bind(now)
    )
}

/// Whether the key still holds. Asked inside each write; whether its maker is still in the team, the write asks anyway.
pub async fn is_live(conn: &mut Conn, id: ApiKeyId, now: Timestamp) -> Result<bool, StoreError> {
    let found: Option<i32> = sql!(
        conn.fetch_optional,
        query_scalar(
            "SELECT 1 FROM api_keys WHERE id = $1 AND expires_at > $2 AND revoked_at IS NULL"
        )
        .bind(id)
        .bind(now)
    )?;
    Ok(found.is_some())
}

/// Notes that the key was used. Not on every request: it is a write.
pub async fn save_used(conn: &mut Conn, id: ApiKeyId, at: Timestamp) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query("UPDATE api_keys SET last_used_at = $2 WHERE id = $1")
            .bind(id)
            .bind(at)
    )?;
    Ok(())
}

/// A company's keys, newest first.
pub async fn list_by_company(
    conn: &mut Conn,
    company: CompanyId,
    limit: i64,
) -> Result<Vec<ListedKey>, StoreError> {
    sql!(
        conn.fetch_all,
        query_as(
            "SELECT k.id, k.name, k.hint, k.scopes, u.name AS maker, k.created_at, k.expires_at, k.last_used_at, k.revoked_at,
                 (m.user_id IS NOT NULL AND u.disabled_at IS NULL) AS maker_stays
             FROM api_keys k JOIN users u ON u.id = k.user_id
                 LEFT JOIN company_users m ON m.company_id = k.company_id AND m.user_id = k.user_id
             WHERE k.company_id = $1 ORDER BY k.id DESC LIMIT $2"
        )
        .bind(company)
        .bind(limit)
    )
}

/// A partner team's keys, newest first.
pub async fn list_by_partner(
    conn: &mut Conn,
    partner: PartnerId,
    limit: i64,
) -> Result<Vec<ListedKey>, StoreError> {
    sql!(
        conn.fetch_all,
        query_as(
            "SELECT k.id, k.name, k.hint, k.scopes, u.name AS maker, k.created_at, k.expires_at, k.last_used_at, k.revoked_at,
                 (m.user_id IS NOT NULL AND u.disabled_at IS NULL) AS maker_stays
             FROM api_keys k JOIN users u ON u.id = k.user_id
                 LEFT JOIN partner_users m ON m.partner_id = k.partner_id AND m.user_id = k.user_id
             WHERE k.partner_id = $1 ORDER BY k.id DESC LIMIT $2"
        )
        .bind(partner)
        .bind(limit)
    )
}

/// Takes back whatever that person made for the team: who comes back later begins anew.
pub async fn revoke_by_maker(
    conn: &mut Conn,
    owner: KeyOwner,
    maker: UserId,
    now: Timestamp,
) -> Result<u64, StoreError> {
    match owner {
        KeyOwner::Company(company) => sql!(
            conn.execute,
            query(
                "UPDATE api_keys SET revoked_at = $3 WHERE company_id = $1 AND user_id = $2 AND revoked_at IS NULL"
            )
            .bind(company)
            .bind(maker)
            .bind(now)
        ),
        KeyOwner::Partner(partner) => sql!(
            conn.execute,
            query(
                "UPDATE api_keys SET revoked_at = $3 WHERE partner_id = $1 AND user_id = $2 AND revoked_at IS NULL"
            )
            .bind(partner)
            .bind(maker)
            .bind(now)
        ),
    }
}

/// Takes the key back; gives its name. `None`: the team has no such key, or it is taken back already.
pub async fn revoke(
    conn: &mut Conn,
    owner: KeyOwner,
    id: ApiKeyId,
    now: Timestamp,
) -> Result<Option<String>, StoreError> {
    match owner {
        KeyOwner::Company(company) => sql!(
            conn.fetch_optional,
            query_scalar(
                "UPDATE api_keys SET revoked_at = $3 WHERE company_id = $1 AND id = $2 AND revoked_at IS NULL RETURNING name"
            )
            .bind(company)
            .bind(id)
            .bind(now)
        ),
        KeyOwner::Partner(partner) => sql!(
            conn.fetch_optional,
            query_scalar(
                "UPDATE api_keys SET revoked_at = $3 WHERE partner_id = $1 AND id = $2 AND revoked_at IS NULL RETURNING name"
            )
            .bind(partner)
            .bind(id)
            .bind(now)
        ),
    }
}
