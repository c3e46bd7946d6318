//! The keyboard on the board: Space lifts and drops, arrows move, Esc restores.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::dom;
use super::model::drag::{Arrow, Drag, Hand, Input};
use super::select;
use super::state::BoardState;

/// Whether the key meant something to the board.
pub fn pressed(state: BoardState, event: &KeyboardEvent) {
    let drag = state.drag.get_untracked();
    if drag.is_idle() && select::pressed(state, event) {
        event.prevent_default();
        return;
    }
    let input = match (drag.held(), drag.hand()) {
        (Some(_), Some(Hand::Keys)) => while_held(event),
        // The pointer's card listens to Esc too, wherever the focus is.
        (Some(_), Some(_)) => (event.key() == "Escape").then_some(Input::Escape),
        _ if matches!(drag, Drag::Dropped { .. }) => None,
        _ => to_lift(event),
    };
    if let Some(input) = input {
        if event.key() != "Tab" {
            event.prevent_default();
        }
        state.feed(input);
    }
}

fn while_held(event: &KeyboardEvent) -> Option<Input> {
    let to_the_left = is_right_to_left();
    Some(match event.key().as_str() {
        "ArrowUp" => Input::Arrow(Arrow::Up),
        "ArrowDown" => Input::Arrow(Arrow::Down),
        "ArrowLeft" if to_the_left => Input::Arrow(Arrow::Forth),
        "ArrowLeft" => Input::Arrow(Arrow::Back),
        "ArrowRight" if to_the_left => Input::Arrow(Arrow::Back),
        "ArrowRight" => Input::Arrow(Arrow::Forth),
        " " | "Enter" => Input::Release,
        // Leaving the card with the focus is no drop.
        "Escape" | "Tab" => Input::Escape,
        _ => return None,
    })
}

fn to_lift(event: &KeyboardEvent) -> Option<Input> {
    if event.key() != " "
        || event.ctrl_key()
        || event.alt_key()
        || event.meta_key()
        || event.repeat()
    {
        return None;
    }
    if let Some(more) = dom::closest(event, ".deal-card__more") {
        // It acts as a button: Space presses it too.
        event.prevent_default();
        if let Ok(more) = more.dyn_into::<web_sys::HtmlElement>() {
            more.click();
        }
        return None;
    }
    dom::closest(event, ".deal-card__handle, .deal-card__customer")?;
    let slot = dom::closest(event, "[data-deal]")?;
    dom::deal_of(&slot).map(Input::Space)
}

fn is_right_to_left() -> bool {
    document()
        .document_element()
        .is_some_and(|root| root.get_attribute("dir").as_deref() == Some("rtl"))
}
