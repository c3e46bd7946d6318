//! A move is made: the card lies there at once, and the server is told, or will be once it can be reached.

use std::rc::Rc;

use domain::commands::{MoveDeal, Place};
use domain::deals::MoveDetails;
use domain::{DealId, ErrorCode, Rank};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::model::{Inverse, Slot, selection, speech};
use super::outgoing::queue::{Pushed, WaitingMove};
use super::outgoing::{self, Outgoing, words};
use super::source::Source;
use super::state::BoardState;
use crate::presence::new_key;

/// A move, with what is said when it is done.
struct Step {
    made: WaitingMove,
    sentence: String,
}

/// What became of one move of several.
pub(super) enum Became {
    Written(Rank, i64),
    /// The browser has it. Nothing waits where it took back a move that was not sent.
    Kept {
        waits: bool,
    },
    Refused(String),
}

/// Tells the server of one move of several, or keeps it until the server can be reached.
pub(super) async fn tell_or_keep(
    source: Source,
    outgoing: &Rc<Outgoing>,
    step: &selection::Step,
    place: Place,
) -> Became {
    let mut made = WaitingMove {
        key: new_key(),
        command: MoveDeal {
            deal: step.deal,
            to_stage: step.to,
            place,
            details: MoveDetails::default(),
            version: step.version,
        },
        name: step.name.clone(),
        from: step.from,
        tried: false,
    };
    if !outgoing.holds_back() {
        let (command, key) = (made.command.clone(), made.key.clone());
        match source.move_once(command, key, outgoing.viewer()).await {
            Ok((rank, version)) => return Became::Written(rank, version),
            Err(error) if error.code() == ErrorCode::Offline => {
                // It may have been done: under its key it is not done again.
                made.tried = true;
                outgoing.lost();
            }
            Err(error) => return Became::Refused(error.0.text()),
        }
    }
    match outgoing.push(made) {
        Pushed::Waits => Became::Kept { waits: true },
        Pushed::TookBack => Became::Kept { waits: false },
        Pushed::Full => Became::Refused(words::FULL.to_owned()),
    }
}

impl BoardState {
    /// Moves the card at once, and tells the server; what the server refuses goes back.
    pub fn commit(self, deal: DealId, to: Slot, details: MoveDetails) {
        if self.stays_in_order(deal, to) {
            return;
        }
        let to = self.model.with_untracked(|board| board.landing(deal, to));
        let outgoing = outgoing::of(self.source, self.toasts);
        let waits = outgoing.holds_back();
        let Some(step) = self.step(deal, to, details) else {
            return;
        };
        let mut inverse = None;
        self.reshape(Some(deal), |board| {
            inverse = board.apply(deal, to);
            if inverse.is_some() && !waits {
                board.saving.insert(deal);
            }
        });
        let Some(inverse) = inverse else { return };
        if waits {
            self.keep_waiting(&outgoing, step, inverse);
        } else {
            spawn_local(self.tell_server(outgoing, step, inverse));
        }
    }

    fn step(self, deal: DealId, to: Slot, details: MoveDetails) -> Option<Step> {
        self.model.with_untracked(|board| {
            let (card, from) = (board.card(deal)?, board.slot(deal)?);
            let within = from.stage == to.stage;
            let sentence = speech::moved(&card.customer, board.stage_name(to.stage), within);
            let made = WaitingMove {
                key: new_key(),
                command: MoveDeal {
                    deal,
                    to_stage: to.stage,
                    place: board.place(deal, to),
                    details,
                    version: card.version,
                },
                name: card.customer.clone(),
                from: (from.stage, board.place(deal, from)),
                tried: false,
            };
            Some(Step { made, sentence })
        })
    }

    /// The move waits for the connection, or for those before it.
    fn keep_waiting(self, outgoing: &Rc<Outgoing>, step: Step, inverse: Inverse) {
        let Step { made, sentence } = step;
        let (deal, name) = (made.command.deal, made.name.clone());
        match outgoing.push(made) {
            Pushed::Waits => {
                let sentence = format!("{sentence} {}", words::WAITS);
                // Not of the press: the menu that was pressed goes, and would take its Undo with it.
                spawn_local(async move { self.offer_undo(deal, &inverse, sentence) });
            }
            Pushed::TookBack => {
                if let Some(toasts) = self.toasts {
                    toasts.say(words::took_back(&name));
                }
            }
            Pushed::Full => {
                self.reshape(Some(deal), |board| board.roll_back(inverse));
                self.refuse(speech::went_back(&name, words::FULL));
            }
        }
    }

    async fn tell_server(self, outgoing: Rc<Outgoing>, mut step: Step, inverse: Inverse) {
        let (command, key) = (step.made.command.clone(), step.made.key.clone());
        let deal = command.deal;
        let viewer = outgoing.viewer();
        self.expect_echo(deal, command.version);
        let answer = self.source.move_once(command, key, viewer).await;
        if answer.is_err() {
            self.expect_no_echo(deal);
        }
        let gone = self.model.is_disposed();
        match answer {
            Ok(_) if gone => {}
            Ok((rank, version)) => {
                self.model
                    .update(|board| board.confirm(deal, rank, version));
                self.offer_undo(deal, &inverse, step.sentence);
            }
            Err(error) if error.code() == ErrorCode::Offline => {
                // It may have been done: under its key it is not done again.
                step.made.tried = true;
                outgoing.lost();
                if gone {
                    self.keep_beyond(&outgoing, step.made);
                    return;
                }
                self.model.update(|board| {
                    board.saving.remove(&deal);
                });
                self.keep_waiting(&outgoing, step, inverse);
            }
            Err(error) if gone => {
                // Whoever left the board is told that the card went back all the same.
                if let Some(toasts) = self.toasts {
                    toasts.refuse(speech::went_back(&step.made.name, &error.0.text()));
                }
            }
            Err(error) => {
                self.reshape(Some(deal), |board| {
                    board.saving.remove(&deal);
                    board.roll_back(inverse);
                });
                self.refuse(speech::went_back(&step.made.name, &error.0.text()));
                // Who was overtaken sees the newer state at once.
                self.stale.set_value(true);
            }
        }
        if !gone {
            self.catch_up();
        }
    }

    /// The board has gone, and the move is sent all the same.
    fn keep_beyond(self, outgoing: &Rc<Outgoing>, made: WaitingMove) {
        let name = made.name.clone();
        if let (Pushed::Full, Some(toasts)) = (outgoing.push(made), self.toasts) {
            toasts.refuse(speech::went_back(&name, words::FULL));
        }
    }
}
