//! What a deal earned, or would earn if it were won today: the same lines for both sides.

use domain::commissions::Calculation;
use domain::deals::RegistrationStatus;
use domain::views::{CommissionView, DealView, TransactionView};
use leptos::prelude::*;

use crate::calculation::{CalculationList, CommissionTag, Working};
use crate::locale::use_locale;
use crate::ui::{Day, MoneyText};

/// `base` is what the addresses of that side begin with: `/p/...` or `/c/...`.
#[component]
pub fn DealCommissions(#[prop(into)] deal: Signal<DealView>, base: String) -> impl IntoView {
    let money = Memo::new(move |_| deal.with(Earned::of));
    let base = StoredValue::new(base);
    let body = move || {
        let Earned {
            commissions,
            projected,
            transactions,
            none,
        } = money.get();
        view! {
            {(!projected.is_empty()).then(|| view! { <Projected projected/> })}
            {(!commissions.is_empty()).then(|| view! { <Lines commissions base=base.get_value()/> })}
            {none.map(|text| view! { <p class="muted">{text}</p> })}
            {(!transactions.is_empty()).then(|| view! { <Transactions transactions/> })}
        }
    };
    let is_there = Memo::new(move |_| money.with(|money| *money != Earned::default()));
    view! {
        <Show when=move || is_there.get()>
            <section class="card" aria-labelledby="commission-title" data-part="commission">
                <div class="card__head"><h2 id="commission-title">"Commission"</h2></div>
                <div class="card__body">{body}</div>
            </section>
        </Show>
    }
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Earned {
    commissions: Vec<CommissionView>,
    projected: Vec<Calculation>,
    transactions: Vec<TransactionView>,
    /// Why there is nothing.
    none: Option<&'static str>,
}

impl Earned {
    fn of(deal: &DealView) -> Self {
        let nothing = deal.commissions.is_empty() && deal.projected.is_empty();
        Self {
            commissions: deal.commissions.clone(),
            projected: deal.projected.clone(),
            transactions: deal.transactions.clone(),
            none: why_none(deal).filter(|_| nothing),
        }
    }
}

fn why_none(deal: &DealView) -> Option<&'static str> {
    let waits = matches!(
        deal.registration.status(),
        RegistrationStatus::Submitted
            | RegistrationStatus::NeedsInfo
            | RegistrationStatus::Approved
    );
    if deal.win.locks() {
        Some("No offer held for this win.")
    } else if waits && deal.lost_reason.is_none() {
        Some("No offer holds for this deal now.")
    } else {
        None
    }
}

#[component]
fn Projected(projected: Vec<Calculation>) -> impl IntoView {
    view! {
        <div class="stack" data-gap="small" data-part="projected">
            <p>"If it were won today, it would earn:"</p>
            <CalculationList calculations=projected/>
        </div>
    }
}

#[component]
fn Lines(commissions: Vec<CommissionView>, base: String) -> impl IntoView {
    let lines = commissions.into_iter().map(|commission| {
        let href = format!("{base}/commissions/{}", commission.id);
        view! { <Line commission href/> }
    });
    view! { <ul class="earnings">{lines.collect_view()}</ul> }
}

#[component]
fn Line(commission: CommissionView, href: String) -> impl IntoView {
    let (status, amount) = (commission.status(), commission.amount());
    let (id, cause) = (commission.id.to_string(), commission.cause.label());
    let offer = commission.calculation.offer_text();
    view! {
        <li data-commission=id>
            <p class="earning__head">
                <a class="table__link" href=href><MoneyText amount exact=true/></a>
                <CommissionTag status/>
            </p>
            <details class="earning">
                <summary>{cause}" \u{b7} "{offer}</summary>
                <Working commission/>
            </details>
        </li>
    }
}

/// What the customer bought after the win, as the company entered it.
#[component]
fn Transactions(transactions: Vec<TransactionView>) -> impl IntoView {
    let locale = use_locale();
    let lines = transactions.into_iter().map(|bought| {
        let earned = crate::calculation::earned_text(&bought, locale);
        view! {
            <li>
                <p class="earning__head">
                    <span>{bought.reference}", "<Day on=bought.on/></span>
                    <MoneyText amount=bought.amount exact=true/>
                </p>
                <p class="muted small">{earned}</p>
            </li>
        }
    });
    view! {
        <div class="stack" data-gap="small" data-part="transactions">
            <h3>"Transactions"</h3>
            <ul class="earnings">{lines.collect_view()}</ul>
        </div>
    }
}
