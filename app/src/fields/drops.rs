//! Files that are dragged over the page from elsewhere.

use leptos::ev::{self, DragEvent};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{File, FileList, Node};

/// Where files that are dragged are, as one field sees it.
#[derive(Clone, Copy)]
pub struct Drops {
    /// Somewhere over the page.
    pub near: RwSignal<bool>,
    /// Over this field.
    pub over: RwSignal<bool>,
}

/// Listens to the whole page: what is dropped beside the field would else replace the page by the file.
pub fn use_drops() -> Drops {
    let drops = Drops {
        near: RwSignal::new(false),
        over: RwSignal::new(false),
    };
    Effect::new(move |_| {
        let moved = window_event_listener(ev::dragover, move |event| {
            if !has_files(&event) {
                return;
            }
            // Else a field has said that it takes them.
            if !event.default_prevented() {
                event.prevent_default();
                if let Some(carried) = event.data_transfer() {
                    carried.set_drop_effect("none");
                }
            }
            set(drops.near, true);
        });
        let dropped = window_event_listener(ev::drop, move |event| {
            if has_files(&event) {
                event.prevent_default();
            }
            set(drops.near, false);
            set(drops.over, false);
        });
        let left = window_event_listener(ev::dragleave, move |event| {
            if event.related_target().is_none() {
                set(drops.near, false);
                set(drops.over, false);
            }
        });
        on_cleanup(move || {
            for listener in [moved, dropped, left] {
                listener.remove();
            }
        });
    });
    drops
}

impl Drops {
    /// They are over the field.
    pub fn take(self, event: &DragEvent) {
        if !has_files(event) {
            return;
        }
        event.prevent_default();
        if let Some(carried) = event.data_transfer() {
            carried.set_drop_effect("copy");
        }
        set(self.over, true);
    }

    /// They have left the part that listens, unless it is for a part of it.
    pub fn leave(self, event: &DragEvent) {
        let part = event
            .current_target()
            .and_then(|part| part.dyn_into::<Node>().ok());
        let to = event
            .related_target()
            .and_then(|to| to.dyn_into::<Node>().ok());
        if part.is_none_or(|part| !part.contains(to.as_ref())) {
            set(self.over, false);
        }
    }
}

/// The files that were let go.
pub fn dropped(event: &DragEvent) -> Vec<File> {
    let carried = event.data_transfer();
    files_of(carried.and_then(|carried| carried.files()))
}

pub fn files_of(list: Option<FileList>) -> Vec<File> {
    let Some(list) = list else { return Vec::new() };
    (0..list.length()).filter_map(|at| list.item(at)).collect()
}

/// Text that is dragged is not ours.
fn has_files(event: &DragEvent) -> bool {
    let kinds = event.data_transfer().map(|carried| carried.types());
    kinds.is_some_and(|kinds| kinds.includes(&JsValue::from_str("Files"), 0))
}

/// These events come many times a second.
fn set(signal: RwSignal<bool>, to: bool) {
    if signal.try_get_untracked().is_some_and(|now| now != to) {
        signal.set(to);
    }
}
