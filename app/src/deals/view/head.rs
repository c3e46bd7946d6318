//! The deal's name and its four facts in tags.

use domain::deals::{RegistrationStatus, WinStatus};
use domain::views::DealView;
use leptos::prelude::*;

use super::words::{registration_tone, win_tone};
use crate::ui::{MoneyText, StageTag, Tag};

/// Number, value, stage, registration and win. The customer is the page's h1.
#[component]
pub fn DealHead(#[prop(into)] deal: Signal<DealView>) -> impl IntoView {
    let status = Memo::new(move |_| deal.with(|deal| deal.registration.status()));
    let win = Memo::new(move |_| deal.with(|deal| deal.win.status()));
    let value = Memo::new(move |_| deal.with(|deal| deal.summary.value));
    let stage = Memo::new(move |_| {
        deal.with(|deal| {
            let placement = deal.placement.as_ref()?;
            let stage = deal.pipeline.find(placement.stage)?;
            Some((stage.name.clone(), stage.hue.clone()))
        })
    });
    let registration = move || {
        let status = status.get();
        // An approved deal is told by its stage; the word would only repeat it.
        (status != RegistrationStatus::Approved || stage.with(Option::is_none))
            .then(|| view! { <Tag text=status.label() tone=registration_tone(status)/> })
    };
    view! {
        <div class="deal-head">
            <p class="deal-head__number">{move || deal.with(|deal| deal.number.clone())}</p>
            {move || value.get().map(|amount| view! { <p class="deal-head__value"><MoneyText amount/></p> })}
            <div class="deal-head__tags" data-part="states">
                {move || stage.get().map(|(name, hue)| view! { <StageTag name hue/> })}
                {registration}
                {move || {
                    let win = win.get();
                    (win != WinStatus::None).then(|| view! { <Tag text=win.label() tone=win_tone(win)/> })
                }}
            </div>
        </div>
    }
}
