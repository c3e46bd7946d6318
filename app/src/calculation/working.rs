use domain::Locale;
use domain::commissions::CommissionState;
use domain::money::Totals;
use domain::views::{CommissionView, TransactionView};
use leptos::prelude::*;

use super::lines::CalculationLines;
use crate::locale::use_locale;
use crate::ui::{Day, Shown, Time};

/// A commission's calculation with its dates and its reason. Both sides read the same.
#[component]
pub fn Working(commission: CommissionView) -> impl IntoView {
    let (state, accrued_at) = (commission.state.clone(), commission.accrued_at);
    let reason = state.reason().map(str::to_owned);
    let locale = use_locale();
    let transaction = commission
        .transaction
        .map(|(reference, on)| format!("{reference}, {}", locale.date(on)));
    view! {
        <div class="working" data-part="working">
            <CalculationLines calculation=commission.calculation/>
            <dl class="calculation" data-dates="">
                {transaction.map(|text| view! { <div><dt>"Transaction"</dt><dd>{text}</dd></div> })}
                <div><dt>"Earned on"</dt><dd><Time at=accrued_at shown=Shown::Date/></dd></div>
                <Dates state/>
            </dl>
            {reason.map(|text| view! { <blockquote class="timeline__note">{text}</blockquote> })}
        </div>
    }
}

/// What happened to it since.
#[component]
fn Dates(state: CommissionState) -> impl IntoView {
    let payment = state
        .payment()
        .map(|(reference, on)| (reference.to_owned(), on));
    dates(&state)
        .into_iter()
        .map(|(label, at)| {
            view! { <div><dt>{label}</dt><dd><Time at shown=Shown::Date/></dd></div> }.into_any()
        })
        .chain(payment.map(|(reference, on)| {
            view! {
                <div>
                    <dt>"Paid"</dt>
                    <dd><Day on/></dd>
                </div>
                <div><dt>"Payment reference"</dt><dd>{reference}</dd></div>
            }
            .into_any()
        }))
        .collect_view()
}

fn dates(state: &CommissionState) -> Vec<(&'static str, domain::Timestamp)> {
    match state {
        CommissionState::Pending => Vec::new(),
        CommissionState::Approved { at } => vec![("Approved", *at)],
        CommissionState::Held {
            at, approved_at, ..
        } => vec![("Approved", *approved_at), ("On hold since", *at)],
        CommissionState::Declined { at, .. } => vec![("Declined", *at)],
        CommissionState::Paid { approved_at, .. } => vec![("Approved", *approved_at)],
        CommissionState::Voided { at } => vec![("Void since", *at)],
    }
}

/// What a transaction earned, or why it earned nothing.
pub fn earned_text(bought: &TransactionView, locale: Locale) -> String {
    if bought.before_win {
        return "Before the win: earns nothing".to_owned();
    }
    let earned: Totals = bought.earned.iter().copied().collect();
    if earned.is_empty() {
        return "No offer held for it".to_owned();
    }
    let sums: Vec<String> = earned.iter().map(|sum| locale.money_exact(sum)).collect();
    format!("Earned {}", sums.join(" and "))
}
