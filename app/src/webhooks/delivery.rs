//! `/company/:company/webhooks/:endpoint/:delivery`: one message, its tries, and sending it once more.

use domain::events::Topic;
use domain::views::{AttemptView, DeliveryDetail};
use domain::webhooks::host_of;
use domain::{CompanyId, DeliveryId, EndpointId};
use leptos::prelude::*;

use super::model::{laid_out, tone_of_delivery};
use super::server_fns::{ReplayDelivery, load_delivery};
use crate::error::ActionError;
use crate::layout::{BackLink, Page, PageHeader};
use crate::live::use_live_refresh;
use crate::place::{must_exist, use_id};
use crate::problem::Problem;
use crate::sent::{Sent, SentErrors, successes};
use crate::ui::{Button, EmptyState, Notice, Tag, Time, Tone, awaited, use_ready};

#[component]
pub fn DeliveryPage() -> impl IntoView {
    let company = use_id::<CompanyId>("company");
    let endpoint = use_id::<EndpointId>("endpoint");
    let delivery = use_id::<DeliveryId>("delivery");
    let replay = ServerAction::<ReplayDelivery>::new();
    let replayed = successes(replay);
    let loaded = Resource::new(
        move || {
            (
                company.get(),
                endpoint.get(),
                delivery.get(),
                replayed.get(),
            )
        },
        async |(company, endpoint, delivery, _)| {
            let (company, endpoint) = (must_exist(company)?, must_exist(endpoint)?);
            let detail = load_delivery(company, endpoint, must_exist(delivery)?).await?;
            Ok::<_, ActionError>((company, endpoint, detail))
        },
    );
    use_live_refresh(&[Topic::Webhook], move || loaded.refetch());
    view! {
        <Transition>
            {awaited(move || async move {
                match loaded.await {
                    Ok((company, endpoint, detail)) => {
                        view! { <Screen company endpoint detail replay/> }.into_any()
                    }
                    Err(error) => view! { <Problem error/> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Screen(
    company: CompanyId,
    endpoint: EndpointId,
    detail: DeliveryDetail,
    replay: ServerAction<ReplayDelivery>,
) -> impl IntoView {
    let delivery = detail.delivery;
    let back = format!("/company/{company}/webhooks/{endpoint}");
    let about = (!delivery.about.is_empty()).then(|| delivery.about.clone());
    let title = delivery.kind.clone();
    view! {
        <Page width="narrow">
            <PageHeader title back=BackLink::new(back, host_of(&detail.url).to_owned())>
                {detail.may_replay.then(|| view! {
                    <ActionForm action=replay attr:data-ready=use_ready()>
                        <input type="hidden" name="company" value=company.to_string()/>
                        <input type="hidden" name="endpoint" value=endpoint.to_string()/>
                        <input type="hidden" name="delivery" value=delivery.id.to_string()/>
                        <Button kind="submit" icon=icondata::LuRotateCw busy=replay.pending()>"Send again"</Button>
                    </ActionForm>
                })}
            </PageHeader>
            <SentErrors sent=Sent::of(replay, "replay-")/>
            {(!detail.on).then(|| view! {
                <Notice tone=Tone::Info title="The endpoint is off">"Switch it on to send this message again."</Notice>
            })}
            <section class="card" aria-labelledby="message-title">
                <div class="card__head"><h2 id="message-title">"Message"</h2></div>
                <div class="card__body">
                    <dl class="facts">
                        <div><dt>"State"</dt><dd><Tag tone=tone_of_delivery(delivery.state) text=delivery.state.label()/></dd></div>
                        {about.map(|number| view! { <div><dt>"Deal"</dt><dd>{number}</dd></div> })}
                        <div><dt>"webhook-id"</dt><dd><code>{delivery.id.to_string()}</code></dd></div>
                        <div><dt>"Written"</dt><dd><Time at=delivery.created_at/></dd></div>
                        {delivery.next_try_at.map(|at| view! { <div><dt>"Next try"</dt><dd><Time at/></dd></div> })}
                    </dl>
                    <pre class="webhook__body">{laid_out(&detail.body)}</pre>
                </div>
            </section>
            <Tries attempts=detail.attempts/>
        </Page>
    }
}

#[component]
fn Tries(attempts: Vec<AttemptView>) -> impl IntoView {
    let empty = attempts.is_empty();
    let rows = attempts
        .into_iter()
        .map(|attempt| view! { <Try attempt/> })
        .collect_view();
    view! {
        <section class="section" aria-labelledby="tries-title">
            <div class="section__head"><h2 id="tries-title">"Tries"</h2></div>
            {if empty {
                view! { <EmptyState icon=icondata::LuHistory text="Not tried yet."/> }.into_any()
            } else {
                view! { <ul class="rows">{rows}</ul> }.into_any()
            }}
        </section>
    }
}

#[component]
fn Try(attempt: AttemptView) -> impl IntoView {
    let (tone, word) = if attempt.error.is_empty() {
        (Tone::Good, "Delivered")
    } else {
        (Tone::Bad, "Failed")
    };
    let status = match attempt.status {
        Some(status) => format!("answered {status}"),
        None => "no answer".to_owned(),
    };
    let said = (!attempt.answer.is_empty()).then_some(attempt.answer);
    let error = (!attempt.error.is_empty()).then_some(attempt.error);
    view! {
        <li class="rows__row">
            <div class="rows__main">
                <p>"Try " {attempt.number} ": " {status} " after " {attempt.milliseconds} " ms"</p>
                <p class="muted small"><Time at=attempt.at/></p>
                {error.map(|error| view! { <p class="small webhook__said" data-part="error">{error}</p> })}
                {said.map(|said| view! { <p class="small webhook__said" dir="auto">"It said: " <q>{said}</q></p> })}
            </div>
            <div class="rows__side"><Tag tone text=word/></div>
        </li>
    }
}
