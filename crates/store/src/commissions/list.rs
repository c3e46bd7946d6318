//! Lists of commissions, newest first, in keyset pages.

use domain::commissions::CommissionStatus;
use domain::views::{CommissionFilter, CommissionTotal};
use domain::{CommissionId, Currency, DealId, Money, PartnerId, Timestamp};

use super::row::{CommissionRow, ListedRecord};
use crate::conn::Conn;
use crate::deals::Scope;
use crate::{Statement, StoreError};

/// The last row of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    pub at: Timestamp,
    pub id: CommissionId,
}

impl Cursor {
    /// Opaque to whoever carries it.
    pub fn write(self) -> String {
        format!("{}|{}", self.at.0, self.id)
    }

    pub fn read(cursor: &str) -> Option<Self> {
        let (at, id) = cursor.split_once('|')?;
        Some(Self {
            at: Timestamp(at.parse().ok()?),
            id: id.parse().ok()?,
        })
    }

    pub fn of(row: &CommissionRow) -> Self {
        Self {
            at: row.commission.accrued_at,
            id: row.commission.id,
        }
    }
}

/// One page; `deal` narrows to what one deal earned.
pub async fn list(
    conn: &mut Conn,
    scope: Scope,
    filter: &CommissionFilter,
    deal: Option<DealId>,
    after: Option<Cursor>,
    limit: i64,
) -> Result<Vec<CommissionRow>, StoreError> {
    let mut statement = Statement::new(
        "SELECT c.*, d.number, d.customer_name, p.name AS partner, t.reference AS transaction_reference,
             t.happened_on AS transaction_on
         FROM commissions c JOIN deals d ON d.id = c.deal_id JOIN partners p ON p.id = c.partner_id
             LEFT JOIN transactions t ON t.id = c.transaction_id
         WHERE",
    );
    push_scope(&mut statement, scope);
    push_partner(&mut statement, filter.partner);
    if let Some(status) = filter.status {
        statement.push(" AND c.status = ").bind(status.as_str());
    }
    if let Some(deal) = deal {
        statement.push(" AND c.deal_id = ").bind(deal.0);
    }
    if let Some(Cursor { at, id }) = after {
        statement
            .push(" AND (c.accrued_at, c.id) < (")
            .bind(at.0)
            .push(", ")
            .bind(id.0)
            .push(")");
    }
    statement
        .push(" ORDER BY c.accrued_at DESC, c.id DESC LIMIT ")
        .bind(limit);
    let records: Vec<ListedRecord> = statement.fetch_all(conn).await?;
    Ok(records.into_iter().map(CommissionRow::from).collect())
}

/// What the commissions of each status come to, per currency.
pub async fn totals(
    conn: &mut Conn,
    scope: Scope,
    partner: Option<PartnerId>,
) -> Result<Vec<CommissionTotal>, StoreError> {
    let mut statement = Statement::new(
        "SELECT c.status, c.currency, CAST(sum(c.minor) AS BIGINT), count(*) FROM commissions c WHERE",
    );
    push_scope(&mut statement, scope);
    push_partner(&mut statement, partner);
    statement.push(" GROUP BY c.status, c.currency ORDER BY c.status, c.currency");
    let rows: Vec<(CommissionStatus, Currency, i64, i64)> = statement.fetch_all(conn).await?;
    let total = |(status, currency, minor, count)| CommissionTotal {
        status,
        total: Money::new(minor, currency),
        count,
    };
    Ok(rows.into_iter().map(total).collect())
}

fn push_scope(statement: &mut Statement, scope: Scope) {
    match scope {
        Scope::Membership(membership) => statement.push(" c.membership_id = ").bind(membership.0),
        Scope::Program(company, program) => statement
            .push(" c.company_id = ")
            .bind(company.0)
            .push(" AND c.program_id = ")
            .bind(program.0),
    };
}

fn push_partner(statement: &mut Statement, partner: Option<PartnerId>) {
    if let Some(partner) = partner {
        statement.push(" AND c.partner_id = ").bind(partner.0);
    }
}
