//! A commission's own page: the calculation, what was added to it, and for the company what can be done.

use domain::events::Topic;
use domain::views::CommissionView;
use domain::{CommissionId, Locale, MembershipId, ProgramId};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::actions::Actions;
use super::door::Door;
use super::server_fns::Opened;
use crate::calculation::{CommissionTag, Working};
use crate::error::ActionError;
use crate::layout::{BackLink, Page, PageHeader, Split};
use crate::live::use_live_refresh;
use crate::locale::use_locale;
use crate::place::{must_exist, use_id, use_membership};
use crate::problem::Problem;
use crate::ui::{MoneyText, Shown, Time, awaited};

/// `/c/:program/commissions/:commission`
#[component]
pub fn CompanyCommission() -> impl IntoView {
    let program = use_id::<ProgramId>("program");
    let door = Memo::new(move |_| program.get().map(Door::Company));
    view! { <Commission door/> }
}

/// `/p/:membership/commissions/:commission`
#[component]
pub fn PartnerCommission() -> impl IntoView {
    let membership: Memo<Option<MembershipId>> = use_membership();
    let door = Memo::new(move |_| membership.get().map(Door::Partner));
    view! { <Commission door/> }
}

#[component]
fn Commission(door: Memo<Option<Door>>) -> impl IntoView {
    let id = use_id::<CommissionId>("commission");
    let loaded = Resource::new(
        move || (door.get(), id.get()),
        |(door, id)| async move {
            let door = must_exist(door)?;
            let opened = door.open(must_exist(id)?).await?;
            Ok::<_, ActionError>((door, opened))
        },
    );
    view! {
        <Transition>
            {awaited(move || async move {
                match loaded.await {
                    Ok((door, opened)) => view! { <Screen door opened/> }.into_any(),
                    Err(error) => view! { <Problem error/> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Screen(door: Door, opened: Opened) -> impl IntoView {
    let id = opened.commission.id;
    let shown = RwSignal::new(opened);
    let reload = Callback::new(move |()| {
        spawn_local(async move {
            // What cannot be fetched now stays as it is; the next change tries again.
            if let Ok(fresh) = door.open(id).await {
                shown.try_set(fresh);
            }
        });
    });
    use_live_refresh(&[Topic::Deal], move || reload.run(()));
    let commission = Memo::new(move |_| shown.with(|opened| opened.commission.clone()));
    let corrections = Memo::new(move |_| shown.with(|opened| opened.corrections.clone()));
    let locale = use_locale();
    let title = Memo::new(move |_| commission.with(|own| title(own, locale)));
    let side = move || {
        view! {
            <Facts door commission/>
            {match door {
                Door::Company(program) => Some(view! { <Actions program shown reload/> }),
                Door::Partner(_) => None,
            }}
        }
    };
    view! {
        <Page>
            <PageHeader title back=BackLink::new(door.list_href(&domain::views::CommissionFilter::default()), "Commissions")/>
            <Split side>
                <section class="card" aria-labelledby="working-title">
                    <div class="card__head"><h2 id="working-title">"How it was worked out"</h2></div>
                    <div class="card__body">{move || view! { <Working commission=commission.get()/> }}</div>
                </section>
                {move || view! { <Corrections door lines=corrections.get()/> }}
            </Split>
        </Page>
    }
}

fn title(commission: &CommissionView, locale: Locale) -> String {
    let amount = locale.money_exact(commission.amount());
    if commission.corrects.is_some() {
        format!("Correction of {amount}")
    } else {
        format!("Commission of {amount}")
    }
}

#[component]
fn Facts(door: Door, commission: Memo<CommissionView>) -> impl IntoView {
    let shown = move || {
        let view = commission.get();
        let partner = door.is_company().then_some(view.partner.clone());
        view! {
            <div><dt>"Status"</dt><dd><CommissionTag status=view.status()/></dd></div>
            <div><dt>"Deal"</dt><dd><a href=door.deal_href(view.deal)>{view.deal_number.clone()}</a></dd></div>
            <div><dt>"Customer"</dt><dd>{view.customer.clone()}</dd></div>
            {partner.map(|name| view! { <div><dt>"Partner"</dt><dd>{name}</dd></div> })}
            <div><dt>"For"</dt><dd>{view.cause.label()}</dd></div>
            {view.corrects.map(|id| view! {
                <div><dt>"Corrects"</dt><dd><a href=door.href(id)>"the commission"</a></dd></div>
            })}
        }
    };
    view! {
        <section class="card" aria-labelledby="facts-title">
            <div class="card__head"><h2 id="facts-title">"Facts"</h2></div>
            <div class="card__body"><dl class="facts">{shown}</dl></div>
        </section>
    }
}

/// Lines that the company added; a paid row itself never changes.
#[component]
fn Corrections(door: Door, lines: Vec<CommissionView>) -> impl IntoView {
    (!lines.is_empty()).then(|| {
        let lines = lines.into_iter().map(|line| {
            view! {
                <li class="rows__row">
                    <a class="rows__main table__link" href=door.href(line.id)><MoneyText amount=line.amount() exact=true/></a>
                    <CommissionTag status=line.status()/>
                    <span class="rows__side"><Time at=line.accrued_at shown=Shown::Date/></span>
                </li>
            }
        });
        view! {
            <section class="section" aria-labelledby="corrections-title">
                <h2 id="corrections-title">"Corrections"</h2>
                <ul class="rows">{lines.collect_view()}</ul>
            </section>
        }
    })
}
