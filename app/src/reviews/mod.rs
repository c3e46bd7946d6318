//! The company's review desk: the queue at the left, the decision at the right.

mod case;
mod decision;
mod desk;
mod details;
mod draft;
mod due;
mod faults;
mod hold;
mod keys;
mod queue;
pub mod server_fns;
mod verdict;

use domain::events::Topic;
use domain::views::CompanyDealView;
use domain::{DealId, ProgramId};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

use crate::live::use_live_refresh;
use crate::place::{must_exist, use_id};
use crate::problem::Problem;
use crate::ui::{EmptyState, awaited};
use case::Case;
use decision::Decide;
use desk::{CASE_TITLE, Desk};
use queue::Queue;
use server_fns::{DeskView, load_desk};

/// `/c/:program/review`
#[component]
pub fn ReviewPage() -> impl IntoView {
    let program = use_id::<ProgramId>("program");
    let named = named_deal();
    // Only a page that is opened waits for this; from then on the desk fetches for itself and keeps what is typed.
    let first = Resource::new(
        move || program.get(),
        move |program| {
            let deal = named.get_untracked();
            async move {
                let program = must_exist(program)?;
                let view = load_desk(program, deal, Vec::new()).await?;
                Ok::<_, crate::error::ActionError>((program, view))
            }
        },
    );
    view! {
        <Title text="Review"/>
        <Suspense>
            {awaited(move || async move {
                match first.await {
                    Ok((program, view)) => view! { <Screen program view named/> }.into_any(),
                    Err(error) => view! { <Problem error/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

/// The case that the address names.
fn named_deal() -> Memo<Option<DealId>> {
    let query = use_query_map();
    Memo::new(move |_| query.with(|query| query.get("deal").and_then(|id| id.parse().ok())))
}

#[component]
fn Screen(program: ProgramId, view: DeskView, named: Memo<Option<DealId>>) -> impl IntoView {
    let desk = Desk::new(program, view, named);
    use_live_refresh(&[Topic::Deal, Topic::Program], move || desk.refresh());
    follow_address(desk, named);
    keys::listen(desk);
    view! {
        {move || match desk.failed.get() {
            Some(error) => view! { <Problem error/> }.into_any(),
            None => view! { <DeskParts desk named/> }.into_any(),
        }}
    }
}

/// Opens the case that the address comes to name, and leads to the address that the desk wants.
fn follow_address(desk: Desk, named: Memo<Option<DealId>>) {
    Effect::new(move |before: Option<Option<DealId>>| {
        let now = named.get();
        if before.is_some_and(|before| before != now) {
            desk.open(now);
        }
        now
    });
    // Not kept in the page's owner: a server ends a page on another thread than it began on.
    let navigate = cfg!(feature = "hydrate").then(use_navigate);
    Effect::new(move |_| {
        if let (Some(path), Some(navigate)) = (desk.wanted.get(), &navigate) {
            let options = NavigateOptions {
                replace: true,
                ..NavigateOptions::default()
            };
            navigate(&path, options);
        }
    });
}

#[component]
fn DeskParts(desk: Desk, named: Memo<Option<DealId>>) -> impl IntoView {
    let chosen = move || desk.view.with(|view| view.chosen.clone());
    let program = desk.program;
    view! {
        <div class="desk" data-chosen=move || named.get().map(|_| "")>
            <Queue desk/>
            // A case of its own for each deal and version: what was typed for one never stands in another's form.
            <For each=chosen key=|view: &CompanyDealView| (view.deal.id, view.deal.version) let:view>
                <div class="desk__decision">
                    <div class="desk__case"><Case program view=view.clone()/></div>
                    <Decide desk view/>
                </div>
            </For>
            {move || desk.view.with(|view| view.chosen.is_none()).then(|| view! { <NothingWaits desk/> })}
        </div>
    }
}

#[component]
fn NothingWaits(desk: Desk) -> impl IntoView {
    let text = move || {
        if desk.held.with(Option::is_some) {
            "Nothing else waits for a decision. You can still take the last one back."
        } else {
            "Nothing waits for a decision. New registrations appear here by themselves."
        }
    };
    view! {
        <div class="desk__decision">
            <h2 class="visually-hidden" id=CASE_TITLE tabindex="-1">"Nothing waits"</h2>
            {move || view! { <EmptyState icon=icondata::LuInbox text=text()/> }}
        </div>
    }
}
