//! What this partner earns (R28): the offers that hold for its tier, in plain words, each with an example.

use domain::MembershipId;
use domain::views::PartnerOfferView;
use leptos::prelude::*;

use super::Summary;
use crate::calculation::CalculationLines;
use crate::locale::use_locale;
use crate::ui::{EmptyState, Icon};

#[component]
pub fn Offers(membership: MembershipId, shown: RwSignal<Summary>) -> impl IntoView {
    let offers = Memo::new(move |_| shown.with(|summary| summary.view.offers.clone()));
    let body = move || {
        let offers = offers.get();
        if offers.is_empty() {
            return view! { <EmptyState text="No offer holds for you now." icon=icondata::LuBadgePercent/> }
                .into_any();
        }
        let cards = offers
            .into_iter()
            .map(|offer| view! { <Offer membership offer/> });
        view! { <div class="grid" data-columns="2">{cards.collect_view()}</div> }.into_any()
    };
    view! {
        <section class="section" id="offers" aria-labelledby="offers-title" tabindex="-1" data-part="offers">
            <h2 id="offers-title">"What you earn"</h2>
            {body}
        </section>
    }
}

#[component]
fn Offer(membership: MembershipId, offer: PartnerOfferView) -> impl IntoView {
    let ask = format!("/p/{membership}/messages?offer={}", offer.id);
    let about = format!(": {}", offer.name);
    let locale = use_locale();
    let until = offer
        .ends_on
        .map(|day| format!("Until {}", locale.date(day)));
    view! {
        <article class="card offer-card" data-offer=offer.id.to_string()>
            <div class="card__head">
                <h3>{offer.name}</h3>
                <span class="muted small">{offer.trigger.label()}</span>
            </div>
            <div class="card__body">
                <p class="offer-card__sentence">{offer.sentence}</p>
                {until.map(|text| view! { <p class="muted small">{text}</p> })}
                <details class="earning">
                    <summary>"For example"</summary>
                    <CalculationLines calculation=offer.example bare=true/>
                </details>
                <p>
                    <a class="button" data-size="small" href=ask>
                        <Icon icon=icondata::LuMessageSquare/>
                        <span>"Ask about this offer"<span class="visually-hidden">{about}</span></span>
                    </a>
                </p>
            </div>
        </article>
    }
}
