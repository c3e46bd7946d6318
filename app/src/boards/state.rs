//! The living board: the model, the drag, and the carrying out of what the drag decides.

use std::sync::Arc;

use domain::DealId;
use domain::deals::{MoveDetails, MoveGate};
use domain::views::{DealFilter, EntryPart};
use leptos::html;
use leptos::prelude::*;
use web_sys::{Element, HtmlElement};

use super::beside::Beside;
use super::dom;
use super::model::drag::{self, Drag, Hand, Input, Told};
use super::model::{BoardModel, Slot, speech};
use super::motion;
use super::source::{Loaded, Source};
use super::undo;
use crate::ui::{ToastId, Toasts};

/// What a dialog inside the drop asks about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub deal: DealId,
    pub gate: MoveGate,
    /// What the stage's own rules ask, where they ask this deal.
    pub entry: Option<Arc<EntryPart>>,
}

/// Where the focus goes once the card lies in its new place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Control {
    Handle,
    Menu,
}

#[derive(Clone, Copy)]
pub struct BoardState {
    pub source: Source,
    pub filter: StoredValue<DealFilter>,
    pub may_override: bool,
    pub model: RwSignal<BoardModel>,
    pub drag: RwSignal<Drag>,
    /// The sentence for screen readers.
    pub said: RwSignal<String>,
    pub asked: RwSignal<Option<Asked>>,
    /// The deal whose menu is open.
    pub menu: RwSignal<Option<DealId>>,
    pub root: NodeRef<html::Div>,
    pub(super) toasts: Option<Toasts>,
    /// The toasts that offer an Undo on this board.
    pub(super) offered: StoredValue<Vec<ToastId>>,
    /// Something changed elsewhere while a card was in the hand or on its way.
    pub(super) stale: StoredValue<bool>,
    pub(super) beside: StoredValue<Beside>,
    pub(super) focus: StoredValue<Option<Control>>,
    details: StoredValue<MoveDetails>,
}

impl BoardState {
    pub fn new(source: Source, filter: DealFilter, loaded: Loaded) -> Self {
        let toasts = use_context::<Toasts>();
        let offered = undo::withdrawn_at_the_end(toasts);
        let orders = filter.orders.clone();
        Self {
            source,
            filter: StoredValue::new(filter),
            may_override: loaded.may_override,
            model: RwSignal::new(
                BoardModel::new(loaded.board, loaded.mover, loaded.partners).ordered(orders),
            ),
            drag: RwSignal::new(Drag::Idle),
            said: RwSignal::new(String::new()),
            asked: RwSignal::new(None),
            menu: RwSignal::new(None),
            root: NodeRef::new(),
            toasts,
            offered,
            stale: StoredValue::new(false),
            beside: StoredValue::new(Beside::new()),
            focus: StoredValue::new(None),
            details: StoredValue::new(MoveDetails::default()),
        }
    }

    pub fn element(self) -> Option<Element> {
        self.root.get_untracked().map(|root| Element::clone(&root))
    }

    /// Tells the drag what the person did, and does what it says.
    pub fn feed(self, input: Input) -> Told {
        let before = self.drag.get_untracked();
        let (next, told) = self.model.with_untracked(|board| before.step(input, board));
        // The answer to one card's question moves that card.
        let answered = matches!(input, Input::Answered(_));
        if !answered && self.takes_several(&told, true) {
            return told;
        }
        self.enter(before, next, told.clone());
        told
    }

    /// A move that was chosen in a menu.
    pub fn choose(self, deal: DealId, to: Slot) {
        let (next, told) = self
            .model
            .with_untracked(|board| drag::choose(deal, to, board));
        self.focus.set_value(Some(Control::Menu));
        self.details.set_value(MoveDetails::default());
        let leaves = self
            .model
            .with_untracked(|board| board.card(deal).is_some_and(|card| card.stage != to.stage));
        if leaves && self.takes_several(&told, false) {
            return;
        }
        self.enter(Drag::Idle, next, told);
    }

    /// The dialog inside the drop was answered.
    pub fn answer(self, details: MoveDetails) {
        self.details.set_value(details);
        self.asked.set(None);
        self.feed(Input::Answered(true));
    }

    /// The dialog inside the drop was closed: the card goes back.
    pub fn refuse_answer(self) {
        if self.asked.get_untracked().is_some() {
            self.asked.set(None);
            self.feed(Input::Answered(false));
        }
    }

    fn enter(self, before: Drag, next: Drag, told: Told) {
        if before != next {
            self.drag.set(next);
        }
        let board = self.model;
        match told {
            Told::Nothing => {}
            Told::Lift { deal, from } => self.lift(deal, from, next),
            Told::Aim { deal, to } => {
                if let (Some(root), Some((_, from, _))) = (self.element(), next.held()) {
                    motion::aim(&root, from, to, self.pitch());
                    let at = to.unwrap_or(from);
                    follow_keys(&root, deal, at, next, self.pitch());
                    let before = before
                        .held()
                        .and_then(|(_, from, over)| over.or(Some(from)));
                    let walked = before.filter(|_| next.hand() == Some(Hand::Keys));
                    self.said.set(board.with_untracked(|board| match walked {
                        Some(before) => speech::walked(board, deal, before, at),
                        None => speech::over(board, deal, at),
                    }));
                }
            }
            Told::Refuse { deal, why } => {
                let sentence =
                    board.with_untracked(|board| speech::refused(board.name(deal), why.text()));
                self.refuse(sentence);
                self.end_look();
            }
            Told::Bar { stage, why } => {
                self.said
                    .set(board.with_untracked(|board| speech::barred(board, stage, why.text())));
            }
            Told::Ask { deal, to, gate } => self.ask(deal, to, gate),
            Told::Commit { deal, to } => {
                self.said
                    .set(board.with_untracked(|board| speech::dropped(board, deal, to)));
                let details = self.details.get_value();
                self.commit(deal, to, details);
            }
            Told::PutBack {
                deal,
                from,
                cancelled,
            } => {
                let say = if cancelled {
                    speech::cancelled
                } else {
                    speech::dropped
                };
                self.said
                    .set(board.with_untracked(|board| say(board, deal, from)));
                self.end_look();
            }
        }
        if next.is_idle() && !before.is_idle() {
            self.catch_up();
        }
    }

    fn lift(self, deal: DealId, from: Slot, next: Drag) {
        let hand = next.hand().unwrap_or(Hand::Mouse);
        self.focus
            .set_value((hand == Hand::Keys).then_some(Control::Handle));
        self.details.set_value(MoveDetails::default());
        self.said.set(
            self.model
                .with_untracked(|board| speech::lifted(board, deal, from)),
        );
        let Some(root) = self.element() else { return };
        motion::lift(&root, deal, hand);
        self.lift_several(&root, deal);
        self.model.with_untracked(|board| {
            motion::mark_refusals(&root, |stage| board.check(deal, stage).err());
        });
        motion::aim(&root, from, None, self.pitch());
    }

    /// Back to rest without a change of the board.
    pub(super) fn end_look(self) {
        let Some(root) = self.element() else { return };
        let before = motion::measure(&root);
        motion::clear(&root);
        motion::settle(root, before);
    }

    /// Changes the model; everything glides to its new place, and the focus goes with its card.
    pub(super) fn reshape(self, deal: Option<DealId>, change: impl FnOnce(&mut BoardModel)) {
        let Some(root) = self.element() else {
            self.model.update(change);
            return;
        };
        let before = motion::measure(&root);
        motion::clear(&root);
        self.model.update(change);
        let control = deal.and_then(|_| self.focus.get_value());
        motion::settle(root.clone(), before);
        if let (Some(deal), Some(control)) = (deal, control) {
            request_animation_frame(move || {
                let strip = self.strip_of(&root, deal);
                give_focus(&root, deal, control, strip);
            });
        }
    }
}

fn give_focus(root: &Element, deal: DealId, control: Control, strip: Option<HtmlElement>) {
    let selector = match control {
        Control::Handle => ".deal-card__handle",
        Control::Menu => ".deal-card__more",
    };
    let control = dom::slot_of_deal(root, deal).and_then(|slot| dom::find(&slot, selector));
    if let Some(control) = control.or(strip) {
        // An element that left the page in between takes no focus.
        let _ = control.focus();
    }
}

/// By keys the card hangs over its slot; by pointer it hangs at the pointer.
fn follow_keys(root: &Element, deal: DealId, to: Slot, next: Drag, pitch: f64) {
    if next.hand() != Some(Hand::Keys) {
        return;
    }
    if let (Some((x, y)), Some(card)) = (
        motion::show_slot(root, to, pitch),
        motion::card_of(root, deal),
    ) {
        motion::carry(&card, x, y);
    }
}
