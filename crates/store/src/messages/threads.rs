//! Threads: one per membership, about the program, and one per deal.

use domain::people::Side;
use domain::{CompanyId, DealId, MembershipId, PartnerId, ProgramId, ThreadId, Timestamp, UserId};
use sqlx::{query, query_as};
use uuid::Uuid;

use crate::conn::{Conn, sql};
use crate::dialect::for_update;
use crate::{Statement, StoreError};

/// A thread.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Thread {
    pub id: ThreadId,
    pub company_id: CompanyId,
    pub program_id: ProgramId,
    pub partner_id: PartnerId,
    pub membership_id: MembershipId,
    /// `None`: about the program.
    pub deal_id: Option<DealId>,
    pub created_at: Timestamp,
    pub last_entry_at: Timestamp,
}

impl Thread {
    fn about(&self) -> Uuid {
        about(self.membership_id, self.deal_id)
    }
}

pub(super) fn about(membership: MembershipId, deal: Option<DealId>) -> Uuid {
    deal.map_or(membership.0, |deal| deal.0)
}

/// The thread of a membership about a deal, or about the program.
pub async fn find(
    conn: &mut Conn,
    membership: MembershipId,
    deal: Option<DealId>,
) -> Result<Option<Thread>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_as(
            "SELECT id, company_id, program_id, partner_id, membership_id, deal_id, created_at, last_entry_at
             FROM threads WHERE about_id = $1 AND membership_id = $2"
        )
        .bind(about(membership, deal))
        .bind(membership)
    )
}

/// The thread, made when there is none yet. Nobody else adds to it until the transaction ends.
pub async fn find_or_insert(conn: &mut Conn, new: &Thread) -> Result<Thread, StoreError> {
    sql!(
        conn.execute,
        query(
            "INSERT INTO threads (id, company_id, program_id, partner_id, membership_id, deal_id, about_id, created_at,
                 last_entry_at, excerpt, last_side)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', 'company') ON CONFLICT (about_id) DO NOTHING"
        )
        .bind(new.id)
        .bind(new.company_id)
        .bind(new.program_id)
        .bind(new.partner_id)
        .bind(new.membership_id)
        .bind(new.deal_id)
        .bind(new.about())
        .bind(new.created_at)
        .bind(new.last_entry_at)
    )?;
    let clause = for_update(conn);
    let mut statement = Statement::new(
        "SELECT id, company_id, program_id, partner_id, membership_id, deal_id, created_at, last_entry_at
         FROM threads WHERE about_id = ",
    );
    statement
        .bind(new.about())
        .push(" AND membership_id = ")
        .bind(new.membership_id.0)
        .push(clause);
    let found: Option<Thread> = statement.fetch_optional(conn).await?;
    found.ok_or(StoreError::Conflict)
}

/// A message was added.
pub async fn save_message(
    conn: &mut Conn,
    id: ThreadId,
    at: Timestamp,
    excerpt: &str,
    side: Side,
) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query(
            "UPDATE threads SET last_entry_at = $2, last_message_at = $2, excerpt = $3, last_side = $4
             WHERE id = $1"
        )
        .bind(id)
        .bind(at)
        .bind(excerpt)
        .bind(side)
    )
    .map(|_| ())
}

/// A note was added: for the partner nothing changes.
pub async fn save_note(conn: &mut Conn, id: ThreadId, at: Timestamp) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query("UPDATE threads SET last_entry_at = $2 WHERE id = $1")
            .bind(id)
            .bind(at)
    )
    .map(|_| ())
}

/// A thread as a list shows it to one person.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ListedThread {
    pub id: ThreadId,
    pub membership_id: MembershipId,
    pub partner: String,
    pub deal_id: Option<DealId>,
    pub number: Option<i64>,
    pub customer: String,
    pub at: Timestamp,
    pub excerpt: String,
    pub last_side: Side,
    pub unread: i64,
}

/// A program's threads, those with the newest entries first, from behind a place.
pub async fn list_by_program(
    conn: &mut Conn,
    (company, program): (CompanyId, ProgramId),
    reader: UserId,
    after: (Timestamp, ThreadId),
    limit: i64,
) -> Result<Vec<ListedThread>, StoreError> {
    sql!(
        conn.fetch_all,
        query_as(
            "SELECT t.id, t.membership_id, p.name AS partner, t.deal_id, d.number,
                 coalesce(d.customer_name, '') AS customer, t.last_entry_at AS at, t.excerpt, t.last_side,
                 coalesce(r.unread, 0) AS unread
             FROM threads t JOIN partners p ON p.id = t.partner_id LEFT JOIN deals d ON d.id = t.deal_id
             LEFT JOIN unread_messages r ON r.thread_id = t.id AND r.user_id = $3 AND r.side = 'company'
             WHERE t.company_id = $1 AND t.program_id = $2 AND (t.last_entry_at, t.id) < ($4, $5)
             ORDER BY t.last_entry_at DESC, t.id DESC LIMIT $6"
        )
        .bind(company)
        .bind(program)
        .bind(reader)
        .bind(after.0)
        .bind(after.1)
        .bind(limit)
    )
}

/// A membership's threads that hold messages, those with the newest first. What only holds notes is not there.
pub async fn list_by_membership(
    conn: &mut Conn,
    membership: MembershipId,
    reader: UserId,
    limit: i64,
) -> Result<Vec<ListedThread>, StoreError> {
    sql!(
        conn.fetch_all,
        query_as(
            "SELECT t.id, t.membership_id, p.name AS partner, t.deal_id, d.number,
                 coalesce(d.customer_name, '') AS customer, t.last_message_at AS at, t.excerpt, t.last_side,
                 coalesce(r.unread, 0) AS unread
             FROM threads t JOIN partners p ON p.id = t.partner_id LEFT JOIN deals d ON d.id = t.deal_id
             LEFT JOIN unread_messages r ON r.thread_id = t.id AND r.user_id = $2 AND r.side = 'partner'
             WHERE t.membership_id = $1 AND t.last_message_at IS NOT NULL
             ORDER BY t.last_message_at DESC, t.id DESC LIMIT $3"
        )
        .bind(membership)
        .bind(reader)
        .bind(limit)
    )
}
