//! Addresses of a program's board or list that people keep under a name.

use crate::{
    conn::{Conn, sql},
    error::StoreError,
};
use domain::{CompanyId, MembershipId, PartnerId, ProgramId, SavedViewId, Timestamp, UserId};
use sqlx::{query, query_as, query_scalar};

/// One side of a program: whoever is on it shares its views.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ViewSide {
    pub company: CompanyId,
    pub program: ProgramId,
    /// The partner's; `None` for the company's.
    pub membership: Option<MembershipId>,
}

/// A view to be kept.
#[derive(Debug, Clone)]
pub struct NewView {
    pub id: SavedViewId,
    pub side: ViewSide,
    pub owner: UserId,
    pub name: String,
    pub name_folded: String,
    pub query: String,
    pub shared: bool,
    pub at: Timestamp,
}

/// A view as it is kept, with its owner's name.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ListedView {
    pub id: SavedViewId,
    pub user_id: UserId,
    pub owner: String,
    pub name: String,
    pub query: String,
    pub shared: bool,
}

/// The person's own views and those that are shared with them: their own first, then by name.
pub async fn list(
    conn: &mut Conn,
    side: ViewSide,
    user: UserId,
    limit: i64,
) -> Result<Vec<ListedView>, StoreError> {
    sql!(
        conn.fetch_all,
        query_as(
            "SELECT v.id, v.user_id, u.name AS owner, v.name, v.query, v.shared
             FROM saved_views v JOIN users u ON u.id = v.user_id
             WHERE v.company_id = $1 AND v.program_id = $2 AND v.membership_id IS NOT DISTINCT FROM $3
                 AND (v.user_id = $4 OR v.shared)
             ORDER BY CASE WHEN v.user_id = $4 THEN 0 ELSE 1 END, v.name_folded, v.id LIMIT $5"
        )
        .bind(side.company)
        .bind(side.program)
        .bind(side.membership)
        .bind(user)
        .bind(limit)
    )
}

/// That view of that side, whosever it is.
pub async fn find(
    conn: &mut Conn,
    side: ViewSide,
    id: SavedViewId,
) -> Result<Option<ListedView>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_as(
            "SELECT v.id, v.user_id, u.name AS owner, v.name, v.query, v.shared
             FROM saved_views v JOIN users u ON u.id = v.user_id
             WHERE v.company_id = $1 AND v.program_id = $2 AND v.membership_id IS NOT DISTINCT FROM $3 AND v.id = $4"
        )
        .bind(side.company)
        .bind(side.program)
        .bind(side.membership)
        .bind(id)
    )
}

/// How many the person keeps on that side.
pub async fn count(conn: &mut Conn, side: ViewSide, user: UserId) -> Result<i64, StoreError> {
    sql!(
        conn.fetch_one,
        query_scalar(
            "SELECT count(*) FROM saved_views
             WHERE company_id = $1 AND program_id = $2 AND membership_id IS NOT DISTINCT FROM $3 AND user_id = $4"
        )
        .bind(side.company)
        .bind(side.program)
        .bind(side.membership)
        .bind(user)
    )
}

/// The person's view of that name on that side.
pub async fn find_named(
    conn: &mut Conn,
    side: ViewSide,
    user: UserId,
    name_folded: &str,
) -> Result<Option<SavedViewId>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_scalar(
            "SELECT id FROM saved_views
             WHERE company_id = $1 AND program_id = $2 AND membership_id IS NOT DISTINCT FROM $3 AND user_id = $4
                 AND name_folded = $5"
        )
        .bind(side.company)
        .bind(side.program)
        .bind(side.membership)
        .bind(user)
        .bind(name_folded)
    )
}

/// Keeps a view.
pub async fn insert(conn: &mut Conn, view: &NewView) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query(
            "INSERT INTO saved_views (id, company_id, program_id, membership_id, user_id, name, name_folded, query, shared,
                 created_at, changed_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)"
        )
        .bind(view.id)
        .bind(view.side.company)
        .bind(view.side.program)
        .bind(view.side.membership)
        .bind(view.owner)
        .bind(&view.name)
        .bind(&view.name_folded)
        .bind(&view.query)
        .bind(view.shared)
        .bind(view.at)
    )?;
    Ok(())
}

/// Gives the person's own view another name, shares it or takes it back. The caller knows that the name is free.
pub async fn save(
    conn: &mut Conn,
    (id, owner): (SavedViewId, UserId),
    (name, name_folded): (&str, &str),
    shared: bool,
    at: Timestamp,
) -> Result<(), StoreError> {
    let rows = sql!(
        conn.execute,
        query(
            "UPDATE saved_views SET name = $3, name_folded = $4, shared = $5, changed_at = $6 WHERE id = $1 AND user_id = $2"
        )
        .bind(id)
        .bind(owner)
        .bind(name)
        .bind(name_folded)
        .bind(shared)
        .bind(at)
    )?;
    if rows == 1 {
        Ok(())
    } else {
        Err(StoreError::Conflict)
    }
}

/// Takes that view of that side away.
pub async fn delete(conn: &mut Conn, side: ViewSide, id: SavedViewId) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query("DELETE FROM saved_views WHERE company_id = $1 AND program_id = $2 AND id = $3")
            .bind(side.company)
            .bind(side.program)
            .bind(id)
    )?;
    Ok(())
}

/// The person left the company's team: their views of its programs go with them.
pub async fn delete_of_company_member(
    conn: &mut Conn,
    company: CompanyId,
    user: UserId,
) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query(
            "DELETE FROM saved_views WHERE company_id = $1 AND user_id = $2 AND membership_id IS NULL"
        )
        .bind(company)
        .bind(user)
    )?;
    Ok(())
}

/// The person left the partner team: their views of the programs that it joined go with them.
pub async fn delete_of_partner_member(
    conn: &mut Conn,
    partner: PartnerId,
    user: UserId,
) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query(
            "DELETE FROM saved_views WHERE user_id = $2
             AND membership_id IN (SELECT id FROM memberships WHERE partner_id = $1)"
        )
        .bind(partner)
        .bind(user)
    )?;
    Ok(())
}
