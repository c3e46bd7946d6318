//! Other deals on the same customer.

use domain::customer::BusinessKey;
use domain::deals::RegistrationStatus;
use domain::{CompanyId, DealId, PartnerId, Timestamp};

use crate::conn::Conn;
use crate::{Statement, StoreError};

/// Another deal of the company with what seems to be the same business.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct DealMatch {
    pub id: DealId,
    pub partner_id: PartnerId,
    pub number: Option<i64>,
    pub number_prefix: String,
    pub customer_name: String,
    pub partner: String,
    pub registration: RegistrationStatus,
    pub submitted_at: Option<Timestamp>,
}

/// Registrations in play (waiting or approved) whose site or folded name is the same.
pub async fn matching_deals(
    conn: &mut Conn,
    company: CompanyId,
    business: &BusinessKey,
    except: Option<DealId>,
) -> Result<Vec<DealMatch>, StoreError> {
    let mut statement = Statement::new(
        "SELECT d.id, d.partner_id, d.number, g.number_prefix, d.customer_name, p.name AS partner, d.registration,
             d.submitted_at
         FROM deals d JOIN partners p ON p.id = d.partner_id JOIN programs g ON g.id = d.program_id
         WHERE d.registration IN ('submitted', 'needs_info', 'approved') AND d.id IN (",
    );
    // One index each: over an OR of both, SQLite reads all of the company's deals.
    statement
        .push("SELECT id FROM deals WHERE customer_folded <> '' AND company_id = ")
        .bind(company.0)
        .push(" AND customer_folded = ")
        .bind(business.folded_name.as_str());
    if let Some(domain) = &business.domain {
        statement
            .push(" UNION SELECT id FROM deals WHERE company_id = ")
            .bind(company.0)
            .push(" AND customer_domain = ")
            .bind(domain.as_str());
    }
    statement.push(")");
    if let Some(except) = except {
        statement.push(" AND d.id <> ").bind(except.0);
    }
    statement.push(" ORDER BY d.submitted_at, d.id LIMIT 20");
    statement.fetch_all(conn).await
}
