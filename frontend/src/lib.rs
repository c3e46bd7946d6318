//! The browser's entry point: takes over the page that the server rendered.

// As in `app`: its pages are made whole here.
#![recursion_limit = "256"]

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    // Lazy routes are chunks of their own, so hydration waits for the chunk of the page it lands on.
    leptos::mount::hydrate_lazy(app::App);
}
