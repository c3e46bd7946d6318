//! Moves that the server has not answered, shown on the board that it gave.

use domain::commands::{MoveDeal, Place};

use super::{BoardModel, Slot};

impl BoardModel {
    /// Makes the moves again, in their order. A deal that changed since the move was made stays where the server says it lies.
    pub fn replay<'m>(&mut self, moves: impl IntoIterator<Item = &'m MoveDeal>) {
        for command in moves {
            let known = self.card(command.deal);
            if known.is_some_and(|card| card.version == command.version) {
                let to = self.landing(command.deal, self.slot_at(command));
                self.apply(command.deal, to);
            }
        }
    }

    /// As the server reads a place: what is to lie after a card that has gone lies last.
    fn slot_at(&self, command: &MoveDeal) -> Slot {
        let others = self.others(command.deal, command.to_stage);
        let index = match command.place {
            Place::Top => 0,
            Place::Bottom => others,
            Place::After(card) => {
                let column = self.column(command.to_stage);
                let mut ids = column
                    .iter()
                    .flat_map(|column| &column.ids)
                    .filter(|id| **id != command.deal);
                ids.position(|id| *id == card).map_or(others, |at| at + 1)
            }
        };
        Slot {
            stage: command.to_stage,
            index,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use domain::deals::MoveDetails;
    use domain::views::CardOrder;

    use super::super::tests::{board, deal, ids, stage_id};
    use super::*;

    fn to(number: u128, stage: u128, place: Place) -> MoveDeal {
        MoveDeal {
            deal: deal(number),
            to_stage: stage_id(stage),
            place,
            details: MoveDetails::default(),
            version: 1,
        }
    }

    #[test]
    fn moves_are_made_again_in_their_order() {
        let mut board = board();
        let moves = [
            to(12, 2, Place::Top),
            to(13, 2, Place::After(deal(12))),
            to(12, 1, Place::After(deal(11))),
            // What it was to follow is not there.
            to(11, 2, Place::After(deal(12))),
        ];
        board.replay(&moves);
        assert_eq!(ids(&board, 1), [12].map(deal));
        assert_eq!(ids(&board, 2), [13, 21, 11].map(deal));
        assert_eq!(board.column(stage_id(2)).unwrap().count, 3);
    }

    #[test]
    fn a_column_in_an_order_of_its_own_keeps_it() {
        let mut board = board().ordered(BTreeMap::from([(stage_id(2), CardOrder::Value)]));
        board.replay(&[to(12, 2, Place::Top), to(13, 2, Place::Top)]);
        assert_eq!(ids(&board, 2), [21, 13, 12].map(deal));
    }

    #[test]
    fn a_deal_that_went_on_stays_where_it_is() {
        let mut board = board();
        let late = MoveDeal {
            version: 7,
            ..to(12, 2, Place::Top)
        };
        let gone = to(77, 2, Place::Top);
        let before = board.clone();
        board.replay([&late, &gone]);
        assert_eq!(board, before);
    }
}
