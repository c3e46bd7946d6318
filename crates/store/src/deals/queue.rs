//! What waits for the company, and what waits for the clock.

use domain::{CompanyId, DealId, ProgramId, Timestamp};
use sqlx::{query_as, query_scalar};

use super::row::QueueRow;
use crate::StoreError;
use crate::conn::{Conn, sql};

/// Registrations by due time, then wins by age: what the company has to decide.
pub async fn queue(
    conn: &mut Conn,
    company: CompanyId,
    program: ProgramId,
    limit: i64,
) -> Result<Vec<QueueRow>, StoreError> {
    let mut rows: Vec<QueueRow> = sql!(
        conn.fetch_all,
        query_as(
            "SELECT d.id, d.number, d.customer_name, d.customer_folded, d.customer_domain, p.name AS partner,
                 d.value_minor, d.currency, d.close_date, d.registration, d.registration_facts, d.win, d.changed_at,
                 d.version
             FROM deals d JOIN partners p ON p.id = d.partner_id
             WHERE d.company_id = $1 AND d.program_id = $2 AND d.registration = 'submitted'
             ORDER BY d.due_at, d.id LIMIT $3"
        )
        .bind(company)
        .bind(program)
        .bind(limit)
    )?;
    let wins: Vec<QueueRow> = sql!(
        conn.fetch_all,
        query_as(
            "SELECT d.id, d.number, d.customer_name, d.customer_folded, d.customer_domain, p.name AS partner,
                 d.value_minor, d.currency, d.close_date, d.registration, d.registration_facts, d.win, d.changed_at,
                 d.version
             FROM deals d JOIN partners p ON p.id = d.partner_id
             WHERE d.company_id = $1 AND d.program_id = $2 AND d.win = 'pending'
             ORDER BY d.changed_at, d.id LIMIT $3"
        )
        .bind(company)
        .bind(program)
        .bind(limit)
    )?;
    rows.extend(wins);
    Ok(rows)
}

/// How many registrations and wins wait for the company; counted over two small indexes.
pub async fn waiting_for_company(
    conn: &mut Conn,
    company: CompanyId,
    program: ProgramId,
) -> Result<i64, StoreError> {
    sql!(
        conn.fetch_one,
        query_scalar(
            "SELECT (SELECT count(*) FROM deals
                     WHERE company_id = $1 AND program_id = $2 AND registration = 'submitted')
                  + (SELECT count(*) FROM deals WHERE company_id = $1 AND program_id = $2 AND win = 'pending')"
        )
        .bind(company)
        .bind(program)
    )
}

/// Deals whose protection has ended and whose status does not say so yet. A lost deal has nothing to protect.
pub async fn due_expiries(
    conn: &mut Conn,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<(CompanyId, ProgramId, DealId)>, StoreError> {
    sql!(
        conn.fetch_all,
        query_as(
            "SELECT d.company_id, d.program_id, d.id FROM deals d JOIN stages s ON s.id = d.stage_id
             WHERE d.registration = 'approved' AND d.protected_until <= $1
                 AND d.win NOT IN ('pending', 'confirmed') AND s.kind <> 'lost'
             ORDER BY d.protected_until, d.id LIMIT $2"
        )
        .bind(now)
        .bind(limit)
    )
}
