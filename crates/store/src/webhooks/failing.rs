//! Which messages an endpoint did not take.

use domain::webhooks::Message;
use domain::{CompanyId, EndpointId, Timestamp};
use sqlx::query_scalar;

use crate::StoreError;
use crate::conn::{Conn, sql};

/// How often each was tried whose last try failed since that time; at most `limit` of them. A test is none.
pub async fn list_tries(
    conn: &mut Conn,
    (company, endpoint): (CompanyId, EndpointId),
    since: Timestamp,
    limit: i64,
) -> Result<Vec<i32>, StoreError> {
    sql!(
        conn.fetch_all,
        query_scalar(
            "SELECT attempts FROM webhook_deliveries
             WHERE company_id = $1 AND endpoint_id = $2 AND state IN ('queued', 'sending', 'dead')
                 AND kind <> $3 AND last_error <> '' AND changed_at >= $4
             LIMIT $5"
        )
        .bind(company)
        .bind(endpoint)
        .bind(Message::TEST)
        .bind(since)
        .bind(limit)
    )
}
