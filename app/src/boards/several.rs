//! Several cards of the board at once: selected, in the hand, and on their way. Each has its own answer from the server.

use std::collections::BTreeMap;

use domain::{DealId, StageId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::Element;

use super::commit::{Became, tell_or_keep};
use super::list_bulk::deals;
use super::list_move::Moving;
use super::model::drag::{Drag, Told};
use super::model::selection::{Going, Report, Step, standing};
use super::model::{Slot, speech};
use super::motion;
use super::move_form::Movable;
use super::outgoing::{self, words};
use super::state::BoardState;

/// What the server said to a move of several.
#[derive(Default)]
struct Answers {
    moved: Vec<(DealId, Slot)>,
    /// Some of those wait for the connection.
    waiting: bool,
    refused: Vec<Step>,
    /// A sentence for each that did not move.
    lines: Vec<String>,
}

impl BoardState {
    /// Selects the card, or takes it out again; `extends` selects all up to it.
    pub fn select(self, deal: DealId, extends: bool) {
        let refusal = self.model.with_untracked(|board| {
            let why = board.lift_refusal(deal)?;
            Some(speech::refused(board.name(deal), why.text()))
        });
        if let Some(sentence) = refusal {
            self.said.set(sentence);
            return;
        }
        self.model.update(|board| {
            if extends {
                board.extend_selection(deal);
            } else {
                board.toggle(deal);
            }
        });
        let said = self.model.with_untracked(|board| {
            let verb = if board.is_selected(deal) {
                "Selected"
            } else {
                "No longer selected:"
            };
            let count = deals(board.chosen().len());
            format!("{verb} {}. {count} selected.", board.name(deal))
        });
        self.said.set(said);
    }

    pub fn clear_selection(self) {
        self.model.update(|board| board.selection.deals.clear());
        self.said.set("Nothing is selected.".to_owned());
    }

    pub fn go(self, going: Going) {
        // The dialog speaks to the server itself, and would overtake what waits.
        if outgoing::of(self.source, self.toasts).holds_back() {
            let why = match going {
                Going::Anywhere => words::DIALOG_NEEDS_CONNECTION,
                Going::To(_) => words::NEEDS_CONNECTION,
            };
            self.refuse(why.to_owned());
            return;
        }
        self.model
            .update(|board| board.selection.going = Some(going));
    }

    /// The selected cards as the dialog of the list's bulk move takes them.
    pub fn moving(self, going: Going) -> Vec<Moving> {
        let to = match going {
            Going::Anywhere => None,
            Going::To(stage) => Some(stage),
        };
        self.model.with_untracked(|board| {
            let cards = board.chosen().into_iter();
            cards
                .filter_map(|deal| {
                    let card = board.card(deal)?;
                    let movable = Movable {
                        deal,
                        name: card.customer.clone(),
                        stage: Some(card.stage),
                        facts: card.move_facts(),
                        version: card.version,
                    };
                    Some(Moving {
                        movable,
                        pipeline: board.pipeline.clone(),
                        mover: board.mover,
                        now: board.now,
                        to,
                    })
                })
                .collect()
        })
    }

    /// The others that travel with the lifted card are seen to, and it says how many they are.
    pub(super) fn lift_several(self, root: &Element, deal: DealId) {
        let travelling = self
            .model
            .with_untracked(|board| board.travelling(deal).unwrap_or_default());
        let others = travelling.len().saturating_sub(1);
        if others > 0 {
            motion::stack(root, deal, &travelling);
            let verb = if others == 1 { "goes" } else { "go" };
            self.said
                .update(|said| *said = format!("{said} {others} more {verb} with it."));
        }
    }

    /// Carries out a drop of a card that is selected with others; `gathers` brings those of the same column along, too.
    pub(super) fn takes_several(self, told: &Told, gathers: bool) -> bool {
        let (Told::Ask { deal, to, .. } | Told::Commit { deal, to }) = *told else {
            return false;
        };
        let travelling = self
            .model
            .with_untracked(|board| board.travelling_to(deal, to.stage, gathers));
        let Some(travelling) = travelling else {
            return false;
        };
        self.drag.set(Drag::Idle);
        if travelling.is_empty() && self.stays_in_order(deal, to) {
            self.catch_up();
        } else {
            self.move_several(&travelling, deal, to);
        }
        true
    }

    fn move_several(self, travelling: &[DealId], lifted: DealId, to: Slot) {
        let sorted = self
            .model
            .with_untracked(|board| board.sort_for(travelling, to.stage));
        if sorted.asks {
            // One question for all of them, in the dialog that the list has too; until then they lie where they lay.
            self.end_look();
            self.go(Going::To(to.stage));
            self.catch_up();
            return;
        }
        let lines: Vec<String> = self.model.with_untracked(|board| {
            let refused = sorted.refused.iter();
            refused
                .map(|(deal, why)| not_moved(board.name(*deal), why.text()))
                .collect()
        });
        let mut steps = Vec::new();
        self.reshape(Some(lifted), |board| {
            steps = board.lay_down(&sorted.free, lifted, to);
        });
        let (count, stage) = (deals(steps.len()), self.stage_name(to.stage));
        self.said.set(format!("Dropped {count}. {stage}."));
        self.send(steps, lines, format!("Moved {count} to {stage}."), true);
    }

    fn stage_name(self, stage: StageId) -> String {
        self.model
            .with_untracked(|board| board.stage_name(stage).to_owned())
    }

    /// One after the other, because each lies below the one before it.
    fn send(self, steps: Vec<Step>, lines: Vec<String>, done: String, undoable: bool) {
        let outgoing = outgoing::of(self.source, self.toasts);
        spawn_local(async move {
            let count = steps.len() + lines.len();
            let mut answers = Answers {
                lines,
                ..Answers::default()
            };
            let mut gone = BTreeMap::new();
            for step in steps {
                let place = standing(step.place, &gone);
                self.expect_echo(step.deal, step.version);
                match tell_or_keep(self.source, &outgoing, &step, place).await {
                    Became::Written(rank, version) => {
                        self.model
                            .try_update(|board| board.confirm(step.deal, rank, version));
                        answers.moved.push((step.deal, step.inverse.from));
                    }
                    Became::Kept { waits } => {
                        self.expect_no_echo(step.deal);
                        self.model
                            .try_update(|board| board.saving.remove(&step.deal));
                        answers.waiting |= waits;
                        answers.moved.push((step.deal, step.inverse.from));
                    }
                    Became::Refused(why) => {
                        self.expect_no_echo(step.deal);
                        gone.insert(step.deal, step.place);
                        answers.lines.push(not_moved(&step.name, &why));
                        answers.refused.push(step);
                    }
                }
            }
            let title = format!("{} of {} moved", answers.moved.len(), deals(count));
            if self.model.is_disposed() {
                // Whoever left the board is told all the same.
                if let (Some(toasts), false) = (self.toasts, answers.lines.is_empty()) {
                    toasts.refuse(format!("{title}. {}", answers.lines.join(" ")));
                }
                return;
            }
            self.take_in(answers, title, done, undoable);
            self.catch_up();
        });
    }

    /// What was refused goes back, and stays selected.
    fn take_in(self, answers: Answers, title: String, done: String, undoable: bool) {
        let Answers {
            moved,
            waiting,
            refused,
            lines,
        } = answers;
        if !refused.is_empty() {
            self.reshape(None, |board| {
                for step in refused.into_iter().rev() {
                    board.saving.remove(&step.deal);
                    board.roll_back(step.inverse);
                }
            });
            // Who was overtaken sees the newer state at once.
            self.stale.set_value(true);
        }
        self.model.update(|board| {
            for (deal, _) in &moved {
                board.selection.deals.remove(deal);
            }
            if !lines.is_empty() {
                board.selection.report = Some(Report { title, lines });
            }
        });
        let all_done = self
            .model
            .with_untracked(|board| board.selection.report.is_none());
        if all_done {
            let done = if waiting {
                format!("{done} {}", words::REST_WAITS)
            } else {
                done
            };
            self.offer_undo_of_several(moved, done, undoable);
        }
    }

    fn offer_undo_of_several(self, moved: Vec<(DealId, Slot)>, done: String, undoable: bool) {
        let Some(toasts) = self.toasts else { return };
        let reversible = undoable
            && self.model.with_untracked(|board| {
                let mut ways = moved.iter();
                ways.all(|(deal, from)| board.leads_back(*deal, *from))
            });
        if !reversible {
            toasts.say(done);
            return;
        }
        // The last one first: so each finds the column as it left it.
        let back: Vec<_> = moved.into_iter().rev().collect();
        let undo = Callback::new(move |()| {
            // Another filter or page may have taken this board's place meanwhile.
            if self.model.is_disposed() {
                return;
            }
            let mut steps = Vec::new();
            self.reshape(None, |board| steps = board.lay_back(&back));
            let done = format!("Put {} back.", deals(steps.len()));
            self.send(steps, Vec::new(), done, false);
        });
        let toast = toasts.offer_undo(done, undo);
        self.offered.update_value(|offered| offered.push(toast));
    }
}

fn not_moved(name: &str, why: &str) -> String {
    format!("{name}: not moved. {why}")
}
