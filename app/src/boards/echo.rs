//! The echo of a move that this board made: the server tells everybody of it, and here it lies already.

use std::collections::BTreeMap;

use domain::DealId;
use domain::pipeline::StageKind;
use domain::views::DealFilter;
use leptos::prelude::*;

use super::state::BoardState;
use crate::live::News;

/// The version that each deal has, or is about to have, by a move of this board whose echo has not come yet.
pub type Echoes = BTreeMap<DealId, i64>;

impl BoardState {
    /// A move is on its way that lifts the deal's version by one.
    pub(super) fn expect_echo(self, deal: DealId, version: i64) {
        self.with_echoes(|echoes| echoes.insert(deal, version + 1));
    }

    /// The move was not done, or nobody knows.
    pub(super) fn expect_no_echo(self, deal: DealId) {
        self.with_echoes(|echoes| echoes.remove(&deal));
    }

    /// Nothing where the board has left the page.
    fn with_echoes<T>(self, change: impl FnOnce(&mut Echoes) -> T) -> Option<T> {
        let beside = self.beside.try_get_value()?;
        beside.echoes.try_update_value(change)
    }

    /// Whether the news tell of nothing but a move that lies here already. Where deals are won or lost, and where the filter may take
    /// a moved card away, the server knows more.
    pub(super) fn knows(self, news: &News) -> bool {
        let News::Changed(change) = news else {
            return false;
        };
        let Ok(deal) = change.id.parse::<DealId>() else {
            return false;
        };
        let ours = self.with_echoes(|echoes| is_echo(echoes, deal, change.version));
        let stays = self.filter.try_with_value(keeps_what_moves);
        let open = self.model.try_with_untracked(|board| {
            board
                .card(deal)
                .and_then(|card| board.stage(card.stage))
                .is_some_and(|stage| stage.kind == StageKind::Open)
        });
        ours == Some(true) && stays == Some(true) && open == Some(true)
    }
}

/// Each echo comes once: what is said of that version afterwards is something else.
fn is_echo(echoes: &mut Echoes, deal: DealId, version: i64) -> bool {
    let ours = echoes.get(&deal) == Some(&version);
    if ours {
        echoes.remove(&deal);
    }
    ours
}

fn keeps_what_moves(filter: &DealFilter) -> bool {
    !filter.stuck && !filter.expiring && filter.stage.is_none() && filter.stage_kind.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn an_echo_is_known_once_and_at_its_version() {
        let (deal, other) = (DealId(Uuid::from_u128(1)), DealId(Uuid::from_u128(2)));
        let mut echoes = Echoes::from([(deal, 4)]);
        assert!(!is_echo(&mut echoes, other, 4));
        assert!(!is_echo(&mut echoes, deal, 5));
        assert!(is_echo(&mut echoes, deal, 4));
        assert!(!is_echo(&mut echoes, deal, 4));
    }

    #[test]
    fn a_filter_by_stage_may_take_a_moved_card_away() {
        assert!(keeps_what_moves(&DealFilter::default()));
        let stuck = DealFilter {
            stuck: true,
            ..DealFilter::default()
        };
        assert!(!keeps_what_moves(&stuck));
    }
}
