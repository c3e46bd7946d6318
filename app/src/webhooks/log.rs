//! The messages of an endpoint, newest first.

use domain::views::DeliveryView;
use domain::webhooks::DeliveryState;
use domain::{CompanyId, DeliveryId, EndpointId};
use leptos::prelude::*;

use super::model::{tone_of_delivery, tries};
use crate::ui::{EmptyState, Pagination, Tag, Time};

#[component]
pub fn Log(
    company: CompanyId,
    endpoint: EndpointId,
    deliveries: Vec<DeliveryView>,
    next: Option<DeliveryId>,
    state: Option<String>,
    /// Whether this is not the first page.
    later: bool,
) -> impl IntoView {
    let here = format!("/company/{company}/webhooks/{endpoint}");
    let only_dead = state.as_deref() == Some(DeliveryState::Dead.as_str());
    let filter = if only_dead { "state=dead&" } else { "" };
    let dead = format!("{here}?state=dead");
    let first = later.then(|| {
        if only_dead {
            dead.clone()
        } else {
            here.clone()
        }
    });
    let next = next.map(|next| format!("{here}?{filter}before={next}"));
    let none = if only_dead {
        "Every message was delivered, or still can be."
    } else {
        "No message yet. Send a test, or wait for the next event."
    };
    let empty = deliveries.is_empty();
    let rows = deliveries
        .into_iter()
        .map(|delivery| view! { <Row here=here.clone() delivery/> })
        .collect_view();
    view! {
        <section class="section" aria-labelledby="log-title">
            <div class="section__head">
                <h2 id="log-title">"Messages"</h2>
                <nav class="cluster" aria-label="Which messages">
                    <a href=here.clone() aria-current=(!only_dead).then_some("page")>"All"</a>
                    <a href=dead aria-current=only_dead.then_some("page")>"Not delivered"</a>
                </nav>
            </div>
            {if empty {
                view! { <EmptyState icon=icondata::LuSend text=none/> }.into_any()
            } else {
                view! { <ul class="rows">{rows}</ul> }.into_any()
            }}
            <Pagination first next/>
        </section>
    }
}

#[component]
fn Row(here: String, delivery: DeliveryView) -> impl IntoView {
    let about = (!delivery.about.is_empty()).then_some(delivery.about);
    let failed = (!delivery.last_error.is_empty()).then_some(delivery.last_error);
    view! {
        <li class="rows__row">
            <div class="rows__main">
                <p><a class="table__link webhook__kind" href=format!("{here}/{}", delivery.id)>{delivery.kind}</a> {about.map(|number| view! { " " {number} })}</p>
                <p class="muted small">
                    <Time at=delivery.created_at/>
                    {tries(delivery.attempts).map(|tries| view! { ", "{tries} })}
                    {delivery.next_try_at.map(|at| view! { ", next try " <Time at/> })}
                </p>
                {failed.map(|error| view! { <p class="small webhook__said" data-part="error">{error}</p> })}
            </div>
            <div class="rows__side"><Tag tone=tone_of_delivery(delivery.state) text=delivery.state.label()/></div>
        </li>
    }
}
