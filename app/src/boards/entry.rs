//! A drop on a stage that asks: what its kind asks is known here; what its own rules ask of this deal, the server says.

use domain::deals::{MoveDetails, MoveGate, asks_on_entry};
use domain::{DealId, ErrorCode};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

use super::model::drag::{Drag, Input};
use super::model::{Slot, speech};
use super::outgoing::words;
use super::source::Source;
use super::state::{Asked, BoardState};
use crate::entry::server_fns::get_entry;

impl BoardState {
    /// Opens the dialog of the drop. Where the deal has all that the stage's rules ask for, it goes on by itself.
    pub(super) fn ask(self, deal: DealId, to: Slot, gate: MoveGate) {
        let stage = to.stage;
        let asks = self.model.with_untracked(|board| {
            let stage = board.stage(stage);
            stage.is_some_and(|stage| asks_on_entry(stage, board.mover))
        });
        let membership = match self.source {
            Source::Partner(membership) if asks => membership,
            _ => {
                let entry = None;
                self.asked.set(Some(Asked { deal, gate, entry }));
                return;
            }
        };
        spawn_local(async move {
            let answer = get_entry(membership, deal, stage).await;
            // The board may have gone while it waited.
            let waits = self.drag.try_with_untracked(|drag| {
                matches!(*drag, Drag::Dropped { deal: held, to: over, .. } if held == deal && over == to)
            });
            if waits != Some(true) {
                return;
            }
            match answer {
                Ok(part) if part.is_free() => self.answer(MoveDetails::default()),
                Ok(part) => {
                    let gate = part.gate;
                    let entry = Some(Arc::new(part));
                    self.asked.set(Some(Asked { deal, gate, entry }));
                }
                Err(error) => {
                    self.feed(Input::Answered(false));
                    let name = self
                        .model
                        .with_untracked(|board| board.name(deal).to_owned());
                    let why = if error.code() == ErrorCode::Offline {
                        words::NEEDS_CONNECTION.to_owned()
                    } else {
                        error.0.text()
                    };
                    self.refuse(speech::refused(&name, &why));
                    self.stale.set_value(true);
                    self.catch_up();
                }
            }
        });
    }
}
