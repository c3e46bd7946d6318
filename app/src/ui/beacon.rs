//! A last word of a page that is left.

use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};

/// Posts the pairs as a form would. The browser delivers it even so the page is gone, and nobody is left to read the answer.
pub fn send_beacon(url: &str, pairs: impl IntoIterator<Item = (String, String)>) {
    let body = js_sys::Array::new();
    for (name, value) in pairs {
        body.push(&js_sys::Array::of2(&name.into(), &value.into()));
    }
    // A browser without it keeps what it has; nothing else can be done on the way out.
    let _ = send(url, &body);
}

/// `navigator.sendBeacon(url, new URLSearchParams(pairs))`.
fn send(url: &str, pairs: &js_sys::Array) -> Result<JsValue, JsValue> {
    let params: js_sys::Function =
        js_sys::Reflect::get(&js_sys::global(), &"URLSearchParams".into())?.dyn_into()?;
    let body = js_sys::Reflect::construct(&params, &js_sys::Array::of1(pairs))?;
    let navigator = window().navigator();
    let send: js_sys::Function =
        js_sys::Reflect::get(&navigator, &"sendBeacon".into())?.dyn_into()?;
    send.call2(&navigator, &url.into(), &body)
}
