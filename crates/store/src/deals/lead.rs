//! What leads to the few deals that a filter looks for. A list that has only its own order to go by reads on until its page
//! is full, and of what is rare it reads all there is.

use domain::deals::RegistrationStatus;
use domain::views::{DealFilter, DealSort};
use domain::{StageId, Timestamp};

use super::Scope;
use super::board::push_scope;
use super::list::{MICROS_PER_DAY, push_ending, push_registration};
use crate::conn::Conn;
use crate::dialect::{Dialect, found_deals, push_texts};
use crate::search::words;
use crate::{Statement, StoreError};

/// Letters of the pieces that texts are indexed by: a shorter word has none.
const PIECE: usize = 3;
/// So few deals are always worth to be led to, and so many never.
const FEW: i64 = 500;
const MANY: i64 = 20_000;
/// A deal that is led to costs as much as ten in the list's own order, of which a page of 50 takes 50 * all / found: with more
/// than the square root of five times all, going through the list finds a page sooner.
const TIMES: i64 = 5;
/// What is found where nothing happened for long, a list by change meets last: it may be so many times as many.
const OLD: i64 = 5;

/// An index that knows what is looked for, or a little more: the filter narrows what it leads to like everything else.
#[derive(Debug)]
pub(super) enum Lead {
    /// Deals whose texts may hold all of these words.
    Texts(Vec<String>),
    /// Protections that end soon after that moment.
    Ending(Timestamp),
    /// Deals that came into one of these stages before its moment.
    Stuck(Vec<(StageId, i64)>),
    Registration(RegistrationStatus),
}

impl Lead {
    /// One that leads to few deals, if the filter has any. `statements`: how many are to be led by it for one answer.
    pub async fn choose(
        conn: &mut Conn,
        scope: Scope,
        filter: &DealFilter,
        now: Timestamp,
        statements: i64,
    ) -> Result<Option<Self>, StoreError> {
        let leads = leads(conn, scope, filter, now).await?;
        if leads.is_empty() {
            return Ok(None);
        }
        let deals = count(conn, scope).await?;
        for lead in leads {
            let most = lead.most(deals) / statements;
            let mut statement = Statement::new("SELECT count(*) FROM (");
            lead.push(&mut statement, conn.dialect(), scope, most + 1);
            statement.push(") AS counted");
            let found: Option<(i64,)> = statement.fetch_optional(conn).await?;
            if found.is_some_and(|(found,)| found <= most) {
                return Ok(Some(lead));
            }
        }
        Ok(None)
    }

    /// How many of so many deals it pays to be led to.
    fn most(&self, deals: i64) -> i64 {
        let most = deals.max(0).saturating_mul(TIMES).isqrt().max(FEW);
        match self {
            Self::Texts(_) | Self::Registration(_) => most.min(MANY),
            Self::Ending(_) | Self::Stuck(_) => (most * OLD).min(MANY),
        }
    }

    /// Up to that many ids of deals.
    fn push(&self, statement: &mut Statement, dialect: Dialect, scope: Scope, limit: i64) {
        match self {
            Self::Texts(words) => push_texts(statement, dialect, scope, words),
            Self::Ending(now) => {
                push_deals(statement, scope);
                push_ending(statement, *now);
                statement.push(" ORDER BY d.protected_until");
            }
            Self::Stuck(stages) => push_stuck(statement, scope, stages, limit),
            Self::Registration(registration) => {
                push_deals(statement, scope);
                push_registration(statement, *registration);
                statement.push(" ORDER BY d.changed_at DESC, d.id DESC");
            }
        }
        statement.push(" LIMIT ").bind(limit);
    }
}

/// How many deals the scope has, about: read from what is kept.
async fn count(conn: &mut Conn, scope: Scope) -> Result<i64, StoreError> {
    let mut statement = Statement::new("SELECT ");
    match scope {
        Scope::Membership(membership) => statement
            .push(
                "CAST(coalesce(sum(deals), 0) AS BIGINT) FROM status_totals WHERE membership_id = ",
            )
            .bind(membership.0),
        Scope::Program(company, program) => statement
            .push("next_number FROM programs WHERE company_id = ")
            .bind(company.0)
            .push(" AND id = ")
            .bind(program.0),
    };
    let counted: Option<(i64,)> = statement.fetch_optional(conn).await?;
    Ok(counted.map_or(0, |(deals,)| deals))
}

/// What of the filter an index knows, the rarest by guess first.
async fn leads(
    conn: &mut Conn,
    scope: Scope,
    filter: &DealFilter,
    now: Timestamp,
) -> Result<Vec<Lead>, StoreError> {
    let mut leads = Vec::new();
    let mut words = words(&filter.search);
    words.retain(|word| word.chars().count() >= PIECE);
    if !words.is_empty() {
        leads.push(Lead::Texts(words));
    }
    if filter.expiring {
        leads.push(Lead::Ending(now));
    }
    if filter.stuck {
        leads.push(Lead::Stuck(stages_with_moments(conn, scope, now).await?));
    }
    // By change the index of verdicts has the list's own order: nothing has to be found first.
    if let (Some(registration), Scope::Program(..)) = (filter.registration, scope)
        && registration != RegistrationStatus::Approved
        && filter.sort != DealSort::Changed
    {
        leads.push(Lead::Registration(registration));
    }
    Ok(leads)
}

/// The stages in which a deal can be stuck, each with the moment: who came before it is.
async fn stages_with_moments(
    conn: &mut Conn,
    scope: Scope,
    now: Timestamp,
) -> Result<Vec<(StageId, i64)>, StoreError> {
    let mut statement = Statement::new("SELECT s.id, CAST(s.stuck_days AS BIGINT) FROM ");
    match scope {
        Scope::Membership(membership) => statement
            .push("memberships m JOIN stages s ON s.company_id = m.company_id AND s.program_id = m.program_id WHERE m.id = ")
            .bind(membership.0),
        Scope::Program(company, program) => statement
            .push("stages s WHERE s.company_id = ")
            .bind(company.0)
            .push(" AND s.program_id = ")
            .bind(program.0),
    };
    statement.push(" AND s.kind = 'open' AND s.stuck_days IS NOT NULL");
    let stages: Vec<(StageId, i64)> = statement.fetch_all(conn).await?;
    Ok(stages
        .into_iter()
        .map(|(stage, days)| (stage, now.0 - days * MICROS_PER_DAY))
        .collect())
}

fn push_deals(statement: &mut Statement, scope: Scope) {
    statement.push("SELECT d.id AS deal_id FROM deals d WHERE");
    push_scope(statement, scope);
}

/// Stage by stage, each in the order of its index: all at once, a plan may read every deal for them.
fn push_stuck(statement: &mut Statement, scope: Scope, stages: &[(StageId, i64)], limit: i64) {
    if stages.is_empty() {
        statement.push("SELECT d.id AS deal_id FROM deals d WHERE 1 = 0");
    }
    for (place, (stage, before)) in stages.iter().enumerate() {
        if place > 0 {
            statement.push(" UNION ALL ");
        }
        statement.push("SELECT deal_id FROM (");
        push_deals(statement, scope);
        statement
            .push(" AND d.stage_id = ")
            .bind(stage.0)
            .push(" AND d.stage_entered_at < ")
            .bind(*before)
            .push(" ORDER BY d.stage_entered_at LIMIT ")
            .bind(limit)
            .push(") AS entered");
    }
}

/// A statement over the scope's deals `d`, to be narrowed further: over all of them, or those that are led to.
/// `columns` begins with SELECT, `joins` are the tables beside.
pub(super) fn select(
    lead: Option<&Lead>,
    dialect: Dialect,
    scope: Scope,
    columns: &'static str,
    joins: &'static str,
) -> Statement {
    let mut statement = Statement::new("");
    if let Some(lead) = lead {
        statement.push("WITH found AS MATERIALIZED (");
        // There may be some more of them by now.
        lead.push(&mut statement, dialect, scope, 2 * MANY);
        let found = found_deals(dialect);
        statement.push(") ").push(columns).push(found.from);
        statement.push(joins).push(" WHERE").push(found.condition);
    } else {
        statement
            .push(columns)
            .push(" FROM deals d")
            .push(joins)
            .push(" WHERE");
    }
    push_scope(&mut statement, scope);
    statement
}
