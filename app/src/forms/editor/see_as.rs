//! The preview as somebody: a partner of the program, or any tier and country; and a try to send.

use domain::{MembershipId, forms::COUNTRIES, views::PreviewPartner};
use leptos::{prelude::*, task::spawn_local};

use super::{desk::Desk, server_fns::list_preview_partners};
use crate::ui::{Button, Choice, Select};

#[component]
pub fn SeeAs(desk: Desk) -> impl IntoView {
    let partners = RwSignal::new(None::<Vec<PreviewPartner>>);
    Effect::new(move |_| {
        let program = desk.program;
        spawn_local(async move {
            // Without them there are tier and country still.
            let found = list_preview_partners(program).await.unwrap_or_default();
            partners.try_set(Some(found));
        });
    });
    let trial = desk.trial();
    let nobody = move |_| trial.partner.set(String::new());
    let tiers = desk.tiers.with_value(|tiers| {
        let choice = |tier: &domain::program::Tier| Choice::new(tier.id.to_string(), &tier.name);
        tiers.iter().map(choice).collect::<Vec<_>>()
    });
    let countries = COUNTRIES
        .iter()
        .map(|(code, name)| Choice::new(*code, *name));
    let countries = countries.collect::<Vec<_>>();
    view! {
        <div class="canvas__as" role="group" aria-label="Preview as">
            {move || partners.get().map(|list| view! { <PartnerChoice desk list/> })}
            <Select id="as-tier" label="Tier" choices=tiers prompt="No tier" bind=trial.tier on:change=nobody/>
            <Select id="as-country" label="Country of the partner" choices=countries prompt="Not known" bind=trial.country on:change=nobody/>
        </div>
    }
    .into_any()
}

#[component]
fn PartnerChoice(desk: Desk, list: Vec<PreviewPartner>) -> impl IntoView {
    let trial = desk.trial();
    let choices = list
        .iter()
        .map(|partner| Choice::new(partner.membership.to_string(), &partner.name))
        .collect::<Vec<_>>();
    let see = move |event| {
        let chosen = event_target_value(&event).parse::<MembershipId>().ok();
        let partner = list
            .iter()
            .find(|partner| Some(partner.membership) == chosen);
        trial.see_as(partner);
    };
    view! {
        <Select id="as-partner" label="Partner" choices prompt="Nobody in particular" bind=trial.partner on:change=see/>
    }
    .into_any()
}

#[component]
pub fn TryIt(desk: Desk) -> impl IntoView {
    let trial = desk.trial();
    let send = move |_| trial.try_to_send(&desk.form.get_untracked());
    let clear = move |_| {
        trial.clear();
        desk.said.set("Answers cleared".to_owned());
    };
    view! {
        <div class="form-foot">
            <Button on:click=send>"Try to send"</Button>
            <Button on:click=clear>"Clear answers"</Button>
            <span class="save-state" role="status">{move || trial.told.get()}</span>
        </div>
    }
    .into_any()
}
