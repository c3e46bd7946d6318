//! A customer's own page: the deals that won it, what they earned, and what it bought since.

use domain::events::Topic;
use domain::views::{CommissionView, CustomerPageView, CustomerView, DealRow, TransactionView};
use domain::{CustomerId, ProgramId};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::server_fns::open_customer;
use super::transaction::TransactionForm;
use crate::calculation::{CommissionTag, earned_text};
use crate::error::ActionError;
use crate::layout::{BackLink, Page, PageHeader, Split};
use crate::live::use_live_refresh;
use crate::locale::use_locale;
use crate::place::{must_exist, use_id};
use crate::problem::Problem;
use crate::ui::{Day, EmptyState, MoneyText, Shown, StageTag, Tag, Time, Tone, awaited};

/// `/c/:program/customers/:customer`
#[component]
pub fn CustomerPage() -> impl IntoView {
    let program = use_id::<ProgramId>("program");
    let customer = use_id::<CustomerId>("customer");
    let loaded = Resource::new(
        move || (program.get(), customer.get()),
        |(program, customer)| async move {
            let program = must_exist(program)?;
            let view = open_customer(program, must_exist(customer)?).await?;
            Ok::<_, ActionError>((program, view))
        },
    );
    view! {
        <Transition>
            {awaited(move || async move {
                match loaded.await {
                    Ok((program, view)) => view! { <Screen program view/> }.into_any(),
                    Err(error) => view! { <Problem error/> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Screen(program: ProgramId, view: CustomerPageView) -> impl IntoView {
    let id = view.customer.id;
    let title = view.customer.name.clone();
    let shown = RwSignal::new(view);
    let reload = Callback::new(move |()| {
        spawn_local(async move {
            // What cannot be fetched now stays as it is; the next change tries again.
            if let Ok(fresh) = open_customer(program, id).await {
                shown.try_set(fresh);
            }
        });
    });
    use_live_refresh(&[Topic::Deal], move || reload.run(()));
    let customer = Memo::new(move |_| shown.with(|view| view.customer.clone()));
    let deals = Memo::new(move |_| shown.with(|view| view.deals.clone()));
    let commissions = Memo::new(move |_| shown.with(|view| view.commissions.clone()));
    let bought = Memo::new(move |_| shown.with(|view| view.transactions.clone()));
    let side = move || view! { <Facts customer/> };
    view! {
        <Page>
            <PageHeader title back=BackLink::new(format!("/c/{program}/customers"), "Customers")/>
            <Split side>
                <section class="section" aria-labelledby="deals-title" data-part="deals">
                    <h2 id="deals-title">"Deals"</h2>
                    {move || view! { <Deals program deals=deals.get()/> }}
                </section>
                <section class="section" aria-labelledby="commissions-title" data-part="commissions">
                    <h2 id="commissions-title">"Commissions"</h2>
                    {move || view! { <Commissions program commissions=commissions.get()/> }}
                </section>
                <section class="section" aria-labelledby="transactions-title" data-part="transactions">
                    <h2 id="transactions-title">"Transactions"</h2>
                    {move || view! { <Transactions program transactions=bought.get() deals=deals.get()/> }}
                </section>
                <TransactionForm program shown reload/>
            </Split>
        </Page>
    }
}

#[component]
fn Facts(customer: Memo<CustomerView>) -> impl IntoView {
    let facts = move || {
        let customer = customer.get();
        let (tone, status) = if customer.confirmed {
            (Tone::Good, "Confirmed")
        } else {
            (Tone::Warn, "Provisional")
        };
        view! {
            <div><dt>"Status"</dt><dd><Tag tone text=status/></dd></div>
            {customer.domain.map(|domain| view! { <div><dt>"Website"</dt><dd>{domain}</dd></div> })}
            <div><dt>"Won by"</dt><dd>{customer.partner}</dd></div>
            <div><dt>"Since"</dt><dd><Time at=customer.since shown=Shown::Date/></dd></div>
        }
    };
    view! {
        <section class="card" aria-labelledby="facts-title">
            <div class="card__head"><h2 id="facts-title">"Facts"</h2></div>
            <div class="card__body"><dl class="facts">{facts}</dl></div>
        </section>
    }
}

#[component]
fn Deals(program: ProgramId, deals: Vec<DealRow>) -> impl IntoView {
    if deals.is_empty() {
        return view! { <EmptyState text="No deal of this program won this customer."/> }
            .into_any();
    }
    let lines = deals.into_iter().map(|deal| {
        let href = format!("/c/{program}/deals/{}", deal.id);
        let stage = deal.stage.map(|_| (deal.stage_name, deal.stage_hue));
        view! {
            <li class="rows__row">
                <span class="rows__main">
                    <a class="table__link" href=href>{deal.number}</a>
                    <span class="muted">" "{deal.partner}</span>
                </span>
                <Tag text=deal.win.label()/>
                {stage.map(|(name, hue)| view! { <StageTag name hue/> })}
                {deal.value.map(|amount| view! { <MoneyText amount/> })}
            </li>
        }
    });
    view! { <ul class="rows">{lines.collect_view()}</ul> }.into_any()
}

#[component]
fn Commissions(program: ProgramId, commissions: Vec<CommissionView>) -> impl IntoView {
    if commissions.is_empty() {
        return view! { <EmptyState text="Nothing was earned with this customer."/> }.into_any();
    }
    let lines = commissions.into_iter().map(|line| {
        let at = format!("/c/{program}");
        let (status, amount) = (line.status(), line.amount());
        view! {
            <li class="rows__row">
                <span class="rows__main">
                    {line.cause.label()}" \u{b7} "{line.calculation.offer_text()}
                    <span class="muted small">" "<a href=format!("{at}/deals/{}", line.deal)>{line.deal_number.clone()}</a></span>
                </span>
                <CommissionTag status/>
                <a class="table__link" href=format!("{at}/commissions/{}", line.id)><MoneyText amount exact=true/></a>
            </li>
        }
    });
    view! { <ul class="rows">{lines.collect_view()}</ul> }.into_any()
}

#[component]
fn Transactions(
    program: ProgramId,
    transactions: Vec<TransactionView>,
    deals: Vec<DealRow>,
) -> impl IntoView {
    if transactions.is_empty() {
        return view! { <EmptyState text="No transaction is entered."/> }.into_any();
    }
    let locale = use_locale();
    let lines = transactions.into_iter().map(|bought| {
        let number = deals.iter().find(|deal| deal.id == bought.deal);
        let number = number.map(|deal| deal.number.clone()).unwrap_or_default();
        let earned = earned_text(&bought, locale);
        let mark = bought.reference.clone();
        view! {
            <li class="rows__row" data-transaction=mark>
                <span class="rows__main">
                    <strong>{bought.reference}</strong>
                    <span class="muted">", "<Day on=bought.on/></span>
                    <span class="muted small">" "<a href=format!("/c/{program}/deals/{}", bought.deal)>{number}</a></span>
                </span>
                <span class="muted small">{earned}</span>
                <MoneyText amount=bought.amount exact=true/>
            </li>
        }
    });
    view! { <ul class="rows">{lines.collect_view()}</ul> }.into_any()
}
