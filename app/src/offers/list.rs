//! The Offers tab: what holds now, what will, and what has ended.

use domain::ProgramId;
use domain::events::Topic;
use domain::views::{OfferView, OffersView};
use leptos::prelude::*;

use super::card::OfferCard;
use super::model::{Standing, editor_path, standing};
use super::server_fns::{EndOffer, load_offers};
use crate::error::ActionError;
use crate::layout::{Page, PageHeader};
use crate::live::use_live_refresh;
use crate::place::{must_exist, use_id};
use crate::problem::Problem;
use crate::sent::{Sent, SentErrors, successes};
use crate::ui::{EmptyState, LinkButton, Variant, awaited, use_ready};

/// `/c/:program/offers`
#[component]
pub fn OffersPage() -> impl IntoView {
    let program = use_id::<ProgramId>("program");
    let end = ServerAction::<EndOffer>::new();
    let ended = successes(end);
    let loaded = Resource::new(
        move || (program.get(), ended.get()),
        |(program, _)| async move {
            let program = must_exist(program)?;
            Ok::<_, ActionError>((program, load_offers(program).await?))
        },
    );
    use_live_refresh(&[Topic::Program, Topic::Deal], move || loaded.refetch());
    view! {
        <Transition>
            {awaited(move || async move {
                match loaded.await {
                    Ok((program, offers)) => view! { <Offers program offers end/> }.into_any(),
                    Err(error) => view! { <Problem error/> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Offers(program: ProgramId, offers: OffersView, end: ServerAction<EndOffer>) -> impl IntoView {
    let may_edit = offers.may_edit;
    let none = offers.offers.is_empty();
    let parts = [
        ("In force", Group::InForce),
        ("Scheduled", Group::Scheduled),
        ("Ended", Group::Ended),
    ];
    let parts = parts.map(|(title, group)| {
        let of_group = offers
            .offers
            .iter()
            .filter(|offer| Group::of(offer, &offers) == group)
            .cloned()
            .collect::<Vec<_>>();
        view! { <Part program title offers=of_group view=offers.clone() end/> }
    });
    view! {
        <Page>
            <PageHeader
                title="Offers"
                lead="What partners earn, in the words that they read. A published version never changes: commissions name it."
            >
                {may_edit.then(|| view! {
                    <LinkButton href=editor_path(program, None) variant=Variant::Primary icon=icondata::LuPlus>"New offer"</LinkButton>
                })}
            </PageHeader>
            <SentErrors sent=Sent::of(end, "end-")/>
            <div class="stack" data-gap="large" data-ready=use_ready() data-part="offers">
                {none.then(|| view! {
                    <EmptyState icon=icondata::LuBadgePercent text="No offer yet. Until there is one, won deals earn nothing."/>
                })}
                {parts.collect_view()}
            </div>
        </Page>
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Group {
    InForce,
    Scheduled,
    Ended,
}

impl Group {
    fn of(offer: &OfferView, view: &OffersView) -> Self {
        match standing(offer, view.today) {
            Standing::InForce => Self::InForce,
            Standing::Scheduled(_) => Self::Scheduled,
            Standing::Ended => Self::Ended,
        }
    }
}

#[component]
fn Part(
    program: ProgramId,
    title: &'static str,
    offers: Vec<OfferView>,
    view: OffersView,
    end: ServerAction<EndOffer>,
) -> impl IntoView {
    (!offers.is_empty()).then(|| {
        let id = title.to_lowercase().replace(' ', "-");
        let labelled_by = id.clone();
        let cards = offers.into_iter().map(|offer| {
            view! { <OfferCard program offer tiers=view.tiers.clone() today=view.today may_edit=view.may_edit end/> }
        });
        view! {
            <section class="section" aria-labelledby=labelled_by>
                <h2 id=id>{title}</h2>
                {cards.collect_view()}
            </section>
        }
    })
}
