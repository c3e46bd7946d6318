//! Deals: the aggregate's row, and what boards, lists and the queue read.

mod answers;
mod board;
mod card_order;
mod counts;
mod drafts;
mod export;
mod lanes;
mod lead;
mod list;
mod matching;
mod places;
mod queue;
mod record;
mod replay;
mod row;
mod timeline;

pub use answers::list_answers;
pub use board::{ColumnTotal, NewPlace, cards, column_totals, rank_for, waiting};
pub use counts::{StatusCount, by_membership, count_expiring, partner_record};
pub use drafts::{find_raw, list_drafts, list_last_answers, save_raw};
pub use export::list_for_export;
pub use lanes::{LaneTotal, lane_totals};
pub use list::{Cursor, list, list_by_customer};
pub use matching::{DealMatch, matching_deals};
pub use places::{Follower, follow_stage, list_in_stage, lock_stage, save_place};
pub use queue::{due_expiries, queue, waiting_for_company};
pub use replay::{last_places, replayed_deals, steps_between};
pub use row::{CardRow, QueueRow, ReplayRow, RowRow, WaitingRow};
pub use timeline::{fact_of_version, timeline, way};

use domain::deals::Deal;
use domain::{CompanyId, DealId, MembershipId, ProgramId, StageId, Timestamp, UserId};
use sqlx::{query, query_as, query_scalar};

use crate::conn::{Conn, sql};
use crate::dialect::for_update;
use crate::{JsonText, Statement, StoreError};
use record::DealRecord;

/// Whose deals: one partner's in one program, or a program's for its company.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    Membership(MembershipId),
    Program(CompanyId, ProgramId),
}

/// The deal, within a scope: what lies outside does not exist.
pub async fn find(conn: &mut Conn, scope: Scope, id: DealId) -> Result<Option<Deal>, StoreError> {
    let record: Option<DealRecord> = match scope {
        Scope::Membership(membership) => sql!(
            conn.fetch_optional,
            query_as("SELECT * FROM deals WHERE id = $1 AND membership_id = $2")
                .bind(id)
                .bind(membership)
        )?,
        Scope::Program(company, program) => sql!(
            conn.fetch_optional,
            query_as("SELECT * FROM deals WHERE id = $1 AND company_id = $2 AND program_id = $3")
                .bind(id)
                .bind(company)
                .bind(program)
        )?,
    };
    Ok(record.map(Deal::from))
}

/// The deal that a form with this key made, if it was sent before.
pub async fn find_by_key(
    conn: &mut Conn,
    membership: MembershipId,
    submit_key: &str,
) -> Result<Option<Deal>, StoreError> {
    let record: Option<DealRecord> = sql!(
        conn.fetch_optional,
        query_as("SELECT * FROM deals WHERE membership_id = $1 AND submit_key = $2")
            .bind(membership)
            .bind(submit_key)
    )?;
    Ok(record.map(Deal::from))
}

/// As [`find_by_key`], and nobody else changes the deal until this transaction ends: a form that is sent twice at once
/// finds what the first one made of it.
pub async fn find_by_key_locked(
    conn: &mut Conn,
    membership: MembershipId,
    submit_key: &str,
) -> Result<Option<Deal>, StoreError> {
    let clause = for_update(conn);
    let mut statement = Statement::new("SELECT * FROM deals WHERE membership_id = ");
    statement
        .bind(membership.0)
        .push(" AND submit_key = ")
        .bind(submit_key)
        .push(clause);
    let record: Option<DealRecord> = statement.fetch_optional(conn).await?;
    Ok(record.map(Deal::from))
}

/// Nobody else earns on the deal until this transaction ends: what it earned already counts towards a cap.
pub async fn lock(conn: &mut Conn, company: CompanyId, id: DealId) -> Result<(), StoreError> {
    let clause = for_update(conn);
    let mut statement = Statement::new("SELECT version FROM deals WHERE id = ");
    statement
        .bind(id.0)
        .push(" AND company_id = ")
        .bind(company.0)
        .push(clause);
    let _: Option<(i64,)> = statement.fetch_optional(conn).await?;
    Ok(())
}

/// The key of the form that made the deal: a draft is continued under it.
pub async fn submit_key(
    conn: &mut Conn,
    membership: MembershipId,
    id: DealId,
) -> Result<Option<String>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_scalar("SELECT submit_key FROM deals WHERE id = $1 AND membership_id = $2")
            .bind(id)
            .bind(membership)
    )
}

/// Inserts a draft; `false` when the key is taken (the same form was sent twice).
pub async fn insert(conn: &mut Conn, deal: &Deal, submit_key: &str) -> Result<bool, StoreError> {
    let parts = record::Parts::of(deal);
    let rows = sql!(
        conn.execute,
        query(
            "INSERT INTO deals (id, company_id, program_id, partner_id, membership_id, form_version_id, number,
                 submit_key, answers, customer_name, customer_folded, customer_domain, contact_name, contact_email,
                 value_minor, currency, close_date, registration, registration_facts, submitted_at, due_at, decided_at,
                 protected_until, stage_id, stage_entered_at, rank, win, win_facts, lost_reason_id, lost_note,
                 owner_id, search, created_by, created_at, changed_by, changed_at, version)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
                 $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37)
             ON CONFLICT (membership_id, submit_key) DO NOTHING"
        )
        .bind(deal.id)
        .bind(deal.company)
        .bind(deal.program)
        .bind(deal.partner)
        .bind(deal.membership)
        .bind(deal.form_version)
        .bind(deal.number)
        .bind(submit_key)
        .bind(JsonText(&deal.answers))
        .bind(&deal.summary.customer)
        .bind(&parts.customer_folded)
        .bind(&deal.summary.domain)
        .bind(parts.contact_name)
        .bind(parts.contact_email)
        .bind(parts.value_minor)
        .bind(parts.currency)
        .bind(deal.summary.close_date)
        .bind(deal.status())
        .bind(JsonText(&deal.registration))
        .bind(parts.submitted_at)
        .bind(parts.due_at)
        .bind(parts.decided_at)
        .bind(parts.protected_until)
        .bind(parts.stage)
        .bind(parts.entered_at)
        .bind(parts.rank)
        .bind(deal.win.status())
        .bind(JsonText(&deal.win))
        .bind(parts.lost_reason)
        .bind(parts.lost_note)
        .bind(deal.owner)
        .bind(&parts.search)
        .bind(deal.created_by)
        .bind(deal.created_at)
        .bind(deal.changed_by)
        .bind(deal.changed_at)
        .bind(deal.version)
    )?;
    Ok(rows == 1)
}

/// Writes the deal over the version that was loaded; gives the new version.
pub async fn save(conn: &mut Conn, deal: &Deal) -> Result<i64, StoreError> {
    let parts = record::Parts::of(deal);
    let rows = sql!(
        conn.execute,
        query(
            "UPDATE deals SET form_version_id = $3, number = $4, answers = $5, customer_name = $6,
                 customer_folded = $7, customer_domain = $8, contact_name = $9, contact_email = $10, value_minor = $11,
                 currency = $12, close_date = $13, registration = $14, registration_facts = $15, submitted_at = $16,
                 due_at = $17, decided_at = $18, protected_until = $19, stage_id = $20, stage_entered_at = $21,
                 rank = $22, win = $23, win_facts = $24, lost_reason_id = $25, lost_note = $26, owner_id = $27,
                 search = $28, changed_by = $29, changed_at = $30, version = version + 1
             WHERE id = $1 AND version = $2"
        )
        .bind(deal.id)
        .bind(deal.version)
        .bind(deal.form_version)
        .bind(deal.number)
        .bind(JsonText(&deal.answers))
        .bind(&deal.summary.customer)
        .bind(&parts.customer_folded)
        .bind(&deal.summary.domain)
        .bind(parts.contact_name)
        .bind(parts.contact_email)
        .bind(parts.value_minor)
        .bind(parts.currency)
        .bind(deal.summary.close_date)
        .bind(deal.status())
        .bind(JsonText(&deal.registration))
        .bind(parts.submitted_at)
        .bind(parts.due_at)
        .bind(parts.decided_at)
        .bind(parts.protected_until)
        .bind(parts.stage)
        .bind(parts.entered_at)
        .bind(parts.rank)
        .bind(deal.win.status())
        .bind(JsonText(&deal.win))
        .bind(parts.lost_reason)
        .bind(parts.lost_note)
        .bind(deal.owner)
        .bind(&parts.search)
        .bind(deal.changed_by)
        .bind(deal.changed_at)
    )?;
    if rows == 0 {
        Err(StoreError::Conflict)
    } else {
        Ok(deal.version + 1)
    }
}

/// Takes a draft away. What was submitted is never deleted.
pub async fn delete_draft(
    conn: &mut Conn,
    membership: MembershipId,
    id: DealId,
) -> Result<bool, StoreError> {
    let rows = sql!(
        conn.execute,
        query("DELETE FROM deals WHERE id = $1 AND membership_id = $2 AND registration = 'draft'")
            .bind(id)
            .bind(membership)
    )?;
    Ok(rows == 1)
}

/// Takes the program's next deal number. Two submissions at once get two numbers.
pub async fn take_number(conn: &mut Conn, program: ProgramId) -> Result<i64, StoreError> {
    sql!(
        conn.fetch_one,
        query_scalar(
            "UPDATE programs SET next_number = next_number + 1 WHERE id = $1 RETURNING next_number - 1"
        )
        .bind(program)
    )
}

/// Who wrote the deal last, and when: for the one whose change came too late.
pub async fn last_change(
    conn: &mut Conn,
    id: DealId,
) -> Result<Option<(i64, UserId, String, Timestamp)>, StoreError> {
    sql!(
        conn.fetch_optional,
        query_as(
            "SELECT d.version, u.id, u.name, d.changed_at FROM deals d JOIN users u ON u.id = d.changed_by
             WHERE d.id = $1"
        )
        .bind(id)
    )
}

/// The stages of a program that hold deals now.
pub async fn stages_in_use(
    conn: &mut Conn,
    company: CompanyId,
    program: ProgramId,
) -> Result<Vec<StageId>, StoreError> {
    sql!(
        conn.fetch_all,
        query_scalar(
            "SELECT DISTINCT stage_id FROM stage_totals WHERE company_id = $1 AND scope_id = $2 AND deals > 0"
        )
        .bind(company)
        .bind(program)
    )
}
