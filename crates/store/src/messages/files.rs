//! Files of messages. The bytes lie in the data folder, as those of deals do.

use domain::views::FileView;
use domain::{CompanyId, DealId, FileId, MembershipId, MessageId, ProgramId};
use sqlx::{query, query_as, query_scalar};
use uuid::Uuid;

use crate::conn::{Conn, sql};
use crate::{Statement, StoreError};

/// A file that lies completely on the disk.
#[derive(Debug, Clone)]
pub struct NewFile {
    pub id: FileId,
    pub name: String,
    pub mime: String,
    pub size_bytes: i64,
    pub sha256: Vec<u8>,
}

/// A message's file, and whose it is.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct MessageFileRow {
    pub id: FileId,
    pub program_id: ProgramId,
    pub membership_id: MembershipId,
    pub name: String,
    pub mime: String,
    pub size_bytes: i64,
}

pub async fn insert_file(
    conn: &mut Conn,
    company: CompanyId,
    message: MessageId,
    file: &NewFile,
) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query(
            "INSERT INTO message_files (id, company_id, message_id, name, mime, size_bytes, sha256)
             VALUES ($1, $2, $3, $4, $5, $6, $7)"
        )
        .bind(file.id)
        .bind(company)
        .bind(message)
        .bind(&file.name)
        .bind(&file.mime)
        .bind(file.size_bytes)
        .bind(&file.sha256)
    )
    .map(|_| ())
}

/// The files of those messages.
pub async fn list_files(
    conn: &mut Conn,
    messages: &[MessageId],
) -> Result<Vec<(MessageId, FileView)>, StoreError> {
    if messages.is_empty() {
        return Ok(Vec::new());
    }
    let mut statement = Statement::new(
        "SELECT message_id, id, name, size_bytes FROM message_files WHERE message_id IN ",
    );
    statement
        .bind_all(messages.iter().map(|id| id.0))
        .push(" ORDER BY id");
    listed(conn, statement).await
}

/// The files that a statement gives: of which message or note, the id, the name and the size.
pub(super) async fn listed<Entry: From<Uuid>>(
    conn: &mut Conn,
    statement: Statement,
) -> Result<Vec<(Entry, FileView)>, StoreError> {
    let rows: Vec<(Uuid, FileId, String, i64)> = statement.fetch_all(conn).await?;
    let view = |(entry, id, name, size_bytes): (Uuid, _, _, _)| {
        let file = FileView {
            id,
            name,
            size_bytes,
        };
        (Entry::from(entry), file)
    };
    Ok(rows.into_iter().map(view).collect())
}

pub async fn find_file(conn: &mut Conn, id: FileId) -> Result<Option<MessageFileRow>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_as(
            "SELECT f.id, t.program_id, t.membership_id, f.name, f.mime, f.size_bytes
             FROM message_files f JOIN messages m ON m.id = f.message_id JOIN threads t ON t.id = m.thread_id
             WHERE f.id = $1"
        )
        .bind(id)
    )
}

/// Whether a message about that deal has a file.
pub async fn is_in_deal(conn: &mut Conn, deal: DealId) -> Result<bool, StoreError> {
    let found: Option<FileId> = sql!(
        conn.fetch_optional,
        query_scalar(
            "SELECT f.id FROM threads t JOIN messages m ON m.thread_id = t.id
             JOIN message_files f ON f.message_id = m.id WHERE t.about_id = $1 LIMIT 1"
        )
        .bind(deal)
    )?;
    Ok(found.is_some())
}
