use crate::{
    conn::{Conn, sql},
    error::StoreError,
    statement::Statement,
};
use domain::{Timestamp, UserId};
use sqlx::{query, query_as, query_scalar};
use std::collections::BTreeMap;

/// A person who signs in.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct User {
    pub id: UserId,
    /// As it was typed.
    pub email: String,
    /// Lower-cased by the caller: what is unique and signed in with.
    pub email_folded: String,
    pub name: String,
    /// None until the person has chosen a password.
    pub password_hash: Option<String>,
    pub created_at: Timestamp,
    pub disabled_at: Option<Timestamp>,
}

pub async fn find(conn: &mut Conn, id: UserId) -> Result<Option<User>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_as("SELECT * FROM users WHERE id = $1").bind(id)
    )
}

pub async fn find_by_email(conn: &mut Conn, folded: &str) -> Result<Option<User>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_as("SELECT * FROM users WHERE email_folded = $1").bind(folded)
    )
}

/// Whether anybody has an account: if not, the set-up link is due.
pub async fn exists_any(conn: &mut Conn) -> Result<bool, StoreError> {
    sql!(
        conn.fetch_one,
        query_scalar("SELECT EXISTS (SELECT 1 FROM users)")
    )
}

/// False: the address is taken.
pub async fn insert(conn: &mut Conn, user: &User) -> Result<bool, StoreError> {
    let rows = sql!(
        conn.execute,
        query(
            "INSERT INTO users (id, email, email_folded, name, password_hash, created_at, disabled_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (email_folded) DO NOTHING"
        )
        .bind(user.id)
        .bind(&user.email)
        .bind(&user.email_folded)
        .bind(&user.name)
        .bind(&user.password_hash)
        .bind(user.created_at)
        .bind(user.disabled_at)
    )?;
    Ok(rows == 1)
}

/// False: there is no such person.
pub async fn save_password(conn: &mut Conn, id: UserId, hash: &str) -> Result<bool, StoreError> {
    let rows = sql!(
        conn.execute,
        query("UPDATE users SET password_hash = $2 WHERE id = $1")
            .bind(id)
            .bind(hash)
    )?;
    Ok(rows == 1)
}

/// Holds the account until the transaction ends, if its password is still the one that was verified and nobody shut it.
pub async fn lock_verified(conn: &mut Conn, id: UserId, hash: &str) -> Result<bool, StoreError> {
    let rows = sql!(
        conn.execute,
        query(
            "UPDATE users SET password_hash = password_hash
             WHERE id = $1 AND password_hash = $2 AND disabled_at IS NULL"
        )
        .bind(id)
        .bind(hash)
    )?;
    Ok(rows == 1)
}

pub async fn save_name(conn: &mut Conn, id: UserId, name: &str) -> Result<bool, StoreError> {
    let rows = sql!(
        conn.execute,
        query("UPDATE users SET name = $2 WHERE id = $1")
            .bind(id)
            .bind(name)
    )?;
    Ok(rows == 1)
}

/// Shuts the account, or opens it again with `None`.
pub async fn save_disabled(
    conn: &mut Conn,
    id: UserId,
    at: Option<Timestamp>,
) -> Result<bool, StoreError> {
    let rows = sql!(
        conn.execute,
        query("UPDATE users SET disabled_at = $2 WHERE id = $1")
            .bind(id)
            .bind(at)
    )?;
    Ok(rows == 1)
}

/// The names of those people, for histories and lists.
pub async fn list_names(
    conn: &mut Conn,
    ids: impl IntoIterator<Item = UserId>,
) -> Result<BTreeMap<UserId, String>, StoreError> {
    let mut statement = Statement::new("SELECT id, name FROM users WHERE id IN ");
    statement.bind_all(ids.into_iter().map(|id| id.0));
    let rows: Vec<(UserId, String)> = statement.fetch_all(conn).await?;
    Ok(rows.into_iter().collect())
}
