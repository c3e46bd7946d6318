//! The pointer in the designer: one set of listeners on its root, for grips and palette alike.

use std::cell::RefCell;
use std::rc::Rc;

use domain::forms::KindName;
use leptos::{ev::PointerEvent, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::{
    desk::Desk,
    drag::{Drag, Input, Load, Told},
    keys::field_at,
    moving,
};
use crate::drag::{carry, dom, edge};

/// How far beside the form a drop still means it.
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
    desk: Desk,
    root: NodeRef<html::Div>,
    /// What follows the pointer.
    ghost: NodeRef<html::Div>,
    pointer: Rc<RefCell<Pointer>>,
}

impl Hand {
    pub fn new(desk: Desk, root: NodeRef<html::Div>, ghost: NodeRef<html::Div>) -> Self {
        Self {
            desk,
            root,
            ghost,
            pointer: Rc::default(),
        }
    }

    pub fn down(&self, event: &PointerEvent) {
        let idle = self.drag(|drag| *drag == Drag::Idle);
        if !idle || event.button() != 0 || !event.is_primary() || event.ctrl_key() {
            return;
        }
        let Some(load) = load_at(event) else { return };
        let (x, y) = place(event);
        *self.pointer.borrow_mut() = Pointer {
            id: event.pointer_id(),
            x,
            y,
        };
        feed(self.desk, Input::Press { load, x, y });
    }

    pub fn moved(&self, event: &PointerEvent) {
        if self.pointer.borrow().id != event.pointer_id() || self.drag(|drag| *drag == Drag::Idle) {
            return;
        }
        if event.buttons() == 0 {
            // The button was let go outside the window.
            feed(self.desk, Input::Cancel);
            return;
        }
        let (x, y) = place(event);
        {
            let mut pointer = self.pointer.borrow_mut();
            (pointer.x, pointer.y) = (x, y);
        }
        if feed(self.desk, self.point()) == Told::Lift {
            if let Some(root) = self.element() {
                // Fails when the pointer is gone already; then its end arrives as a cancel.
                let _ = root.set_pointer_capture(event.pointer_id());
            }
            self.each_frame();
        }
        self.carry();
    }

    pub fn up(&self, event: &PointerEvent) {
        if self.pointer.borrow().id != event.pointer_id() {
            return;
        }
        if self.drag(|drag| drag.held().is_some()) {
            let (x, y) = place(event);
            {
                let mut pointer = self.pointer.borrow_mut();
                (pointer.x, pointer.y) = (x, y);
            }
            feed(self.desk, self.point());
        }
        match feed(self.desk, Input::Release) {
            Told::Drop(Load::Field(key), gap) => {
                self.desk
                    .move_field(&key, |form| moving::to_gap(form, &key, gap));
            }
            Told::Drop(Load::Kind(kind), gap) => self.desk.add(kind, Some(gap)),
            Told::Nothing | Told::Lift | Told::PutBack => {}
        }
    }

    pub fn cancelled(&self, event: &PointerEvent) {
        if self.pointer.borrow().id == event.pointer_id() {
            feed(self.desk, Input::Cancel);
        }
    }

    /// The root lost the pointer. A grip that hands its finger over to the root says so too, and means nothing by it.
    pub fn lost(&self, event: &PointerEvent) {
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok());
        let root = self.element().map(Element::from);
        if target.is_some() && target == root {
            self.cancelled(event);
        }
    }

    fn element(&self) -> Option<HtmlElement> {
        let root = self.root.try_get_untracked().flatten()?;
        root.dyn_into().ok()
    }

    /// Also asked in frames, when the page may have gone.
    fn drag(&self, ask: impl FnOnce(&Drag) -> bool) -> bool {
        let alive = self.desk.form.try_with_untracked(|_| ()).is_some();
        alive && self.desk.side().drag.with_untracked(ask)
    }

    fn point(&self) -> Input {
        let (x, y) = {
            let pointer = self.pointer.borrow();
            (pointer.x, pointer.y)
        };
        Input::Point {
            x,
            y,
            gap: self.gap_under(x, y),
        }
    }

    fn gap_under(&self, x: f64, y: f64) -> Option<usize> {
        let root = self.element()?;
        let list = dom::find(&root, ".frames")?;
        let bounds = list.get_bounding_client_rect();
        let beside = x < bounds.left() - NEAR || x > bounds.right() + NEAR;
        if beside || y < bounds.top() - NEAR || y > bounds.bottom() + NEAR {
            return None;
        }
        let frames = dom::all(&list, ".frame");
        let places: Vec<(f64, f64)> = frames
            .iter()
            .map(|frame| {
                let rect = frame.get_bounding_client_rect();
                (rect.top(), rect.height())
            })
            .collect();
        Some(carry::gap_at(y, &places))
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
        if !self.drag(|drag| drag.held().is_some()) {
            return;
        }
        let height = window().inner_height().ok().and_then(|h| h.as_f64());
        let speed = edge::speed(self.pointer.borrow().y, 0.0, height.unwrap_or(0.0));
        if speed.abs() > 0.0 {
            window().scroll_by_with_x_and_y(0.0, speed);
            feed(self.desk, self.point());
        }
        let this = self.clone();
        request_animation_frame(move || this.each_frame());
    }
}

/// Takes the drag one step on, and gives what to do.
pub fn feed(desk: Desk, input: Input) -> Told {
    let drag = desk.side().drag;
    let (next, told) = drag.get_untracked().step(input);
    if drag.with_untracked(|drag| *drag != next) {
        drag.set(next);
    }
    if told == Told::PutBack {
        desk.said.set("Nothing was moved".to_owned());
    }
    told
}

fn place(event: &PointerEvent) -> (f64, f64) {
    (f64::from(event.client_x()), f64::from(event.client_y()))
}

/// The field whose grip was pressed, or the kind of the palette. A finger on the palette scrolls it, and adds by a tap.
fn load_at(event: &PointerEvent) -> Option<Load> {
    if dom::closest(event, ".frame__grip").is_some() {
        return field_at(event, ".frame").map(Load::Field);
    }
    let button = dom::closest(event, "[data-kind]:not(:disabled)")?;
    let label = button.get_attribute("data-kind")?;
    let mut kinds = KindName::ALL.into_iter();
    let kind = kinds.find(|kind| kind.label() == label)?;
    (event.pointer_type() != "touch").then_some(Load::Kind(kind))
}
