//! The doors by which a customer is looked for while a form is filled in.

use domain::views::CustomerChoice;
use domain::{MembershipId, ProgramId};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use crate::error::ActionError;

/// Of the customers of the partner's own deals.
#[server(endpoint = "partner_customers", input = Json)]
pub async fn find_partner_customers(
    membership: MembershipId,
    search: String,
) -> Result<Vec<CustomerChoice>, ActionError> {
    let access = crate::door::partner(membership).await?;
    Ok(access.known_customers(&search).await?)
}

/// Of the company's customers.
#[server(endpoint = "company_customers", input = Json)]
pub async fn find_company_customers(
    program: ProgramId,
    search: String,
) -> Result<Vec<CustomerChoice>, ActionError> {
    let access = crate::door::company(program).await?;
    Ok(access.known_customers(&search).await?)
}
