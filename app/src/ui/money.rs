//! An amount with its currency, in figures of one width, as the person at hand writes it. Currencies are never summed together.

use domain::Money;
use leptos::prelude::*;

use crate::locale::use_locale;

#[component]
pub fn MoneyText(
    amount: Money,
    /// With the minor units even when they are zero: for statements and commissions.
    #[prop(optional)]
    exact: bool,
) -> impl IntoView {
    let locale = use_locale();
    let text = if exact {
        locale.money_exact(amount)
    } else {
        locale.money(amount)
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
