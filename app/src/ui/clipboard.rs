//! What "Copy" does.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

/// Copies the text, and says on the button what came of it.
pub fn copy_text(text: String, said: RwSignal<&'static str>) {
    spawn_local(async move {
        let copied = match clipboard() {
            Some(clipboard) => js_sys::futures::JsFuture::from(clipboard.write_text(&text))
                .await
                .is_ok(),
            None => false,
        };
        // The button may be gone by now.
        said.try_set(if copied { "Copied" } else { "Copy it by hand" });
    });
}

/// There is none on a page over plain HTTP.
fn clipboard() -> Option<web_sys::Clipboard> {
    let clipboard = js_sys::Reflect::get(&window().navigator(), &"clipboard".into()).ok()?;
    if clipboard.is_undefined() || clipboard.is_null() {
        return None;
    }
    Some(clipboard.unchecked_into())
}
