//! The designer by keyboard: Alt and an arrow on a grip moves its field, Ctrl+D duplicates, Ctrl+Z and Ctrl+Y go through
//! the steps, Esc lets go of what the pointer holds.

use domain::forms::FieldKey;
use leptos::{ev::KeyboardEvent, html, prelude::*};

use super::{
    desk::Desk,
    drag::Input,
    moving::{self, Way},
    pointer::feed,
};
use crate::drag::dom;

/// On the window, because Esc is meant wherever the focus is.
pub fn listen(desk: Desk, root: NodeRef<html::Div>) {
    Effect::new(move |_| {
        let listener = window_event_listener(leptos::ev::keydown, move |event| {
            if !event.default_prevented() {
                pressed(desk, root, &event);
            }
        });
        on_cleanup(move || listener.remove());
    });
}

fn pressed(desk: Desk, root: NodeRef<html::Div>, event: &KeyboardEvent) {
    let held = desk
        .side()
        .drag
        .with_untracked(|drag| drag.held().is_some());
    if held && event.key() == "Escape" {
        event.prevent_default();
        feed(desk, Input::Cancel);
        return;
    }
    let inside = root
        .get_untracked()
        .is_some_and(|root| root.contains(event_node(event).as_ref()));
    if !inside {
        return;
    }
    let with_command = event.ctrl_key() || event.meta_key();
    match event.key().as_str() {
        "ArrowUp" if event.alt_key() => step(desk, event, Way::Up),
        "ArrowDown" if event.alt_key() => step(desk, event, Way::Down),
        "d" | "D" if with_command => {
            let here = field_at(event, ".frame").or(desk.chosen.get_untracked());
            if let Some(key) = here {
                event.prevent_default();
                desk.duplicate(&key);
            }
        }
        "z" | "Z" if with_command && !is_text(event) => {
            event.prevent_default();
            if event.shift_key() {
                desk.redo();
            } else {
                desk.undo();
            }
        }
        "y" | "Y" if with_command && !is_text(event) => {
            event.prevent_default();
            desk.redo();
        }
        _ => {}
    }
}

fn step(desk: Desk, event: &KeyboardEvent, way: Way) {
    if dom::closest(event, ".frame__grip").is_none() {
        return;
    }
    if let Some(key) = field_at(event, ".frame") {
        event.prevent_default();
        desk.move_by_key(&key, |form| moving::step(form, &key, way));
    }
}

fn event_node(event: &KeyboardEvent) -> Option<web_sys::Node> {
    dom::closest(event, "*").map(Into::into)
}

/// The field whose frame the event is in.
pub fn field_at(event: &web_sys::Event, selector: &str) -> Option<FieldKey> {
    let frame = dom::closest(event, selector)?;
    FieldKey::parse(&frame.get_attribute("data-field")?).ok()
}

/// Text has its own steps.
fn is_text(event: &KeyboardEvent) -> bool {
    dom::closest(event, "input, textarea, select").is_some()
}
