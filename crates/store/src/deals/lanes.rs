//! Swimlanes: what each lane of a board holds, and the narrowing to one of them.

use domain::views::{DealFilter, Lane, LaneKind};
use domain::{Currency, PartnerId, Timestamp, UserId};
use uuid::Uuid;

use super::Scope;
use super::lead::{Lead, select};
use super::list::{partners_asked, push_filter};
use crate::conn::Conn;
use crate::{Statement, StoreError};

/// How many deals of a lane lie in stages, in one currency (`None`: without a value), and their sum in minor units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaneTotal {
    pub lane: Lane,
    /// Of the person or the partner; months have their own names.
    pub name: String,
    pub currency: Option<Currency>,
    pub deals: i64,
    pub minor: i64,
}

#[derive(sqlx::FromRow)]
struct NamedTotal {
    id: Uuid,
    name: String,
    currency: Option<Currency>,
    deals: i64,
    minor: i64,
}

#[derive(sqlx::FromRow)]
struct MonthTotal {
    month: Option<String>,
    currency: Option<Currency>,
    deals: i64,
    minor: i64,
}

const OWNERS: &str = "SELECT d.owner_id AS id, u.name AS name, d.currency, count(*) AS deals,
     CAST(coalesce(sum(d.value_minor), 0) AS BIGINT) AS minor";
const OF_OWNERS: &str =
    " JOIN users u ON u.id = d.owner_id LEFT JOIN stages s ON s.id = d.stage_id";
const PARTNERS: &str = "SELECT d.partner_id AS id, p.name AS name, d.currency, count(*) AS deals,
     CAST(coalesce(sum(d.value_minor), 0) AS BIGINT) AS minor";
const OF_PARTNERS: &str =
    " JOIN partners p ON p.id = d.partner_id LEFT JOIN stages s ON s.id = d.stage_id";
const MONTHS: &str = "SELECT substr(d.close_date, 1, 7) AS month, d.currency, count(*) AS deals,
     CAST(coalesce(sum(d.value_minor), 0) AS BIGINT) AS minor";
const OF_MONTHS: &str = " LEFT JOIN stages s ON s.id = d.stage_id";

/// Counts and sums of every lane that holds a deal in a stage.
pub async fn lane_totals(
    conn: &mut Conn,
    scope: Scope,
    kind: LaneKind,
    filter: &DealFilter,
    me: UserId,
    now: Timestamp,
) -> Result<Vec<LaneTotal>, StoreError> {
    let partners = partners_asked(conn, scope, filter).await?;
    let lead = Lead::choose(conn, scope, filter, now, 1).await?;
    let (columns, joins, groups) = match kind {
        LaneKind::Owner => (
            OWNERS,
            OF_OWNERS,
            " GROUP BY d.owner_id, u.name, d.currency",
        ),
        LaneKind::Partner => (
            PARTNERS,
            OF_PARTNERS,
            " GROUP BY d.partner_id, p.name, d.currency",
        ),
        LaneKind::Month => (
            MONTHS,
            OF_MONTHS,
            " GROUP BY substr(d.close_date, 1, 7), d.currency",
        ),
    };
    let mut statement = select(lead.as_ref(), conn.dialect(), scope, columns, joins);
    statement.push(" AND d.stage_id IS NOT NULL");
    push_filter(&mut statement, filter, partners.as_deref(), me, now);
    statement.push(groups);
    match kind {
        LaneKind::Owner => named(statement, conn, |id| Lane::Owner(UserId(id))).await,
        LaneKind::Partner => named(statement, conn, |id| Lane::Partner(PartnerId(id))).await,
        LaneKind::Month => months(statement, conn).await,
    }
}

async fn named(
    statement: Statement,
    conn: &mut Conn,
    lane: fn(Uuid) -> Lane,
) -> Result<Vec<LaneTotal>, StoreError> {
    let rows: Vec<NamedTotal> = statement.fetch_all(conn).await?;
    let totals = rows.into_iter().map(|row| LaneTotal {
        lane: lane(row.id),
        name: row.name,
        currency: row.currency,
        deals: row.deals,
        minor: row.minor,
    });
    Ok(totals.collect())
}

async fn months(statement: Statement, conn: &mut Conn) -> Result<Vec<LaneTotal>, StoreError> {
    let rows: Vec<MonthTotal> = statement.fetch_all(conn).await?;
    let totals = rows.into_iter().filter_map(|row| {
        // Kept dates are whole: each begins with its month.
        let lane = match row.month {
            Some(month) => Lane::Month(month.parse().ok()?),
            None => Lane::Undated,
        };
        Some(LaneTotal {
            lane,
            name: String::new(),
            currency: row.currency,
            deals: row.deals,
            minor: row.minor,
        })
    });
    Ok(totals.collect())
}

/// Narrows to what lies in the lane. Expects `d` deals.
pub(super) fn push_lane(statement: &mut Statement, lane: Lane) {
    match lane {
        Lane::Owner(user) => statement.push(" AND d.owner_id = ").bind(user.0),
        Lane::Partner(partner) => statement.push(" AND d.partner_id = ").bind(partner.0),
        Lane::Month(month) => statement
            .push(" AND d.close_date LIKE ")
            .bind(format!("{month}-%")),
        Lane::Undated => statement.push(" AND d.close_date IS NULL"),
    };
}
