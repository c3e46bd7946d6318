//! The door of customers and of the own-team list.
#![expect(
    clippy::too_many_arguments,
    reason = "a plain form posts its inputs one by one"
)]

use domain::views::{ClaimView, CustomerPageView, CustomerView};
use domain::{ClaimId, CustomerId, DealId, ProgramId};
use leptos::server;
use serde::{Deserialize, Serialize};

use crate::error::ActionError;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomersView {
    pub customers: Vec<CustomerView>,
    pub claims: Vec<ClaimView>,
    /// Whether the viewer keeps the own-team list.
    pub may_edit: bool,
}

#[server(endpoint = "load_customers")]
pub async fn load_customers(
    program: ProgramId,
    search: String,
) -> Result<CustomersView, ActionError> {
    let access = crate::door::company(program).await?;
    Ok(CustomersView {
        customers: access.customers(&search).await?,
        claims: access.claims().await?,
        may_edit: access
            .require(domain::people::CompanyRight::EditClaims)
            .is_ok(),
    })
}

/// Adds a customer to the list that the company's own team works.
#[server(endpoint = "add_claim")]
pub async fn add_claim(
    program: ProgramId,
    customer: String,
    #[server(default)] site: String,
    #[server(default)] note: String,
) -> Result<String, ActionError> {
    let access = crate::door::company(program).await?;
    access
        .add_claim(domain::commands::AddClaim {
            customer,
            site,
            note,
        })
        .await?;
    Ok(crate::door::lead_to(format!("/c/{program}/customers")))
}

#[server(endpoint = "remove_claim")]
pub async fn remove_claim(program: ProgramId, claim: ClaimId) -> Result<String, ActionError> {
    let access = crate::door::company(program).await?;
    access.remove_claim(claim).await?;
    Ok(crate::door::lead_to(format!("/c/{program}/customers")))
}

#[server(endpoint = "open_customer")]
pub async fn open_customer(
    program: ProgramId,
    customer: CustomerId,
) -> Result<CustomerPageView, ActionError> {
    let access = crate::door::company(program).await?;
    Ok(access.customer(customer).await?)
}

/// Enters what the customer bought.
#[server(endpoint = "enter_transaction")]
pub async fn enter_transaction(
    program: ProgramId,
    customer: CustomerId,
    deal: DealId,
    #[server(default)] amount: String,
    #[server(default)] currency: String,
    #[server(default)] on: String,
    #[server(default)] reference: String,
    #[server(default)]
    #[server(rename = "_locale")]
    locale: String,
) -> Result<String, ActionError> {
    let access = crate::door::company(program).await?;
    let amount = crate::amounts::plain(&locale, amount, &currency)?;
    let command = domain::commands::EnterTransaction {
        deal,
        amount,
        currency,
        on,
        reference,
    };
    access.enter_transaction(command).await?;
    let page = format!("/c/{program}/customers/{customer}");
    Ok(crate::door::lead_to(page))
}
