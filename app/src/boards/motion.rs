//! What a drag looks like: the lifted card, the gap, the cards that make room, and how things glide to their new place.
//!
//! While a card is in the hand nothing of the page's structure changes; only attributes and transforms do.

use std::collections::HashMap;

use domain::deals::Refusal;
use domain::{DealId, StageId};
use js_sys::{Array, Function, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::dom;
use super::model::drag::Hand;
use super::model::{Slot, window};

const SETTLE_MS: f64 = 180.0;
/// `.board__list`'s own padding above its first card.
const LIST_PADDING: f64 = 2.0;

/// Where cards are on the screen.
pub type Places = HashMap<DealId, (f64, f64)>;

pub fn measure(root: &Element) -> Places {
    let cards = dom::all(root, "[data-deal] > .deal-card");
    cards
        .into_iter()
        .filter_map(|card| {
            let deal = card.parent_element().as_ref().and_then(dom::deal_of)?;
            let rect = card.get_bounding_client_rect();
            Some((deal, (rect.left(), rect.top())))
        })
        .collect()
}

/// Lets every card glide from where it was to where it is now.
pub fn glide(root: &Element, before: &Places) {
    if wants_no_motion() {
        return;
    }
    for (deal, now) in measure(root) {
        let Some(old) = before.get(&deal) else {
            continue;
        };
        let (dx, dy) = (old.0 - now.0, old.1 - now.1);
        if dx.abs() + dy.abs() > 0.5
            && let Some(card) =
                dom::slot_of_deal(root, deal).and_then(|slot| dom::find(&slot, ".deal-card"))
        {
            animate(&card, dx, dy);
        }
    }
}

fn animate(card: &HtmlElement, dx: f64, dy: f64) {
    let from = Object::new();
    let to = Object::new();
    // Setting a property of a fresh object does not fail.
    let _ = Reflect::set(
        &from,
        &"transform".into(),
        &format!("translate({dx}px, {dy}px)").into(),
    );
    let _ = Reflect::set(&to, &"transform".into(), &"none".into());
    let options = Object::new();
    let _ = Reflect::set(&options, &"duration".into(), &SETTLE_MS.into());
    let _ = Reflect::set(
        &options,
        &"easing".into(),
        &"cubic-bezier(0.2, 0.7, 0.3, 1)".into(),
    );
    // Called by name: the typed binding is not stable yet. A browser without it shows the new place at once.
    let animate = Reflect::get(card, &"animate".into())
        .ok()
        .and_then(|found| found.dyn_into::<Function>().ok());
    if let Some(animate) = animate {
        let _ = animate.call2(card, &Array::of2(&from, &to), &options);
    }
}

pub fn wants_no_motion() -> bool {
    let query = window().match_media("(prefers-reduced-motion: reduce)");
    query.ok().flatten().is_some_and(|query| query.matches())
}

/// Takes the card out of the flow; its place stays free.
pub fn lift(root: &Element, deal: DealId, hand: Hand) {
    let Some(card) = card_of(root, deal) else {
        return;
    };
    let rect = card.get_bounding_client_rect();
    for (name, pixels) in [
        ("--lift-width", rect.width()),
        ("--lift-left", rect.left()),
        ("--lift-top", rect.top()),
    ] {
        dom::set_style(&card, name, &format!("{pixels}px"));
    }
    carry(&card, rect.left(), rect.top());
    let how = if hand == Hand::Keys {
        "keys"
    } else {
        "pointer"
    };
    dom::set(&card, "data-lifted", Some(how));
    dom::set(root, "data-dragging", Some(how));
}

/// Seen as a stack: the card in the hand counts those that travel with it, and they say where they lie.
pub fn stack(root: &Element, lifted: DealId, travelling: &[DealId]) {
    for deal in travelling {
        if let Some(card) = card_of(root, *deal) {
            dom::mark(&card, "data-travels", *deal != lifted);
        }
    }
    if let Some(card) = card_of(root, lifted) {
        dom::set(&card, "data-stack", Some(&travelling.len().to_string()));
    }
}

pub fn card_of(root: &Element, deal: DealId) -> Option<HtmlElement> {
    dom::slot_of_deal(root, deal).and_then(|slot| dom::find(&slot, ".deal-card"))
}

/// To that place on the screen, by a transform from where it was lifted.
pub fn carry(card: &HtmlElement, x: f64, y: f64) {
    let lifted_at = |name: &str| {
        let value = card.style().get_property_value(name).unwrap_or_default();
        value
            .trim_end_matches("px")
            .parse::<f64>()
            .unwrap_or_default()
    };
    let (dx, dy) = (x - lifted_at("--lift-left"), y - lifted_at("--lift-top"));
    dom::set_style(card, "--lift-x", &format!("{dx}px"));
    dom::set_style(card, "--lift-y", &format!("{dy}px"));
}

/// Shows where the card would land; cards make room. `to` outside every column is the place it came from.
pub fn aim(root: &Element, from: Slot, to: Option<Slot>, pitch: f64) {
    let to = to.unwrap_or(from);
    for column in dom::all(root, "[data-stage]") {
        let Some(stage) = dom::stage_of(&column) else {
            continue;
        };
        let own = (stage == from.stage).then_some(from.index);
        let target = (stage == to.stage).then_some(to.index);
        dom::mark(&column, "data-over", target.is_some());
        let Some(list) = dom::find(&column, ".board__list") else {
            continue;
        };
        if let Some(gap) = dom::find(&list, ".board__gap") {
            dom::mark(&gap, "hidden", target.is_none());
            if let Some(index) = target {
                dom::set_style(
                    &gap,
                    "inset-block-start",
                    &format!("{}px", offset(index, pitch)),
                );
            }
        }
        let start = dom::first_index(&list);
        for (place, slot) in dom::all(&list, ".board__slot").into_iter().enumerate() {
            let shift = window::shift(start + place, own, target);
            let word = match shift {
                0 => None,
                1.. => Some("down"),
                _ => Some("up"),
            };
            dom::set(&slot, "data-shift", word);
        }
    }
}

/// Pixels from the list's top to that slot.
#[expect(
    clippy::cast_precision_loss,
    reason = "columns hold far fewer than 2^52 cards"
)]
fn offset(index: usize, pitch: f64) -> f64 {
    LIST_PADDING + index as f64 * pitch
}

/// Columns that the card may not go to say so, and why.
pub fn mark_refusals(root: &Element, refuses: impl Fn(StageId) -> Option<Refusal>) {
    for column in dom::all(root, "[data-stage]") {
        let why = dom::stage_of(&column).and_then(&refuses);
        let why = why.as_ref().map(Refusal::text);
        dom::set(&column, "data-refuses", why);
    }
}

/// Ends the look of a drag at once; what moves after this glides.
pub fn clear(root: &Element) {
    dom::mark(root, "data-settling", true);
    dom::set(root, "data-dragging", None);
    for card in dom::all(root, ".deal-card[data-lifted]") {
        dom::set(&card, "data-lifted", None);
        dom::set(&card, "data-stack", None);
    }
    for card in dom::all(root, ".deal-card[data-travels]") {
        dom::mark(&card, "data-travels", false);
    }
    for slot in dom::all(root, ".board__slot[data-shift]") {
        dom::set(&slot, "data-shift", None);
    }
    for gap in dom::all(root, ".board__gap:not([hidden])") {
        dom::mark(&gap, "hidden", true);
    }
    for column in dom::all(root, "[data-over], [data-refuses]") {
        dom::mark(&column, "data-over", false);
        dom::set(&column, "data-refuses", None);
    }
}

/// Once the page shows the new order: glide there, then let styles move things again.
pub fn settle(root: Element, before: Places) {
    request_animation_frame(move || {
        glide(&root, &before);
        request_animation_frame(move || dom::mark(&root, "data-settling", false));
    });
}

/// The slot of the stage's column that the card's middle, at `y` on the screen, is in.
pub fn slot_under(list: &HtmlElement, stage: StageId, y: f64, others: usize, pitch: f64) -> Slot {
    let top = list.get_bounding_client_rect().top() + LIST_PADDING;
    let index = window::slot_at(y - top + f64::from(list.scroll_top()), others, pitch);
    Slot { stage, index }
}

/// Brings the slot into view and gives its place on the screen: for the card that follows the keys.
pub fn show_slot(root: &Element, slot: Slot, pitch: f64) -> Option<(f64, f64)> {
    let column = dom::column_of(root, slot.stage)?;
    let (bounds, seen) = (
        column.get_bounding_client_rect(),
        root.get_bounding_client_rect(),
    );
    let aside = (bounds.right() - seen.right()).max(0.0) + (bounds.left() - seen.left()).min(0.0);
    if aside.abs() > 0.5 {
        root.scroll_by_with_x_and_y(aside, 0.0);
    }
    let Some(list) = dom::find(&column, ".board__list") else {
        // Over a collapsed column the card hangs at its top.
        let strip = column.get_bounding_client_rect();
        return Some((strip.left(), strip.top()));
    };
    let (top, height) = (
        f64::from(list.scroll_top()),
        f64::from(list.client_height()),
    );
    if let Some(wanted) = window::scroll_to_show(slot.index, top, height, pitch) {
        list.scroll_to_with_x_and_y(0.0, wanted);
    }
    let rect = list.get_bounding_client_rect();
    let inner = dom::find(&list, ".board__gap")
        .map_or(rect.left(), |gap| gap.get_bounding_client_rect().left());
    Some((
        inner,
        rect.top() + offset(slot.index, pitch) - f64::from(list.scroll_top()),
    ))
}
