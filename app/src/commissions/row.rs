//! One commission in the list: a line of a statement, and behind its offer how the amount came about.

use domain::commissions::CommissionStatus;
use domain::views::CommissionView;
use domain::{CommissionId, Money};
use leptos::prelude::*;

use super::door::Door;
use crate::calculation::{CommissionTag, Working};
use crate::locale::use_locale;
use crate::ui::{MoneyText, Shown, Time};

/// The commissions that are ticked, with their amounts.
pub type Ticked = RwSignal<Vec<(CommissionId, Money)>>;

/// How wide the second line is: every column but that of the ticks.
pub fn columns(door: Door) -> &'static str {
    if door.is_company() { "5" } else { "4" }
}

#[component]
pub fn Row(door: Door, row: CommissionView, ticked: Option<Ticked>) -> impl IntoView {
    let (id, amount, status) = (row.id, row.amount(), row.status());
    let what = what(&row);
    let tick = ticked.map(|ticked| {
        let tick = (status == CommissionStatus::Approved)
            .then(|| view! { <Tick row=row.clone() ticked/> });
        view! { <td class="statement__tick">{tick}</td> }
    });
    let partner = door
        .is_company()
        .then(|| view! { <td data-label="Partner">{row.partner.clone()}</td> });
    view! {
        <tr class="statement__line" data-row=id.to_string()>
            {tick}
            <td data-label="Earned on"><Time at=row.accrued_at shown=Shown::Date/></td>
            <th scope="row">
                <a href=door.deal_href(row.deal)>{row.customer.clone()}</a>
                <span class="muted small">" "{row.deal_number.clone()}</span>
            </th>
            {partner}
            <td data-label="Status"><CommissionTag status/></td>
            <td class="number" data-label="Amount">
                <a class="table__link" href=door.href(id)><MoneyText amount exact=true/></a>
            </td>
        </tr>
        <tr class="statement__more">
            {ticked.map(|_| view! { <td></td> })}
            <td colspan=columns(door)>
                <details class="earning">
                    <summary>{what}</summary>
                    <Working commission=row/>
                </details>
            </td>
        </tr>
    }
}

/// What it is for, and under which offer.
fn what(row: &CommissionView) -> String {
    let cause = match &row.transaction {
        Some((reference, _)) => format!("{} {reference}", row.cause.label()),
        None => row.cause.label().to_owned(),
    };
    format!("{cause} \u{b7} {}", row.calculation.offer_text())
}

/// Belongs to the form that pays, which stands above the list.
#[component]
fn Tick(row: CommissionView, ticked: Ticked) -> impl IntoView {
    let (id, amount) = (row.id, row.amount());
    let label = format!(
        "Tick {} of {} {}",
        use_locale().money_exact(amount),
        row.customer,
        row.deal_number
    );
    let toggle = move |event: leptos::ev::Event| {
        let on = event_target_checked(&event);
        ticked.update(|all| {
            all.retain(|(known, _)| *known != id);
            if on {
                all.push((id, amount));
            }
        });
    };
    view! {
        <input
            type="checkbox"
            name="commissions[]"
            form="pay"
            value=id.to_string()
            aria-label=label
            on:change=toggle
        />
    }
}
