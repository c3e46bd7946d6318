//! Boards: a window of each column, and what the whole column adds up to.

use domain::views::DealFilter;
use domain::{Currency, DealId, Rank, StageId, Timestamp, UserId};
use sqlx::query_as;

use super::card_order::{push_after, push_order};
use super::lead::{Lead, select};
use super::list::{BESIDE, partners_asked, push_filter};
use super::row::{CardRow, WaitingRow};
use super::{CompanyId, ProgramId, Scope};
use crate::conn::{Conn, sql};
use crate::{Statement, StoreError};

/// Each column of a board is a statement of its own; so many are usual.
const COLUMNS: i64 = 6;

/// How many deals a column holds in one currency (`None`: without a value), and their sum in minor units.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ColumnTotal {
    pub stage_id: StageId,
    pub currency: Option<Currency>,
    pub deals: i64,
    pub minor: i64,
}

pub(super) fn push_scope(statement: &mut Statement, scope: Scope) {
    match scope {
        Scope::Membership(membership) => {
            statement.push(" d.membership_id = ").bind(membership.0);
        }
        Scope::Program(company, program) => {
            statement
                .push(" d.company_id = ")
                .bind(company.0)
                .push(" AND d.program_id = ")
                .bind(program.0);
        }
    }
}

/// Counts and sums of every column that is not empty: kept ones for the whole board, added up for a part of it.
pub async fn column_totals(
    conn: &mut Conn,
    scope: Scope,
    filter: &DealFilter,
    me: UserId,
    now: Timestamp,
) -> Result<Vec<ColumnTotal>, StoreError> {
    let whole = DealFilter {
        sort: filter.sort,
        orders: filter.orders.clone(),
        lanes: filter.lanes,
        pipeline: filter.pipeline,
        ..DealFilter::default()
    };
    if *filter == whole {
        return kept_totals(conn, scope).await;
    }
    let partners = partners_asked(conn, scope, filter).await?;
    let lead = Lead::choose(conn, scope, filter, now, 1).await?;
    let mut statement = select(
        lead.as_ref(),
        conn.dialect(),
        scope,
        "SELECT d.stage_id, d.currency, count(*) AS deals, CAST(coalesce(sum(d.value_minor), 0) AS BIGINT) AS minor",
        asked_beside(filter),
    );
    statement.push(" AND d.stage_id IS NOT NULL");
    push_filter(&mut statement, filter, partners.as_deref(), me, now);
    statement.push(" GROUP BY d.stage_id, d.currency");
    statement.fetch_all(conn).await
}

/// What the triggers on `deals` keep.
async fn kept_totals(conn: &mut Conn, scope: Scope) -> Result<Vec<ColumnTotal>, StoreError> {
    let mut statement = Statement::new(
        "SELECT stage_id, NULLIF(currency, '') AS currency, deals, minor FROM stage_totals
         WHERE deals > 0 AND scope_id = ",
    );
    match scope {
        Scope::Membership(membership) => statement.bind(membership.0),
        Scope::Program(company, program) => statement
            .bind(program.0)
            .push(" AND company_id = ")
            .bind(company.0),
    };
    statement.fetch_all(conn).await
}

/// Only the tables that the filter asks about: a plain total reads the deals alone.
fn asked_beside(filter: &DealFilter) -> &'static str {
    if filter.stuck || filter.expiring || filter.stage_kind.is_some() {
        " LEFT JOIN stages s ON s.id = d.stage_id"
    } else {
        ""
    }
}

/// A column's next cards in its order, after a card (its rank and id) or from the top.
#[expect(
    clippy::too_many_arguments,
    reason = "scope, column, filter and window are four different things"
)]
pub async fn cards(
    conn: &mut Conn,
    scope: Scope,
    stage: StageId,
    filter: &DealFilter,
    me: UserId,
    now: Timestamp,
    after: Option<(Rank, DealId)>,
    limit: i64,
) -> Result<Vec<CardRow>, StoreError> {
    let partners = partners_asked(conn, scope, filter).await?;
    let lead = Lead::choose(conn, scope, filter, now, COLUMNS).await?;
    let mut statement = select(
        lead.as_ref(),
        conn.dialect(),
        scope,
        "SELECT d.id, d.number, d.customer_name, d.value_minor, d.currency, d.close_date, d.stage_id, d.rank,
             d.stage_entered_at, u.name AS owner, p.name AS partner, d.registration, d.protected_until, d.win, d.version",
        BESIDE,
    );
    statement.push(" AND d.stage_id = ").bind(stage.0);
    let order = filter.order_of(stage);
    if let Some(after) = after {
        push_after(&mut statement, scope, order, after);
    }
    push_filter(&mut statement, filter, partners.as_deref(), me, now);
    push_order(&mut statement, order);
    statement.bind(limit);
    statement.fetch_all(conn).await
}

/// Registrations that lie in no column and that somebody still looks after, newest first.
pub async fn waiting(
    conn: &mut Conn,
    scope: Scope,
    filter: &DealFilter,
    me: UserId,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<WaitingRow>, StoreError> {
    let partners = partners_asked(conn, scope, filter).await?;
    let lead = Lead::choose(conn, scope, filter, now, 1).await?;
    let mut statement = select(
        lead.as_ref(),
        conn.dialect(),
        scope,
        "SELECT d.id, d.number, d.customer_name, d.value_minor, d.currency, d.close_date, u.name AS owner,
             p.name AS partner, d.registration, d.changed_at, d.submit_key, d.version",
        BESIDE,
    );
    statement.push(" AND d.stage_id IS NULL AND d.registration IN ");
    // A draft is its team's own business.
    match scope {
        Scope::Membership(_) => {
            statement.bind_all(["draft", "submitted", "needs_info", "declined", "ineligible"])
        }
        Scope::Program(..) => {
            statement.bind_all(["submitted", "needs_info", "declined", "ineligible"])
        }
    };
    push_filter(&mut statement, filter, partners.as_deref(), me, now);
    statement
        .push(" ORDER BY d.changed_at DESC, d.id DESC LIMIT ")
        .bind(limit);
    statement.fetch_all(conn).await
}

/// Where in a column a card is to lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewPlace {
    Top,
    Bottom,
    After(DealId),
}

/// The rank of that place, among all deals of the program's column but the moved one itself.
/// A neighbour that has left the column meanwhile counts as the bottom.
pub async fn rank_for(
    conn: &mut Conn,
    company: CompanyId,
    program: ProgramId,
    stage: StageId,
    moved: DealId,
    place: NewPlace,
) -> Result<Rank, StoreError> {
    let edge = |descending: bool| {
        let mut statement = Statement::new("SELECT rank, id FROM deals WHERE company_id = ");
        statement
            .bind(company.0)
            .push(" AND program_id = ")
            .bind(program.0);
        statement
            .push(" AND stage_id = ")
            .bind(stage.0)
            .push(" AND id <> ")
            .bind(moved.0);
        statement.push(if descending {
            " ORDER BY rank DESC, id DESC LIMIT 1"
        } else {
            " ORDER BY rank, id LIMIT 1"
        });
        statement
    };
    let neighbour: Option<(Rank, DealId)> = match place {
        NewPlace::Top => {
            let first: Option<(Rank, DealId)> = edge(false).fetch_optional(conn).await?;
            return Ok(
                first.map_or_else(Rank::middle, |(rank, _)| Rank::between(None, Some(&rank)))
            );
        }
        NewPlace::Bottom => None,
        NewPlace::After(deal) => sql!(
            conn.fetch_optional,
            query_as(
                "SELECT rank, id FROM deals WHERE id = $1 AND program_id = $2 AND stage_id = $3"
            )
            .bind(deal)
            .bind(program)
            .bind(stage)
        )?,
    };
    let Some((rank, id)) = neighbour else {
        let last: Option<(Rank, DealId)> = edge(true).fetch_optional(conn).await?;
        return Ok(last.map_or_else(Rank::middle, |(rank, _)| Rank::between(Some(&rank), None)));
    };
    let next: Option<(Rank, DealId)> = sql!(
        conn.fetch_optional,
        query_as(
            "SELECT rank, id FROM deals WHERE company_id = $1 AND program_id = $2 AND stage_id = $3
                 AND (rank, id) > ($4, $5) AND id <> $6 ORDER BY rank, id LIMIT 1"
        )
        .bind(company)
        .bind(program)
        .bind(stage)
        .bind(&rank)
        .bind(id)
        .bind(moved)
    )?;
    Ok(Rank::between(
        Some(&rank),
        next.as_ref().map(|(rank, _)| rank),
    ))
}
