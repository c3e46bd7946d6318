//! Stages are put in order by the pointer on a row's grip, by Alt and an arrow key on it, or by the row's menu.

use std::cell::RefCell;
use std::rc::Rc;

use domain::StageId;
use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::model::Draft;
use crate::drag::carry::{Drag, Input, Told, gap_at};
use crate::drag::{dom, edge};

const GRIP: &str = ".stage-row__grip";
/// How far beside the list a drop still means it.
const NEAR: f64 = 48.0;

/// What the pointer did last; not reactive, because it changes with every pixel.
#[derive(Default)]
struct Pointer {
    id: i32,
    x: f64,
    y: f64,
}

/// The pointer's part of the listeners.
#[derive(Clone)]
pub struct Hand {
    draft: Draft,
    list: NodeRef<html::Ol>,
    /// What follows the pointer.
    ghost: NodeRef<html::Div>,
    pointer: Rc<RefCell<Pointer>>,
}

impl Hand {
    pub fn new(draft: Draft, list: NodeRef<html::Ol>, ghost: NodeRef<html::Div>) -> Self {
        Self {
            draft,
            list,
            ghost,
            pointer: Rc::default(),
        }
    }

    pub fn down(&self, event: &PointerEvent) {
        let idle = self.draft.drag.with_untracked(Drag::is_idle);
        if !idle || event.button() != 0 || !event.is_primary() || event.ctrl_key() {
            return;
        }
        let Some(load) = dom::closest(event, GRIP).and_then(|_| stage_at(event)) else {
            return;
        };
        let (x, y) = place(event);
        *self.pointer.borrow_mut() = Pointer {
            id: event.pointer_id(),
            x,
            y,
        };
        self.draft.feed(Input::Press { load, x, y });
    }

    pub fn moved(&self, event: &PointerEvent) {
        let idle = self.draft.drag.with_untracked(Drag::is_idle);
        if idle || self.pointer.borrow().id != event.pointer_id() {
            return;
        }
        if event.buttons() == 0 {
            // The button was let go outside the window.
            self.draft.feed(Input::Cancel);
            return;
        }
        self.note(event);
        if self.draft.feed(self.point()) == Told::Lift {
            if let Some(list) = self.element() {
                // Fails when the pointer is gone already; then its end arrives as a cancel.
                let _ = list.set_pointer_capture(event.pointer_id());
            }
            self.each_frame();
        }
        self.carry();
    }

    pub fn up(&self, event: &PointerEvent) {
        if self.pointer.borrow().id != event.pointer_id() {
            return;
        }
        if self.holds() {
            self.note(event);
            self.draft.feed(self.point());
        }
        if let Told::Drop(stage, gap) = self.draft.feed(Input::Release) {
            self.draft.move_to_gap(stage, gap);
        }
    }

    pub fn cancelled(&self, event: &PointerEvent) {
        if self.pointer.borrow().id == event.pointer_id() {
            self.draft.feed(Input::Cancel);
        }
    }

    /// The list lost the pointer. A grip that hands its finger over to the list says so too, and means nothing by it.
    pub fn lost(&self, event: &PointerEvent) {
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok());
        let list = self.element().map(Element::from);
        if target.is_some() && target == list {
            self.cancelled(event);
        }
    }

    fn element(&self) -> Option<HtmlElement> {
        let list = self.list.try_get_untracked().flatten()?;
        list.dyn_into().ok()
    }

    /// Also asked in frames, when the page may have gone.
    fn holds(&self) -> bool {
        let drag = self.draft.drag;
        drag.try_with_untracked(|drag| drag.held().is_some()) == Some(true)
    }

    fn note(&self, event: &PointerEvent) {
        let (x, y) = place(event);
        let mut pointer = self.pointer.borrow_mut();
        (pointer.x, pointer.y) = (x, y);
    }

    fn point(&self) -> Input<StageId> {
        let (x, y) = {
            let pointer = self.pointer.borrow();
            (pointer.x, pointer.y)
        };
        let gap = self.gap_under(x, y);
        Input::Point { x, y, gap }
    }

    fn gap_under(&self, x: f64, y: f64) -> Option<usize> {
        let list = self.element()?;
        let bounds = list.get_bounding_client_rect();
        let beside = x < bounds.left() - NEAR || x > bounds.right() + NEAR;
        if beside || y < bounds.top() - NEAR || y > bounds.bottom() + NEAR {
            return None;
        }
        let rows = dom::all(&list, ".stage-row");
        let places: Vec<(f64, f64)> = rows
            .iter()
            .map(|row| {
                let rect = row.get_bounding_client_rect();
                (rect.top(), rect.height())
            })
            .collect();
        Some(gap_at(y, &places))
    }

    fn carry(&self) {
        let pointer = self.pointer.borrow();
        if let Some(ghost) = self.ghost.try_get_untracked().flatten() {
            dom::set_style(&ghost, "--x", &format!("{}px", pointer.x));
            dom::set_style(&ghost, "--y", &format!("{}px", pointer.y));
        }
    }

    /// Scrolls at the edges for as long as something is in the hand.
    fn each_frame(&self) {
        if !self.holds() {
            return;
        }
        let height = window().inner_height().ok().and_then(|h| h.as_f64());
        let speed = edge::speed(self.pointer.borrow().y, 0.0, height.unwrap_or(0.0));
        if speed.abs() > 0.0 {
            window().scroll_by_with_x_and_y(0.0, speed);
            self.draft.feed(self.point());
        }
        let this = self.clone();
        request_animation_frame(move || this.each_frame());
    }
}

/// On the window, because Esc is meant wherever the focus is.
pub fn listen_to_keys(draft: Draft) {
    Effect::new(move |_| {
        let listener =
            window_event_listener(leptos::ev::keydown, move |event| pressed(draft, &event));
        on_cleanup(move || listener.remove());
    });
}

fn pressed(draft: Draft, event: &KeyboardEvent) {
    let held = draft.drag.with_untracked(|drag| drag.held().is_some());
    if held && event.key() == "Escape" {
        event.prevent_default();
        draft.feed(Input::Cancel);
        return;
    }
    let down = match event.key().as_str() {
        "ArrowUp" if event.alt_key() => false,
        "ArrowDown" if event.alt_key() => true,
        _ => return,
    };
    let grip = dom::closest(event, GRIP);
    if let Some(stage) = grip.and_then(|_| stage_at(event)) {
        event.prevent_default();
        draft.step(stage, down);
    }
}

fn place(event: &PointerEvent) -> (f64, f64) {
    (f64::from(event.client_x()), f64::from(event.client_y()))
}

fn stage_at(event: &web_sys::Event) -> Option<StageId> {
    let row = dom::closest(event, ".stage-row")?;
    row.get_attribute("data-stage")?.parse().ok()
}
