//! What a replay of the board is told from. All of it goes by the scope's deals and the history of each, which have indexes
//! of their own; nothing is kept for it.

use domain::deals::{DealFact, PATH_FACTS, ReplayFact};
use domain::{DealId, Timestamp};

use super::Scope;
use super::board::push_scope;
use super::row::ReplayRow;
use crate::conn::Conn;
use crate::{JsonText, Statement, StoreError};

type Row = (DealId, i64, Timestamp, String, JsonText<DealFact>);

const COLUMNS: &str = "SELECT d.id, e.seq, e.at, coalesce(u.name, '') AS who, e.payload
     FROM deals d JOIN events e ON e.subject_id = d.id";
const ACTOR: &str = " LEFT JOIN users u ON u.id = e.actor_id WHERE";

fn fact((deal, seq, at, who, fact): Row) -> ReplayFact {
    ReplayFact {
        deal,
        seq,
        at,
        who,
        fact: fact.0,
    }
}

/// Up to `limit` deals of the scope that had something to do with the board before `until`.
pub async fn replayed_deals(
    conn: &mut Conn,
    scope: Scope,
    until: Timestamp,
    limit: i64,
) -> Result<Vec<ReplayRow>, StoreError> {
    let mut statement = Statement::new(
        "SELECT d.id, d.number, d.customer_name, d.value_minor, d.currency FROM deals d WHERE",
    );
    push_scope(&mut statement, scope);
    statement
        .push(" AND EXISTS (SELECT 1 FROM events e WHERE e.subject_id = d.id AND e.kind IN ")
        .bind_all(PATH_FACTS)
        .push(" AND e.at < ")
        .bind(until.0)
        .push(") LIMIT ")
        .bind(limit);
    statement.fetch_all(conn).await
}

/// Of each deal of the scope, the last fact before `from` that says where it lay.
pub async fn last_places(
    conn: &mut Conn,
    scope: Scope,
    from: Timestamp,
) -> Result<Vec<ReplayFact>, StoreError> {
    let mut statement = Statement::new(COLUMNS);
    statement
        .push(
            " AND e.subject_seq = (SELECT max(b.subject_seq) FROM events b
                 WHERE b.subject_id = d.id AND b.kind IN ",
        )
        .bind_all(PATH_FACTS)
        .push(" AND b.at < ")
        .bind(from.0)
        .push(")")
        .push(ACTOR);
    push_scope(&mut statement, scope);
    let rows: Vec<Row> = statement.fetch_all(conn).await?;
    Ok(rows.into_iter().map(fact).collect())
}

// `+e.seq`: in the order of the index of all events, an engine would rather read those of everybody.
/// Up to `limit` facts of the scope's deals that say where they lay, from `from` on and before `until`, oldest first.
pub async fn steps_between(
    conn: &mut Conn,
    scope: Scope,
    from: Timestamp,
    until: Timestamp,
    limit: i64,
) -> Result<Vec<ReplayFact>, StoreError> {
    let mut statement = Statement::new(COLUMNS);
    statement.push(ACTOR);
    push_scope(&mut statement, scope);
    statement
        .push(" AND e.kind IN ")
        .bind_all(PATH_FACTS)
        .push(" AND e.at >= ")
        .bind(from.0)
        .push(" AND e.at < ")
        .bind(until.0)
        .push(" ORDER BY +e.seq LIMIT ")
        .bind(limit);
    let rows: Vec<Row> = statement.fetch_all(conn).await?;
    Ok(rows.into_iter().map(fact).collect())
}
