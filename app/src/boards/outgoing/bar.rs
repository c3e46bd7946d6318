//! One quiet line above the board while moves wait, and the mark of a card whose move does.

use domain::DealId;
use leptos::prelude::*;

use super::queue::Queue;
use super::words;
use crate::boards::state::BoardState;
use crate::ui::{Icon, after_press};

/// It comes and goes above the cards: never under a press.
#[component]
pub fn OfflineBar(state: BoardState) -> impl IntoView {
    let beside = state.beside();
    let line = after_press(move || words::line(beside.link.get(), beside.queue.with(Queue::len)));
    view! {
        <div class="board-offline" role="status" data-part="offline">
            {move || line.get().map(|line| view! {
                <p class="board-offline__line"><Icon icon=icondata::LuWifiOff size="small"/>{line}</p>
            })}
        </div>
    }
}

#[component]
pub fn WaitsMark(state: BoardState, deal: DealId) -> impl IntoView {
    let beside = state.beside();
    let waits = Memo::new(move |_| beside.queue.with(|queue| queue.holds(deal)));
    move || {
        waits.get().then(|| {
            view! {
                <span class="deal-card__waits" title="Waits to be sent">
                    <Icon icon=icondata::LuClock size="small"/>
                    <span class="visually-hidden">"Waits to be sent"</span>
                </span>
            }
        })
    }
}
