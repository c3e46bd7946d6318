//! Internal notes: every statement asks for the company, and none is used for a partner.

use domain::views::FileView;
use domain::{CompanyId, FileId, InternalNoteId, ProgramId, ThreadId, Timestamp, UserId};
use sqlx::{query, query_as, query_scalar};

use super::NewFile;
use super::files::listed;
use crate::conn::{Conn, sql};
use crate::{Statement, StoreError};

/// A note to be kept.
#[derive(Debug, Clone)]
pub struct NewNote {
    pub id: InternalNoteId,
    pub company: CompanyId,
    pub thread: ThreadId,
    pub author: UserId,
    pub text: String,
    pub send_key: String,
    /// Later than every entry of the thread.
    pub at: Timestamp,
}

/// A note as the company's people read it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct NoteRow {
    pub id: InternalNoteId,
    pub author_id: UserId,
    pub who: String,
    pub text: String,
    pub created_at: Timestamp,
}

/// A note's file, and in which program it lies.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct NoteFileRow {
    pub id: FileId,
    pub program_id: ProgramId,
    pub name: String,
    pub mime: String,
    pub size_bytes: i64,
}

/// Keeps a note in a thread that is locked.
pub async fn insert(conn: &mut Conn, note: &NewNote) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query(
            "INSERT INTO internal_notes (id, company_id, thread_id, author_id, text, send_key, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)"
        )
        .bind(note.id)
        .bind(note.company)
        .bind(note.thread)
        .bind(note.author)
        .bind(&note.text)
        .bind(&note.send_key)
        .bind(note.at)
    )
    .map(|_| ())
}

/// The note that was written under that key before.
pub async fn find_by_key(
    conn: &mut Conn,
    author: UserId,
    send_key: &str,
) -> Result<Option<InternalNoteId>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_scalar("SELECT id FROM internal_notes WHERE author_id = $1 AND send_key = $2")
            .bind(author)
            .bind(send_key)
    )
}

/// A thread's notes before that moment, the newest first.
pub async fn list(
    conn: &mut Conn,
    company: CompanyId,
    thread: ThreadId,
    before: Timestamp,
    limit: i64,
) -> Result<Vec<NoteRow>, StoreError> {
    sql!(
        conn.fetch_all,
        query_as(
            "SELECT n.id, n.author_id, u.name AS who, n.text, n.created_at
             FROM internal_notes n JOIN users u ON u.id = n.author_id
             WHERE n.company_id = $1 AND n.thread_id = $2 AND n.created_at < $3
             ORDER BY n.created_at DESC LIMIT $4"
        )
        .bind(company)
        .bind(thread)
        .bind(before)
        .bind(limit)
    )
}

pub async fn insert_file(
    conn: &mut Conn,
    company: CompanyId,
    note: InternalNoteId,
    file: &NewFile,
) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query(
            "INSERT INTO note_files (id, company_id, note_id, name, mime, size_bytes, sha256)
             VALUES ($1, $2, $3, $4, $5, $6, $7)"
        )
        .bind(file.id)
        .bind(company)
        .bind(note)
        .bind(&file.name)
        .bind(&file.mime)
        .bind(file.size_bytes)
        .bind(&file.sha256)
    )
    .map(|_| ())
}

/// The files of those notes.
pub async fn list_files(
    conn: &mut Conn,
    company: CompanyId,
    notes: &[InternalNoteId],
) -> Result<Vec<(InternalNoteId, FileView)>, StoreError> {
    if notes.is_empty() {
        return Ok(Vec::new());
    }
    let mut statement =
        Statement::new("SELECT note_id, id, name, size_bytes FROM note_files WHERE company_id = ");
    statement
        .bind(company.0)
        .push(" AND note_id IN ")
        .bind_all(notes.iter().map(|id| id.0))
        .push(" ORDER BY id");
    listed(conn, statement).await
}

pub async fn find_file(conn: &mut Conn, id: FileId) -> Result<Option<NoteFileRow>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_as(
            "SELECT f.id, t.program_id, f.name, f.mime, f.size_bytes
             FROM note_files f JOIN internal_notes n ON n.id = f.note_id JOIN threads t ON t.id = n.thread_id
             WHERE f.id = $1"
        )
        .bind(id)
    )
}
