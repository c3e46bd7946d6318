//! A deal's page for the partner: the story at the left, the facts and what can be done now at the right.

mod actions;
mod gate;
mod model;
mod move_form;
mod work;

use domain::events::Topic;
use domain::views::{PartnerDealView, PartnerThreadView};
use domain::{DealId, MembershipId};
use leptos::prelude::*;

use self::actions::Actions;
use self::work::Work;
use super::server_fns::get_deal;
use super::view::{
    AnswerList, DealCommissions, DealFacts, DealHead, StageTrack, Timeline, Verdict,
};
use crate::error::ActionError;
use crate::layout::{BackLink, Page, PageHeader, Split};
use crate::live::{News, use_live};
use crate::place::{must_exist, use_deal, use_membership, use_query};
use crate::problem::Problem;
use crate::thread::PartnerThread;
use crate::thread::server_fns::get_partner_thread;
use crate::ui::{Notice, Tone, awaited};

#[component]
pub fn DealPage() -> impl IntoView {
    let (membership, deal) = (use_membership(), use_deal());
    let before = use_query("before");
    let loaded = Resource::new(
        move || (membership.get(), deal.get(), before.get()),
        |(membership, deal, before)| async move {
            let before = before.and_then(|before| before.parse().ok());
            let (membership, deal) = (must_exist(membership)?, must_exist(deal)?);
            let view = get_deal(membership, deal).await?;
            let thread = get_partner_thread(membership, Some(deal), before, true).await?;
            Ok::<_, ActionError>((membership, view, (thread, before)))
        },
    );
    view! {
        <Suspense>
            {awaited(move || async move {
                match loaded.await {
                    Ok((membership, view, (thread, before))) => {
                        view! { <Loaded membership view thread before/> }.into_any()
                    }
                    Err(error) => view! { <Problem error/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Loaded(
    membership: MembershipId,
    view: PartnerDealView,
    thread: PartnerThreadView,
    before: Option<i64>,
) -> impl IntoView {
    let id = view.deal.id;
    let company = view.company.clone();
    let work = Work::new(membership, view.deal);
    follow(work, id);
    let deal = work.deal;
    let customer = Memo::new(move |_| deal.with(|deal| deal.summary.customer.clone()));
    let side = move || {
        view! {
            <Actions work company/>
            <DealFacts deal/>
            <DealCommissions deal base=format!("/p/{membership}")/>
        }
    };
    view! {
        <Page>
            <PageHeader title=customer back=BackLink::new(super::paths::list(membership), "Deals")/>
            <DealHead deal/>
            <Refused work/>
            <Verdict deal/>
            <StageTrack deal/>
            <Split side>
                <AnswerList deal/>
                <PartnerThread membership deal=Some(id) view=thread before/>
                <Timeline deal/>
            </Split>
        </Page>
    }
}

/// Fetches the deal again when somebody changed it.
fn follow(work: Work, id: DealId) {
    let id = id.to_string();
    use_live(&[Topic::Deal], move |news| {
        let about_this = match news {
            News::Changed(change) => change.id == id,
            News::MissedSome => true,
        };
        if about_this {
            work.reload();
        }
    });
}

/// Why the last wish was not done.
#[component]
fn Refused(work: Work) -> impl IntoView {
    move || {
        work.refused.get().map(|error| {
            view! { <Notice tone=Tone::Bad title="That was not done" role="alert"><p>{error.0.text()}</p></Notice> }
        })
    }
}
