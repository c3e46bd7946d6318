//! The keyboard in the sheet: up and down go through the column, Esc closes it.

use leptos::ev::{self, KeyboardEvent};
use leptos::prelude::*;

use super::Quick;
use super::model::Way;
use crate::boards::dom;
use crate::boards::model::drag::Drag;

/// What takes letters and arrows for itself.
const TYPED_INTO: &str = "input, select, textarea";

/// A key that is pressed in the sheet.
pub fn pressed(quick: Quick, event: &KeyboardEvent) {
    let modified = event.ctrl_key() || event.alt_key() || event.meta_key();
    if event.default_prevented() || modified || !is_idle(quick) {
        return;
    }
    let Some(way) = Way::of(&event.key()) else {
        return;
    };
    if dom::closest(event, TYPED_INTO).is_none() {
        event.prevent_default();
        quick.step(way);
    }
}

/// Esc closes a sheet beside the board wherever the focus is, unless something else listens to it: a card in the hand, a menu, a
/// dialog, an input.
pub fn listen_to_escape(quick: Quick) {
    Effect::new(move |_| {
        let listener = window_event_listener(ev::keydown, move |event| {
            let taken = event.default_prevented() || !is_idle(quick);
            if event.key() == "Escape"
                && !taken
                && dom::closest(&event, "dialog, [popover]").is_none()
                && dom::closest(&event, TYPED_INTO).is_none()
            {
                event.prevent_default();
                quick.close();
            }
        });
        on_cleanup(move || listener.remove());
    });
}

fn is_idle(quick: Quick) -> bool {
    let board = quick.board.get_value();
    board.drag.with_untracked(Drag::is_idle)
}
