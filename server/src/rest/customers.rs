use domain::{CustomerId, ProgramId};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    answer::{Answer, Page, ok},
    request::{Asked, At, Caller, words},
    wire::{Customer, CustomerPage},
};

/// What narrows the list of customers.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct CustomersAsked {
    /// Words that the name holds.
    #[param(max_length = 200)]
    search: Option<String>,
}

/// The company's customers
///
/// For a company's key. The first 200 by name; narrow it by `search`.
#[utoipa::path(get, path = "/programs/{program}/customers", tag = "Customers", params(CustomersAsked), responses((status = 200, body = Page<Customer>)))]
pub async fn list_customers(
    Caller(caller): Caller,
    At(program): At<ProgramId>,
    Asked(asked): Asked<CustomersAsked>,
) -> Answer {
    let access = caller.enter_company(program).await?;
    let found = access.customers(&words("search", asked.search)?).await?;
    let items = found.into_iter().map(Customer::from).collect();
    Ok(ok(Page::whole(items)))
}

/// One customer, with the deals of this program that won it
///
/// For a company's key.
#[utoipa::path(get, path = "/programs/{program}/customers/{customer}", tag = "Customers", responses((status = 200, body = CustomerPage)))]
pub async fn get_customer(
    Caller(caller): Caller,
    At((program, customer)): At<(ProgramId, CustomerId)>,
) -> Answer {
    let access = caller.enter_company(program).await?;
    Ok(ok(CustomerPage::from(access.customer(customer).await?)))
}
