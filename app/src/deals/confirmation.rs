//! The deal is registered: its number, when, and what happens next.

use domain::MembershipId;
use domain::views::DealConfirmation;
use leptos::prelude::*;
use leptos_meta::Title;

use super::paths;
use super::server_fns::get_confirmation;
use crate::layout::FormPage;
use crate::place::{must_exist, use_deal, use_membership};
use crate::problem::Problem;
use crate::ui::{Icon, LinkButton, Time, Variant, awaited};

#[component]
pub fn ConfirmationPage() -> impl IntoView {
    let (membership, deal) = (use_membership(), use_deal());
    let loaded = Resource::new(
        move || (membership.get(), deal.get()),
        |(membership, deal)| async move {
            let (membership, deal) = (must_exist(membership)?, must_exist(deal)?);
            let view = get_confirmation(membership, deal).await?;
            Ok::<_, crate::error::ActionError>((membership, view))
        },
    );
    view! {
        <Suspense>
            {awaited(move || async move {
                match loaded.await {
                    Ok((membership, view)) => view! { <Confirmation membership view/> }.into_any(),
                    Err(error) => view! { <Problem error/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Confirmation(membership: MembershipId, view: DealConfirmation) -> impl IntoView {
    let DealConfirmation {
        deal,
        number,
        customer,
        submitted_at,
        due_at,
    } = view;
    view! {
        <Title text="Deal registered"/>
        <FormPage>
            <div class="confirmation" data-part="confirmation">
                <div class="confirmation__panel">
                    <Icon icon=icondata::LuCircleCheck/>
                    <h1>"Deal registered"</h1>
                    <p class="confirmation__number">{number}</p>
                    <p>{customer}</p>
                    <p class="muted"><Time at=submitted_at/></p>
                </div>
                <section class="section">
                    <h2>"What happens next"</h2>
                    <ul class="prose">
                        <li>"The company decides by "<Time at=due_at/>"."</li>
                        <li>"You are told under the bell as soon as it has."</li>
                        <li>"Once approved, the deal is protected, and you move it over the stages."</li>
                    </ul>
                </section>
                <div class="button-row">
                    <LinkButton href=paths::deal(membership, deal) variant=Variant::Primary>"Open the deal"</LinkButton>
                    <LinkButton href=paths::list(membership)>"All deals"</LinkButton>
                    <LinkButton href=paths::register(membership)>"Register another deal"</LinkButton>
                </div>
            </div>
        </FormPage>
    }
}
