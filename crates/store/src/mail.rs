//! The queue of mail. A worker takes what is due under a lease; what it does not settle by then is due again.

use crate::{
    Announce,
    conn::{Conn, Tx, sql},
    dialect::for_update_skip_locked,
    error::StoreError,
    statement::Statement,
};
use domain::mail::{MailKind, MailState};
use domain::{CompanyId, MailId, Timestamp, UserId};
use sqlx::{query, query_as, query_scalar};

/// What mail is announced under: workers wake up, nobody else listens.
pub const TOPIC: &str = "mail";

/// A mail with all that is kept of it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct MailRow {
    pub id: MailId,
    /// Whose admins may see it; `None`: nobody but the receiver.
    pub company_id: Option<CompanyId>,
    pub user_id: Option<UserId>,
    pub kind: MailKind,
    pub to_email: String,
    pub shows_address: bool,
    pub subject: String,
    pub body_text: String,
    pub body_html: String,
    /// Put into the parts' link when it is sent; then forgotten.
    pub token: Option<String>,
    /// When the link ends.
    pub expires_at: Option<Timestamp>,
    pub state: MailState,
    /// How often it was taken.
    pub attempts: i32,
    pub last_error: String,
    pub created_at: Timestamp,
    /// Queued: not before; sending: until when a worker has it.
    pub available_at: Timestamp,
    pub changed_at: Timestamp,
}

/// Keeps it, and wakes the workers.
pub async fn insert(tx: &mut Tx, mail: &MailRow) -> Result<(), StoreError> {
    sql!(
        tx.execute,
        query(
            "INSERT INTO mail (id, company_id, user_id, kind, to_email, shows_address, subject, body_text, body_html, token,
                 expires_at, state, attempts, last_error, created_at, available_at, changed_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)"
        )
        .bind(mail.id)
        .bind(mail.company_id)
        .bind(mail.user_id)
        .bind(mail.kind)
        .bind(&mail.to_email)
        .bind(mail.shows_address)
        .bind(&mail.subject)
        .bind(&mail.body_text)
        .bind(&mail.body_html)
        .bind(&mail.token)
        .bind(mail.expires_at)
        .bind(mail.state)
        .bind(mail.attempts)
        .bind(&mail.last_error)
        .bind(mail.created_at)
        .bind(mail.available_at)
        .bind(mail.changed_at)
    )?;
    if mail.state == MailState::Queued {
        announce(tx, mail.id);
    }
    Ok(())
}

fn announce(tx: &mut Tx, id: MailId) {
    tx.announce(Announce {
        seq: 0,
        topic: TOPIC.to_owned(),
        subject: TOPIC.to_owned(),
        id: id.0,
        version: 0,
    });
}

/// Whether anything is due: asked of a reader, so that an idle worker writes nothing.
pub async fn is_due(conn: &mut Conn, now: Timestamp) -> Result<bool, StoreError> {
    sql!(
        conn.fetch_one,
        query_scalar(
            "SELECT EXISTS (SELECT 1 FROM mail WHERE state IN ('queued', 'sending') AND available_at <= $1)"
        )
        .bind(now)
    )
}

/// Takes what is due, for this worker alone until `lease_until`.
pub async fn take(
    conn: &mut Conn,
    now: Timestamp,
    lease_until: Timestamp,
    limit: i64,
) -> Result<Vec<MailRow>, StoreError> {
    let mut statement = Statement::new(
        "UPDATE mail SET state = 'sending', attempts = attempts + 1, available_at = ",
    );
    statement
        .bind(lease_until.0)
        .push(" WHERE id IN (SELECT id FROM mail WHERE state IN ('queued', 'sending') AND available_at <= ")
        .bind(now.0)
        .push(" ORDER BY available_at, id LIMIT ")
        .bind(limit)
        .push(for_update_skip_locked(conn))
        .push(") RETURNING *");
    let mut taken: Vec<MailRow> = statement.fetch_all(conn).await?;
    // RETURNING promises no order.
    taken.sort_by_key(|mail| (mail.created_at, mail.id));
    Ok(taken)
}

/// It was delivered: also if the lease had ended meanwhile. Its token is forgotten.
pub async fn save_sent(conn: &mut Conn, id: MailId, now: Timestamp) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query("UPDATE mail SET state = 'sent', token = NULL, last_error = '', changed_at = $2 WHERE id = $1")
            .bind(id)
            .bind(now)
    )?;
    Ok(())
}

/// How a try ended that did not deliver.
#[derive(Debug, Clone)]
pub struct Failed {
    pub id: MailId,
    /// The try that failed: a later one of another worker is not touched.
    pub attempt: i32,
    pub error: String,
    /// When it is tried again; `None`: never by itself.
    pub again_at: Option<Timestamp>,
    pub now: Timestamp,
}

/// Notes the failure. False: the lease had ended, and another worker has it or had it.
pub async fn save_failed(conn: &mut Conn, failed: &Failed) -> Result<bool, StoreError> {
    let state = match failed.again_at {
        Some(_) => MailState::Queued,
        None => MailState::Dead,
    };
    let rows = sql!(
        conn.execute,
        query(
            "UPDATE mail SET state = $3, last_error = $4, available_at = $5, changed_at = $6
             WHERE id = $1 AND attempts = $2 AND state = 'sending'"
        )
        .bind(failed.id)
        .bind(failed.attempt)
        .bind(state)
        .bind(&failed.error)
        .bind(failed.again_at.unwrap_or(failed.now))
        .bind(failed.now)
    )?;
    Ok(rows == 1)
}

/// A company's mail, newest first, before that one; of one state if given.
pub async fn list_by_company(
    conn: &mut Conn,
    company: CompanyId,
    state: Option<MailState>,
    before: Option<MailId>,
    limit: i64,
) -> Result<Vec<MailRow>, StoreError> {
    let mut statement = Statement::new("SELECT * FROM mail WHERE company_id = ");
    statement.bind(company.0);
    if let Some(state) = state {
        statement.push(" AND state = ").bind(state.as_str());
    }
    if let Some(before) = before {
        statement.push(" AND id < ").bind(before.0);
    }
    statement.push(" ORDER BY id DESC LIMIT ").bind(limit);
    statement.fetch_all(conn).await
}

pub async fn find_by_company(
    conn: &mut Conn,
    company: CompanyId,
    id: MailId,
) -> Result<Option<MailRow>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_as("SELECT * FROM mail WHERE company_id = $1 AND id = $2")
            .bind(company)
            .bind(id)
    )
}

/// Puts a company's mail that waits or was not delivered before the workers again. Its tries are not counted anew: they
/// tell the workers' leases apart. False: it has none such.
pub async fn save_retried(
    tx: &mut Tx,
    company: CompanyId,
    id: MailId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let rows = sql!(
        tx.execute,
        query(
            "UPDATE mail SET state = 'queued', available_at = $3, changed_at = $3
             WHERE company_id = $1 AND id = $2 AND state IN ('queued', 'dead', 'kept')"
        )
        .bind(company)
        .bind(id)
        .bind(now)
    )?;
    if rows == 1 {
        announce(tx, id);
    }
    Ok(rows == 1)
}

/// Forgets mail that was settled before that time.
pub async fn delete_settled(conn: &mut Conn, before: Timestamp) -> Result<u64, StoreError> {
    sql!(
        conn.execute,
        query("DELETE FROM mail WHERE changed_at < $1 AND state IN ('kept', 'sent', 'dead')")
            .bind(before)
    )
}

/// Forgets tokens whose link has ended.
pub async fn delete_tokens(conn: &mut Conn, now: Timestamp) -> Result<u64, StoreError> {
    sql!(
        conn.execute,
        query("UPDATE mail SET token = NULL WHERE token IS NOT NULL AND expires_at <= $1 AND state = 'dead'")
            .bind(now)
    )
}
