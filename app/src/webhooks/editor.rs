//! Adding an endpoint, and changing one.

use domain::commands::SaveEndpoint;
use domain::views::{EndpointView, EndpointsView};
use domain::webhooks::{EventPicker, host_of};
use domain::{CompanyId, EndpointId};
use leptos::prelude::*;

use super::fields::EndpointFields;
use super::server_fns::{self, AddEndpoint, load_endpoints, open_endpoint};
use super::typed::typed_before;
use crate::error::ActionError;
use crate::layout::{BackLink, FormPage, PageHeader};
use crate::place::{must_exist, use_id};
use crate::problem::Problem;
use crate::sent::{Sent, SentErrors, go_there};
use crate::ui::{Button, Variant, awaited, use_ready};

/// `/company/:company/webhooks/new`
#[component]
pub fn NewEndpointPage() -> impl IntoView {
    let company = use_id::<CompanyId>("company");
    let loaded = Resource::new(
        move || company.get(),
        async |company| {
            let company = must_exist(company)?;
            let view = load_endpoints(company).await?;
            Ok::<_, ActionError>((company, view, typed_before()))
        },
    );
    view! {
        <Suspense>
            {awaited(move || async move {
                match loaded.await {
                    Ok((company, view, typed)) => view! { <NewForm company view typed/> }.into_any(),
                    Err(error) => view! { <Problem error/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn NewForm(company: CompanyId, view: EndpointsView, typed: Option<SaveEndpoint>) -> impl IntoView {
    let action = ServerAction::<AddEndpoint>::new();
    let sent = Sent::of(action, "");
    go_there(action);
    let back = format!("/company/{company}/webhooks");
    let start = typed.unwrap_or_else(|| SaveEndpoint {
        url: String::new(),
        description: String::new(),
        events: EventPicker::All,
    });
    view! {
        <FormPage>
            <PageHeader title="Add an endpoint" back=BackLink::new(back, "Webhooks")/>
            <SentErrors sent/>
            <ActionForm action attr:class="form" attr:novalidate="" attr:data-ready=use_ready()>
                <input type="hidden" name="company" value=company.to_string()/>
                <input type="hidden" name="endpoint" value=view.next.to_string()/>
                <EndpointFields start takes_http=view.takes_http sent/>
                <div class="button-row">
                    <Button kind="submit" variant=Variant::Primary busy=action.pending()>"Add the endpoint"</Button>
                </div>
            </ActionForm>
        </FormPage>
    }
}

/// `/company/:company/webhooks/:endpoint/edit`
#[component]
pub fn EditEndpointPage() -> impl IntoView {
    let company = use_id::<CompanyId>("company");
    let endpoint = use_id::<EndpointId>("endpoint");
    let loaded = Resource::new(
        move || (company.get(), endpoint.get()),
        async |(company, endpoint)| {
            let (company, endpoint) = (must_exist(company)?, must_exist(endpoint)?);
            let view = open_endpoint(company, endpoint).await?;
            Ok::<_, ActionError>((company, view, typed_before()))
        },
    );
    view! {
        <Suspense>
            {awaited(move || async move {
                match loaded.await {
                    Ok((company, endpoint, typed)) => view! { <EditForm company endpoint typed/> }.into_any(),
                    Err(error) => view! { <Problem error/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn EditForm(
    company: CompanyId,
    endpoint: EndpointView,
    typed: Option<SaveEndpoint>,
) -> impl IntoView {
    let action = ServerAction::<server_fns::SaveEndpoint>::new();
    let sent = Sent::of(action, "");
    go_there(action);
    let back = format!("/company/{company}/webhooks/{}", endpoint.id);
    let label = host_of(&endpoint.url).to_owned();
    let plain = endpoint.url.starts_with("http://");
    let (id, version) = (endpoint.id.to_string(), endpoint.version.to_string());
    let start = typed.unwrap_or(SaveEndpoint {
        url: endpoint.url,
        description: endpoint.description,
        events: endpoint.events,
    });
    view! {
        <FormPage>
            <PageHeader title="Change the endpoint" back=BackLink::new(back, label)/>
            <SentErrors sent/>
            <ActionForm action attr:class="form" attr:novalidate="" attr:data-ready=use_ready()>
                <input type="hidden" name="company" value=company.to_string()/>
                <input type="hidden" name="endpoint" value=id/>
                <input type="hidden" name="version" value=version/>
                <EndpointFields start takes_http=plain sent/>
                <div class="button-row">
                    <Button kind="submit" variant=Variant::Primary busy=action.pending()>"Save the endpoint"</Button>
                </div>
            </ActionForm>
        </FormPage>
    }
}
