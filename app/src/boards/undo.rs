//! What the board says when a move was done or refused, with Undo where there is a way back.

use domain::deals::{MoveDetails, MoveGate};
use domain::views::CardOrder;
use domain::{DealId, StageId};
use leptos::prelude::*;

use super::model::{BoardModel, Inverse};
use super::state::BoardState;
use crate::ui::{ToastId, Toasts};

impl BoardState {
    pub(super) fn offer_undo(self, deal: DealId, inverse: &Inverse, sentence: String) {
        let Some(toasts) = self.toasts else { return };
        let from = inverse.from;
        let reversible = self
            .model
            .with_untracked(|board| is_reversible(board, deal, from.stage));
        if reversible {
            let undo = Callback::new(move |()| {
                // Another filter or page may have taken this board's place meanwhile.
                if self.model.is_disposed() {
                    return;
                }
                self.focus.set_value(None);
                self.commit(deal, from, MoveDetails::default());
            });
            let toast = toasts.offer_undo(sentence, undo);
            self.offered.update_value(|offered| offered.push(toast));
        } else {
            toasts.say(sentence);
        }
    }

    pub fn refuse(self, sentence: String) {
        self.said.set(sentence.clone());
        if let Some(toasts) = self.toasts {
            toasts.refuse(sentence);
        }
    }
}

/// Whether a move back is the same as none. A win locks the deal, leaving a stage of kind lost is undone only with a reason, and a
/// stage may take no way back. In a column with an order of its own the place that the card had is not known.
pub(super) fn is_reversible(board: &BoardModel, deal: DealId, from: StageId) -> bool {
    board.check(deal, from) == Ok(MoveGate::Free) && board.order(from) == CardOrder::Placed
}

/// The shell's toasts outlive the board; an Undo of a board that is gone would have nothing to put back.
pub(super) fn withdrawn_at_the_end(toasts: Option<Toasts>) -> StoredValue<Vec<ToastId>> {
    let offered = StoredValue::new(Vec::new());
    on_cleanup(move || {
        let offered = offered.try_update_value(std::mem::take);
        if let (Some(toasts), Some(offered)) = (toasts, offered) {
            for toast in offered {
                toasts.withdraw(toast);
            }
        }
    });
    offered
}
