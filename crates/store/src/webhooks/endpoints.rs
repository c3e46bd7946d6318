//! Where a company's own systems are told.

use domain::webhooks::{EndpointState, EventPicker};
use domain::{CompanyId, EndpointId, Timestamp};
use sqlx::{query, query_as, query_scalar};

use super::Secret;
use crate::conn::{Conn, sql};
use crate::dialect::for_share;
use crate::{Statement, StoreError};

/// An endpoint with all that is kept of it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct EndpointRow {
    pub id: EndpointId,
    pub company_id: CompanyId,
    pub url: String,
    pub description: String,
    pub events: EventPicker,
    pub state: EndpointState,
    pub secret: Secret,
    pub old_secret: Option<Secret>,
    /// Until when the old one signs as well.
    pub old_secret_until: Option<Timestamp>,
    /// The first failure since the last success.
    pub failing_since: Option<Timestamp>,
    /// Tries that failed since then.
    pub failures: i32,
    pub created_at: Timestamp,
    pub version: i64,
}

/// False: there is one with that id.
pub async fn insert(conn: &mut Conn, row: &EndpointRow) -> Result<bool, StoreError> {
    let rows = sql!(
        conn.execute,
        query(
            "INSERT INTO webhook_endpoints (id, company_id, url, description, events, state, secret, old_secret,
                 old_secret_until, failing_since, failures, created_at, version)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (id) DO NOTHING"
        )
        .bind(row.id)
        .bind(row.company_id)
        .bind(&row.url)
        .bind(&row.description)
        .bind(&row.events)
        .bind(row.state)
        .bind(&row.secret)
        .bind(&row.old_secret)
        .bind(row.old_secret_until)
        .bind(row.failing_since)
        .bind(row.failures)
        .bind(row.created_at)
        .bind(row.version)
    )?;
    Ok(rows == 1)
}

pub async fn find(
    conn: &mut Conn,
    company: CompanyId,
    id: EndpointId,
) -> Result<Option<EndpointRow>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_as("SELECT * FROM webhook_endpoints WHERE company_id = $1 AND id = $2")
            .bind(company)
            .bind(id)
    )
}

/// For workers, who act for all tenants.
pub async fn find_any(conn: &mut Conn, id: EndpointId) -> Result<Option<EndpointRow>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_as("SELECT * FROM webhook_endpoints WHERE id = $1").bind(id)
    )
}

/// In the order in which they were added.
pub async fn list(conn: &mut Conn, company: CompanyId) -> Result<Vec<EndpointRow>, StoreError> {
    sql!(
        conn.fetch_all,
        query_as("SELECT * FROM webhook_endpoints WHERE company_id = $1 ORDER BY id").bind(company)
    )
}

pub async fn count(conn: &mut Conn, company: CompanyId) -> Result<i64, StoreError> {
    sql!(
        conn.fetch_one,
        query_scalar("SELECT count(*) FROM webhook_endpoints WHERE company_id = $1").bind(company)
    )
}

/// Which endpoints of the company are on, and what each wants to hear. They stay as they are until this transaction
/// ends, so that what is written for them has an endpoint that is on.
pub async fn list_listening(
    conn: &mut Conn,
    company: CompanyId,
) -> Result<Vec<(EndpointId, EventPicker)>, StoreError> {
    let clause = for_share(conn);
    let mut statement =
        Statement::new("SELECT id, events FROM webhook_endpoints WHERE company_id = ");
    statement
        .bind(company.0)
        .push(" AND state = 'enabled' ORDER BY id")
        .push(clause);
    statement.fetch_all(conn).await
}

/// Writes what people change of it; gives the new version. With another address, and when it is switched, its failures are
/// forgotten; else they are as tries left them, whatever the row says that was read before.
pub async fn save(conn: &mut Conn, row: &EndpointRow) -> Result<i64, StoreError> {
    let rows = sql!(
        conn.execute,
        query(
            "UPDATE webhook_endpoints SET url = $4, description = $5, events = $6, state = $7, secret = $8,
                 old_secret = $9, old_secret_until = $10, version = version + 1,
                 failing_since = CASE WHEN url = $4 AND state = $7 THEN failing_since END,
                 failures = CASE WHEN url = $4 AND state = $7 THEN failures ELSE 0 END
             WHERE company_id = $1 AND id = $2 AND version = $3"
        )
        .bind(row.company_id)
        .bind(row.id)
        .bind(row.version)
        .bind(&row.url)
        .bind(&row.description)
        .bind(&row.events)
        .bind(row.state)
        .bind(&row.secret)
        .bind(&row.old_secret)
        .bind(row.old_secret_until)
    )?;
    if rows == 0 {
        Err(StoreError::Conflict)
    } else {
        Ok(row.version + 1)
    }
}

/// With its deliveries and their tries. False: the company has no such.
pub async fn delete(
    conn: &mut Conn,
    company: CompanyId,
    id: EndpointId,
) -> Result<bool, StoreError> {
    let rows = sql!(
        conn.execute,
        query("DELETE FROM webhook_endpoints WHERE company_id = $1 AND id = $2")
            .bind(company)
            .bind(id)
    )?;
    Ok(rows == 1)
}

/// It answered well at that address; of one that it has no more, nothing follows. Writes only where it had not before.
pub async fn save_success(conn: &mut Conn, id: EndpointId, url: &str) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query(
            "UPDATE webhook_endpoints SET failing_since = NULL, failures = 0
             WHERE id = $1 AND url = $2 AND failing_since IS NOT NULL"
        )
        .bind(id)
        .bind(url)
    )?;
    Ok(())
}

/// Since when an endpoint fails, and how often it did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct Failing {
    pub failing_since: Timestamp,
    /// With this one.
    pub failures: i32,
}

/// A try at that address failed, which began at that time. `None`: it is the endpoint's address no more, or the endpoint is
/// gone.
pub async fn save_failure(
    conn: &mut Conn,
    id: EndpointId,
    url: &str,
    at: Timestamp,
) -> Result<Option<Failing>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_as(
            "UPDATE webhook_endpoints SET failing_since = coalesce(failing_since, $3), failures = failures + 1
             WHERE id = $1 AND url = $2 RETURNING failing_since, failures"
        )
        .bind(id)
        .bind(url)
        .bind(at)
    )
}

/// Switches it off because it fails. False: it was off, or is gone.
pub async fn save_stopped(conn: &mut Conn, id: EndpointId) -> Result<bool, StoreError> {
    let rows = sql!(
        conn.execute,
        query("UPDATE webhook_endpoints SET state = 'stopped', version = version + 1 WHERE id = $1 AND state = 'enabled'")
            .bind(id)
    )?;
    Ok(rows == 1)
}

/// Forgets old secrets that sign no more.
pub async fn delete_old_secrets(conn: &mut Conn, now: Timestamp) -> Result<u64, StoreError> {
    sql!(
        conn.execute,
        query(
            "UPDATE webhook_endpoints SET old_secret = NULL, old_secret_until = NULL
             WHERE old_secret IS NOT NULL AND old_secret_until <= $1"
        )
        .bind(now)
    )
}
