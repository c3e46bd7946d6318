//! What a browser keeps for a person until the server has it, beside the page: it survives a reload and a lost connection.

use leptos::prelude::window;

/// What the names of moves that wait for the connection begin with: they are dropped when the person signs out.
pub const MOVES: &str = "moves.";

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok()?
}

/// What was kept under that name.
pub fn stored(name: &str) -> Option<String> {
    storage()?.get_item(name).ok()?
}

/// Keeps it; `false` where the browser has no room, or keeps nothing.
pub fn store(name: &str, text: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(name, text).is_ok())
}

pub fn forget_stored(name: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(name);
    }
}

/// Forgets everything whose name begins so.
pub fn forget_all_stored(beginning: &str) {
    let Some(storage) = storage() else { return };
    let count = storage.length().unwrap_or(0);
    let names: Vec<String> = (0..count)
        .filter_map(|at| storage.key(at).ok().flatten())
        .filter(|name| name.starts_with(beginning))
        .collect();
    for name in names {
        let _ = storage.remove_item(&name);
    }
}
