//! The bell: what each person is told in the app.

use domain::people::CompanyRole;
use domain::{CompanyId, DealId, MembershipId, NoticeId, ProgramId, ThreadId, Timestamp, UserId};
use sqlx::{query, query_as, query_scalar};

use crate::conn::{Conn, Tx, sql};
use crate::{Announce, Statement, StoreError};

/// A line to be put under somebody's bell.
#[derive(Debug, Clone)]
pub struct NewNotice {
    pub id: NoticeId,
    pub user: UserId,
    pub company: CompanyId,
    pub program: Option<ProgramId>,
    pub deal: Option<DealId>,
    /// The thread of messages that it tells of.
    pub thread: Option<ThreadId>,
    pub event_seq: i64,
    pub kind: &'static str,
    /// JSON: the sentence and where it leads.
    pub payload: String,
    pub at: Timestamp,
}

/// A line under the bell.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct NoticeRow {
    pub id: NoticeId,
    pub kind: String,
    pub payload: String,
    pub created_at: Timestamp,
    pub read_at: Option<Timestamp>,
}

/// Rows of one INSERT.
const ROWS: usize = 500;

/// Keeps the line and tells the person's open pages.
pub async fn insert(tx: &mut Tx, notice: &NewNotice) -> Result<(), StoreError> {
    insert_all(tx, std::slice::from_ref(notice)).await
}

/// As [`insert`], for many lines: a statement for hundreds of them.
pub async fn insert_all(tx: &mut Tx, notices: &[NewNotice]) -> Result<(), StoreError> {
    for some in notices.chunks(ROWS) {
        let mut statement = Statement::new(
            "INSERT INTO notices (id, user_id, company_id, program_id, deal_id, thread_id, event_seq, kind, payload,
                 created_at) VALUES ",
        );
        for notice in some {
            statement.bind_row([
                notice.id.0.into(),
                notice.user.0.into(),
                notice.company.0.into(),
                notice.program.map(|id| id.0).into(),
                notice.deal.map(|id| id.0).into(),
                notice.thread.map(|id| id.0).into(),
                notice.event_seq.into(),
                notice.kind.into(),
                notice.payload.as_str().into(),
                notice.at.0.into(),
            ]);
        }
        statement.execute(tx).await?;
    }
    for notice in notices {
        tx.announce(Announce {
            seq: notice.event_seq,
            topic: format!("user:{}", notice.user),
            subject: "notice".to_owned(),
            id: notice.id.0,
            version: 0,
        });
    }
    Ok(())
}

pub async fn unread(conn: &mut Conn, user: UserId) -> Result<i64, StoreError> {
    sql!(
        conn.fetch_one,
        query_scalar("SELECT count(*) FROM notices WHERE user_id = $1 AND read_at IS NULL")
            .bind(user)
    )
}

/// The newest lines first.
pub async fn list(conn: &mut Conn, user: UserId, limit: i64) -> Result<Vec<NoticeRow>, StoreError> {
    sql!(
        conn.fetch_all,
        query_as(
            "SELECT id, kind, payload, created_at, read_at FROM notices WHERE user_id = $1
             ORDER BY created_at DESC, id DESC LIMIT $2"
        )
        .bind(user)
        .bind(limit)
    )
}

/// The newest lines of one program.
pub async fn list_by_program(
    conn: &mut Conn,
    user: UserId,
    program: ProgramId,
    limit: i64,
) -> Result<Vec<NoticeRow>, StoreError> {
    sql!(
        conn.fetch_all,
        query_as(
            "SELECT id, kind, payload, created_at, read_at FROM notices WHERE user_id = $1 AND program_id = $2
             ORDER BY created_at DESC, id DESC LIMIT $3"
        )
        .bind(user)
        .bind(program)
        .bind(limit)
    )
}

/// Opening a deal reads its lines.
pub async fn read_deal(
    conn: &mut Conn,
    user: UserId,
    deal: DealId,
    at: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        conn.execute,
        query("UPDATE notices SET read_at = $3 WHERE deal_id = $2 AND user_id = $1 AND read_at IS NULL")
            .bind(user)
            .bind(deal)
            .bind(at)
    )
}

pub async fn read_all(conn: &mut Conn, user: UserId, at: Timestamp) -> Result<u64, StoreError> {
    sql!(
        conn.execute,
        query("UPDATE notices SET read_at = $2 WHERE user_id = $1 AND read_at IS NULL")
            .bind(user)
            .bind(at)
    )
}

/// The company's people to tell of a registration or a win: all who decide or sell.
pub async fn company_audience(
    conn: &mut Conn,
    company: CompanyId,
) -> Result<Vec<UserId>, StoreError> {
    let people: Vec<(UserId, CompanyRole)> = sql!(
        conn.fetch_all,
        query_as("SELECT user_id, role FROM company_users WHERE company_id = $1 ORDER BY user_id")
            .bind(company)
    )?;
    Ok(people
        .into_iter()
        .filter(|(_, role)| {
            matches!(
                role,
                CompanyRole::Admin | CompanyRole::Reviewer | CompanyRole::Seller
            )
        })
        .map(|(user, _)| user)
        .collect())
}

/// Everybody of a partner team, as long as the team is in the program: who left sees nothing of it, and hears nothing.
pub async fn partner_audience(
    conn: &mut Conn,
    membership: MembershipId,
) -> Result<Vec<UserId>, StoreError> {
    sql!(
        conn.fetch_all,
        query_scalar(
            "SELECT p.user_id FROM memberships m JOIN partner_users p ON p.partner_id = m.partner_id
             WHERE m.id = $1 AND m.status <> 'ended' ORDER BY p.user_id"
        )
        .bind(membership)
    )
}

/// Tells the person's other open pages that lines were read.
pub fn announce_read(tx: &mut Tx, user: UserId) {
    tx.announce(Announce {
        // No event: it is heard by whoever listens now, and a page that reconnects counts anew anyway.
        seq: 0,
        topic: format!("user:{user}"),
        subject: "notice".to_owned(),
        id: user.0,
        version: 0,
    });
}
