//! An amount with its currency, in figures of one width. Currencies are never summed together.

use domain::Money;
use leptos::prelude::*;

#[component]
pub fn MoneyText(
    amount: Money,
    /// With the minor units even when they are zero: for statements and commissions.
    #[prop(optional)]
    exact: bool,
) -> impl IntoView {
    let text = if exact {
        amount.display_exact()
    } else {
        amount.display()
    };
    view! { <span class="money">{text}</span> }
}

/// One amount per currency, in the order given.
#[component]
pub fn MoneyList(amounts: Vec<Money>) -> impl IntoView {
    amounts
        .into_iter()
        .map(|amount| view! { <MoneyText amount/> })
        .collect_view()
}
