//! Numbers for Summary, the dashboard and the partner's record: read from the totals that the triggers on `deals` keep, so
//! that they cost the same however many deals there are.

use domain::deals::{RegistrationStatus, WinStatus};
use domain::pipeline::StageKind;
use domain::{CompanyId, MembershipId, PartnerId, ProgramId, Timestamp};
use sqlx::{query_as, query_scalar};

use crate::StoreError;
use crate::conn::{Conn, sql};

/// How many deals of a membership share these facts.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct StatusCount {
    pub registration: RegistrationStatus,
    pub win: WinStatus,
    pub stage_kind: Option<StageKind>,
    pub deals: i64,
}

/// One membership's deals by status.
pub async fn by_membership(
    conn: &mut Conn,
    membership: MembershipId,
) -> Result<Vec<StatusCount>, StoreError> {
    sql!(
        conn.fetch_all,
        query_as(
            "SELECT t.registration, t.win, s.kind AS stage_kind, CAST(sum(t.deals) AS BIGINT) AS deals
             FROM status_totals t LEFT JOIN stages s ON s.id = t.stage_id
             WHERE t.membership_id = $1 AND t.deals > 0 GROUP BY t.registration, t.win, s.kind"
        )
        .bind(membership)
    )
}

/// How many open deals of a membership have a protection that ends after `now` and not after `soon`.
pub async fn count_expiring(
    conn: &mut Conn,
    membership: MembershipId,
    now: Timestamp,
    soon: Timestamp,
) -> Result<i64, StoreError> {
    sql!(
        conn.fetch_one,
        query_scalar(
            // Counted by stage first, which the index alone answers.
            "SELECT CAST(coalesce(sum(ending.deals), 0) AS BIGINT)
             FROM (SELECT d.stage_id, count(*) AS deals FROM deals d
                   WHERE d.membership_id = $1 AND d.registration = 'approved' AND d.protected_until > $2
                       AND d.protected_until <= $3 GROUP BY d.stage_id) AS ending
             JOIN stages s ON s.id = ending.stage_id WHERE s.kind = 'open'"
        )
        .bind(membership)
        .bind(now)
        .bind(soon)
    )
}

/// A partner's record in a program: registered, approved once, won, open now.
pub async fn partner_record(
    conn: &mut Conn,
    company: CompanyId,
    program: ProgramId,
    partner: PartnerId,
) -> Result<(i64, i64, i64, i64), StoreError> {
    sql!(
        conn.fetch_one,
        query_as(
            // Whatever is no draft any more has been registered, and has its number.
            "SELECT CAST(coalesce(sum(t.deals), 0) AS BIGINT),
                 CAST(coalesce(sum(CASE WHEN t.registration IN ('approved', 'expired') THEN t.deals ELSE 0 END), 0)
                     AS BIGINT),
                 CAST(coalesce(sum(CASE WHEN t.win = 'confirmed' THEN t.deals ELSE 0 END), 0) AS BIGINT),
                 CAST(coalesce(sum(CASE WHEN t.registration = 'approved' AND s.kind = 'open' THEN t.deals ELSE 0 END), 0)
                     AS BIGINT)
             FROM memberships m JOIN status_totals t ON t.membership_id = m.id LEFT JOIN stages s ON s.id = t.stage_id
             WHERE m.company_id = $1 AND m.program_id = $2 AND m.partner_id = $3 AND t.registration <> 'draft'"
        )
        .bind(company)
        .bind(program)
        .bind(partner)
    )
}
