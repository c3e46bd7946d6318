//! The company's customers, and the list of those that its own team works.

mod claims;
mod one;
mod server_fns;
mod transaction;

use domain::ProgramId;
use domain::events::Topic;
use domain::views::CustomerView;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::error::ActionError;
use crate::layout::{Page, PageHeader};
use crate::live::use_live_refresh;
use crate::problem::Problem;
use crate::ui::{EmptyState, Tag, TextInput, Time, Tone, awaited};
use claims::Claims;
pub use one::CustomerPage;
use server_fns::{CustomersView, load_customers};

/// `/c/:program/customers`
#[component]
pub fn CustomersPage() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let program = move || {
        params.with(|params| {
            params
                .get("program")
                .and_then(|id| id.parse::<ProgramId>().ok())
        })
    };
    let search = move || query.with(|query| query.get("search").unwrap_or_default());
    let customers = Resource::new(
        move || (program(), search()),
        |(program, search)| async move {
            match program {
                Some(program) => load_customers(program, search).await,
                None => Err(ActionError::new(domain::ErrorCode::NotFound)),
            }
        },
    );
    use_live_refresh(&[Topic::Deal, Topic::Program], move || customers.refetch());
    view! {
        <Page>
            <PageHeader title="Customers" lead="Every business that a won deal brought, once."/>
            <Transition>
                {awaited(move || async move {
                    match (customers.await, program()) {
                        (Ok(view), Some(program)) => {
                            let reload = Callback::new(move |()| customers.refetch());
                            view! { <Parts program view search=search() reload/> }.into_any()
                        }
                        (Err(error), _) => view! { <Problem error/> }.into_any(),
                        (Ok(_), None) => ().into_any(),
                    }
                })}
            </Transition>
        </Page>
    }
}

#[component]
fn Parts(
    program: ProgramId,
    view: CustomersView,
    search: String,
    reload: Callback<()>,
) -> impl IntoView {
    let none = if search.is_empty() {
        "No customer yet. The first won deal makes one."
    } else {
        "No customer of that name."
    };
    view! {
        <form class="cluster" method="get" role="search">
            <TextInput id="search" label="Find a customer" kind="search" value=search/>
            <button class="button" type="submit">"Find"</button>
        </form>
        {if view.customers.is_empty() {
            view! { <EmptyState icon=icondata::LuBuilding2 text=none/> }.into_any()
        } else {
            view! { <CustomerTable program customers=view.customers/> }.into_any()
        }}
        <Claims program claims=view.claims may_edit=view.may_edit reload/>
    }
}

#[component]
fn CustomerTable(program: ProgramId, customers: Vec<CustomerView>) -> impl IntoView {
    view! {
        <div class="table-wrap">
            <table class="table" data-stacks="">
                <caption class="visually-hidden">"Customers"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Customer"</th>
                        <th scope="col">"Website"</th>
                        <th scope="col">"Status"</th>
                        <th scope="col">"Won deal"</th>
                        <th scope="col">"Partner"</th>
                        <th scope="col">"Since"</th>
                    </tr>
                </thead>
                <tbody>
                    {customers
                        .into_iter()
                        .map(|customer| {
                            let (tone, status) =
                                if customer.confirmed { (Tone::Good, "Confirmed") } else { (Tone::Warn, "Provisional") };
                            view! {
                                <tr>
                                    <th scope="row" dir="auto"><a href=format!("/c/{program}/customers/{}", customer.id)>{customer.name}</a></th>
                                    <td data-label="Website">{customer.domain}</td>
                                    <td data-label="Status"><Tag tone text=status/></td>
                                    <td data-label="Won deal">
                                        <a href=format!("/c/{program}/deals/{}", customer.deal)>{customer.deal_number}</a>
                                    </td>
                                    <td data-label="Partner">{customer.partner}</td>
                                    <td data-label="Since"><Time at=customer.since/></td>
                                </tr>
                            }
                        })
                        .collect_view()}
                </tbody>
            </table>
        </div>
    }
}
