//! Columns in an order of their own: a card that is dropped into one goes where the order puts it.

use std::collections::BTreeMap;

use domain::deals::MoveGate;
use domain::views::{Card, CardOrder};
use domain::{DealId, StageId};

use super::{BoardModel, Slot};

impl BoardModel {
    /// The same with these columns in these orders, in which their cards came.
    #[must_use]
    pub fn ordered(self, orders: BTreeMap<StageId, CardOrder>) -> Self {
        Self { orders, ..self }
    }

    pub fn order(&self, stage: StageId) -> CardOrder {
        self.orders.get(&stage).copied().unwrap_or_default()
    }

    /// Whether that would only be another place in a column that is in an order of its own.
    pub fn keeps_order(&self, deal: DealId, to: Slot) -> bool {
        let within = self.card(deal).is_some_and(|card| card.stage == to.stage);
        within && self.order(to.stage) != CardOrder::Placed
    }

    /// Whether Undo puts the card back exactly. A win locks the deal, leaving a stage of kind lost is undone only with a reason, a
    /// stage may take no way back, and where people had placed the card is not seen in a column of another order.
    pub fn leads_back(&self, deal: DealId, from: Slot) -> bool {
        let placed = self.order(from.stage) == CardOrder::Placed;
        placed && self.check(deal, from.stage) == Ok(MoveGate::Free)
    }

    /// Where the card lies that is dropped there, among those that are loaded.
    pub fn landing(&self, deal: DealId, to: Slot) -> Slot {
        let order = self.order(to.stage);
        let (Some(card), Some(column)) = (self.card(deal), self.column(to.stage)) else {
            return to;
        };
        if order == CardOrder::Placed {
            return to;
        }
        if card.stage == to.stage {
            return self.slot(deal).unwrap_or(to);
        }
        let moved = Card {
            stage: to.stage,
            entered_at: self.now,
            ..card.clone()
        };
        let others = column.ids.iter().filter_map(|id| self.card(*id));
        let before = others.take_while(|other| order.compare(other, &moved).is_lt());
        Slot {
            index: before.count(),
            ..to
        }
    }
}
