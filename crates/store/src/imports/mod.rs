//! Imports of deals: the file's facts, how far the work is, and the lease of who works. What became of the rows is
//! `rows`; what is due is `work`.

pub mod rows;
pub mod work;

use domain::imports::{Findings, Halt, ImportCounts, ImportState, Mapping};
use domain::views::ImportColumn;
use domain::{CompanyId, FileId, FormVersionId, ImportId, ProgramId, Timestamp, UserId};
use sqlx::{query, query_as};

use crate::conn::{Conn, Tx, sql};
use crate::{Announce, JsonText, StoreError};

/// What work on imports is announced under: workers wake up, nobody else listens.
pub const TOPIC: &str = "imports";

/// One import.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Import {
    pub id: ImportId,
    pub company_id: CompanyId,
    pub program_id: ProgramId,
    pub file_id: FileId,
    pub file_name: String,
    pub size_bytes: i64,
    pub sha256: Vec<u8>,
    /// One byte, as text.
    pub delimiter: String,
    /// Where the first row begins.
    pub first_byte: i64,
    pub first_line: i64,
    pub headings: JsonText<Vec<ImportColumn>>,
    pub mapping: JsonText<Mapping>,
    pub form_version_id: FormVersionId,
    pub state: ImportState,
    pub halted: Option<Halt>,
    pub worked_by: UserId,
    pub lease: i64,
    pub available_at: Timestamp,
    #[sqlx(flatten)]
    pub progress: Progress,
    pub created_by: UserId,
    pub created_at: Timestamp,
    pub changed_at: Timestamp,
    pub version: i64,
    pub findings: JsonText<Findings>,
}

/// How far the present work is, and what became of the rows so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Progress {
    pub position: i64,
    pub at_byte: i64,
    pub at_line: i64,
    pub row_count: i64,
    pub ready: i64,
    pub faults: i64,
    pub doubles: i64,
    pub made: i64,
    pub undone: i64,
    pub kept: i64,
}

impl Progress {
    pub fn counts(&self) -> ImportCounts {
        ImportCounts {
            rows: self.row_count,
            position: self.position,
            ready: self.ready,
            faults: self.faults,
            doubles: self.doubles,
            made: self.made,
            undone: self.undone,
            kept: self.kept,
        }
    }
}

/// An import with its maker's name.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ListedImport {
    #[sqlx(flatten)]
    pub import: Import,
    pub by_name: String,
}

pub async fn insert(tx: &mut Tx, import: &Import) -> Result<(), StoreError> {
    let progress = &import.progress;
    sql!(
        tx.execute,
        query(
            "INSERT INTO imports (id, company_id, program_id, file_id, file_name, size_bytes, sha256, delimiter,
                 first_byte, first_line, headings, mapping, form_version_id, state, halted, worked_by, lease,
                 available_at, position, at_byte, at_line, row_count, ready, faults, doubles, made, undone, kept,
                 created_by, created_at, changed_at, version, findings)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
                 $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33)"
        )
        .bind(import.id)
        .bind(import.company_id)
        .bind(import.program_id)
        .bind(import.file_id)
        .bind(&import.file_name)
        .bind(import.size_bytes)
        .bind(&import.sha256)
        .bind(&import.delimiter)
        .bind(import.first_byte)
        .bind(import.first_line)
        .bind(&import.headings)
        .bind(&import.mapping)
        .bind(import.form_version_id)
        .bind(import.state)
        .bind(import.halted)
        .bind(import.worked_by)
        .bind(import.lease)
        .bind(import.available_at)
        .bind(progress.position)
        .bind(progress.at_byte)
        .bind(progress.at_line)
        .bind(progress.row_count)
        .bind(progress.ready)
        .bind(progress.faults)
        .bind(progress.doubles)
        .bind(progress.made)
        .bind(progress.undone)
        .bind(progress.kept)
        .bind(import.created_by)
        .bind(import.created_at)
        .bind(import.changed_at)
        .bind(import.version)
        .bind(&import.findings)
    )?;
    announce(tx, import.company_id, import.id);
    Ok(())
}

pub async fn find(
    conn: &mut Conn,
    company: CompanyId,
    program: ProgramId,
    id: ImportId,
) -> Result<Option<ListedImport>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_as(
            "SELECT i.*, u.name AS by_name FROM imports i JOIN users u ON u.id = i.created_by
             WHERE i.company_id = $1 AND i.program_id = $2 AND i.id = $3"
        )
        .bind(company)
        .bind(program)
        .bind(id)
    )
}

/// A program's imports, newest first.
pub async fn list(
    conn: &mut Conn,
    company: CompanyId,
    program: ProgramId,
    limit: i64,
) -> Result<Vec<ListedImport>, StoreError> {
    sql!(
        conn.fetch_all,
        query_as(
            "SELECT i.*, u.name AS by_name FROM imports i JOIN users u ON u.id = i.created_by
             WHERE i.company_id = $1 AND i.program_id = $2 ORDER BY i.id DESC LIMIT $3"
        )
        .bind(company)
        .bind(program)
        .bind(limit)
    )
}

/// Writes what somebody decided over the version that was loaded, takes the work from whoever has it, and wakes the
/// workers; gives the new version.
pub async fn save(tx: &mut Tx, import: &Import) -> Result<i64, StoreError> {
    let progress = &import.progress;
    let rows = sql!(
        tx.execute,
        query(
            "UPDATE imports SET mapping = $3, form_version_id = $4, state = $5, halted = $6, worked_by = $7,
                 available_at = $8, position = $9, at_byte = $10, at_line = $11, row_count = $12, ready = $13,
                 faults = $14, doubles = $15, made = $16, undone = $17, kept = $18, changed_at = $19,
                 findings = $20, lease = lease + 1, version = version + 1
             WHERE id = $1 AND version = $2"
        )
        .bind(import.id)
        .bind(import.version)
        .bind(&import.mapping)
        .bind(import.form_version_id)
        .bind(import.state)
        .bind(import.halted)
        .bind(import.worked_by)
        .bind(import.available_at)
        .bind(progress.position)
        .bind(progress.at_byte)
        .bind(progress.at_line)
        .bind(progress.row_count)
        .bind(progress.ready)
        .bind(progress.faults)
        .bind(progress.doubles)
        .bind(progress.made)
        .bind(progress.undone)
        .bind(progress.kept)
        .bind(import.changed_at)
        .bind(&import.findings)
    )?;
    if rows == 0 {
        return Err(StoreError::Conflict);
    }
    announce(tx, import.company_id, import.id);
    Ok(import.version + 1)
}

/// Takes an import away that made nothing, with its rows. False: it was started, or is gone.
pub async fn delete(
    tx: &mut Tx,
    company: CompanyId,
    program: ProgramId,
    id: ImportId,
) -> Result<bool, StoreError> {
    let rows = sql!(
        tx.execute,
        query(
            "DELETE FROM imports WHERE company_id = $1 AND program_id = $2 AND id = $3
             AND state IN ('mapping', 'checking', 'checked')"
        )
        .bind(company)
        .bind(program)
        .bind(id)
    )?;
    Ok(rows == 1)
}

/// Wakes workers, and tells the open pages of the company's people.
fn announce(tx: &mut Tx, company: CompanyId, id: ImportId) {
    let news = |topic: String, subject: &str| Announce {
        // No event: it is heard by whoever listens now.
        seq: 0,
        topic,
        subject: subject.to_owned(),
        id: id.0,
        version: 0,
    };
    tx.announce(news(TOPIC.to_owned(), TOPIC));
    tx.announce(news(format!("company:{company}"), "import"));
}
