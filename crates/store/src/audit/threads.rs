//! What `dealboard verify` asks of threads and of what stands in them.

use domain::people::Side;
use domain::{InternalNoteId, MessageId, ThreadId, Timestamp};
use sqlx::{query_as, query_scalar};

use super::PAGE;
use crate::StoreError;
use crate::conn::{Conn, sql};

/// A message in a thread that is gone, or is another company's.
pub async fn astray_message(conn: &mut Conn) -> Result<Option<MessageId>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_scalar(
            "SELECT m.id FROM messages m LEFT JOIN threads t ON t.id = m.thread_id
             WHERE t.id IS NULL OR t.company_id <> m.company_id
             ORDER BY m.id LIMIT 1"
        )
    )
}

/// An internal note in a thread that is gone, or is another company's.
pub async fn astray_note(conn: &mut Conn) -> Result<Option<InternalNoteId>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_scalar(
            "SELECT n.id FROM internal_notes n LEFT JOIN threads t ON t.id = n.thread_id
             WHERE t.id IS NULL OR t.company_id <> n.company_id
             ORDER BY n.id LIMIT 1"
        )
    )
}

/// A thread whose membership or deal is gone, or is of another company, program or partner than the thread itself.
pub async fn astray_thread(conn: &mut Conn) -> Result<Option<ThreadId>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_scalar(
            "SELECT t.id FROM threads t LEFT JOIN memberships m ON m.id = t.membership_id
                 LEFT JOIN deals d ON d.id = t.deal_id
             WHERE m.id IS NULL OR m.company_id <> t.company_id OR m.program_id <> t.program_id
                 OR m.partner_id <> t.partner_id OR t.about_id <> coalesce(t.deal_id, t.membership_id)
                 OR (t.deal_id IS NOT NULL AND (d.id IS NULL OR d.membership_id <> t.membership_id
                     OR d.company_id <> t.company_id OR d.program_id <> t.program_id))
             ORDER BY t.id LIMIT 1"
        )
    )
}

/// A thread of which somebody is said not to have read more than others wrote there to that side, or less than one message;
/// or as if it were of another company, program or membership.
pub async fn miscounted_thread(conn: &mut Conn) -> Result<Option<ThreadId>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_scalar(
            "SELECT r.thread_id FROM unread_messages r LEFT JOIN threads t ON t.id = r.thread_id
             WHERE t.id IS NULL OR t.company_id <> r.company_id OR t.program_id <> r.program_id
                 OR t.membership_id <> r.membership_id OR r.unread < 1
                 OR r.unread > (SELECT count(*) FROM messages m
                     WHERE m.thread_id = r.thread_id AND m.side <> r.side AND m.author_id <> r.user_id)
             ORDER BY r.thread_id LIMIT 1"
        )
    )
}

/// What a thread keeps of its newest entries, and what those are.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct KeptThread {
    pub id: ThreadId,
    pub last_entry_at: Timestamp,
    pub last_message_at: Option<Timestamp>,
    pub excerpt: String,
    pub last_side: Side,
    /// When the newest message was sent; it, the side and the text are `None` where there are only notes.
    pub sent_at: Option<Timestamp>,
    pub side: Option<Side>,
    pub text: Option<String>,
    /// When the newest note was written.
    pub noted_at: Option<Timestamp>,
}

/// The next threads by id, each with its newest message.
pub async fn threads_after(
    conn: &mut Conn,
    after: ThreadId,
) -> Result<Vec<KeptThread>, StoreError> {
    sql!(
        conn.fetch_all,
        query_as(
            "SELECT t.id, t.last_entry_at, t.last_message_at, t.excerpt, t.last_side, m.created_at AS sent_at, m.side, m.text,
                 (SELECT max(n.created_at) FROM internal_notes n WHERE n.thread_id = t.id) AS noted_at
             FROM threads t LEFT JOIN messages m ON m.thread_id = t.id
                 AND m.created_at = (SELECT max(l.created_at) FROM messages l WHERE l.thread_id = t.id)
             WHERE t.id > $1 ORDER BY t.id LIMIT $2"
        )
        .bind(after)
        .bind(PAGE)
    )
}
