//! Into the history, one fact or many at once.

use super::{EventRow, NO_HASH, NewEvent};
use crate::{
    Statement,
    conn::{Conn, Tx, sql},
    error::StoreError,
};
use sqlx::query_scalar;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Rows of one INSERT: 16 values each, of which the engines take 32,766.
const ROWS: usize = 250;

/// The last step of each subject, and its hash.
type Heads = BTreeMap<Uuid, (i64, Vec<u8>)>;

/// Records the fact and announces it to the viewers of its program, partner and company; gives its `seq`.
///
/// Writers of events take turns from here to their commit (the row of `event_order` stays locked), so that `seq`
/// becomes visible in its own order and a reader of `seq > last` misses nothing. Call it as late in the transaction as
/// can be.
pub async fn append(tx: &mut Tx, event: NewEvent) -> Result<i64, StoreError> {
    let seqs = append_all(tx, vec![event]).await?;
    seqs.first()
        .copied()
        .ok_or_else(|| StoreError::unavailable("an event without a number"))
}

/// As [`append`], for many facts in their order: a few statements for hundreds of them.
pub async fn append_all(tx: &mut Tx, events: Vec<NewEvent>) -> Result<Vec<i64>, StoreError> {
    let mut seqs = Vec::with_capacity(events.len());
    let mut events = events.into_iter().peekable();
    while events.peek().is_some() {
        let some: Vec<NewEvent> = events.by_ref().take(ROWS).collect();
        append_some(tx, some, &mut seqs).await?;
    }
    Ok(seqs)
}

async fn append_some(
    tx: &mut Tx,
    events: Vec<NewEvent>,
    seqs: &mut Vec<i64>,
) -> Result<(), StoreError> {
    let count = i64::try_from(events.len()).map_err(StoreError::unavailable)?;
    let last: i64 = sql!(
        tx.fetch_one,
        query_scalar("UPDATE event_order SET last_seq = last_seq + $1 RETURNING last_seq")
            .bind(count)
    )?;
    let mut heads = heads(tx, &events).await?;
    let mut rows = Vec::with_capacity(events.len());
    for (seq, event) in (last - count + 1..).zip(events) {
        let (step, prev_hash) = heads
            .remove(&event.subject_id)
            .unwrap_or_else(|| (0, NO_HASH.to_vec()));
        let row = EventRow::of(event, seq, step + 1, prev_hash)?;
        heads.insert(row.subject_id, (row.subject_seq, row.hash.clone()));
        seqs.push(seq);
        rows.push(row);
    }
    insert(tx, &rows).await?;
    for announce in rows.iter().flat_map(EventRow::announcements) {
        tx.announce(announce);
    }
    Ok(())
}

/// Where the chains of these subjects end.
async fn heads(conn: &mut Conn, events: &[NewEvent]) -> Result<Heads, StoreError> {
    let mut subjects: Vec<Uuid> = events.iter().map(|event| event.subject_id).collect();
    subjects.sort_unstable();
    subjects.dedup();
    let mut statement;
    if let [subject] = *subjects {
        statement =
            Statement::new("SELECT subject_id, subject_seq, hash FROM events WHERE subject_id = ");
        statement
            .bind(subject)
            .push(" ORDER BY subject_seq DESC LIMIT 1");
    } else {
        statement = Statement::new(
            "SELECT e.subject_id, e.subject_seq, e.hash
             FROM (SELECT subject_id, max(subject_seq) AS last FROM events WHERE subject_id IN ",
        );
        statement.bind_all(subjects).push(
            " GROUP BY subject_id) AS head
             JOIN events e ON e.subject_id = head.subject_id AND e.subject_seq = head.last",
        );
    }
    let rows: Vec<(Uuid, i64, Vec<u8>)> = statement.fetch_all(conn).await?;
    let head = |(subject, step, hash)| (subject, (step, hash));
    Ok(rows.into_iter().map(head).collect())
}

async fn insert(conn: &mut Conn, rows: &[EventRow]) -> Result<(), StoreError> {
    let mut statement = Statement::new(
        "INSERT INTO events (seq, id, company_id, program_id, partner_id, subject, subject_id, subject_seq,
             subject_version, kind, actor_id, actor_side, at, payload, prev_hash, hash) VALUES ",
    );
    for row in rows {
        statement.bind_row([
            row.seq.into(),
            row.id.0.into(),
            row.company_id.map(|id| id.0).into(),
            row.program_id.map(|id| id.0).into(),
            row.partner_id.map(|id| id.0).into(),
            row.subject.as_str().into(),
            row.subject_id.into(),
            row.subject_seq.into(),
            row.subject_version.into(),
            row.kind.as_str().into(),
            row.actor_id.map(|id| id.0).into(),
            row.actor_side.as_str().into(),
            row.at.0.into(),
            row.payload.as_str().into(),
            row.prev_hash.clone().into(),
            row.hash.clone().into(),
        ]);
    }
    statement.execute(conn).await?;
    Ok(())
}

impl EventRow {
    /// The row at that place of the order and of its subject's chain.
    fn of(
        event: NewEvent,
        seq: i64,
        subject_seq: i64,
        prev_hash: Vec<u8>,
    ) -> Result<Self, StoreError> {
        let row = Self {
            seq,
            id: event.id,
            company_id: event.company_id,
            program_id: event.program_id,
            partner_id: event.partner_id,
            subject: event.subject.to_owned(),
            subject_id: event.subject_id,
            subject_seq,
            subject_version: event.subject_version,
            kind: event.fact.name().to_owned(),
            actor_id: event.actor.user,
            actor_side: event.actor.side,
            at: event.at,
            payload: serde_json::to_string(&event.fact).map_err(StoreError::unavailable)?,
            prev_hash,
            hash: Vec::new(),
        };
        Ok(Self {
            hash: row.expected_hash(),
            ..row
        })
    }
}
