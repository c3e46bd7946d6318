//! One lane: its heading, which folds it, and its stages below.

use domain::views::{Lane, LaneLine};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_query_map;

use super::{Lanes, Open, open_in};
use crate::boards::board::Columns;
use crate::boards::outgoing;
use crate::boards::source::Loaded;
use crate::boards::state::BoardState;
use crate::error::ActionError;
use crate::ui::{Icon, MoneyList, Notice, Tone};

pub(super) fn heading_id(lane: Lane) -> String {
    format!("lane-{lane}")
}

#[component]
pub(super) fn LaneRow(lanes: Lanes, line: LaneLine) -> impl IntoView {
    let (lane, name) = (line.lane, line.name);
    let query = use_query_map();
    let head = lanes.head.get_value();
    let open_now = move || {
        let first = || Open::from_iter(lanes.open_first.get_value());
        query.with(open_in).unwrap_or_else(first)
    };
    let open = Memo::new(move |_| open_now().holds(lane));
    let href = move || {
        let toggled = open_now().toggled(lane);
        let query = query.with(|query| toggled.within(query));
        format!("{}{query}", head.source.deals_href())
    };
    let sums = Memo::new(move |_| lanes.sums(lane));
    let board_name = name.clone();
    view! {
        <section
            class="lane"
            data-lane=lane.to_string()
            aria-labelledby=heading_id(lane)
            on:pointerdown=move |_| lanes.come_to(lane)
            on:focusin=move |_| lanes.come_to(lane)
        >
            <div class="lane__head">
                <h2 id=heading_id(lane)>
                    <a
                        class="lane__fold"
                        href=href
                        data-noscroll=""
                        aria-expanded=move || if open.get() { "true" } else { "false" }
                    >
                        <Icon icon=icondata::LuChevronDown size="small"/>
                        <span class="clip">{name}</span>
                    </a>
                </h2>
                <span class="board__count">
                    {move || sums.with(|(count, _)| *count)}
                    <span class="visually-hidden">
                        {move || sums.with(|(count, _)| if *count == 1 { " deal" } else { " deals" })}
                    </span>
                </span>
                <div class="board__sums">
                    {move || sums.with(|(_, totals)| view! { <MoneyList amounts=totals.iter().collect()/> })}
                </div>
            </div>
            <LaneBody lanes lane name=board_name open/>
        </section>
    }
}

/// Nothing while the lane is folded: neither in the page nor fetched.
#[component]
fn LaneBody(lanes: Lanes, lane: Lane, name: String, open: Memo<bool>) -> impl IntoView {
    let loaded = RwSignal::new(lanes.take_sent(lane).map(Ok::<Loaded, ActionError>));
    Effect::new(move |_| {
        let known = loaded.with_untracked(Option::is_some);
        match (open.get(), known) {
            // What comes when it is opened again is new.
            (false, true) => loaded.set(None),
            (true, false) => fetch(lanes, lane, loaded),
            _ => {}
        }
    });
    move || {
        if !open.get() {
            return ().into_any();
        }
        match loaded.get() {
            None => view! { <p class="lane__note">"Fetching these deals\u{2026}"</p> }.into_any(),
            Some(Err(error)) => view! {
                <Notice tone=Tone::Bad role="alert"><p>{error.0.text()}</p></Notice>
            }
            .into_any(),
            Some(Ok(loaded)) => {
                view! { <LaneBoard lanes lane name=name.clone() loaded/> }.into_any()
            }
        }
    }
}

fn fetch(lanes: Lanes, lane: Lane, loaded: RwSignal<Option<Result<Loaded, ActionError>>>) {
    let (source, filter) = (lanes.head.get_value().source, lanes.filter_of(lane));
    spawn_local(async move {
        let answer = source.load(&filter).await;
        loaded.try_set(Some(answer));
    });
}

#[component]
fn LaneBoard(lanes: Lanes, lane: Lane, name: String, loaded: Loaded) -> impl IntoView {
    let head = lanes.head.get_value();
    let shape = head.model.with_untracked(|board| board.shape.clone());
    let filter = lanes.filter_of(lane);
    let mut state = BoardState::new(head.source, filter, loaded).shaped(shape);
    // One voice, and one list of who else is here.
    state.said = head.said;
    let people = head.beside().people;
    state.beside.update_value(|beside| {
        beside.people = people;
        beside.lane = Some(lane);
    });
    lanes.enter(lane, state);
    on_cleanup(move || lanes.leave(lane));
    outgoing::follow(state);
    share_shape(head, state);
    let quick = lanes.quick.get_value();
    view! { <Columns state quick=Some(quick) label=format!("{name}: deals by stage") apart=false/> }
}

/// A column that is collapsed in one lane is so in all.
fn share_shape(head: BoardState, lane: BoardState) {
    let common = Memo::new(move |_| head.model.with(|board| board.shape.clone()));
    let own = Memo::new(move |_| lane.model.with(|board| board.shape.clone()));
    Effect::new(move |_| {
        let shape = common.get();
        if own.get_untracked() != shape {
            lane.model.update(|board| board.shape = shape);
        }
    });
    Effect::new(move |_| {
        let shape = own.get();
        if common.get_untracked() != shape {
            head.model.update(|board| board.shape = shape);
        }
    });
}
