//! The board's root: one set of listeners, the columns, and the parts that float above them.

use domain::events::Topic;
use leptos::ev;
use leptos::prelude::*;

use super::apart::Apart;
use super::card::KEYS_ID;
use super::column::StageColumn;
use super::dom;
use super::gates::GateDialog;
use super::keys;
use super::menu::CardMenu;
use super::model::{BoardModel, speech};
use super::outgoing::{self, OfflineBar};
use super::overrides::OverrideDialog;
use super::people::use_people;
use super::pointer::PointerHand;
use super::quick::{Quick, QuickSheet};
use super::select::{self, BoardSelection};
use super::state::BoardState;
use crate::live;
use crate::ui::use_ready;

#[component]
pub fn Board(state: BoardState) -> impl IntoView {
    live::use_live_refresh_soon(
        &[Topic::Deal, Topic::Program],
        move |news| state.knows(news),
        move || state.refresh(),
    );
    listen_to_keys(state);
    let quick = Quick::provide(state);
    outgoing::follow(state);
    use_people(state);
    view! {
        <OfflineBar state/>
        <Columns state quick=Some(quick) label="Deals by stage" apart=true/>
        <p class="visually-hidden" id=KEYS_ID>{speech::KEYS}</p>
        <p class="visually-hidden" role="status" aria-live="assertive" data-announcer="">{move || state.said.get()}</p>
        <Floating state/>
        <QuickSheet quick/>
    }
}

/// The stages side by side with their cards, and what listens to pointers there.
#[component]
pub fn Columns(
    state: BoardState,
    /// Presses on cards open their deals beside the board; without it they lead there.
    quick: Option<Quick>,
    #[prop(into)] label: String,
    /// Whether registrations that lie in no stage stand at the left.
    apart: bool,
) -> impl IntoView {
    let lines = Memo::new(move |_| {
        let lines = state.model.with(BoardModel::card_lines);
        (lines > 0).then_some(lines)
    });
    let density = Memo::new(move |_| state.model.with(|board| board.shape.density));
    let selecting = Memo::new(move |_| state.model.with(|board| !board.chosen().is_empty()));
    let stages = Memo::new(move |_| state.model.with(|board| board.pipeline.stages.clone()));
    let hand = PointerHand::new(state);
    let (down, moved, up, cancelled) = (hand.clone(), hand.clone(), hand.clone(), hand.clone());
    let (lost, clicked, finger, menu) = (hand.clone(), hand.clone(), hand.clone(), hand);
    view! {
        <div
            class="board"
            node_ref=state.root
            role="region"
            aria-label=label
            tabindex="0"
            data-ready=use_ready()
            data-lines=move || lines.get().map(|lines| lines.to_string())
            data-density=move || density.get().word()
            data-selecting=move || selecting.get().then_some("")
            on:pointerdown=move |event| down.down(&event)
            on:pointermove=move |event| moved.moved(&event)
            on:pointerup=move |event| up.up(&event)
            on:pointercancel=move |event| cancelled.cancelled(&event)
            on:lostpointercapture=move |event| lost.lost(&event)
            on:click=move |event| {
                clicked.clicked(&event);
                select::clicked(state, &event);
                open_menu(state, &event);
                if let Some(quick) = quick {
                    quick.pressed(&event);
                }
            }
            on:touchmove=move |event| finger.keep_finger(&event)
            on:contextmenu=move |event| menu.no_menu(&event)
        >
            {apart.then(|| view! { <Apart state/> })}
            <For
                each=move || stages.get()
                key=|stage| (stage.id, stage.name.clone(), stage.hue.clone(), stage.description.clone(), stage.wip_hint)
                let:stage
            >
                <StageColumn state stage/>
            </For>
        </div>
    }
}

/// The menu and the dialogs of a board's cards.
#[component]
pub fn Floating(state: BoardState) -> impl IntoView {
    if state.source.is_company() {
        view! { <OverrideDialog state/> }.into_any()
    } else {
        view! {
            <CardMenu state/>
            <GateDialog state/>
            <BoardSelection state/>
        }
        .into_any()
    }
}

/// On the window, because a card in the pointer's hand listens to Esc wherever the focus is.
fn listen_to_keys(state: BoardState) {
    Effect::new(move |_| {
        let listener =
            window_event_listener(ev::keydown, move |event| keys::pressed(state, &event));
        on_cleanup(move || listener.remove());
    });
}

/// The dots on a card open the menu; with a modifier key they stay a link.
fn open_menu(state: BoardState, event: &ev::MouseEvent) {
    if event.default_prevented() || event.ctrl_key() || event.meta_key() || event.shift_key() {
        return;
    }
    let Some(_) = dom::closest(event, ".deal-card__more") else {
        return;
    };
    let deal = dom::closest(event, "[data-deal]")
        .as_ref()
        .and_then(dom::deal_of);
    if let Some(deal) = deal {
        event.prevent_default();
        state.menu.set(Some(deal));
    }
}
