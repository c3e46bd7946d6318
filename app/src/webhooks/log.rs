//! The messages of an endpoint, newest first.

use domain::views::DeliveryView;
use domain::webhooks::DeliveryState;
use domain::{CompanyId, DeliveryId, EndpointId};
use leptos::prelude::*;

use super::model::{log_page, nothing_of, shown_state, tone_of_delivery, tries};
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
    let shown = shown_state(state.as_deref());
    let first = later.then(|| log_page(&here, shown, None));
    let next = next.map(|next| log_page(&here, shown, Some(next)));
    let none = nothing_of(shown);
    let filters = [None]
        .into_iter()
        .chain(DeliveryState::ALL.iter().copied().map(Some))
        .map(|state| {
            let label = state.map_or("All", DeliveryState::label);
            let href = log_page(&here, state, None);
            let current = (state == shown).then_some("true");
            view! { <a class="filter-chip" href=href aria-current=current>{label}</a> }
        })
        .collect_view();
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
                    {filters}
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
