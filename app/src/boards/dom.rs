//! Small questions to the page that the board asks often.

use domain::{DealId, StageId};
use web_sys::{Element, HtmlElement};

pub use crate::drag::dom::{all, closest, find, mark, set, set_style};

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
