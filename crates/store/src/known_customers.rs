//! The customers that somebody may be shown while a form is filled in: a company its own, a partner those of its own deals.

use domain::customer::fold_business;
use domain::deals::Win;
use domain::forms::KnownCustomer;
use domain::views::CustomerChoice;
use domain::{CompanyId, CustomerId, MembershipId};

use crate::conn::Conn;
use crate::search::push_words;
use crate::{JsonText, Statement, StoreError};

/// Names under which a partner's deals have one customer.
const NAMES: i64 = 20;

/// The company's customers by name; `search` narrows by folded words.
pub async fn list_of_company(
    conn: &mut Conn,
    company: CompanyId,
    search: &str,
    limit: i64,
) -> Result<Vec<CustomerChoice>, StoreError> {
    let mut statement =
        Statement::new("SELECT c.id, c.name, c.domain FROM customers c WHERE c.company_id = ");
    statement.bind(company.0);
    push_words(&mut statement, "c.folded", &fold_business(search));
    statement
        .push(" ORDER BY c.folded, c.id LIMIT ")
        .bind(limit);
    let rows: Vec<(CustomerId, String, Option<String>)> = statement.fetch_all(conn).await?;
    let choices = rows.into_iter().map(|(id, name, domain)| CustomerChoice {
        id: Some(id),
        name,
        domain,
    });
    Ok(choices.collect())
}

/// The customers of the membership's own deals by the names that these have, each business once. Only a win of its own says
/// that one is the company's customer: whom others won, the partner does not learn.
pub async fn list_of_membership(
    conn: &mut Conn,
    membership: MembershipId,
    search: &str,
    limit: i64,
) -> Result<Vec<CustomerChoice>, StoreError> {
    let mut statement = Statement::new(
        "SELECT max(d.customer_name), max(d.customer_domain),
             max(CASE WHEN d.win IN ('pending', 'confirmed') THEN d.win_facts END)
         FROM deals d WHERE d.registration <> 'draft' AND d.customer_folded <> '' AND d.membership_id = ",
    );
    statement.bind(membership.0);
    push_words(&mut statement, "d.customer_folded", &fold_business(search));
    statement
        .push(" GROUP BY d.customer_folded ORDER BY d.customer_folded LIMIT ")
        .bind(limit);
    let rows: Vec<(String, Option<String>, Option<JsonText<Win>>)> =
        statement.fetch_all(conn).await?;
    let choices = rows.into_iter().map(|(name, domain, win)| CustomerChoice {
        id: win.and_then(|win| win.0.customer()),
        name,
        domain,
    });
    Ok(choices.collect())
}

/// The company's customer of that id, as the company knows it.
pub async fn find_of_company(
    conn: &mut Conn,
    company: CompanyId,
    id: CustomerId,
) -> Result<Vec<KnownCustomer>, StoreError> {
    let mut statement = Statement::new("SELECT c.name FROM customers c WHERE c.company_id = ");
    statement.bind(company.0).push(" AND c.id = ").bind(id.0);
    Ok(named(id, statement.fetch_all(conn).await?))
}

/// The customer of that id under the names that the membership's own won deals have it; none where no deal of its own won it.
pub async fn find_of_membership(
    conn: &mut Conn,
    membership: MembershipId,
    id: CustomerId,
) -> Result<Vec<KnownCustomer>, StoreError> {
    let mut statement =
        Statement::new("SELECT DISTINCT d.customer_name FROM deals d WHERE d.membership_id = ");
    statement
        .bind(membership.0)
        .push(" AND d.win IN ('pending', 'confirmed') AND d.win_facts LIKE ")
        .bind(format!("%\"customer\":\"{id}\"%"))
        .push(" ORDER BY d.customer_name LIMIT ")
        .bind(NAMES);
    Ok(named(id, statement.fetch_all(conn).await?))
}

fn named(id: CustomerId, names: Vec<(String,)>) -> Vec<KnownCustomer> {
    let names = names.into_iter();
    names.map(|(name,)| KnownCustomer { id, name }).collect()
}
