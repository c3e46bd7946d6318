//! Few facts of the installation as a whole.

use crate::{
    conn::{Conn, sql},
    error::StoreError,
};
use sqlx::{query, query_scalar};

pub async fn find(conn: &mut Conn, key: &str) -> Result<Option<String>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_scalar("SELECT value FROM settings WHERE key = $1").bind(key)
    )
}

pub async fn save(conn: &mut Conn, key: &str, value: &str) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query(
            "INSERT INTO settings (key, value) VALUES ($1, $2)
             ON CONFLICT (key) DO UPDATE SET value = excluded.value"
        )
        .bind(key)
        .bind(value)
    )?;
    Ok(())
}

pub async fn delete(conn: &mut Conn, key: &str) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query("DELETE FROM settings WHERE key = $1").bind(key)
    )?;
    Ok(())
}
