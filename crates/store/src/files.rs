//! Uploaded files: what the database knows of them. The bytes lie in the data folder.

use domain::views::FileView;
use domain::{CompanyId, DealId, FileId, MembershipId, Timestamp, UserId};
use sqlx::{query, query_as, query_scalar};

use crate::StoreError;
use crate::conn::{Conn, sql};

/// A file that lies completely on the disk.
#[derive(Debug, Clone)]
pub struct NewFile {
    pub id: FileId,
    pub company: CompanyId,
    pub deal: DealId,
    pub field_key: String,
    pub name: String,
    pub mime: String,
    pub size_bytes: i64,
    pub sha256: Vec<u8>,
    pub by: UserId,
    pub at: Timestamp,
}

/// A file to be sent: whose it is, and how it is called.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct FileRow {
    pub id: FileId,
    pub company_id: CompanyId,
    pub deal_id: DealId,
    pub membership_id: MembershipId,
    pub name: String,
    pub mime: String,
    pub size_bytes: i64,
}

pub async fn insert(conn: &mut Conn, file: &NewFile) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query(
            "INSERT INTO files (id, company_id, deal_id, field_key, name, mime, size_bytes, sha256, created_by,
                 created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        )
        .bind(file.id)
        .bind(file.company)
        .bind(file.deal)
        .bind(&file.field_key)
        .bind(&file.name)
        .bind(&file.mime)
        .bind(file.size_bytes)
        .bind(&file.sha256)
        .bind(file.by)
        .bind(file.at)
    )
    .map(|_| ())
}

pub async fn find(conn: &mut Conn, id: FileId) -> Result<Option<FileRow>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_as(
            "SELECT f.id, f.company_id, f.deal_id, d.membership_id, f.name, f.mime, f.size_bytes
             FROM files f JOIN deals d ON d.id = f.deal_id WHERE f.id = $1"
        )
        .bind(id)
    )
}

/// A deal's files: field, id, name, size and media type.
pub async fn list_by_deal(
    conn: &mut Conn,
    company: CompanyId,
    deal: DealId,
) -> Result<Vec<(String, FileView, String)>, StoreError> {
    let rows: Vec<(String, FileId, String, i64, String)> = sql!(
        conn.fetch_all,
        query_as(
            "SELECT field_key, id, name, size_bytes, mime FROM files WHERE company_id = $1 AND deal_id = $2
             ORDER BY created_at, id"
        )
        .bind(company)
        .bind(deal)
    )?;
    Ok(rows
        .into_iter()
        .map(|(key, id, name, size_bytes, mime)| {
            (
                key,
                FileView {
                    id,
                    name,
                    size_bytes,
                },
                mime,
            )
        })
        .collect())
}

/// Takes a draft's file away and gives its name; `None` when there is none of that id in that deal.
pub async fn delete(
    conn: &mut Conn,
    deal: DealId,
    id: FileId,
) -> Result<Option<String>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_scalar("DELETE FROM files WHERE id = $1 AND deal_id = $2 RETURNING name")
            .bind(id)
            .bind(deal)
    )
}

/// The ids of a deal's files: taken from the disk with the draft.
pub async fn ids_by_deal(conn: &mut Conn, deal: DealId) -> Result<Vec<FileId>, StoreError> {
    sql!(
        conn.fetch_all,
        query_scalar("SELECT id FROM files WHERE deal_id = $1").bind(deal)
    )
}
