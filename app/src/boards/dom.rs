//! Small questions to the page that the board asks often.

use domain::{DealId, StageId};
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

pub fn deal_of(element: &Element) -> Option<DealId> {
    element.get_attribute("data-deal")?.parse().ok()
}

pub fn stage_of(element: &Element) -> Option<StageId> {
    element.get_attribute("data-stage")?.parse().ok()
}

/// The place in the column of the first card that is in the page.
pub fn first_index(list: &Element) -> usize {
    list.get_attribute("data-start")
        .and_then(|text| text.parse().ok())
        .unwrap_or(0)
}

pub fn slot_of_deal(root: &Element, deal: DealId) -> Option<HtmlElement> {
    find(root, &format!("[data-deal=\"{deal}\"]"))
}

pub fn column_of(root: &Element, stage: StageId) -> Option<HtmlElement> {
    find(root, &format!("[data-stage=\"{stage}\"]"))
}

pub fn list_of(root: &Element, stage: StageId) -> Option<HtmlElement> {
    column_of(root, stage).and_then(|column| find(&column, ".board__list"))
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
