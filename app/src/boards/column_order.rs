//! In which order a column shows its cards: a menu of links in its head, kept in the address. A drop inside a column that
//! is in an order of its own changes nothing, and says so.

use std::collections::BTreeMap;

use domain::views::CardOrder;
use domain::{DealId, StageId};
use leptos::prelude::*;

use super::filter;
use super::model::{Slot, speech};
use super::state::BoardState;
use crate::ui::{Icon, Menu};

/// More columns than a board has.
const MOST: usize = 100;

/// `stage_...:value,stage_...:newest`; what is no such pair is left out.
pub fn read(text: &str) -> BTreeMap<StageId, CardOrder> {
    let pairs = text.split(',').take(MOST);
    let pairs = pairs.filter_map(|pair| {
        let (stage, order) = pair.split_once(':')?;
        let order = order.parse::<CardOrder>().ok()?;
        let stage = stage.parse::<StageId>().ok()?;
        (order != CardOrder::Placed).then_some((stage, order))
    });
    pairs.collect()
}

/// As it is read; empty when every column is as it was placed.
pub fn write(orders: &BTreeMap<StageId, CardOrder>) -> String {
    let pairs = orders.iter();
    let pairs = pairs.map(|(stage, order)| format!("{stage}:{}", order.as_str()));
    pairs.collect::<Vec<_>>().join(",")
}

#[component]
pub fn ColumnOrder(state: BoardState, stage: StageId, name: String) -> impl IntoView {
    let mut filter = state.filter.get_value();
    if state.beside().lane.is_some() {
        // All lanes show a stage in the same order.
        filter.lane = None;
    }
    let present = filter.order_of(stage);
    let choices = CardOrder::ALL.iter().map(|order| {
        let query = filter::write(&filter.with_order(stage, *order), false);
        let href = format!("{}{query}", state.source.deals_href());
        let current = *order == present;
        view! {
            <a class="menu__item" href=href aria-current=current.then_some("true")>
                {order.label()}
                {current.then(|| view! { <Icon icon=icondata::LuCheck size="small"/> })}
            </a>
        }
    });
    let choices = choices.collect_view();
    let label = format!("Order of {name}: {}", present.label().to_lowercase());
    view! {
        <div class="board__order" data-set=(present != CardOrder::Placed).then_some("")>
            <Menu
                id=state.own_id("order", stage)
                label=Signal::stored(label)
                icon=icondata::LuArrowDownWideNarrow
                icon_only=true
                align_start=true
            >
                <p class="menu__heading">"Order"</p>
                {choices}
            </Menu>
        </div>
    }
}

impl BoardState {
    /// Whether the move is only another place in a column that is in an order of its own: then the card goes back.
    pub(super) fn stays_in_order(self, deal: DealId, to: Slot) -> bool {
        let sentence = self.model.with_untracked(|board| {
            board
                .keeps_order(deal, to)
                .then(|| speech::in_order(board, deal, to.stage))
        });
        let Some(sentence) = sentence else {
            return false;
        };
        self.end_look();
        self.said.set(sentence.clone());
        if let Some(toasts) = self.toasts {
            toasts.say(sentence);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn the_address_keeps_the_orders() {
        let stage = |number| StageId(Uuid::from_u128(number));
        let orders = BTreeMap::from([
            (stage(1), CardOrder::Newest),
            (stage(2), CardOrder::CloseDate),
        ]);
        assert_eq!(read(&write(&orders)), orders);
        assert_eq!(write(&BTreeMap::new()), "");
    }

    #[test]
    fn nonsense_orders_nothing() {
        let stage = StageId(Uuid::from_u128(1));
        for text in [
            "",
            ",",
            "value",
            "x:value",
            &format!("{stage}:name"),
            &format!("{stage}:placed"),
        ] {
            assert!(read(text).is_empty(), "{text}");
        }
    }
}
