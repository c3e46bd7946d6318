//! Messages between partners and companies. What is here both sides may read; the company's notes are a module, and
//! tables, of their own.

mod files;
pub mod notes;
pub mod threads;
pub mod unread;

pub use files::{MessageFileRow, NewFile, find_file, insert_file, is_in_deal, list_files};

use domain::messages::OfferQuote;
use domain::people::Side;
use domain::{CompanyId, MembershipId, MessageId, ThreadId, Timestamp, UserId};
use sqlx::{query, query_as, query_scalar};

use crate::conn::{Conn, sql};
use crate::{JsonText, StoreError};

/// A message to be kept.
#[derive(Debug, Clone)]
pub struct NewMessage {
    pub id: MessageId,
    pub company: CompanyId,
    pub thread: ThreadId,
    pub side: Side,
    pub author: UserId,
    pub text: String,
    pub quote: Option<OfferQuote>,
    /// The same from the same person is the same message.
    pub send_key: String,
    /// Later than every entry of the thread.
    pub at: Timestamp,
}

/// A message as people read it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct MessageRow {
    pub id: MessageId,
    pub side: Side,
    pub author_id: UserId,
    pub who: String,
    pub text: String,
    pub quote: Option<JsonText<OfferQuote>>,
    pub created_at: Timestamp,
}

/// Keeps a message in a thread that is locked.
pub async fn insert(conn: &mut Conn, message: &NewMessage) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query(
            "INSERT INTO messages (id, company_id, thread_id, side, author_id, text, quote, send_key, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        )
        .bind(message.id)
        .bind(message.company)
        .bind(message.thread)
        .bind(message.side)
        .bind(message.author)
        .bind(&message.text)
        .bind(message.quote.as_ref().map(JsonText))
        .bind(&message.send_key)
        .bind(message.at)
    )
    .map(|_| ())
}

/// The message that was sent under that key before.
pub async fn find_by_key(
    conn: &mut Conn,
    author: UserId,
    send_key: &str,
) -> Result<Option<MessageId>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_scalar("SELECT id FROM messages WHERE author_id = $1 AND send_key = $2")
            .bind(author)
            .bind(send_key)
    )
}

/// A thread's messages before that moment, the newest first. The membership is in the question, so that a thread of
/// another one is empty.
pub async fn list(
    conn: &mut Conn,
    membership: MembershipId,
    thread: ThreadId,
    before: Timestamp,
    limit: i64,
) -> Result<Vec<MessageRow>, StoreError> {
    sql!(
        conn.fetch_all,
        query_as(
            "SELECT m.id, m.side, m.author_id, u.name AS who, m.text, m.quote, m.created_at
             FROM messages m JOIN threads t ON t.id = m.thread_id JOIN users u ON u.id = m.author_id
             WHERE m.thread_id = $1 AND t.membership_id = $2 AND m.created_at < $3
             ORDER BY m.created_at DESC LIMIT $4"
        )
        .bind(thread)
        .bind(membership)
        .bind(before)
        .bind(limit)
    )
}
