//! What happened, to whom and since when.

use super::EventRow;
use crate::Statement;
use crate::{
    announce::Announce,
    conn::{Conn, sql},
    error::StoreError,
};
use domain::deals::PRIVATE_FACTS;
use domain::messages::INTERNAL_FACTS;
use domain::{CompanyId, PartnerId, ProgramId, UserId};
use sqlx::{query_as, query_scalar};
use uuid::Uuid;

/// The newest `seq`; 0 before the first event. What a new stream starts from.
pub async fn last_seq(conn: &mut Conn) -> Result<i64, StoreError> {
    sql!(
        conn.fetch_one,
        query_scalar("SELECT last_seq FROM event_order")
    )
}

/// A subject's history, oldest first.
pub async fn list_by_subject(
    conn: &mut Conn,
    subject_id: Uuid,
    after: i64,
    limit: i64,
) -> Result<Vec<EventRow>, StoreError> {
    sql!(
        conn.fetch_all,
        query_as(
            "SELECT * FROM events WHERE subject_id = $1 AND subject_seq > $2 ORDER BY subject_seq LIMIT $3"
        )
        .bind(subject_id)
        .bind(after)
        .bind(limit)
    )
}

/// A subject's history, newest first.
pub async fn list_latest_by_subject(
    conn: &mut Conn,
    subject_id: Uuid,
    limit: i64,
) -> Result<Vec<EventRow>, StoreError> {
    sql!(
        conn.fetch_all,
        query_as("SELECT * FROM events WHERE subject_id = $1 ORDER BY subject_seq DESC LIMIT $2")
            .bind(subject_id)
            .bind(limit)
    )
}

/// What the company may know of a program: not what a partner team still has to itself.
fn of_program(company: CompanyId, program: ProgramId) -> Statement {
    let mut statement = Statement::new("SELECT * FROM events WHERE company_id = ");
    statement
        .bind(company.0)
        .push(" AND program_id = ")
        .bind(program.0)
        .push(" AND kind NOT IN ")
        .bind_all(PRIVATE_FACTS);
    statement
}

/// What happened in a program since `seq`, oldest first, as its company may know it.
pub async fn list_by_program(
    conn: &mut Conn,
    company: CompanyId,
    program: ProgramId,
    since: i64,
    limit: i64,
) -> Result<Vec<EventRow>, StoreError> {
    let mut statement = of_program(company, program);
    statement
        .push(" AND seq > ")
        .bind(since)
        .push(" ORDER BY seq LIMIT ")
        .bind(limit);
    statement.fetch_all(conn).await
}

/// What a program saw last, newest first, as its company may know it.
pub async fn list_latest_by_program(
    conn: &mut Conn,
    company: CompanyId,
    program: ProgramId,
    limit: i64,
) -> Result<Vec<EventRow>, StoreError> {
    let mut statement = of_program(company, program);
    statement.push(" ORDER BY seq DESC LIMIT ").bind(limit);
    statement.fetch_all(conn).await
}

/// What a partner may know of its things: not what the company has to itself, even if somebody put the partner's name to
/// it.
fn of_partner(partner: PartnerId) -> Statement {
    let mut statement = Statement::new("SELECT * FROM events WHERE partner_id = ");
    statement
        .bind(partner.0)
        .push(" AND kind NOT IN ")
        .bind_all(INTERNAL_FACTS);
    statement
}

/// What happened to a partner's things since `seq`, in all its programs, oldest first.
pub async fn list_by_partner(
    conn: &mut Conn,
    partner: PartnerId,
    since: i64,
    limit: i64,
) -> Result<Vec<EventRow>, StoreError> {
    let mut statement = of_partner(partner);
    statement
        .push(" AND seq > ")
        .bind(since)
        .push(" ORDER BY seq LIMIT ")
        .bind(limit);
    statement.fetch_all(conn).await
}

/// What a partner's things saw last, newest first.
pub async fn list_latest_by_partner(
    conn: &mut Conn,
    partner: PartnerId,
    limit: i64,
) -> Result<Vec<EventRow>, StoreError> {
    let mut statement = of_partner(partner);
    statement.push(" ORDER BY seq DESC LIMIT ").bind(limit);
    statement.fetch_all(conn).await
}

/// The announcements of up to `limit` events since `seq`, and those of the notices they made: for one who was not
/// connected when they were sent.
pub async fn announced_since(
    conn: &mut Conn,
    since: i64,
    limit: i64,
) -> Result<Vec<Announce>, StoreError> {
    let events: Vec<EventRow> = sql!(
        conn.fetch_all,
        query_as("SELECT * FROM events WHERE seq > $1 ORDER BY seq LIMIT $2")
            .bind(since)
            .bind(limit)
    )?;
    let Some(last) = events.last().map(|event| event.seq) else {
        return Ok(Vec::new());
    };
    let notices: Vec<(i64, UserId, Uuid)> = sql!(
        conn.fetch_all,
        query_as(
            "SELECT event_seq, user_id, id FROM notices WHERE event_seq > $1 AND event_seq <= $2"
        )
        .bind(since)
        .bind(last)
    )?;
    let told = notices.into_iter().map(|(seq, user, id)| Announce {
        seq,
        topic: format!("user:{user}"),
        subject: "notice".to_owned(),
        id,
        version: 0,
    });
    Ok(events
        .iter()
        .flat_map(EventRow::announcements)
        .chain(told)
        .collect())
}
