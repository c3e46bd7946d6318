//! What the commissions come to: per status and currency, never summed across. Each number links to what it counts.

use domain::commissions::CommissionStatus;
use domain::views::CommissionTotal;
use leptos::prelude::*;

use super::status::status_icon;
use crate::ui::{Icon, MoneyText};

/// One status with all its currencies.
#[derive(Debug, Clone, PartialEq)]
struct Sum {
    status: CommissionStatus,
    amounts: Vec<domain::Money>,
    count: i64,
}

/// `href` gives the list that a status counts.
#[component]
pub fn CommissionTotals(
    #[prop(into)] totals: Signal<Vec<CommissionTotal>>,
    #[prop(into)] href: Callback<CommissionStatus, String>,
    #[prop(optional_no_strip)] chosen: Option<CommissionStatus>,
) -> impl IntoView {
    let tiles = move || {
        let tiles = totals.with(|totals| sums(totals)).into_iter().map(|sum| {
            let href = href.run(sum.status);
            view! { <Tile current=chosen == Some(sum.status) sum href/> }
        });
        tiles.collect_view()
    };
    view! { <nav class="tiles" aria-label="Commissions by status">{tiles}</nav> }
}

#[component]
fn Tile(sum: Sum, href: String, current: bool) -> impl IntoView {
    let count = match sum.count {
        0 => "None".to_owned(),
        1 => "1 commission".to_owned(),
        many => format!("{many} commissions"),
    };
    let amounts = sum.amounts.into_iter().map(|amount| {
        view! { <span class="tile__sum"><MoneyText amount exact=true/></span> }
    });
    view! {
        <a class="tile" href=href aria-current=current.then_some("true")>
            <span class="tile__label cluster">
                <Icon icon=status_icon(sum.status) size="small"/>
                {sum.status.label()}
            </span>
            {amounts.collect_view()}
            <span class="tile__note">{count}</span>
        </a>
    }
}

/// The statuses that matter to everybody, and those that there are; in the order of a commission's life.
fn sums(totals: &[CommissionTotal]) -> Vec<Sum> {
    let always = [
        CommissionStatus::Pending,
        CommissionStatus::Approved,
        CommissionStatus::Paid,
    ];
    let sums = CommissionStatus::ALL.iter().map(|status| {
        let of_status = totals.iter().filter(|total| total.status == *status);
        Sum {
            status: *status,
            amounts: of_status.clone().map(|total| total.total).collect(),
            count: of_status.map(|total| total.count).sum(),
        }
    });
    sums.filter(|sum| sum.count > 0 || always.contains(&sum.status))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Currency, Money};

    #[test]
    fn currencies_stand_apart() {
        let total = |status, minor, currency| CommissionTotal {
            status,
            total: Money::new(minor, currency),
            count: 2,
        };
        let dollar = Currency::from_code("USD").unwrap();
        let totals = [
            total(CommissionStatus::Paid, 100, Currency::EUR),
            total(CommissionStatus::Paid, 50, dollar),
            total(CommissionStatus::Held, 7, Currency::EUR),
        ];
        let sums = sums(&totals);
        let statuses: Vec<_> = sums.iter().map(|sum| sum.status.as_str()).collect();
        assert_eq!(statuses, ["pending", "approved", "held", "paid"]);
        let paid = sums.last().unwrap();
        assert_eq!((paid.count, paid.amounts.len()), (4, 2));
        assert!(sums.first().unwrap().amounts.is_empty());
    }
}
