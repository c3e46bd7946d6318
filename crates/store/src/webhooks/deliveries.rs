//! The queue of messages to endpoints, which is their log as well.

use domain::webhooks::DeliveryState;
use domain::{CompanyId, DeliveryId, EndpointId, Timestamp};
use sqlx::{query, query_as};

use super::announce;
use crate::conn::{Conn, Tx, sql};
use crate::dialect::for_update_skip_locked;
use crate::{Statement, StoreError};

/// A message to one endpoint.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct DeliveryRow {
    pub id: DeliveryId,
    pub company_id: CompanyId,
    pub endpoint_id: EndpointId,
    /// The message's type.
    pub kind: String,
    /// The deal's number; empty for a test.
    pub about: String,
    /// The body, as it is signed and sent.
    pub payload: String,
    pub state: DeliveryState,
    /// How often it was taken.
    pub attempts: i32,
    /// How often of these since a try of it last came to an end, or somebody asked for one.
    pub unsettled: i32,
    pub last_error: String,
    pub created_at: Timestamp,
    /// Queued: not before; sending: until when a worker has it.
    pub available_at: Timestamp,
    pub changed_at: Timestamp,
}

/// Rows of one INSERT.
const ROWS: usize = 500;

/// Keeps them, and wakes the workers.
pub async fn insert_all(tx: &mut Tx, deliveries: &[DeliveryRow]) -> Result<(), StoreError> {
    for some in deliveries.chunks(ROWS) {
        let mut statement = Statement::new(
            "INSERT INTO webhook_deliveries (id, company_id, endpoint_id, kind, about, payload, state, attempts,
                 unsettled, last_error, created_at, available_at, changed_at) VALUES ",
        );
        for row in some {
            statement.bind_row([
                row.id.0.into(),
                row.company_id.0.into(),
                row.endpoint_id.0.into(),
                row.kind.as_str().into(),
                row.about.as_str().into(),
                row.payload.as_str().into(),
                row.state.as_str().into(),
                i64::from(row.attempts).into(),
                i64::from(row.unsettled).into(),
                row.last_error.as_str().into(),
                row.created_at.0.into(),
                row.available_at.0.into(),
                row.changed_at.0.into(),
            ]);
        }
        statement.execute(tx).await?;
    }
    if let Some(first) = deliveries.first() {
        announce(tx, first.id);
    }
    Ok(())
}

/// An endpoint at which something is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct DueEndpoint {
    pub endpoint_id: EndpointId,
    pub company_id: CompanyId,
    pub failing_since: Option<Timestamp>,
}

/// The endpoints at which something is due, without those in `busy`: those that answer before those that fail, who waited
/// longest first. Of one company at most `of_one` that answer and `of_one` that fail, so that it does not crowd out others.
/// Asked of a reader, so that an idle worker writes nothing.
pub async fn list_due_endpoints(
    conn: &mut Conn,
    now: Timestamp,
    busy: &[EndpointId],
    (of_one, limit): (i64, i64),
) -> Result<Vec<DueEndpoint>, StoreError> {
    let mut statement = Statement::new(
        "SELECT endpoint_id, company_id, failing_since FROM (
             SELECT d.endpoint_id, e.company_id, e.failing_since, min(d.available_at) AS due_since,
                 row_number() OVER (PARTITION BY e.company_id, (e.failing_since IS NOT NULL)
                     ORDER BY min(d.available_at), d.endpoint_id) AS place
             FROM webhook_deliveries d JOIN webhook_endpoints e ON e.id = d.endpoint_id
             WHERE d.state IN ('queued', 'sending') AND e.state = 'enabled' AND d.available_at <= ",
    );
    statement.bind(now.0);
    if !busy.is_empty() {
        statement
            .push(" AND d.endpoint_id NOT IN ")
            .bind_all(busy.iter().map(|id| id.0));
    }
    statement
        .push(" GROUP BY d.endpoint_id, e.company_id, e.failing_since) AS due WHERE place <= ")
        .bind(of_one)
        .push(" ORDER BY (failing_since IS NOT NULL), due_since, endpoint_id LIMIT ")
        .bind(limit);
    statement.fetch_all(conn).await
}

/// Takes what is due at that endpoint, for this worker alone until `lease_until`.
pub async fn take(
    conn: &mut Conn,
    endpoint: EndpointId,
    now: Timestamp,
    lease_until: Timestamp,
    limit: i64,
) -> Result<Vec<DeliveryRow>, StoreError> {
    let mut statement = Statement::new(
        "UPDATE webhook_deliveries SET state = 'sending', attempts = attempts + 1, unsettled = unsettled + 1,
             available_at = ",
    );
    statement
        .bind(lease_until.0)
        .push(" WHERE id IN (SELECT id FROM webhook_deliveries WHERE state IN ('queued', 'sending') AND endpoint_id = ")
        .bind(endpoint.0)
        .push(" AND available_at <= ")
        .bind(now.0)
        .push(" ORDER BY available_at, id LIMIT ")
        .bind(limit)
        .push(for_update_skip_locked(conn))
        .push(") RETURNING *");
    let mut taken: Vec<DeliveryRow> = statement.fetch_all(conn).await?;
    // RETURNING promises no order.
    taken.sort_by_key(|row| (row.created_at, row.id));
    Ok(taken)
}

/// It was taken over: also if the lease had ended meanwhile.
pub async fn save_delivered(
    conn: &mut Conn,
    id: DeliveryId,
    now: Timestamp,
) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query(
            "UPDATE webhook_deliveries SET state = 'delivered', unsettled = 0, last_error = '', changed_at = $2
             WHERE id = $1"
        )
        .bind(id)
        .bind(now)
    )?;
    Ok(())
}

/// How a try ended that did not deliver.
#[derive(Debug, Clone)]
pub struct Failed {
    pub id: DeliveryId,
    /// The try that failed: a later one of another worker is not touched.
    pub attempt: i32,
    pub error: String,
    /// When it is tried again; `None`: never by itself.
    pub again_at: Option<Timestamp>,
    pub now: Timestamp,
}

/// Notes the failure. False: the lease had ended, and another worker has it or had it.
pub async fn save_failed(conn: &mut Conn, failed: &Failed) -> Result<bool, StoreError> {
    let state = match failed.again_at {
        Some(_) => DeliveryState::Queued,
        None => DeliveryState::Dead,
    };
    let rows = sql!(
        conn.execute,
        query(
            "UPDATE webhook_deliveries SET state = $3, unsettled = 0, last_error = $4, available_at = $5, changed_at = $6
             WHERE id = $1 AND attempts = $2 AND state = 'sending'"
        )
        .bind(failed.id)
        .bind(failed.attempt)
        .bind(state)
        .bind(&failed.error)
        .bind(failed.again_at.unwrap_or(failed.now))
        .bind(failed.now)
    )?;
    Ok(rows == 1)
}

/// Nothing more is tried at that endpoint: what waits there is not delivered.
pub async fn save_all_dead(
    conn: &mut Conn,
    endpoint: EndpointId,
    error: &str,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        conn.execute,
        query(
            "UPDATE webhook_deliveries SET state = 'dead', last_error = $2, changed_at = $3
             WHERE endpoint_id = $1 AND state IN ('queued', 'sending')"
        )
        .bind(endpoint)
        .bind(error)
        .bind(now)
    )
}

/// An endpoint's deliveries, newest first, before that one; of one state if given.
pub async fn list(
    conn: &mut Conn,
    (company, endpoint): (CompanyId, EndpointId),
    state: Option<DeliveryState>,
    before: Option<DeliveryId>,
    limit: i64,
) -> Result<Vec<DeliveryRow>, StoreError> {
    let mut statement = Statement::new("SELECT * FROM webhook_deliveries WHERE company_id = ");
    statement
        .bind(company.0)
        .push(" AND endpoint_id = ")
        .bind(endpoint.0);
    if let Some(state) = state {
        statement.push(" AND state = ").bind(state.as_str());
    }
    if let Some(before) = before {
        statement.push(" AND id < ").bind(before.0);
    }
    statement.push(" ORDER BY id DESC LIMIT ").bind(limit);
    statement.fetch_all(conn).await
}

pub async fn find(
    conn: &mut Conn,
    (company, endpoint): (CompanyId, EndpointId),
    id: DeliveryId,
) -> Result<Option<DeliveryRow>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_as(
            "SELECT * FROM webhook_deliveries WHERE company_id = $1 AND endpoint_id = $2 AND id = $3"
        )
        .bind(company)
        .bind(endpoint)
        .bind(id)
    )
}

/// Puts a delivery before the workers again. Its tries are not counted anew: they tell the workers' leases apart. Whether it
/// ends its workers is: it may do so no more. False: it is on its way.
pub async fn save_replayed(
    tx: &mut Tx,
    (company, endpoint): (CompanyId, EndpointId),
    id: DeliveryId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let rows = sql!(
        tx.execute,
        query(
            "UPDATE webhook_deliveries SET state = 'queued', unsettled = 0, available_at = $4, changed_at = $4
             WHERE company_id = $1 AND endpoint_id = $2 AND id = $3 AND state <> 'sending'"
        )
        .bind(company)
        .bind(endpoint)
        .bind(id)
        .bind(now)
    )?;
    if rows == 1 {
        announce(tx, id);
    }
    Ok(rows == 1)
}

/// Forgets deliveries that were settled before that time, with their tries.
pub async fn delete_settled(conn: &mut Conn, before: Timestamp) -> Result<u64, StoreError> {
    sql!(
        conn.execute,
        query("DELETE FROM webhook_deliveries WHERE changed_at < $1 AND state IN ('delivered', 'dead')")
            .bind(before)
    )
}
