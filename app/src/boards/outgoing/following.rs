//! A board follows what waits: it shows moves that were made before it was opened, and hears what became of them.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;

use super::queue::Queue;
use super::{Link, Outgoing, Told, unlisten};
use crate::boards::state::BoardState;
use crate::live::{self, Connection};

/// A stream that breaks and is back at once says nothing about the connection.
const PATIENCE: Duration = Duration::from_secs(2);

pub fn follow(state: BoardState) {
    Effect::new(move |_| {
        let outgoing = super::of(state.source, state.toasts);
        let (queue, link) = (outgoing.queue.clone(), outgoing.link.clone());
        let beside = state.beside();
        Effect::new(move |_| {
            let now = queue.get();
            mark(state, &now);
            beside.queue.set(now);
        });
        Effect::new(move |_| beside.link.set(link.get()));
        let id = outgoing.listen(Rc::new(move |told: &Told| hear(state, told)));
        on_cleanup(move || unlisten(id));
        show(state, &outgoing);
        outgoing.send();
        let stream = live::connection();
        Effect::new(move |_| {
            let now = stream.get();
            untrack(|| stream_is(&outgoing, now));
        });
    });
}

/// What waits is shown on the board that the server gave.
fn show(state: BoardState, outgoing: &Outgoing) {
    let waiting = outgoing.queue();
    if !waiting.is_empty() {
        let commands = waiting.moves().iter().map(|made| &made.command);
        untrack(|| state.reshape(None, |board| board.replay(commands)));
    }
}

/// A group does not take along what waits.
fn mark(state: BoardState, queue: &Queue) {
    let waiting = queue.moves().iter().map(|made| made.command.deal);
    let waits: BTreeSet<_> = waiting.collect();
    let known = state
        .model
        .with_untracked(|board| board.selection.waits == waits);
    if !known {
        state.model.update(|board| board.selection.waits = waits);
    }
}

fn hear(state: BoardState, told: &Told) {
    match told {
        Told::Confirmed {
            deal,
            rank,
            version,
        } => {
            state
                .model
                .try_update(|board| board.confirm(*deal, rank.clone(), *version));
        }
        Told::Refused(sentence) => {
            state.said.try_set(sentence.clone());
        }
        Told::Rested => {
            state.stale.try_set_value(true);
            state.catch_up();
        }
    }
}

fn stream_is(outgoing: &Rc<Outgoing>, now: Connection) {
    match now {
        Connection::Quiet => {}
        Connection::Up => outgoing.back(),
        Connection::Down => {
            let outgoing = Rc::clone(outgoing);
            let still = move || {
                if live::connection().get_untracked() == Connection::Down
                    && outgoing.link.get_untracked() == Link::Up
                {
                    outgoing.lost();
                }
            };
            set_timeout(still, PATIENCE);
        }
    }
}
