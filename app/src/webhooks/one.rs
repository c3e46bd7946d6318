//! `/company/:company/webhooks/:endpoint`: one endpoint, what can be done with it, and its log.

use domain::events::Topic;
use domain::views::{EndpointLog, EndpointView};
use domain::webhooks::host_of;
use domain::{CompanyId, EndpointId};
use leptos::prelude::*;

use super::log::Log;
use super::model::{DOCS, Trouble, tone_of_endpoint, trouble};
use super::one_actions::{Actions, EndpointActions};
use super::secret::FreshSecret;
use super::server_fns::load_endpoint_log;
use crate::error::ActionError;
use crate::layout::{BackLink, Page, PageHeader, Split};
use crate::live::use_live_refresh;
use crate::place::{must_exist, use_id, use_query};
use crate::problem::Problem;
use crate::sent::{go_there, successes};
use crate::ui::{Notice, Shown, Tag, Time, Tone, awaited};

#[component]
pub fn EndpointPage() -> impl IntoView {
    let company = use_id::<CompanyId>("company");
    let endpoint = use_id::<EndpointId>("endpoint");
    let (state, before) = (use_query("state"), use_query("before"));
    let actions = Actions::made();
    go_there(actions.remove);
    let rotated = successes(actions.rotate);
    let done = (successes(actions.switch), successes(actions.test));
    let loaded = Resource::new(
        move || {
            let asked = (
                state.get().unwrap_or_default(),
                before.get().unwrap_or_default(),
            );
            let changes = (done.0.get(), done.1.get(), rotated.get());
            ((company.get(), endpoint.get()), asked, changes)
        },
        async |((company, endpoint), (state, before), _)| {
            let (company, endpoint) = (must_exist(company)?, must_exist(endpoint)?);
            let log = load_endpoint_log(company, endpoint, state, before).await?;
            Ok::<_, ActionError>((company, log))
        },
    );
    use_live_refresh(&[Topic::Webhook], move || loaded.refetch());
    view! {
        {move || company.get().zip(endpoint.get()).map(|(company, endpoint)| view! {
            <div class="page webhook__fresh"><FreshSecret company endpoint made=rotated/></div>
        })}
        <Transition>
            {awaited(move || async move {
                match loaded.await {
                    Ok((company, log)) => view! { <Screen company log state before actions/> }.into_any(),
                    Err(error) => view! { <Problem error/> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Screen(
    company: CompanyId,
    log: EndpointLog,
    state: Memo<Option<String>>,
    before: Memo<Option<String>>,
    actions: Actions,
) -> impl IntoView {
    let endpoint = log.endpoint;
    let (id, title) = (endpoint.id, host_of(&endpoint.url).to_owned());
    let back = BackLink::new(format!("/company/{company}/webhooks"), "Webhooks");
    let trouble = trouble(&endpoint);
    let side = move || {
        view! {
            <Facts endpoint=endpoint.clone()/>
            <EndpointActions company endpoint actions/>
        }
    };
    let (state, later) = (state.get_untracked(), before.get_untracked().is_some());
    view! {
        <Page>
            <PageHeader title back>
                <a href=DOCS rel="external">"How to verify messages"</a>
            </PageHeader>
            {trouble.map(|trouble| view! { <TroubleNotice trouble/> })}
            <Split side>
                <Log company endpoint=id deliveries=log.deliveries next=log.next state later/>
            </Split>
        </Page>
    }
}

/// What somebody should know before anything else.
#[component]
fn TroubleNotice(trouble: Trouble) -> impl IntoView {
    match trouble {
        Trouble::Stopped => view! {
            <Notice tone=Tone::Bad title="Switched off after failing">
                "Nothing is sent to this endpoint. Once it answers again, switch it on: what was not delivered can be sent once more from the log."
            </Notice>
        }
        .into_any(),
        Trouble::Fails(at) => view! {
            <Notice tone=Tone::Warn title="This endpoint fails">
                <p>"No message has reached it since " <Time at/> ". It is tried again by itself, and switched off when it fails for three days."</p>
            </Notice>
        }
        .into_any(),
        Trouble::TryFailed => view! {
            <Notice title="The last try failed">"It is made again by itself. What went wrong stands at the message."</Notice>
        }
        .into_any(),
        Trouble::TestFailed => view! {
            <Notice title="The last test failed">"It is sent again by itself. What went wrong stands at the message."</Notice>
        }
        .into_any(),
    }
}

#[component]
fn Facts(endpoint: EndpointView) -> impl IntoView {
    let described = (!endpoint.description.is_empty()).then_some(endpoint.description);
    let picked = match &endpoint.events {
        domain::webhooks::EventPicker::All => "All events".to_owned(),
        domain::webhooks::EventPicker::Only(events) => {
            let names: Vec<&str> = events.iter().map(|event| event.as_str()).collect();
            names.join(", ")
        }
    };
    view! {
        <section class="card" aria-labelledby="facts-title">
            <div class="card__head"><h2 id="facts-title">"Endpoint"</h2></div>
            <div class="card__body">
                <dl class="facts">
                    <div><dt>"State"</dt><dd><Tag tone=tone_of_endpoint(endpoint.state) text=endpoint.state.label()/></dd></div>
                    <div><dt>"Address"</dt><dd>{endpoint.url}</dd></div>
                    {described.map(|text| view! { <div><dt>"Description"</dt><dd dir="auto">{text}</dd></div> })}
                    <div><dt>"Told of"</dt><dd>{picked}</dd></div>
                    <div><dt>"Added"</dt><dd><Time at=endpoint.created_at shown=Shown::Date/></dd></div>
                    {endpoint.old_secret_until.map(|at| view! {
                        <div><dt>"Old secret"</dt><dd>"signs until " <Time at/></dd></div>
                    })}
                </dl>
            </div>
        </section>
    }
}
