//! Selecting cards of the board: by a box on the card, by a press with Ctrl, Cmd or Shift, by X; and what can be done with them.

use std::collections::BTreeSet;

use domain::DealId;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::dom;
use super::list_bulk::{BulkDialog, Selected, deals};
use super::list_move::Moving;
use super::model::selection::Going;
use super::state::BoardState;
use crate::ui::{Button, Dialog, DialogFoot, Variant};

/// What a press with a modifier key means something else on.
const CONTROLS: &str = "a, button, input, label, [popover], dialog";
/// Where keys are typed, not pressed.
const TYPED: &str = "input:not([type=checkbox]), textarea, select, [popover], dialog";

/// Seen while the card is pointed at or has the focus, and as long as something is selected.
#[component]
pub fn SelectCard(state: BoardState, deal: DealId) -> impl IntoView {
    let label = Memo::new(move |_| {
        state
            .model
            .with(|board| format!("Select {}", board.name(deal)))
    });
    let selected = Memo::new(move |_| state.model.with(|board| board.is_selected(deal)));
    let press = move |event: ev::MouseEvent| {
        state.select(deal, event.shift_key());
        // A range selects the card, whatever the press made of its box.
        let input = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
        if let Some(input) = input {
            input.set_checked(selected.get_untracked());
        }
    };
    view! {
        <label class="deal-card__select">
            <input type="checkbox" aria-label=move || label.get() prop:checked=move || selected.get() on:click=press/>
        </label>
    }
}

/// A press on a card with Ctrl, Cmd or Shift. On a link or a control it stays what it is.
pub fn clicked(state: BoardState, event: &ev::MouseEvent) {
    let adds = event.ctrl_key() || event.meta_key();
    if event.default_prevented()
        || !(adds || event.shift_key())
        || dom::closest(event, CONTROLS).is_some()
    {
        return;
    }
    let slot = dom::closest(event, "[data-deal]");
    if let Some(deal) = slot.as_ref().and_then(dom::deal_of) {
        event.prevent_default();
        state.select(deal, event.shift_key());
    }
}

/// X selects the card that has the focus, Shift and X all up to it, Esc none. Whether the key meant that.
pub fn pressed(state: BoardState, event: &ev::KeyboardEvent) -> bool {
    if event.default_prevented()
        || event.ctrl_key()
        || event.alt_key()
        || event.meta_key()
        || dom::closest(event, TYPED).is_some()
    {
        return false;
    }
    match event.key().as_str() {
        "x" | "X" => {
            let slot = dom::closest(event, ".board [data-deal]");
            let Some(deal) = slot.as_ref().and_then(dom::deal_of) else {
                return false;
            };
            state.select(deal, event.shift_key());
            true
        }
        "Escape" => {
            let any = state
                .model
                .with_untracked(|board| !board.chosen().is_empty());
            // What is open closes first, a deal beside the board too.
            let open = document().query_selector(":popover-open, dialog[open], aside.quick");
            let clears = any && !matches!(open, Ok(Some(_)));
            if clears {
                state.clear_selection();
            }
            clears
        }
        _ => false,
    }
}

/// What can be done with the selected cards. It floats at the lower edge, so that nothing moves when it comes.
#[component]
pub fn BoardSelection(state: BoardState) -> impl IntoView {
    let count = Memo::new(move |_| state.model.with(|board| board.chosen().len()));
    let clear = move |_: ev::MouseEvent| {
        state.clear_selection();
        // The button is gone with the selection.
        if let Some(root) = state.root.get_untracked() {
            // An element that left the page in between takes no focus.
            let _ = root.focus();
        }
    };
    view! {
        <div class="selection board-selection" role="group" aria-label="Selected deals" hidden=move || count.get() == 0>
            <p class="selection__count">{move || format!("{} selected", deals(count.get()))}</p>
            <Button variant=Variant::Primary on:click=move |_| state.go(Going::Anywhere)>"Move to\u{2026}"</Button>
            <Button on:click=clear>"Clear selection"</Button>
        </div>
        <SeveralDialog state/>
        <ReportDialog state/>
    }
}

/// The list's own dialog for a move of several.
#[component]
fn SeveralDialog(state: BoardState) -> impl IntoView {
    let going = Memo::new(move |_| state.model.with(|board| board.selection.going));
    let bulk = RwSignal::new(None::<Vec<Moving>>);
    let selected = Selected::new(BTreeSet::new());
    Effect::new(move |_| {
        if let Some(going) = going.get() {
            selected.set(
                state
                    .model
                    .with_untracked(|board| board.selection.deals.clone()),
            );
            bulk.set(Some(state.moving(going)));
        }
    });
    Effect::new(move |_| {
        if bulk.with(Option::is_none) && going.get_untracked().is_some() {
            state.model.update(|board| board.selection.going = None);
        }
    });
    // It takes out of the selection what it moved.
    let moved = Callback::new(move |()| {
        let left = selected.get_untracked();
        state.model.update(|board| board.selection.deals = left);
        state.refresh();
    });
    view! { <BulkDialog source=state.source bulk selected moved/> }
}

/// What did not move, with the reason of each.
#[component]
fn ReportDialog(state: BoardState) -> impl IntoView {
    let report = Memo::new(move |_| state.model.with(|board| board.selection.report.clone()));
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(report.with(Option::is_some)));
    let title = Signal::derive(move || report.get().map(|report| report.title).unwrap_or_default());
    let close = Callback::new(move |()| {
        state.model.update(|board| board.selection.report = None);
    });
    view! {
        <Dialog id="several-report" title open on_close=close>
            {move || report.get_untracked().map(|report| {
                let lines = report.lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
                view! {
                    <p>"These cards are back where they were:"</p>
                    <ul class="selection__results">{lines}</ul>
                    <DialogFoot>
                        <Button variant=Variant::Primary on:click=move |_| open.set(false)>"Close"</Button>
                    </DialogFoot>
                }
            })}
        </Dialog>
    }
}
