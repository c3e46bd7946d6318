//! The Commissions tab: what they come to, and one line for each, newest first.

use domain::commissions::CommissionStatus;
use domain::events::Topic;
use domain::views::{CommissionFilter, CommissionList, CommissionView};
use domain::{MembershipId, ProgramId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_query_map;

use super::door::Door;
use super::filter;
use super::pay::PayForm;
use super::row::{Row, Ticked};
use crate::calculation::CommissionTotals;
use crate::error::ActionError;
use crate::layout::{Page, PageHeader};
use crate::live::use_live_refresh;
use crate::place::{must_exist, use_id, use_membership, use_query};
use crate::problem::Problem;
use crate::ui::{Choice, EmptyState, Icon, LinkButton, Pagination, Select, awaited, use_ready};

/// `/c/:program/commissions`
#[component]
pub fn CompanyCommissions() -> impl IntoView {
    let program = use_id::<ProgramId>("program");
    let door = Memo::new(move |_| program.get().map(Door::Company));
    view! { <Commissions door/> }
}

/// `/p/:membership/commissions`
#[component]
pub fn PartnerCommissions() -> impl IntoView {
    let membership: Memo<Option<MembershipId>> = use_membership();
    let door = Memo::new(move |_| membership.get().map(Door::Partner));
    view! { <Commissions door/> }
}

/// What the address asks for.
type Wanted = (CommissionFilter, Option<String>);

#[component]
fn Commissions(door: Memo<Option<Door>>) -> impl IntoView {
    let query = use_query_map();
    let narrowed = Memo::new(move |_| query.with(filter::read));
    let after = use_query("after");
    let loaded = Resource::new(
        move || (door.get(), narrowed.get(), after.get()),
        |(door, filter, after)| async move {
            let door = must_exist(door)?;
            let list = door.load(filter.clone(), after.clone()).await?;
            Ok::<_, ActionError>((door, (filter, after), list))
        },
    );
    view! {
        <Transition>
            {awaited(move || async move {
                match loaded.await {
                    Ok((door, wanted, list)) => view! { <Screen door wanted list/> }.into_any(),
                    Err(error) => view! { <Problem error/> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Screen(door: Door, wanted: Wanted, list: CommissionList) -> impl IntoView {
    let (filter, after) = wanted;
    let partners = list.partners.clone();
    let today = list.now.date();
    let may_pay = list.may_pay;
    let ticked: Ticked = RwSignal::new(Vec::new());
    let shown = RwSignal::new(list);
    let reload = {
        let wanted = StoredValue::new((filter.clone(), after.clone()));
        Callback::new(move |()| {
            spawn_local(async move {
                let Some((filter, after)) = wanted.try_get_value() else {
                    return;
                };
                // What cannot be fetched now stays as it is; the next change tries again.
                if let Ok(fresh) = door.load(filter, after).await {
                    shown.try_set(fresh);
                }
            });
        })
    };
    use_live_refresh(&[Topic::Deal], move || reload.run(()));
    keep_payable(ticked, shown);
    let totals = Memo::new(move |_| shown.with(|list| list.totals.clone()));
    let payable =
        Memo::new(move |_| may_pay && shown.with(|list| list.rows.iter().any(is_payable)));
    let of_status = {
        let filter = filter.clone();
        Callback::new(move |status| {
            // The chosen one again shows all of them.
            let wanted = (filter.status != Some(status)).then_some(status);
            door.list_href(&filter::with_status(&filter, wanted))
        })
    };
    let pay = move || match door {
        Door::Company(program) if payable.get() => {
            Some(view! { <PayForm program today ticked reload/> })
        }
        _ => None,
    };
    view! {
        <Page>
            <Head door filter=filter.clone()/>
            <div class="stack" data-ready=use_ready() data-part="commissions">
                <CommissionTotals totals href=of_status chosen=filter.status/>
                <Narrow door filter=filter.clone() partners/>
                {pay}
                <Statement door filter after shown ticked=may_pay.then_some(ticked)/>
            </div>
        </Page>
    }
}

#[component]
fn Head(door: Door, filter: CommissionFilter) -> impl IntoView {
    let lead = if door.is_company() {
        "What you owe your partners, and why."
    } else {
        "What your deals earned, and how it was worked out."
    };
    view! {
        <PageHeader title="Commissions" lead>
            // Not a page of the app: the router must not take it.
            <a class="button" href=door.csv_href(&filter) rel="external" download="">
                <Icon icon=icondata::LuDownload/>
                "Download CSV"
            </a>
        </PageHeader>
    }
}

fn is_payable(row: &CommissionView) -> bool {
    row.status() == CommissionStatus::Approved
}

/// Whatever somebody else paid, held or declined meanwhile is ticked no longer.
fn keep_payable(ticked: Ticked, shown: RwSignal<CommissionList>) {
    Effect::new(move |_| {
        shown.with(|list| {
            let payable = |id| list.rows.iter().any(|row| row.id == id && is_payable(row));
            if ticked.with_untracked(|all| all.iter().any(|(id, _)| !payable(*id))) {
                ticked.update(|all| all.retain(|(id, _)| payable(*id)));
            }
        });
    });
}

/// The company narrows to one partner; whoever looks at one status finds the way back to all.
#[component]
fn Narrow(
    door: Door,
    filter: CommissionFilter,
    partners: Vec<(domain::PartnerId, String)>,
) -> impl IntoView {
    let status = filter.status.map(|status| {
        view! { <input type="hidden" name="status" value=status.as_str()/> }
    });
    let choices: Vec<Choice> = partners
        .into_iter()
        .map(|(id, name)| Choice::new(id.to_string(), name))
        .collect();
    let chosen = filter.partner.map(|id| id.to_string());
    let narrowed = filter != CommissionFilter::default();
    let all = door.list_href(&CommissionFilter::default());
    let by_partner = (door.is_company() && !choices.is_empty()).then(|| {
        view! {
            <form class="cluster" method="get">
                {status}
                <Select id="partner" label="Partner" choices prompt="All partners" value=chosen/>
                <button class="button" type="submit">"Show"</button>
            </form>
        }
    });
    (by_partner.is_some() || narrowed).then(|| {
        view! {
            <div class="section__head">
                {by_partner}
                {narrowed.then(|| view! { <a href=all>"Show all commissions"</a> })}
            </div>
        }
    })
}

#[component]
fn Statement(
    door: Door,
    filter: CommissionFilter,
    after: Option<String>,
    shown: RwSignal<CommissionList>,
    ticked: Option<Ticked>,
) -> impl IntoView {
    let first = after.map(|_| door.list_href(&filter));
    let narrowed = filter != CommissionFilter::default();
    let is_empty = Memo::new(move |_| shown.with(|list| list.rows.is_empty()));
    let next = Memo::new(move |_| shown.with(|list| list.next.clone()));
    let pages = move || {
        let next = next.get().map(|after| older_href(door, &filter, &after));
        (first.is_some() || next.is_some())
            .then(|| view! { <Pagination first=first.clone() next/> })
    };
    view! {
        <Show when=move || !is_empty.get() fallback=move || view! { <Nothing door narrowed/> }>
            <div class="table-wrap">
                <table class="table statement" data-stacks="">
                    <caption class="visually-hidden">"Commissions"</caption>
                    <Columns door ticks=ticked.is_some()/>
                    <tbody>
                        <For
                            each=move || shown.with(|list| list.rows.clone())
                            key=|row| (row.id, row.version)
                            let:row
                        >
                            <Row door row ticked/>
                        </For>
                    </tbody>
                </table>
            </div>
        </Show>
        {pages}
    }
}

fn older_href(door: Door, filter: &CommissionFilter, after: &str) -> String {
    let list = door.list_href(&CommissionFilter::default());
    format!("{list}{}", filter::older(filter, after))
}

#[component]
fn Columns(door: Door, ticks: bool) -> impl IntoView {
    view! {
        <thead>
            <tr>
                {ticks.then(|| view! { <th scope="col"><span class="visually-hidden">"Pay"</span></th> })}
                <th scope="col">"Earned on"</th>
                <th scope="col">"Deal"</th>
                {door.is_company().then(|| view! { <th scope="col">"Partner"</th> })}
                <th scope="col">"Status"</th>
                <th scope="col" class="number">"Amount"</th>
            </tr>
        </thead>
    }
}

#[component]
fn Nothing(door: Door, narrowed: bool) -> impl IntoView {
    if narrowed {
        return view! { <EmptyState text="No commission matches." icon=icondata::LuSearch/> }
            .into_any();
    }
    match door {
        Door::Company(program) => view! {
            <EmptyState text="No commission yet. A won deal earns what the offers of its day promise." icon=icondata::LuCoins>
                <LinkButton href=format!("/c/{program}/offers")>"See the offers"</LinkButton>
            </EmptyState>
        }
        .into_any(),
        Door::Partner(membership) => view! {
            <EmptyState text="No commission yet. A won deal earns what the company\u{2019}s offers promise." icon=icondata::LuCoins>
                <LinkButton href=format!("/p/{membership}/summary#offers")>"See the offers"</LinkButton>
            </EmptyState>
        }
        .into_any(),
    }
}
