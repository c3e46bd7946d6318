//! Who has not read what. A row per person and thread, so that a page's tabs add up a few rows and count no messages.

use domain::people::{CompanyRole, Side};
use domain::{CompanyId, DealId, MembershipId, ProgramId, ThreadId, Timestamp, UserId};
use sqlx::{query, query_as, query_scalar};

use super::threads::{Thread, about};
use crate::conn::{Conn, Tx, sql};
use crate::{Announce, Statement, StoreError};

/// Rows of one INSERT.
const ROWS: usize = 500;

/// The company's people, with what they are.
pub async fn company_people(
    conn: &mut Conn,
    company: CompanyId,
) -> Result<Vec<(UserId, CompanyRole)>, StoreError> {
    sql!(
        conn.fetch_all,
        query_as("SELECT user_id, role FROM company_users WHERE company_id = $1 ORDER BY user_id")
            .bind(company)
    )
}

/// One more message of the thread is unread for those people of that side.
pub async fn add(
    conn: &mut Conn,
    thread: &Thread,
    side: Side,
    readers: &[UserId],
) -> Result<(), StoreError> {
    for some in readers.chunks(ROWS) {
        let mut statement = Statement::new(
            "INSERT INTO unread_messages (user_id, thread_id, side, company_id, program_id, membership_id, unread)
             VALUES ",
        );
        for reader in some {
            statement.bind_row([
                reader.0.into(),
                thread.id.0.into(),
                side.as_str().into(),
                thread.company_id.0.into(),
                thread.program_id.0.into(),
                thread.membership_id.0.into(),
                1.into(),
            ]);
        }
        statement.push(
            " ON CONFLICT (user_id, thread_id, side) DO UPDATE SET unread = unread_messages.unread + 1",
        );
        statement.execute(conn).await?;
    }
    Ok(())
}

/// What a person of the company has not read in a program.
pub async fn of_program(
    conn: &mut Conn,
    reader: UserId,
    program: ProgramId,
) -> Result<i64, StoreError> {
    sql!(
        conn.fetch_one,
        query_scalar(
            "SELECT CAST(coalesce(sum(unread), 0) AS BIGINT) FROM unread_messages
             WHERE user_id = $1 AND side = 'company' AND program_id = $2"
        )
        .bind(reader)
        .bind(program)
    )
}

/// What a person of the partner has not read in a membership.
pub async fn of_membership(
    conn: &mut Conn,
    reader: UserId,
    membership: MembershipId,
) -> Result<i64, StoreError> {
    sql!(
        conn.fetch_one,
        query_scalar(
            "SELECT CAST(coalesce(sum(unread), 0) AS BIGINT) FROM unread_messages
             WHERE user_id = $1 AND side = 'partner' AND membership_id = $2"
        )
        .bind(reader)
        .bind(membership)
    )
}

/// What a person of that side has not read about a deal of the membership, or about the program.
pub async fn in_thread(
    conn: &mut Conn,
    (reader, side): (UserId, Side),
    membership: MembershipId,
    deal: Option<DealId>,
) -> Result<i64, StoreError> {
    sql!(
        conn.fetch_one,
        query_scalar(
            "SELECT CAST(coalesce(sum(r.unread), 0) AS BIGINT)
             FROM threads t JOIN unread_messages r ON r.thread_id = t.id
             WHERE t.about_id = $3 AND t.membership_id = $4 AND r.user_id = $1 AND r.side = $2"
        )
        .bind(reader)
        .bind(side)
        .bind(about(membership, deal))
        .bind(membership)
    )
}

/// Whether the person has anything to read in the thread, or a line about it under the bell.
pub async fn is_any(
    conn: &mut Conn,
    reader: UserId,
    thread: ThreadId,
    side: Side,
) -> Result<bool, StoreError> {
    let found: i64 = sql!(
        conn.fetch_one,
        query_scalar(
            "SELECT (SELECT count(*) FROM unread_messages WHERE user_id = $1 AND thread_id = $2 AND side = $3)
                 + (SELECT count(*) FROM notices WHERE thread_id = $2 AND user_id = $1 AND read_at IS NULL)"
        )
        .bind(reader)
        .bind(thread)
        .bind(side)
    )?;
    Ok(found > 0)
}

/// The person reads the thread, and with it the lines about it under the bell; their open pages are told.
pub async fn read(
    tx: &mut Tx,
    reader: UserId,
    thread: ThreadId,
    side: Side,
    at: Timestamp,
) -> Result<(), StoreError> {
    let read = sql!(
        tx.execute,
        query("DELETE FROM unread_messages WHERE user_id = $1 AND thread_id = $2 AND side = $3")
            .bind(reader)
            .bind(thread)
            .bind(side)
    )?;
    if read > 0 {
        tx.announce(Announce {
            // No event: heard by whoever listens now.
            seq: 0,
            topic: format!("user:{reader}"),
            subject: "thread".to_owned(),
            id: thread.0,
            version: 0,
        });
    }
    let lines = sql!(
        tx.execute,
        query("UPDATE notices SET read_at = $3 WHERE thread_id = $2 AND user_id = $1 AND read_at IS NULL")
            .bind(reader)
            .bind(thread)
            .bind(at)
    )?;
    if lines > 0 {
        crate::notices::announce_read(tx, reader);
    }
    Ok(())
}
