//! Moves the focus by id. The router would take an in-page link for a navigation and leave the focus where it was.

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Focuses the element `id`; nothing happens when it is not there.
pub fn focus_by_id(id: &str) {
    let element = document().get_element_by_id(id);
    if let Some(element) =
        element.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok())
    {
        // An element that cannot take the focus leaves it where it is.
        let _ = element.focus();
    }
}

/// Scrolls as little as brings the element `id` into view.
pub fn scroll_to_id(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        scroll_to(&element);
    }
}

/// The same of an element that has no id.
pub fn scroll_to(element: &web_sys::Element) {
    let options = js_sys::Object::new();
    let _ = js_sys::Reflect::set(&options, &"block".into(), &"nearest".into());
    let scroll = js_sys::Reflect::get(element, &"scrollIntoView".into());
    if let Ok(scroll) = scroll.and_then(JsCast::dyn_into::<js_sys::Function>) {
        // What cannot be scrolled to stays where it is.
        let _ = scroll.call1(element, &options);
    }
}

/// For `on:click` of `<a href="#id">`. Without wasm the link works by itself.
pub fn follow_to(id: String) -> impl Fn(MouseEvent) {
    move |event| {
        event.prevent_default();
        focus_by_id(&id);
    }
}
