//! Customers: one row per business and company, made by a win.

use domain::customer::{BusinessKey, fold_business};
use domain::views::CustomerView;
use domain::{CompanyId, CustomerId, DealId, Timestamp};
use sqlx::query;

use crate::Statement;
use crate::StoreError;
use crate::conn::{Conn, sql};
use crate::dialect::for_update;
use crate::search::push_words;

/// A customer to be kept.
#[derive(Debug, Clone)]
pub struct NewCustomer<'a> {
    pub id: CustomerId,
    pub company: CompanyId,
    pub name: &'a str,
    pub business: &'a BusinessKey,
    pub deal: DealId,
    pub at: Timestamp,
}

/// Keeps the customer, or finds the one that the business is already: two wins of one business meet here. Nobody takes
/// the customer away until the transaction ends. Gives the id and whether it is new.
pub async fn find_or_insert(
    conn: &mut Conn,
    customer: &NewCustomer<'_>,
) -> Result<(CustomerId, bool), StoreError> {
    let key = customer.business.unique_text();
    // One that was there and is gone is made anew; whoever loses twice against others tries again later.
    for _ in 0..3 {
        if insert(conn, customer, &key).await? {
            return Ok((customer.id, true));
        }
        let clause = for_update(conn);
        let mut statement = Statement::new("SELECT id FROM customers WHERE company_id = ");
        statement
            .bind(customer.company.0)
            .push(" AND business_key = ")
            .bind(key.as_str())
            .push(clause);
        let found: Option<(CustomerId,)> = statement.fetch_optional(conn).await?;
        if let Some((id,)) = found {
            return Ok((id, false));
        }
    }
    Err(StoreError::Conflict)
}

/// The customer of that id, which stays until the transaction ends.
pub async fn find_held(
    conn: &mut Conn,
    company: CompanyId,
    id: CustomerId,
) -> Result<Option<CustomerId>, StoreError> {
    let clause = for_update(conn);
    let mut statement = Statement::new("SELECT id FROM customers WHERE company_id = ");
    statement
        .bind(company.0)
        .push(" AND id = ")
        .bind(id.0)
        .push(clause);
    let found: Option<(CustomerId,)> = statement.fetch_optional(conn).await?;
    Ok(found.map(|(id,)| id))
}

async fn insert(
    conn: &mut Conn,
    customer: &NewCustomer<'_>,
    key: &str,
) -> Result<bool, StoreError> {
    let rows = sql!(
        conn.execute,
        query(
            "INSERT INTO customers (id, company_id, name, folded, domain, business_key, status, deal_id, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, 'provisional', $7, $8)
             ON CONFLICT (company_id, business_key) DO NOTHING"
        )
        .bind(customer.id)
        .bind(customer.company)
        .bind(customer.name)
        .bind(&customer.business.folded_name)
        .bind(&customer.business.domain)
        .bind(key)
        .bind(customer.deal)
        .bind(customer.at)
    )?;
    Ok(rows == 1)
}

/// The confirmation of the win makes the customer final.
pub async fn confirm(
    conn: &mut Conn,
    company: CompanyId,
    id: CustomerId,
) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query(
            "UPDATE customers SET status = 'confirmed', version = version + 1
             WHERE company_id = $1 AND id = $2 AND status = 'provisional'"
        )
        .bind(company)
        .bind(id)
    )
    .map(|_| ())
}

/// A rejected win takes back its customer, unless it is confirmed or another win that waits carries it.
pub async fn delete_provisional(
    conn: &mut Conn,
    company: CompanyId,
    customer: CustomerId,
    deal: DealId,
) -> Result<(), StoreError> {
    // A win that is being marked holds the row: what it carries is seen by the next statement.
    find_held(conn, company, customer).await?;
    sql!(
        conn.execute,
        query(
            "DELETE FROM customers WHERE company_id = $1 AND id = $2 AND status = 'provisional'
                 AND NOT EXISTS (SELECT 1 FROM deals d WHERE d.company_id = $1 AND d.id <> $3 AND d.win = 'pending'
                     AND d.win_facts LIKE $4)"
        )
        .bind(company)
        .bind(customer)
        .bind(deal)
        .bind(format!("%\"customer\":\"{customer}\"%"))
    )
    .map(|_| ())
}

#[derive(sqlx::FromRow)]
struct CustomerRow {
    id: CustomerId,
    name: String,
    domain: Option<String>,
    status: String,
    deal_id: DealId,
    number: Option<i64>,
    number_prefix: String,
    partner: String,
    created_at: Timestamp,
}

/// Customers as pages show them, up to what narrows them.
const LINES: &str =
    "SELECT c.id, c.name, c.domain, c.status, c.deal_id, d.number, g.number_prefix, p.name AS partner, c.created_at
     FROM customers c JOIN deals d ON d.id = c.deal_id JOIN partners p ON p.id = d.partner_id
         JOIN programs g ON g.id = d.program_id
     WHERE c.company_id = ";

/// The company's customer of that id.
pub async fn find(
    conn: &mut Conn,
    company: CompanyId,
    id: CustomerId,
) -> Result<Option<CustomerView>, StoreError> {
    let mut statement = Statement::new(LINES);
    statement.bind(company.0).push(" AND c.id = ").bind(id.0);
    let row: Option<CustomerRow> = statement.fetch_optional(conn).await?;
    Ok(row.map(CustomerRow::view))
}

/// The company's customers by name; `search` narrows by folded words, a legal form at its end left out as it is in names.
pub async fn list(
    conn: &mut Conn,
    company: CompanyId,
    search: &str,
    limit: i64,
) -> Result<Vec<CustomerView>, StoreError> {
    let mut statement = Statement::new(LINES);
    statement.bind(company.0);
    push_words(&mut statement, "c.folded", &fold_business(search));
    statement
        .push(" ORDER BY c.folded, c.id LIMIT ")
        .bind(limit);
    let rows: Vec<CustomerRow> = statement.fetch_all(conn).await?;
    Ok(rows.into_iter().map(CustomerRow::view).collect())
}

impl CustomerRow {
    fn view(self) -> CustomerView {
        CustomerView {
            id: self.id,
            name: self.name,
            domain: self.domain,
            confirmed: self.status == "confirmed",
            deal: self.deal_id,
            deal_number: domain::program::deal_number(
                &self.number_prefix,
                self.number.unwrap_or_default(),
            ),
            partner: self.partner,
            since: self.created_at,
        }
    }
}

/// The company's customers that may be the same business, but not the one that the deal `but` itself made.
pub async fn matching(
    conn: &mut Conn,
    company: CompanyId,
    business: &BusinessKey,
    but: Option<DealId>,
) -> Result<Vec<(String, Timestamp)>, StoreError> {
    let mut statement =
        Statement::new("SELECT name, created_at FROM customers WHERE company_id = ");
    statement.bind(company.0);
    if let Some(but) = but {
        statement.push(" AND deal_id <> ").bind(but.0);
    }
    statement
        .push(" AND (folded <> '' AND folded = ")
        .bind(business.folded_name.as_str());
    if let Some(domain) = &business.domain {
        statement.push(" OR domain = ").bind(domain.as_str());
    }
    statement.push(") ORDER BY created_at LIMIT 5");
    statement.fetch_all(conn).await
}
