//! The row above board and list: title, view, filters, "Register a Deal". All of it lives in the address.

use domain::views::{DealFilter, DealSort};
use leptos::prelude::*;
use leptos_meta::Title;

use super::filter;
use super::filter_bar::{FILTERS_ID, FilterBar};
use super::people::Watchers;
use super::saved_views::ViewsButton;
use super::source::Source;
use super::state::BoardState;
use crate::ui::{Count, Icon, LinkButton, Segment, Segments, Variant};

#[component]
pub fn DealsHead(
    source: Source,
    filter: DealFilter,
    list: bool,
    /// Whether "Register a Deal" stands there now.
    #[prop(into)]
    may_register: Signal<bool>,
    /// The board below, whose other people stand there too.
    #[prop(optional)]
    board: Option<BoardState>,
    /// What else stands beside the choice of the view.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let at = move |filter: &DealFilter, list: bool| {
        format!("{}{}", source.deals_href(), filter::write(filter, list))
    };
    let set = filter::count(&filter);
    let (board_href, list_href) = (at(&filter, false), at(&filter, true));
    let csv_href = source.csv_href(&filter::write(&filter, false));
    view! {
        <Title text="Deals"/>
        <div class="board-page__head">
            <div class="board-page__title">
                <h1>"Deals"</h1>
                <Segments label="View">
                    <Segment href=board_href current=!list icon=icondata::LuKanban>"Board"</Segment>
                    <Segment href=list_href current=list icon=icondata::LuList>"List"</Segment>
                </Segments>
                <ViewsButton/>
                {board.map(|state| view! { <Watchers state/> })}
                {children.map(|children| children())}
                {(!list).then(|| view! {
                    <a class="filter-chip" href=source.replay_href()>
                        <Icon icon=icondata::LuHistory size="small"/>
                        "Replay"
                    </a>
                })}
                {list.then(|| view! {
                    // Not a page of the app: the router must not take it.
                    <a class="button board-page__csv" href=csv_href rel="external" download="">
                        <Icon icon=icondata::LuDownload/>
                        "Download CSV"
                    </a>
                })}
                <button class="button filters__toggle" type="button" popovertarget=FILTERS_ID>
                    "Filters"
                    {(set > 0).then(|| view! { <Count count=set label="set"/> })}
                </button>
                {move || may_register.get().then(|| view! {
                    <LinkButton href=source.register_href() variant=Variant::Primary icon=icondata::LuPlus>
                        "Register a Deal"
                    </LinkButton>
                })}
            </div>
            <FilterBar source filter list/>
        </div>
    }
}

/// The address of the list in that order.
pub fn sorted_href(source: Source, filter: &DealFilter, sort: DealSort) -> String {
    format!(
        "{}{}",
        source.deals_href(),
        filter::write(
            &DealFilter {
                sort,
                ..filter.clone()
            },
            true
        )
    )
}
