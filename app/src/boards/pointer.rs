//! The pointer on the board: one set of listeners on its root, whatever the number of cards.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use domain::DealId;
use leptos::ev::{Event, MouseEvent, PointerEvent};
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::dom;
use super::model::Slot;
use super::model::drag::{Drag, Hand, Input, LONG_PRESS_MS, Told};
use super::motion;
use super::state::BoardState;
use crate::drag::edge;

/// What the pointer did last; not reactive, because it changes with every pixel.
#[derive(Default)]
struct Pointer {
    id: i32,
    x: f64,
    y: f64,
    /// From the card's corner to the pointer.
    grab: (f64, f64),
    card: Option<HtmlElement>,
    rest: Option<TimeoutHandle>,
    /// The click that ends a drag opens nothing.
    swallow_click: bool,
}

/// The pointer's part of the board's listeners.
#[derive(Clone)]
pub struct PointerHand {
    state: BoardState,
    pointer: Rc<RefCell<Pointer>>,
}

impl PointerHand {
    pub fn new(state: BoardState) -> Self {
        Self {
            state,
            pointer: Rc::default(),
        }
    }

    pub fn down(&self, event: &PointerEvent) {
        self.pointer.borrow_mut().swallow_click = false;
        let idle = self.state.drag.with_untracked(Drag::is_idle);
        if !idle || event.button() != 0 || !event.is_primary() || event.ctrl_key() {
            return;
        }
        let Some(deal) = pressed_deal(event) else {
            return;
        };
        let on_handle = dom::closest(event, ".deal-card__handle").is_some();
        let hand = if event.pointer_type() == "touch" {
            Hand::Touch { on_handle }
        } else {
            Hand::Mouse
        };
        let (x, y) = place(event);
        let mut pointer = self.pointer.borrow_mut();
        (pointer.id, pointer.x, pointer.y) = (event.pointer_id(), x, y);
        if matches!(hand, Hand::Touch { .. }) {
            let this = self.clone();
            let rest = move || this.rested();
            pointer.rest = set_timeout_with_handle(rest, Duration::from_millis(LONG_PRESS_MS)).ok();
        }
        drop(pointer);
        self.state.feed(Input::Press { deal, hand, x, y });
    }

    fn rested(&self) {
        if self.pointer.borrow_mut().rest.take().is_some() && self.has_pointer() {
            let told = self.state.feed(Input::Rest);
            self.begin(&told);
        }
    }

    pub fn moved(&self, event: &PointerEvent) {
        let (x, y) = place(event);
        {
            let mut pointer = self.pointer.borrow_mut();
            if pointer.id != event.pointer_id() {
                return;
            }
            (pointer.x, pointer.y) = (x, y);
        }
        match self.state.drag.get_untracked() {
            Drag::Pressed {
                hand: Hand::Mouse, ..
            } if event.buttons() == 0 => {
                // The button was let go outside the window.
                self.state.feed(Input::Interrupt);
            }
            Drag::Pressed { .. } => {
                let told = self.state.feed(Input::Point { x, y, over: None });
                self.begin(&told);
            }
            _ if self.holds() => self.carry(),
            _ => {}
        }
    }

    pub fn up(&self, event: &PointerEvent) {
        if self.pointer.borrow().id != event.pointer_id() {
            return;
        }
        self.stop_resting();
        if self.holds() {
            self.moved(event);
            self.aim();
        }
        if self.holds() || matches!(self.state.drag.get_untracked(), Drag::Pressed { .. }) {
            self.pointer.borrow_mut().swallow_click |= self.holds();
            self.state.feed(Input::Release);
        }
        // The click comes right after this, if one comes; a later one is meant.
        let pointer = Rc::clone(&self.pointer);
        set_timeout(
            move || pointer.borrow_mut().swallow_click = false,
            Duration::ZERO,
        );
    }

    pub fn cancelled(&self, event: &PointerEvent) {
        if self.pointer.borrow().id == event.pointer_id() && self.has_pointer() {
            self.stop_resting();
            self.state.feed(Input::Interrupt);
        }
    }

    /// The board lost the pointer. A card that hands its finger over to the board says so too, and means nothing by it.
    pub fn lost(&self, event: &PointerEvent) {
        let root = self.state.element();
        let of_board = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok());
        if of_board.is_some() && of_board == root {
            self.cancelled(event);
        }
    }

    pub fn clicked(&self, event: &MouseEvent) {
        if std::mem::take(&mut self.pointer.borrow_mut().swallow_click) {
            event.prevent_default();
            event.stop_propagation();
        }
    }

    /// A finger that holds a card neither scrolls nor opens the browser's own menu.
    pub fn keep_finger(&self, event: &Event) {
        if self.holds() {
            event.prevent_default();
        }
    }

    pub fn no_menu(&self, event: &MouseEvent) {
        let by_touch = matches!(
            self.state.drag.get_untracked().hand(),
            Some(Hand::Touch { .. })
        );
        if by_touch {
            event.prevent_default();
        }
    }

    /// Also asked in timers and frames, when the page may have gone.
    fn has_pointer(&self) -> bool {
        let drag = self.state.drag.try_get_untracked();
        matches!(
            drag.and_then(|drag| drag.hand()),
            Some(Hand::Mouse | Hand::Touch { .. })
        )
    }

    fn holds(&self) -> bool {
        self.has_pointer() && self.state.drag.with_untracked(|drag| drag.held().is_some())
    }

    fn stop_resting(&self) {
        if let Some(rest) = self.pointer.borrow_mut().rest.take() {
            rest.clear();
        }
    }

    /// The press became something: a lift, or a refusal.
    fn begin(&self, told: &Told) {
        if !matches!(told, Told::Nothing) {
            self.stop_resting();
            self.pointer.borrow_mut().swallow_click = true;
        }
        let (Told::Lift { deal, .. }, Some(root)) = (told, self.state.element()) else {
            return;
        };
        let card = motion::card_of(&root, *deal);
        {
            let mut pointer = self.pointer.borrow_mut();
            if let Some(card) = &card {
                let rect = card.get_bounding_client_rect();
                pointer.grab = (pointer.x - rect.left(), pointer.y - rect.top());
            }
            pointer.card = card;
            // Fails when the pointer is gone already; then its end arrives as an interrupt.
            let _ = root.set_pointer_capture(pointer.id);
        }
        self.carry();
        self.each_frame();
    }

    fn carry(&self) {
        let pointer = self.pointer.borrow();
        if let Some(card) = &pointer.card {
            motion::carry(card, pointer.x - pointer.grab.0, pointer.y - pointer.grab.1);
        }
    }

    /// Scrolls at the edges and looks what is under the card, for as long as it is in the hand.
    fn each_frame(&self) {
        if !self.holds() {
            return;
        }
        self.aim();
        let this = self.clone();
        request_animation_frame(move || this.each_frame());
    }

    fn aim(&self) {
        let (Some(root), Some((deal, _, _))) = (
            self.state.element(),
            self.state.drag.with_untracked(Drag::held),
        ) else {
            return;
        };
        let (x, y, grab) = {
            let pointer = self.pointer.borrow();
            (pointer.x, pointer.y, pointer.grab)
        };
        let rect = root.get_bounding_client_rect();
        let aside = edge::speed(x, rect.left(), rect.right());
        if aside.abs() > 0.0 {
            root.scroll_by_with_x_and_y(aside, 0.0);
        }
        let middle = y - grab.1 + self.state.card_height() / 2.0;
        let over = self.slot_under(x, y, middle, deal);
        self.state.feed(Input::Point { x, y, over });
    }

    fn slot_under(&self, x: f64, y: f64, middle: f64, deal: DealId) -> Option<Slot> {
        #[expect(clippy::cast_possible_truncation, reason = "a place on the screen")]
        let under = document().element_from_point(x as f32, y as f32)?;
        let column = under.closest("[data-stage]").ok().flatten()?;
        let stage = dom::stage_of(&column)?;
        // Another lane's column is no place for this lane's card.
        let own = self.state.element()?.contains(Some(column.as_ref()));
        if !own {
            return None;
        }
        let Some(list) = dom::find(&column, ".board__list") else {
            // A collapsed column takes the card on top.
            return Some(Slot { stage, index: 0 });
        };
        let bounds = list.get_bounding_client_rect();
        let along = edge::speed(y, bounds.top(), bounds.bottom());
        if along.abs() > 0.0 {
            list.scroll_by_with_x_and_y(0.0, along);
        }
        let others = self
            .state
            .model
            .with_untracked(|board| board.others(deal, stage));
        let pitch = self.state.pitch();
        Some(motion::slot_under(&list, stage, middle, others, pitch))
    }
}

fn place(event: &PointerEvent) -> (f64, f64) {
    (f64::from(event.client_x()), f64::from(event.client_y()))
}

/// The deal whose card was pressed; not when the press is for the card's own menu.
fn pressed_deal(event: &PointerEvent) -> Option<DealId> {
    if dom::closest(
        event,
        ".deal-card__more, .deal-card__select, [popover], dialog",
    )
    .is_some()
    {
        return None;
    }
    let slot: Element = dom::closest(event, "[data-deal]")?;
    dom::deal_of(&slot)
}
