//! The list of deals: filters, orders, keyset pages.

use domain::deals::RegistrationStatus;
use domain::text::fold;
use domain::views::{DealFilter, DealSort};
use domain::{CustomerId, DealId, PartnerId, Timestamp, UserId};

use super::Scope;
use super::lanes::push_lane;
use super::lead::{Lead, select};
use super::row::RowRow;
use crate::conn::Conn;
use crate::search::{push_words, words};
use crate::{Statement, StoreError};

/// Days before its end that a protection counts as expiring.
const EXPIRING_DAYS: i64 = 14;
/// Partners that one statement can name.
const MAX_PARTNERS: usize = 20_000;
pub(super) const MICROS_PER_DAY: i64 = 86_400_000_000;

/// The last row of a page: its place in the order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// The sorted column's value, as text.
    pub at: String,
    pub id: DealId,
}

impl Cursor {
    /// `value|deal_...`: opaque to whoever carries it.
    pub fn write(&self) -> String {
        format!("{}|{}", self.at, self.id)
    }

    pub fn read(cursor: &str) -> Option<Self> {
        let (at, id) = cursor.rsplit_once('|')?;
        Some(Self {
            at: at.to_owned(),
            id: id.parse().ok()?,
        })
    }

    /// The place of a row in that order.
    pub fn of(row: &RowRow, sort: DealSort) -> Self {
        let at = match sort {
            DealSort::Changed => row.changed_at.0.to_string(),
            DealSort::Customer => row.customer_folded.clone(),
            DealSort::Value => row.value_minor.unwrap_or(-1).to_string(),
            DealSort::CloseDate => row
                .close_date
                .map_or_else(|| LAST_DAY.to_owned(), |date| date.to_string()),
        };
        Self { at, id: row.id }
    }
}

/// Deals without a close date come last.
const LAST_DAY: &str = "9999-12-31";

/// The lines of a list.
const LINES: &str =
    "SELECT d.id, d.number, d.customer_name, d.customer_folded, d.value_minor, d.currency, d.close_date,
         d.registration, d.win, d.stage_id, s.name AS stage_name, s.hue AS stage_hue, s.kind AS stage_kind,
         d.stage_entered_at, d.protected_until, u.name AS owner, p.name AS partner, d.changed_at, d.version";
/// The tables that lines, cards and what waits are read from beside the deals.
pub(super) const BESIDE: &str =
    " JOIN users u ON u.id = d.owner_id JOIN partners p ON p.id = d.partner_id
      LEFT JOIN stages s ON s.id = d.stage_id";

/// The deals whose win, pending or confirmed, carries that customer; the newest first.
pub async fn list_by_customer(
    conn: &mut Conn,
    scope: Scope,
    customer: CustomerId,
    limit: i64,
) -> Result<Vec<RowRow>, StoreError> {
    let mut statement = select(None, conn.dialect(), scope, LINES, BESIDE);
    statement
        .push(" AND d.win IN ('pending', 'confirmed') AND d.win_facts LIKE ")
        .bind(format!("%\"customer\":\"{customer}\"%"))
        .push(" ORDER BY d.changed_at DESC, d.id DESC LIMIT ")
        .bind(limit);
    statement.fetch_all(conn).await
}

/// One page of the list.
pub async fn list(
    conn: &mut Conn,
    scope: Scope,
    filter: &DealFilter,
    me: UserId,
    now: Timestamp,
    after: Option<&Cursor>,
    limit: i64,
) -> Result<Vec<RowRow>, StoreError> {
    let partners = partners_asked(conn, scope, filter).await?;
    let lead = Lead::choose(conn, scope, filter, now, 1).await?;
    let mut statement = select(lead.as_ref(), conn.dialect(), scope, LINES, BESIDE);
    if matches!(scope, Scope::Program(..)) {
        // A draft is its team's own business, whatever became of it.
        statement.push(" AND d.registration <> 'draft' AND d.number IS NOT NULL");
    }
    push_filter(&mut statement, filter, partners.as_deref(), me, now);
    push_pipeline(&mut statement, filter);
    push_after(&mut statement, filter.sort, after);
    statement.push(match filter.sort {
        DealSort::Changed => " ORDER BY d.changed_at DESC, d.id DESC LIMIT ",
        DealSort::Customer => " ORDER BY d.customer_folded, d.id LIMIT ",
        DealSort::Value => " ORDER BY coalesce(d.value_minor, -1) DESC, d.id DESC LIMIT ",
        DealSort::CloseDate => " ORDER BY coalesce(d.close_date, '9999-12-31'), d.id LIMIT ",
    });
    statement.bind(limit);
    statement.fetch_all(conn).await
}

/// Of one pipeline only. The board needs no such condition: it asks by stage.
fn push_pipeline(statement: &mut Statement, filter: &DealFilter) {
    match filter.pipeline {
        None => {}
        Some(first) if first.is_first() => {
            statement.push(" AND s.id IS NOT NULL AND s.pipeline_id IS NULL");
        }
        Some(other) => {
            statement.push(" AND s.pipeline_id = ").bind(other.0);
        }
    }
}

fn push_after(statement: &mut Statement, sort: DealSort, after: Option<&Cursor>) {
    let Some(Cursor { at, id }) = after else {
        return;
    };
    let number = at.parse::<i64>().unwrap_or(i64::MAX);
    match sort {
        DealSort::Changed => statement.push(" AND (d.changed_at, d.id) < (").bind(number),
        DealSort::Customer => statement
            .push(" AND (d.customer_folded, d.id) > (")
            .bind(at.as_str()),
        DealSort::Value => statement
            .push(" AND (coalesce(d.value_minor, -1), d.id) < (")
            .bind(number),
        DealSort::CloseDate => statement
            .push(" AND (coalesce(d.close_date, '9999-12-31'), d.id) > (")
            .bind(at.as_str()),
    };
    statement.push(", ").bind(id.0).push(")");
}

/// The scope's partners whose names hold every word that the filter asks for; `None` when it asks for none.
/// Compared here: no `lower()` of one engine is that of the other, and a program's partners are few beside its deals.
pub(super) async fn partners_asked(
    conn: &mut Conn,
    scope: Scope,
    filter: &DealFilter,
) -> Result<Option<Vec<PartnerId>>, StoreError> {
    let words = words(&filter.partner);
    if words.is_empty() {
        return Ok(None);
    }
    let mut statement = Statement::new(
        "SELECT p.id, p.name FROM memberships m JOIN partners p ON p.id = m.partner_id WHERE",
    );
    match scope {
        Scope::Membership(membership) => statement.push(" m.id = ").bind(membership.0),
        Scope::Program(company, program) => statement
            .push(" m.company_id = ")
            .bind(company.0)
            .push(" AND m.program_id = ")
            .bind(program.0),
    };
    let known: Vec<(PartnerId, String)> = statement.fetch_all(conn).await?;
    let asked = known.into_iter().filter(|(_, name)| {
        let name = fold(name);
        words.iter().all(|word| name.contains(word.as_str()))
    });
    Ok(Some(asked.map(|(id, _)| id).take(MAX_PARTNERS).collect()))
}

/// Narrows to what the filter lets through. Expects `d` deals, and `s` stages where they are asked; the partners are
/// those of [`partners_asked`].
pub(super) fn push_filter(
    statement: &mut Statement,
    filter: &DealFilter,
    partners: Option<&[PartnerId]>,
    me: UserId,
    now: Timestamp,
) {
    if filter.mine {
        statement.push(" AND d.owner_id = ").bind(me.0);
    }
    push_words(statement, "d.search", &filter.search);
    if let Some(stage) = filter.stage {
        statement.push(" AND d.stage_id = ").bind(stage.0);
    }
    if let Some(registration) = filter.registration {
        push_registration(statement, registration);
    }
    if let Some(kind) = filter.stage_kind {
        statement.push(" AND s.kind = ").bind(kind.as_str());
    }
    if let Some(partners) = partners {
        statement
            .push(" AND d.partner_id IN ")
            .bind_all(partners.iter().map(|partner| partner.0));
    }
    if let Some(least) = filter.min_value {
        statement.push(" AND d.value_minor >= ").bind(least);
    }
    if filter.expiring {
        push_ending(statement, now);
        // As the Summary counts them: a deal that is lost has nothing to protect.
        statement.push(" AND s.kind = 'open'");
    }
    if filter.stuck {
        // In whole days, as cards count them: what is found here is marked there.
        statement
            .push(" AND s.kind = 'open' AND s.stuck_days IS NOT NULL AND d.stage_entered_at <= ");
        statement
            .bind(now.0)
            .push(" - (s.stuck_days + 1) * ")
            .bind(MICROS_PER_DAY);
    }
    if let Some(lane) = filter.lane {
        push_lane(statement, lane);
    }
    if filter.closing {
        let today = now.date();
        let month = format!("{:04}-{:02}-", today.year(), today.month());
        statement
            .push(" AND d.close_date LIKE ")
            .bind(format!("{month}%"));
    }
}

/// The literal finds the index of all verdicts but the one that most deals have.
pub(super) fn push_registration(statement: &mut Statement, registration: RegistrationStatus) {
    if registration != RegistrationStatus::Approved {
        statement.push(" AND d.registration <> 'approved'");
    }
    statement
        .push(" AND d.registration = ")
        .bind(registration.as_str());
}

/// Deals that are not won, whose protection ends soon; the literals find the index of them.
pub(super) fn push_ending(statement: &mut Statement, now: Timestamp) {
    statement
        .push(" AND d.registration = 'approved' AND d.win <> 'pending' AND d.win <> 'confirmed'")
        .push(" AND d.protected_until > ")
        .bind(now.0);
    statement
        .push(" AND d.protected_until <= ")
        .bind(now.plus_days(EXPIRING_DAYS).0);
}
