//! An endpoint as its company's admins see it.

use domain::Timestamp;
use domain::views::EndpointView;
use domain::webhooks::FAILS_AFTER_TRIES;
use store::Conn;
use store::webhooks::endpoints::EndpointRow;
use store::webhooks::failing;

use crate::ServiceError;

pub(super) async fn view(conn: &mut Conn, row: EndpointRow) -> Result<EndpointView, ServiceError> {
    let failures = match row.failing_since {
        Some(since) => failures(conn, &row, since).await?,
        None => 0,
    };
    Ok(EndpointView {
        id: row.id,
        url: row.url,
        description: row.description,
        events: row.events,
        state: row.state,
        failing_since: row.failing_since,
        failures,
        old_secret_until: row.old_secret_until,
        created_at: row.created_at,
        version: row.version,
    })
}

/// What is kept with the endpoint counts tests as well: a receiver that answers none is switched off all the same. People
/// are told only of what they missed.
async fn failures(
    conn: &mut Conn,
    row: &EndpointRow,
    since: Timestamp,
) -> Result<i32, ServiceError> {
    let of = (row.company_id, row.id);
    let tries = failing::list_tries(conn, of, since, i64::from(FAILS_AFTER_TRIES)).await?;
    Ok(tries.into_iter().fold(0, i32::saturating_add))
}
