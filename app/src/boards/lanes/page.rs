//! All lanes of the page, and what there is of once.

use domain::events::Topic;
use domain::views::Lane;
use leptos::ev;
use leptos::prelude::*;

use super::row::LaneRow;
use super::{Lanes, LanesLoaded};
use crate::boards::apart::Apart;
use crate::boards::board::Floating;
use crate::boards::card::KEYS_ID;
use crate::boards::model::{BoardModel, speech};
use crate::boards::outgoing::{self, OfflineBar};
use crate::boards::people::use_people;
use crate::boards::quick::{Quick, QuickSheet};
use crate::boards::state::BoardState;
use crate::boards::{dom, filter, keys};
use crate::live;
use crate::ui::use_ready;

#[component]
pub fn LanedBoard(
    /// With the counts of the whole board, and without its cards.
    state: BoardState,
    lanes: LanesLoaded,
) -> impl IntoView {
    let quick = Quick::provide(state);
    outgoing::follow(state);
    let lanes = Lanes::new(state, quick, lanes);
    live::use_live_refresh(&[Topic::Deal, Topic::Program], move || lanes.refresh());
    listen_to_keys(lanes);
    follow_hand(lanes);
    use_people(state);
    // Where there is nothing at all the page says so.
    let none = Memo::new(move |_| {
        lanes.list.with(|list| list.lanes.is_empty()) && !state.model.with(BoardModel::is_empty)
    });
    let more = Memo::new(move |_| lanes.list.with(|list| list.more));
    let query = state
        .filter
        .with_value(|filter| filter::write(filter, true));
    let list_href = format!("{}{query}", state.source.deals_href());
    view! {
        <OfflineBar state/>
        <div class="lanes" data-ready=use_ready()>
            <div
                class="lanes__apart"
                on:pointerdown=move |_| lanes.come_to_head()
                on:focusin=move |_| lanes.come_to_head()
                on:click=move |event| quick.pressed(&event)
            >
                <Apart state/>
            </div>
            {move || none.get().then(|| view! { <p class="lane__note">"No deals lie in stages here."</p> })}
            <For
                each=move || lanes.list.with(|list| list.lanes.clone())
                key=|line| (line.lane, line.name.clone())
                let:line
            >
                <LaneRow lanes line/>
            </For>
            {move || (more.get() > 0).then(|| {
                let words = match more.get() {
                    1 => "One lane more: all deals in the list".to_owned(),
                    more => format!("{more} lanes more: all deals in the list"),
                };
                view! { <p class="lane__note"><a href=list_href.clone()>{words}</a></p> }
            })}
        </div>
        <p class="visually-hidden" id=KEYS_ID>{speech::KEYS}</p>
        <p class="visually-hidden" role="status" aria-live="assertive" data-announcer="">{move || state.said.get()}</p>
        {move || {
            // A lane that goes with the page still says that it left.
            let at = lanes.at.try_get().flatten();
            let board = at.and_then(|lane| lanes.board_of(lane));
            board.map(|state| view! { <Floating state/> })
        }}
        <QuickSheet quick/>
    }
}

/// Once for all lanes: each key goes to one of them.
fn listen_to_keys(lanes: Lanes) {
    Effect::new(move |_| {
        let listener = window_event_listener(ev::keydown, move |event| {
            if let Some(board) = lanes.meant_by(&event) {
                keys::pressed(board, &event);
            }
        });
        on_cleanup(move || listener.remove());
    });
}

/// While a card is in the hand the other lanes say that it is not theirs; what changed meanwhile is fetched afterwards.
fn follow_hand(lanes: Lanes) {
    let holder = Memo::new(move |_| lanes.holder());
    Effect::new(move |before: Option<Option<Lane>>| {
        let now = holder.get();
        let head = lanes.head.get_value();
        let boards = lanes.boards.get_untracked();
        let hand = boards.iter().find(|(lane, _)| Some(*lane) == now);
        let drag = hand.map(|(_, board)| board.drag.get_untracked());
        // Whoever asks what this page holds asks the head.
        head.drag.set(drag.unwrap_or_default());
        for (lane, board) in &boards {
            let why = now.map(|_| lanes.why_not());
            if Some(*lane) != now
                && let Some(root) = board.element()
            {
                for column in dom::all(&root, "[data-stage]") {
                    dom::set(&column, "data-refuses", why);
                }
            }
        }
        if before.flatten().is_some() && now.is_none() && head.stale.get_value() {
            lanes.refresh();
        }
        now
    });
}
