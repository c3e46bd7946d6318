//! Small questions to the page, and small changes of it, that a drag makes often.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement};

/// The nearest element round `event`'s target that matches.
pub fn closest(event: &Event, selector: &str) -> Option<Element> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest(selector).ok().flatten()
}

pub fn find(root: &Element, selector: &str) -> Option<HtmlElement> {
    root.query_selector(selector)
        .ok()
        .flatten()?
        .dyn_into()
        .ok()
}

/// Every element inside `root` that matches, in the page's order.
pub fn all(root: &Element, selector: &str) -> Vec<HtmlElement> {
    let Ok(found) = root.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|index| found.item(index)?.dyn_into().ok())
        .collect()
}

/// Through the style object, which the content security policy allows, unlike a style attribute in the page.
pub fn set_style(element: &HtmlElement, name: &str, value: &str) {
    // Refused only for a property that does not exist.
    let _ = element.style().set_property(name, value);
}

/// Present without a value, or absent.
pub fn mark(element: &Element, name: &str, on: bool) {
    // Fails only for an invalid name.
    let _ = element.toggle_attribute_with_force(name, on);
}

pub fn set(element: &Element, name: &str, value: Option<&str>) {
    // Fails only for an invalid name.
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}
