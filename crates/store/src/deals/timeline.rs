//! A deal's history, as people read it.

use domain::deals::{DealFact, PATH_FACTS, PRIVATE_FACTS};
use domain::events::TimelineEntry;
use domain::messages::INTERNAL_FACTS;
use domain::people::Side;
use domain::{DealId, Timestamp};
use sqlx::query_as;

use super::Scope;
use crate::conn::{Conn, sql};
use crate::{JsonText, Statement, StoreError};

type Row = (i64, Timestamp, Side, String, JsonText<DealFact>);

fn entry((seq, at, side, who, fact): Row) -> TimelineEntry {
    TimelineEntry {
        seq,
        at,
        side,
        who,
        fact: fact.0,
    }
}

/// The newest facts first, with who and when, as far as that side may know them: what one side has to
/// itself does not exist for the other.
pub async fn timeline(
    conn: &mut Conn,
    scope: Scope,
    deal: DealId,
    limit: i64,
) -> Result<Vec<TimelineEntry>, StoreError> {
    let mut statement = Statement::new(
        "SELECT e.seq, e.at, e.actor_side, coalesce(u.name, '') AS who, e.payload
         FROM events e LEFT JOIN users u ON u.id = e.actor_id WHERE e.subject_id = ",
    );
    statement.bind(deal.0);
    if matches!(scope, Scope::Program(..)) {
        statement
            .push(" AND e.kind NOT IN ")
            .bind_all(PRIVATE_FACTS);
    } else {
        statement
            .push(" AND e.kind NOT IN ")
            .bind_all(INTERNAL_FACTS);
    }
    statement
        .push(" ORDER BY e.subject_seq DESC LIMIT ")
        .bind(limit);
    let rows: Vec<Row> = statement.fetch_all(conn).await?;
    Ok(rows.into_iter().map(entry).collect())
}

/// When the deal came into which stage, oldest first; of a history with more than `limit` such facts the newest. Both sides may
/// know all of it.
pub async fn way(
    conn: &mut Conn,
    deal: DealId,
    limit: i64,
) -> Result<Vec<(Timestamp, DealFact)>, StoreError> {
    let mut statement = Statement::new("SELECT at, payload FROM events WHERE subject_id = ");
    statement
        .bind(deal.0)
        .push(" AND kind IN ")
        .bind_all(PATH_FACTS)
        .push(" ORDER BY subject_seq DESC LIMIT ")
        .bind(limit);
    let rows: Vec<(Timestamp, JsonText<DealFact>)> = statement.fetch_all(conn).await?;
    let facts = rows.into_iter().rev();
    Ok(facts.map(|(at, fact)| (at, fact.0)).collect())
}

/// The fact that made that version of the deal: what somebody else did while one looked at an older one. `None` for a
/// version that has no fact, as a draft's that was kept while it was typed.
pub async fn fact_of_version(
    conn: &mut Conn,
    deal: DealId,
    version: i64,
) -> Result<Option<TimelineEntry>, StoreError> {
    let row: Option<Row> = sql!(
        conn.fetch_optional,
        query_as(
            // What was attached at that version came after it.
            "SELECT e.seq, e.at, e.actor_side, coalesce(u.name, '') AS who, e.payload
             FROM events e LEFT JOIN users u ON u.id = e.actor_id
             WHERE e.subject_id = $1 AND e.subject_version = $2 ORDER BY e.subject_seq LIMIT 1"
        )
        .bind(deal)
        .bind(version)
    )?;
    Ok(row.map(entry))
}
