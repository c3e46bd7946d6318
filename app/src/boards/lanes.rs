//! Swimlanes: the board once for each owner, partner or close month. Each lane that is open is a board of its own with one more
//! part of the filter; what the page has once (keys, menus, dialogs, the sheet, who else is here) goes with the lane that
//! somebody came to last. A lane that is folded loads nothing.

mod open;
mod page;
mod row;
mod switch;

use domain::StageId;
use domain::money::Totals;
use domain::views::{DealFilter, Lane, LaneKind, LaneLine, LaneList};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

use super::dom;
use super::model::BoardModel;
use super::model::drag::Drag;
use super::quick::Quick;
use super::source::{Loaded, Source};
use super::state::BoardState;
use crate::error::ActionError;

pub use open::{Open, open_in};
pub use page::LanedBoard;
pub use switch::LaneSwitch;

/// Boards that the first page has; a lane that is opened beyond them fetches its own.
const SENT: usize = 6;

/// The lanes with the boards of those that are open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LanesLoaded {
    pub kind: LaneKind,
    pub list: LaneList,
    /// Those that are open.
    pub open: Vec<Lane>,
    pub boards: Vec<(Lane, Loaded)>,
}

/// Nothing where the board does not stand in lanes, or only one lane of it is looked at.
pub async fn load(
    source: Source,
    filter: &DealFilter,
    open: Option<Open>,
) -> Result<Option<LanesLoaded>, ActionError> {
    let (Some(kind), None) = (filter.lanes, filter.lane) else {
        return Ok(None);
    };
    let list = source.lanes(kind, filter).await?;
    let open = open.unwrap_or_else(|| Open::first(&list)).of(&list);
    let mut boards = Vec::new();
    for lane in open.iter().take(SENT) {
        let loaded = source.load(&narrowed(filter, *lane)).await?;
        boards.push((*lane, loaded));
    }
    Ok(Some(LanesLoaded {
        kind,
        list,
        open,
        boards,
    }))
}

fn narrowed(filter: &DealFilter, lane: Lane) -> DealFilter {
    DealFilter {
        lane: Some(lane),
        ..filter.clone()
    }
}

/// The lanes of one page. The head is a board without cards: it has what stands apart, and what all lanes share.
#[derive(Clone, Copy)]
pub(super) struct Lanes {
    head: StoredValue<BoardState>,
    quick: StoredValue<Quick>,
    kind: LaneKind,
    list: RwSignal<LaneList>,
    /// Open until the address says otherwise.
    open_first: StoredValue<Vec<Lane>>,
    /// What came with the page, until its lane takes it.
    sent: StoredValue<Vec<(Lane, Loaded)>>,
    boards: RwSignal<Vec<(Lane, BoardState)>>,
    /// Where somebody pointed or went last.
    at: RwSignal<Option<Lane>>,
}

impl Lanes {
    fn new(head: BoardState, quick: Quick, loaded: LanesLoaded) -> Self {
        Self {
            head: StoredValue::new(head),
            quick: StoredValue::new(quick),
            kind: loaded.kind,
            list: RwSignal::new(loaded.list),
            open_first: StoredValue::new(loaded.open),
            sent: StoredValue::new(loaded.boards),
            boards: RwSignal::new(Vec::new()),
            at: RwSignal::new(None),
        }
    }

    fn filter_of(self, lane: Lane) -> DealFilter {
        let head = self.head.get_value();
        head.filter.with_value(|filter| narrowed(filter, lane))
    }

    /// The board that came with the page.
    fn take_sent(self, lane: Lane) -> Option<Loaded> {
        let taken = self.sent.try_update_value(|sent| {
            let place = sent.iter().position(|(of, _)| *of == lane)?;
            Some(sent.swap_remove(place).1)
        });
        taken.flatten()
    }

    /// The lane's board, while it is open.
    fn board_of(self, lane: Lane) -> Option<BoardState> {
        self.boards
            .try_with(|boards| boards.iter().find(|(of, _)| *of == lane).map(|(_, b)| *b))
            .flatten()
    }

    /// What the server says of the lane.
    fn line(self, lane: Lane) -> Option<LaneLine> {
        self.list
            .try_with(|list| list.lanes.iter().find(|line| line.lane == lane).cloned())
            .flatten()
    }

    /// How many deals lie in the lane, and what they come to: of its board while that is open, which follows every move.
    fn sums(self, lane: Lane) -> (i64, Totals) {
        if let Some(board) = self.board_of(lane)
            && let Some(sums) = board.model.try_with(sums_of)
        {
            return sums;
        }
        self.line(lane)
            .map_or((0, Totals::default()), |line| (line.count, line.totals))
    }

    fn enter(self, lane: Lane, board: BoardState) {
        self.boards.update(|boards| boards.push((lane, board)));
        if self.at.get_untracked() == Some(lane) {
            self.quick.get_value().stand_at(board);
        }
    }

    /// The lane was folded, or has gone with the page.
    fn leave(self, lane: Lane) {
        self.boards
            .try_update(|boards| boards.retain(|(of, _)| *of != lane));
        if self.at.try_get_untracked() == Some(Some(lane)) {
            self.at.try_set(None);
            let (quick, head) = (self.quick.try_get_value(), self.head.try_get_value());
            if let (Some(quick), Some(head)) = (quick, head) {
                quick.stand_at(head);
            }
        }
    }

    /// Menus, dialogs and the sheet are this lane's now. What was selected elsewhere is not any more.
    fn come_to(self, lane: Lane) {
        if self.at.get_untracked() == Some(lane) {
            return;
        }
        for (of, board) in self.boards.get_untracked() {
            let chosen = |model: &BoardModel| !model.chosen().is_empty();
            if of == lane {
                self.quick.get_value().stand_at(board);
            } else if board.model.with_untracked(chosen) {
                board.clear_selection();
            }
        }
        self.at.set(Some(lane));
    }

    /// To what stands apart of all lanes.
    fn come_to_head(self) {
        self.quick.get_value().stand_at(self.head.get_value());
        self.at.set(None);
    }

    /// The board that a key is meant for: the one with a card in the hand, the one with the focus, the last one.
    fn meant_by(self, event: &KeyboardEvent) -> Option<BoardState> {
        let boards = self.boards.get_untracked();
        let busy = |board: BoardState| !board.drag.with_untracked(Drag::is_idle);
        if let Some((_, board)) = boards.iter().find(|(_, board)| busy(*board)) {
            return Some(*board);
        }
        if dom::closest(event, ".lanes__apart").is_some() {
            return Some(self.head.get_value());
        }
        let section = dom::closest(event, "[data-lane]");
        let named = section.and_then(|section| section.get_attribute("data-lane")?.parse().ok());
        let lane = named.or(self.at.get_untracked())?;
        boards
            .iter()
            .find(|(of, _)| *of == lane)
            .map(|(_, board)| *board)
    }

    /// The lane from which a card is in the hand.
    fn holder(self) -> Option<Lane> {
        let boards = self.boards.try_get().unwrap_or_default();
        let mut holder = None;
        // All of them are followed, not only those up to the first.
        for (lane, board) in boards {
            if board.drag.try_with(|drag| drag.held().is_some()) == Some(true) {
                holder = Some(lane);
            }
        }
        holder
    }

    /// Something changed on the server: the lanes, what stands apart, and the boards that are open. Never while a card is in the
    /// hand: then afterwards.
    fn refresh(self) {
        let Some(head) = self.head.try_get_value() else {
            return;
        };
        head.refresh();
        if !head.drag.with_untracked(Drag::is_idle) {
            return;
        }
        for (_, board) in self.boards.get_untracked() {
            board.refresh();
        }
        let filter = head.filter.get_value();
        spawn_local(async move {
            // Failed: the next change asks again.
            if let Ok(list) = head.source.lanes(self.kind, &filter).await {
                self.list.try_set(list);
            }
        });
    }

    /// Why a card from another lane may not lie here.
    fn why_not(self) -> &'static str {
        match self.kind {
            LaneKind::Owner => "Another owner\u{2019}s deals",
            LaneKind::Partner => "Another partner\u{2019}s deals",
            LaneKind::Month => "Deals of another close month",
        }
    }
}

/// How many deals lie in the board's stages, and what they come to.
pub(super) fn sums_of(board: &BoardModel) -> (i64, Totals) {
    let columns = board.columns.iter();
    added(columns.map(|column| (column.count, &column.totals)))
}

/// Columns together, each currency for itself.
pub(super) fn added<'c>(columns: impl Iterator<Item = (i64, &'c Totals)>) -> (i64, Totals) {
    let (mut count, mut sums) = (0, Totals::default());
    for (deals, totals) in columns {
        count += deals;
        totals.iter().for_each(|amount| sums.add(amount));
    }
    (count, sums)
}

impl BoardState {
    /// An id in the page: a stage is in it once for each lane.
    pub(super) fn own_id(self, what: &str, stage: StageId) -> String {
        match self.beside().lane {
            Some(lane) => format!("{what}-{stage}-{lane}"),
            None => format!("{what}-{stage}"),
        }
    }

    /// What names a column: its heading, after its lane's.
    pub(super) fn labels(self, heading: &str) -> String {
        match self.beside().lane {
            Some(lane) => format!("{} {heading}", row::heading_id(lane)),
            None => heading.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::{Currency, Money};

    use super::*;

    #[test]
    fn a_lane_adds_up_its_columns_and_each_currency_for_itself() {
        let totals = |amounts: &[(i64, Currency)]| {
            let mut totals = Totals::default();
            for (minor, currency) in amounts {
                totals.add(Money::new(*minor, *currency));
            }
            totals
        };
        let dollar: Currency = "USD".parse().unwrap();
        let first = totals(&[(500, Currency::EUR)]);
        let second = totals(&[(700, Currency::EUR), (30, dollar)]);
        let (count, sums) = added([(1, &first), (3, &second)].into_iter());
        assert_eq!(count, 4);
        assert_eq!(sums, totals(&[(1_200, Currency::EUR), (30, dollar)]));
    }
}
