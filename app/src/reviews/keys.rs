//! A key for each verdict, unless somebody is typing.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::desk::Desk;
use crate::ui::focus_by_id;

pub fn listen(desk: Desk) {
    Effect::new(move |_| {
        let keys = window_event_listener(leptos::ev::keydown, move |event| on_key(desk, &event));
        on_cleanup(move || keys.remove());
    });
}

fn on_key(desk: Desk, event: &KeyboardEvent) {
    let typing = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .is_some_and(|element| {
            element
                .closest("textarea, input:not([type=radio]), select, dialog")
                .ok()
                .flatten()
                .is_some()
        });
    if typing || event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    if choose(desk, &event.key().to_lowercase()) {
        event.prevent_default();
    }
}

/// Chooses the verdict of that key; `false` when no form that offers it is open.
fn choose(desk: Desk, key: &str) -> bool {
    let Some((form, draft)) = desk.form.get_value() else {
        return false;
    };
    let verdict = form
        .verdicts
        .into_iter()
        .find(|verdict| verdict.key() == key);
    let Some(verdict) = verdict else { return false };
    draft.chosen.set(Some(verdict));
    focus_by_id(if verdict.takes_text() {
        "verdict-text"
    } else {
        "verdict-confirm_win"
    });
    true
}
