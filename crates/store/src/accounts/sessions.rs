use crate::{
    conn::{Conn, sql},
    error::StoreError,
};
use domain::{SessionId, Timestamp, UserId};
use sqlx::{query, query_as, query_scalar};

/// A signed-in browser.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Session {
    pub id: SessionId,
    /// SHA-256 of the token in the cookie: a leaked table signs nobody in.
    pub token_hash: Vec<u8>,
    pub user_id: UserId,
    pub created_at: Timestamp,
    pub last_seen_at: Timestamp,
    pub expires_at: Timestamp,
    pub address: String,
    pub agent: String,
}

/// The session and who it signs in.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct SignedIn {
    pub session_id: SessionId,
    pub created_at: Timestamp,
    pub last_seen_at: Timestamp,
    pub expires_at: Timestamp,
    pub user_id: UserId,
    pub name: String,
    pub email: String,
}

/// Whom that token signs in now; nobody when it has expired or the account is shut.
pub async fn find_signed_in(
    conn: &mut Conn,
    token_hash: &[u8],
    now: Timestamp,
) -> Result<Option<SignedIn>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_as(
            "SELECT s.id AS session_id, s.created_at, s.last_seen_at, s.expires_at, u.id AS user_id, u.name, u.email
             FROM sessions s JOIN users u ON u.id = s.user_id
             WHERE s.token_hash = $1 AND s.expires_at > $2 AND u.disabled_at IS NULL"
        )
        .bind(token_hash)
        .bind(now)
    )
}

pub async fn insert(conn: &mut Conn, session: &Session) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query(
            "INSERT INTO sessions (id, token_hash, user_id, created_at, last_seen_at, expires_at, address, agent)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        )
        .bind(session.id)
        .bind(&session.token_hash)
        .bind(session.user_id)
        .bind(session.created_at)
        .bind(session.last_seen_at)
        .bind(session.expires_at)
        .bind(&session.address)
        .bind(&session.agent)
    )?;
    Ok(())
}

/// Keeps a person's `most` sessions that were seen last.
pub async fn delete_beyond(conn: &mut Conn, user: UserId, most: i64) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query(
            "DELETE FROM sessions WHERE user_id = $1 AND id NOT IN (
                 SELECT id FROM sessions WHERE user_id = $1 ORDER BY last_seen_at DESC, id DESC LIMIT $2)"
        )
        .bind(user)
        .bind(most)
    )?;
    Ok(())
}

/// Notes that the browser was here. Not on every request: it is a write.
pub async fn save_seen(
    conn: &mut Conn,
    id: SessionId,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query("UPDATE sessions SET last_seen_at = $2, expires_at = $3 WHERE id = $1")
            .bind(id)
            .bind(now)
            .bind(expires_at)
    )?;
    Ok(())
}

/// A person's browsers, the last seen first.
pub async fn list_by_user(
    conn: &mut Conn,
    user: UserId,
    now: Timestamp,
) -> Result<Vec<Session>, StoreError> {
    sql!(
        conn.fetch_all,
        query_as(
            "SELECT * FROM sessions WHERE user_id = $1 AND expires_at > $2 ORDER BY last_seen_at DESC, id"
        )
        .bind(user)
        .bind(now)
    )
}

/// Whether that person still has that session.
pub async fn is_open(conn: &mut Conn, user: UserId, id: SessionId) -> Result<bool, StoreError> {
    let found: Option<i32> = sql!(
        conn.fetch_optional,
        query_scalar("SELECT 1 FROM sessions WHERE id = $1 AND user_id = $2")
            .bind(id)
            .bind(user)
    )?;
    Ok(found.is_some())
}

/// False: that person has no such session.
pub async fn delete(conn: &mut Conn, user: UserId, id: SessionId) -> Result<bool, StoreError> {
    let rows = sql!(
        conn.execute,
        query("DELETE FROM sessions WHERE user_id = $1 AND id = $2")
            .bind(user)
            .bind(id)
    )?;
    Ok(rows == 1)
}

/// Signs a person out everywhere but in that session; everywhere with `None`. Gives how many.
pub async fn delete_others(
    conn: &mut Conn,
    user: UserId,
    keep: Option<SessionId>,
) -> Result<u64, StoreError> {
    if let Some(keep) = keep {
        return sql!(
            conn.execute,
            query("DELETE FROM sessions WHERE user_id = $1 AND id <> $2")
                .bind(user)
                .bind(keep)
        );
    }
    sql!(
        conn.execute,
        query("DELETE FROM sessions WHERE user_id = $1").bind(user)
    )
}

/// Ends the session of that token, whoever's it is.
pub async fn delete_by_token(conn: &mut Conn, token_hash: &[u8]) -> Result<u64, StoreError> {
    sql!(
        conn.execute,
        query("DELETE FROM sessions WHERE token_hash = $1").bind(token_hash)
    )
}

pub async fn delete_expired(conn: &mut Conn, now: Timestamp) -> Result<u64, StoreError> {
    sql!(
        conn.execute,
        query("DELETE FROM sessions WHERE expires_at <= $1").bind(now)
    )
}
