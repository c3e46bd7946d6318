//! `/company/:company/webhooks`: the endpoints.

use domain::CompanyId;
use domain::views::{EndpointView, EndpointsView};
use leptos::prelude::*;

use super::model::{DOCS, Trouble, tone_of_endpoint, trouble};
use super::server_fns::load_endpoints;
use crate::error::ActionError;
use crate::layout::{BackLink, Page, PageHeader};
use crate::place::{must_exist, use_id};
use crate::problem::Problem;
use crate::ui::{EmptyState, LinkButton, Tag, Time, Variant, awaited};

#[component]
pub fn EndpointsPage() -> impl IntoView {
    let company = use_id::<CompanyId>("company");
    let loaded = Resource::new(
        move || company.get(),
        async |company| {
            let company = must_exist(company)?;
            Ok::<_, ActionError>((company, load_endpoints(company).await?))
        },
    );
    view! {
        <Transition>
            {awaited(move || async move {
                match loaded.await {
                    Ok((company, view)) => view! { <Endpoints company view/> }.into_any(),
                    Err(error) => view! { <Problem error/> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Endpoints(company: CompanyId, view: EndpointsView) -> impl IntoView {
    let new = format!("/company/{company}/webhooks/new");
    let empty = view.endpoints.is_empty();
    let rows = view
        .endpoints
        .into_iter()
        .map(|endpoint| view! { <Row company endpoint/> })
        .collect_view();
    view! {
        <Page width="narrow">
            <PageHeader title="Webhooks" lead=view.company back=BackLink::new(format!("/company/{company}/team"), "Team")>
                <LinkButton href=new variant=Variant::Primary icon=icondata::LuPlus>"Add an endpoint"</LinkButton>
            </PageHeader>
            <p class="muted prose">
                "An endpoint is an address of a system of yours. Dealboard calls it when something happens to a deal. "
                <a href=DOCS rel="external">"How webhooks work"</a>
            </p>
            {if empty {
                view! { <EmptyState icon=icondata::LuWebhook text="No endpoint yet. Nothing is told to other systems."/> }.into_any()
            } else {
                view! { <section class="section" aria-label="Endpoints"><ul class="rows">{rows}</ul></section> }.into_any()
            }}
        </Page>
    }
}

#[component]
fn Row(company: CompanyId, endpoint: EndpointView) -> impl IntoView {
    let at = format!("/company/{company}/webhooks/{}", endpoint.id);
    let doing = match trouble(&endpoint) {
        Some(Trouble::Fails(at)) => view! { ", failing since " <Time at/> }.into_any(),
        Some(Trouble::TryFailed) => view! { ", the last try failed" }.into_any(),
        Some(Trouble::TestFailed) => view! { ", the last test failed" }.into_any(),
        Some(Trouble::Stopped) | None => ().into_any(),
    };
    let described = (!endpoint.description.is_empty()).then_some(endpoint.description);
    view! {
        <li class="rows__row">
            <div class="rows__main">
                <p class="webhook__url"><a href=at>{endpoint.url}</a></p>
                {described.map(|text| view! { <p class="small" dir="auto">{text}</p> })}
                <p class="muted small">
                    {endpoint.events.summary()}
                    {doing}
                </p>
            </div>
            <div class="rows__side"><Tag tone=tone_of_endpoint(endpoint.state) text=endpoint.state.label()/></div>
        </li>
    }
}
