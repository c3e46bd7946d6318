//! In which order a column of the board shows its cards. The database orders by the same.

use std::cmp::Ordering;

use super::{Card, DealFilter};
use crate::StageId;
use crate::people::words;

words! {
    /// What the cards of a column are ordered by.
    #[derive(Default)]
    CardOrder {
        /// Where people put them.
        #[default]
        Placed = "placed", "As placed";
        /// The largest first; those without one last.
        Value = "value", "Value";
        /// The soonest first; those without one last.
        CloseDate = "close_date", "Close date";
        /// The longest first.
        DaysInStage = "days_in_stage", "Days in stage";
        /// The one that was registered last first.
        Newest = "newest", "Newest";
    }
}

impl CardOrder {
    /// Which of two cards of one column comes first.
    pub fn compare(self, one: &Card, other: &Card) -> Ordering {
        match self {
            Self::Placed => (&one.rank, one.id).cmp(&(&other.rank, other.id)),
            Self::Value => (minor(other), other.id).cmp(&(minor(one), one.id)),
            Self::CloseDate => {
                let key = |card: &Card| (card.close_date.is_none(), card.close_date, card.id);
                key(one).cmp(&key(other))
            }
            Self::DaysInStage => (one.entered_at, one.id).cmp(&(other.entered_at, other.id)),
            // Ids grow with the time at which they were made.
            Self::Newest => other.id.cmp(&one.id),
        }
    }
}

fn minor(card: &Card) -> i64 {
    card.value.map_or(-1, |value| value.minor)
}

impl DealFilter {
    /// The order of that column.
    pub fn order_of(&self, stage: StageId) -> CardOrder {
        self.orders.get(&stage).copied().unwrap_or_default()
    }

    /// The same with that column in that order.
    #[must_use]
    pub fn with_order(&self, stage: StageId, order: CardOrder) -> Self {
        let mut filter = self.clone();
        if order == CardOrder::Placed {
            filter.orders.remove(&stage);
        } else {
            filter.orders.insert(stage, order);
        }
        filter
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deals::{RegistrationStatus, WinStatus};
    use crate::{Currency, DealId, Money, Rank, Timestamp};
    use uuid::Uuid;

    fn card(number: u128, value: Option<i64>, close: Option<&str>, entered: i64) -> Card {
        Card {
            id: DealId(Uuid::from_u128(number)),
            number: String::new(),
            customer: String::new(),
            value: value.map(|minor| Money::new(minor, Currency::EUR)),
            close_date: close.map(|date| date.parse().unwrap()),
            stage: StageId(Uuid::from_u128(1)),
            // The other way round.
            rank: Rank(format!("a{}", 9 - number)),
            entered_at: Timestamp(entered),
            owner: String::new(),
            registration: RegistrationStatus::Approved,
            protected_until: None,
            win: WinStatus::None,
            facts: Vec::new(),
            version: 1,
        }
    }

    fn ordered(order: CardOrder) -> Vec<u128> {
        let mut cards = [
            card(1, Some(500), Some("2027-03-01"), 30),
            card(2, None, None, 10),
            card(3, Some(900), Some("2027-01-31"), 20),
            card(4, Some(500), Some("2027-03-01"), 30),
        ];
        cards.sort_by(|one, other| order.compare(one, other));
        cards.map(|card| card.id.uuid().as_u128()).into()
    }

    #[test]
    fn cards_are_ordered_and_equal_ones_by_their_ids() {
        assert_eq!(ordered(CardOrder::Placed), [4, 3, 2, 1]);
        assert_eq!(ordered(CardOrder::Value), [3, 4, 1, 2]);
        assert_eq!(ordered(CardOrder::CloseDate), [3, 1, 4, 2]);
        assert_eq!(ordered(CardOrder::DaysInStage), [2, 3, 1, 4]);
        assert_eq!(ordered(CardOrder::Newest), [4, 3, 2, 1]);
    }

    #[test]
    fn as_placed_is_no_order_of_its_own() {
        let stage = StageId(Uuid::from_u128(1));
        let filter = DealFilter::default().with_order(stage, CardOrder::Value);
        assert_eq!(filter.order_of(stage), CardOrder::Value);
        assert_eq!(
            filter.order_of(StageId(Uuid::from_u128(2))),
            CardOrder::Placed
        );
        assert_eq!(
            filter.with_order(stage, CardOrder::Placed),
            DealFilter::default()
        );
    }
}
