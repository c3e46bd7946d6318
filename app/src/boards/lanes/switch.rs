//! By what the board stands in lanes: a menu of links, kept in the address.

use domain::views::{DealFilter, LaneKind};
use leptos::prelude::*;

use crate::boards::filter;
use crate::boards::source::Source;
use crate::ui::{Icon, Menu};

#[component]
pub fn LaneSwitch(source: Source, filter: DealFilter) -> impl IntoView {
    let present = filter.lanes;
    let choices = choices(source).into_iter().map(|kind| {
        let chosen = DealFilter {
            lanes: kind,
            lane: None,
            ..filter.clone()
        };
        let href = format!("{}{}", source.deals_href(), filter::write(&chosen, false));
        let current = kind == present;
        view! {
            <a class="menu__item" href=href aria-current=current.then_some("true")>
                {words(kind)}
                {current.then(|| view! { <Icon icon=icondata::LuCheck size="small"/> })}
            </a>
        }
    });
    let choices = choices.collect_view();
    let label = match present {
        Some(kind) => format!("Lanes: {}", kind.label().to_lowercase()),
        None => "Lanes".to_owned(),
    };
    view! {
        <div class="board-lanes" data-set=present.is_some().then_some("")>
            <Menu id="board-lanes" label=Signal::stored(label) icon=icondata::LuRows3 align_start=true>
                <p class="menu__heading">"Lanes"</p>
                {choices}
            </Menu>
        </div>
    }
}

/// A partner's board has one partner.
fn choices(source: Source) -> Vec<Option<LaneKind>> {
    let kinds = LaneKind::ALL.iter().copied();
    let kinds = kinds.filter(|kind| source.is_company() || *kind != LaneKind::Partner);
    std::iter::once(None).chain(kinds.map(Some)).collect()
}

fn words(kind: Option<LaneKind>) -> &'static str {
    kind.map_or("No lanes", LaneKind::label)
}

#[cfg(test)]
mod tests {
    use domain::{MembershipId, ProgramId};
    use uuid::Uuid;

    use super::*;

    #[test]
    fn only_the_company_has_lanes_of_partners() {
        let labels = |source| choices(source).into_iter().map(words).collect::<Vec<_>>();
        let partner = labels(Source::Partner(MembershipId(Uuid::from_u128(1))));
        assert_eq!(partner, ["No lanes", "Owner", "Close month"]);
        let company = labels(Source::Company(ProgramId(Uuid::from_u128(1))));
        assert_eq!(company, ["No lanes", "Owner", "Partner", "Close month"]);
    }
}
