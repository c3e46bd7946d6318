//! Reads what stands in the inputs.

use domain::forms::{FieldKey, RawAnswers};
use wasm_bindgen::JsCast;

/// The name of the control that an event came from.
pub fn name_of(event: &leptos::ev::Event) -> Option<String> {
    let element = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    element
        .get_attribute("name")
        .filter(|name| !name.is_empty())
}

/// The values of every control of that name inside `root`, as a form post would carry them; `None` when there is no such control.
pub fn values_of(root: &web_sys::Element, name: &str) -> Option<Vec<String>> {
    // Names are field keys; anything else is not ours to look for.
    if !name
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.')
    {
        return None;
    }
    let controls = root
        .query_selector_all(&format!("[name=\"{name}\"]"))
        .ok()?;
    let controls: Vec<web_sys::Node> = nodes(&controls).collect();
    (!controls.is_empty()).then(|| controls.into_iter().flat_map(control_values).collect())
}

/// The names of the controls inside `root` that are cells of the field.
pub fn cell_names(root: &web_sys::Element, key: &FieldKey) -> Vec<String> {
    let Ok(controls) = root.query_selector_all(&format!("[name^=\"{key}.\"]")) else {
        return Vec::new();
    };
    nodes(&controls)
        .filter_map(|node| node.dyn_into::<web_sys::Element>().ok())
        .filter_map(|control| control.get_attribute("name"))
        .filter(|name| RawAnswers::cell_of(name).is_some())
        .collect()
}

fn control_values(control: web_sys::Node) -> Vec<String> {
    let control = match control.dyn_into::<web_sys::HtmlInputElement>() {
        Ok(input) => {
            let counts = !matches!(input.type_().as_str(), "checkbox" | "radio") || input.checked();
            return if counts {
                vec![input.value()]
            } else {
                Vec::new()
            };
        }
        Err(other) => other,
    };
    match control.dyn_into::<web_sys::HtmlTextAreaElement>() {
        Ok(area) => vec![area.value()],
        Err(other) => other
            .dyn_into::<web_sys::HtmlSelectElement>()
            .map(|s| selected(&s))
            .unwrap_or_default(),
    }
}

fn selected(select: &web_sys::HtmlSelectElement) -> Vec<String> {
    if !select.multiple() {
        return vec![select.value()];
    }
    let Ok(options) = select.query_selector_all("option:checked") else {
        return Vec::new();
    };
    nodes(&options)
        .filter_map(|node| node.dyn_into::<web_sys::Element>().ok())
        .filter_map(|option| option.get_attribute("value"))
        .collect()
}

fn nodes(list: &web_sys::NodeList) -> impl Iterator<Item = web_sys::Node> {
    (0..list.length()).filter_map(|index| list.item(index))
}
