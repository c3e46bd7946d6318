//! Offers and their versions. A version is written once.

use domain::offers::{Offer, OfferTerms, OfferVersion};
use domain::{CompanyId, OfferId, OfferVersionId, ProgramId, Timestamp, UserId};
use sqlx::{query, query_as};

use crate::conn::{Conn, sql};
use crate::{JsonText, StoreError};

/// Keeps a new offer, without its versions.
pub async fn insert(conn: &mut Conn, offer: &Offer, at: Timestamp) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query(
            "INSERT INTO offers (id, company_id, program_id, created_at) VALUES ($1, $2, $3, $4)"
        )
        .bind(offer.id)
        .bind(offer.company)
        .bind(offer.program)
        .bind(at)
    )
    .map(|_| ())
}

/// Keeps a version; `false` when that number was published already.
pub async fn insert_version(
    conn: &mut Conn,
    company: CompanyId,
    version: &OfferVersion,
) -> Result<bool, StoreError> {
    let rows = sql!(
        conn.execute,
        query(
            "INSERT INTO offer_versions (id, company_id, offer_id, number, terms, published_by, published_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (offer_id, number) DO NOTHING"
        )
        .bind(version.id)
        .bind(company)
        .bind(version.offer)
        .bind(version.number)
        .bind(JsonText(&version.terms))
        .bind(version.published_by)
        .bind(version.published_at)
    )?;
    Ok(rows == 1)
}

/// Takes the offer back; `false` when it had ended before.
pub async fn end(
    conn: &mut Conn,
    company: CompanyId,
    program: ProgramId,
    id: OfferId,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let rows = sql!(
        conn.execute,
        query(
            "UPDATE offers SET ended_at = $4
             WHERE company_id = $1 AND program_id = $2 AND id = $3 AND ended_at IS NULL"
        )
        .bind(company)
        .bind(program)
        .bind(id)
        .bind(at)
    )?;
    Ok(rows == 1)
}

type VersionRow = (
    OfferId,
    Option<Timestamp>,
    OfferVersionId,
    i32,
    JsonText<OfferTerms>,
    UserId,
    Timestamp,
);

/// The program's offers in the order of their making, each with its versions, oldest first.
pub async fn list(
    conn: &mut Conn,
    company: CompanyId,
    program: ProgramId,
) -> Result<Vec<Offer>, StoreError> {
    let rows: Vec<VersionRow> = sql!(
        conn.fetch_all,
        query_as(
            "SELECT o.id, o.ended_at, v.id, v.number, v.terms, v.published_by, v.published_at
             FROM offers o JOIN offer_versions v ON v.offer_id = o.id
             WHERE o.company_id = $1 AND o.program_id = $2 ORDER BY o.id, v.number"
        )
        .bind(company)
        .bind(program)
    )?;
    let mut offers: Vec<Offer> = Vec::new();
    for (id, ended_at, version, number, terms, published_by, published_at) in rows {
        let version = OfferVersion {
            id: version,
            offer: id,
            number,
            terms: terms.0,
            published_by,
            published_at,
        };
        match offers.last_mut().filter(|offer| offer.id == id) {
            Some(offer) => offer.versions.push(version),
            None => offers.push(Offer {
                id,
                company,
                program,
                versions: vec![version],
                ended_at,
            }),
        }
    }
    Ok(offers)
}

/// One version, whatever became of its offer.
pub async fn find_version(
    conn: &mut Conn,
    id: OfferVersionId,
) -> Result<Option<OfferVersion>, StoreError> {
    let row: Option<(
        OfferId,
        i32,
        JsonText<OfferTerms>,
        UserId,
        Timestamp,
    )> = sql!(
        conn.fetch_optional,
        query_as(
            "SELECT offer_id, number, terms, published_by, published_at FROM offer_versions WHERE id = $1"
        )
        .bind(id)
    )?;
    Ok(row.map(
        |(offer, number, terms, published_by, published_at)| OfferVersion {
            id,
            offer,
            number,
            terms: terms.0,
            published_by,
            published_at,
        },
    ))
}

/// How many commissions each offer of the program made.
pub async fn count_commissions(
    conn: &mut Conn,
    company: CompanyId,
    program: ProgramId,
) -> Result<Vec<(OfferId, i64)>, StoreError> {
    sql!(
        conn.fetch_all,
        query_as(
            "SELECT offer_id, count(*) FROM commissions WHERE company_id = $1 AND program_id = $2
             GROUP BY offer_id"
        )
        .bind(company)
        .bind(program)
    )
}
