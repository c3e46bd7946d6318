//! The board follows the server: after news from elsewhere, and as columns are scrolled.

use domain::StageId;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::outgoing;
use super::source::{Cards, Loaded};
use super::state::BoardState;

/// A refresh fetches a column again only so far: what lies beyond comes back as the column is scrolled.
const PAGES_AGAIN: usize = 10;

impl BoardState {
    /// Something changed on the server. Never while a card is in the hand or on its way: then afterwards.
    pub fn refresh(self) {
        if self.is_busy() {
            self.stale.set_value(true);
            return;
        }
        self.stale.set_value(false);
        spawn_local(async move {
            // Failed: the next change, or the stream coming back, asks again; the stream's line tells people.
            let Some((loaded, more)) = self.fetch_whole().await else {
                return;
            };
            if self.model.is_disposed() {
                return;
            }
            if self.is_busy() {
                self.stale.set_value(true);
                return;
            }
            let waiting = outgoing::of(self.source, self.toasts).queue();
            self.reshape(None, move |board| {
                board.mover = loaded.mover;
                board.replace(loaded.board, loaded.partners);
                for (stage, cards) in more {
                    board.extend(stage, cards.cards, cards.partners);
                }
                board.replay(waiting.moves().iter().map(|made| &made.command));
            });
        });
    }

    /// The board, with as much of each column as is loaded now.
    async fn fetch_whole(self) -> Option<(Loaded, Vec<(StageId, Cards)>)> {
        let filter = self.filter.try_get_value()?;
        let loaded = self.source.load(&filter).await.ok()?;
        let mut more = Vec::new();
        for column in &loaded.board.columns {
            let had = self.model.try_with_untracked(|board| {
                board
                    .column(column.stage)
                    .map_or(0, |known| known.ids.len())
            })?;
            let mut has = column.cards.len();
            let mut last = column.cards.last().map(|card| (card.rank.clone(), card.id));
            for _ in 0..PAGES_AGAIN {
                let whole = usize::try_from(column.count).is_ok_and(|count| count <= has);
                if whole || has >= had || last.is_none() {
                    break;
                }
                let page = self
                    .source
                    .column(&filter, column.stage, last.take())
                    .await
                    .ok()?;
                has += page.cards.len();
                last = page.cards.last().map(|card| (card.rank.clone(), card.id));
                more.push((column.stage, page));
            }
        }
        Some((loaded, more))
    }

    /// The column is scrolled to what is not loaded yet.
    pub fn fetch_more(self, stage: StageId) {
        let after = self.model.with_untracked(|board| {
            board
                .resume_after(stage)
                .map(|card| (card.rank.clone(), card.id))
        });
        let fetching = self.beside().fetching;
        let known = fetching.with_value(|stages| stages.contains(&stage));
        let Some(after) = after.filter(|_| !known) else {
            return;
        };
        fetching.update_value(|stages| stages.push(stage));
        spawn_local(async move {
            let Some(filter) = self.filter.try_get_value() else {
                return;
            };
            let cards = self.source.column(&filter, stage, Some(after)).await;
            fetching.try_update_value(|stages| stages.retain(|other| *other != stage));
            if let Ok(cards) = cards {
                self.model
                    .try_update(|board| board.extend(stage, cards.cards, cards.partners));
            }
        });
    }

    fn is_busy(self) -> bool {
        let held = self.drag.try_with_untracked(|drag| !drag.is_idle());
        let saving = self
            .model
            .try_with_untracked(|board| !board.saving.is_empty());
        // A board that has left the page stays as it is.
        held.unwrap_or(true)
            || saving.unwrap_or(true)
            || outgoing::of(self.source, self.toasts).is_sending()
    }

    pub(super) fn catch_up(self) {
        if self.stale.try_get_value() == Some(true) {
            self.refresh();
        }
    }
}
