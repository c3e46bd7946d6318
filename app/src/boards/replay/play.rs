//! What the player does: which step the board is at, and whether it goes on by itself.

use std::time::Duration;

use domain::deals::{Replay, ReplayBoard};
use leptos::html;
use leptos::leptos_dom::helpers::IntervalHandle;
use leptos::prelude::*;
use web_sys::Element;

use crate::boards::motion;

/// Between two steps, at the speed of one.
const PACE_MS: u64 = 1_000;
pub const SPEEDS: [u64; 3] = [1, 4, 16];

/// A replay that is looked at.
#[derive(Clone, Copy)]
pub struct Play {
    pub replay: StoredValue<Replay>,
    pub board: RwSignal<ReplayBoard>,
    pub playing: RwSignal<bool>,
    pub speed: RwSignal<u64>,
    /// The part of the page in which cards glide.
    pub root: NodeRef<html::Div>,
    timer: StoredValue<Option<IntervalHandle>>,
}

impl Play {
    /// At the beginning, and still.
    pub fn new(replay: StoredValue<Replay>) -> Self {
        let play = Self {
            replay,
            board: RwSignal::new(replay.with_value(Replay::beginning)),
            playing: RwSignal::new(false),
            speed: RwSignal::new(1),
            root: NodeRef::new(),
            timer: StoredValue::new(None),
        };
        on_cleanup(move || play.stop());
        play
    }

    pub fn index(self) -> usize {
        self.board.with(|board| board.index)
    }

    /// How many steps there are.
    pub fn last(self) -> usize {
        self.replay
            .try_with_value(|replay| replay.steps.len())
            .unwrap_or_default()
    }

    /// Shows the board after so many steps. A single step is seen to move.
    pub fn go(self, index: usize) {
        let before = self.board.with_untracked(|board| board.index);
        let near = before.abs_diff(index.min(self.last())) == 1;
        let root = self.root.get_untracked().filter(|_| near);
        let root = root.map(|root| Element::clone(&root));
        let places = root.map(|root| {
            let places = motion::measure(&root);
            (root, places)
        });
        self.board.update(|board| {
            self.replay.with_value(|replay| replay.go(board, index));
        });
        if let Some((root, places)) = places {
            motion::settle(root, places);
        }
    }

    /// One step on or back by hand, which ends the playing.
    pub fn step(self, forward: bool) {
        self.pause();
        let index = self.board.with_untracked(|board| board.index);
        self.go(if forward {
            index.saturating_add(1)
        } else {
            index.saturating_sub(1)
        });
    }

    /// Plays from here, or from the beginning where there is nothing more; or pauses.
    pub fn toggle(self) {
        if self.playing.get_untracked() {
            self.pause();
            return;
        }
        if self.board.with_untracked(|board| board.index) >= self.last() {
            self.go(0);
        }
        self.playing.set(true);
        self.start();
    }

    pub fn set_speed(self, speed: u64) {
        self.speed.set(speed);
        if self.playing.get_untracked() {
            self.start();
        }
    }

    pub fn pause(self) {
        self.playing.try_set(false);
        self.stop();
    }

    fn start(self) {
        self.stop();
        let pace = PACE_MS / self.speed.get_untracked().max(1);
        let timer = set_interval_with_handle(move || self.tick(), Duration::from_millis(pace));
        self.timer.set_value(timer.ok());
    }

    fn tick(self) {
        let Some(index) = self.board.try_with_untracked(|board| board.index) else {
            return;
        };
        if index < self.last() {
            self.go(index + 1);
        }
        if index + 1 >= self.last() {
            self.pause();
        }
    }

    fn stop(self) {
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    }
}
