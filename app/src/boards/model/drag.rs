//! A drag as a plain state machine, for pointer and keyboard alike. The page feeds it and carries out what it says.

use domain::deals::{MoveGate, Refusal};
use domain::{DealId, StageId};

use super::{BoardModel, Slot};
use crate::drag::THRESHOLD;

/// A resting finger trembles more than a mouse; beyond this it swipes.
const SWIPE: f64 = 10.0;
/// Milliseconds after which a resting finger lifts the card.
pub const LONG_PRESS_MS: u64 = 300;

/// What holds the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hand {
    Mouse,
    /// A finger on the handle lifts like a mouse; elsewhere it scrolls, unless it rests first.
    Touch {
        on_handle: bool,
    },
    Keys,
}

/// How far a drag is.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Drag {
    #[default]
    Idle,
    /// The pointer is down on a card and may still turn out to be a click or a swipe.
    Pressed {
        deal: DealId,
        hand: Hand,
        x: f64,
        y: f64,
    },
    /// In the hand, over no column.
    Lifted {
        deal: DealId,
        hand: Hand,
        from: Slot,
    },
    Over {
        deal: DealId,
        hand: Hand,
        from: Slot,
        to: Slot,
    },
    /// Let go over a place that asks something first.
    Dropped {
        deal: DealId,
        from: Slot,
        to: Slot,
        gate: MoveGate,
    },
}

/// What the person did.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Input {
    Press {
        deal: DealId,
        hand: Hand,
        x: f64,
        y: f64,
    },
    /// The pointer is there now, over that place, if it is over one.
    Point {
        x: f64,
        y: f64,
        over: Option<Slot>,
    },
    /// The finger rested.
    Rest,
    Release,
    /// Space on a card.
    Space(DealId),
    Arrow(Arrow),
    Escape,
    /// The browser took the pointer away.
    Interrupt,
    /// The dialog inside the drop was answered, or closed.
    Answered(bool),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrow {
    Up,
    Down,
    /// Towards the first column.
    Back,
    /// Towards the last one.
    Forth,
}

/// What the page does about it.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    Nothing,
    Lift {
        deal: DealId,
        from: Slot,
    },
    /// The slot under the card is another one.
    Aim {
        deal: DealId,
        to: Option<Slot>,
    },
    Refuse {
        deal: DealId,
        why: Refusal,
    },
    /// The column that the keys point to does not take the card, nor does one behind it. It stays in the hand.
    Bar {
        stage: StageId,
        why: Refusal,
    },
    /// Open the dialog of this gate.
    Ask {
        deal: DealId,
        to: Slot,
        gate: MoveGate,
    },
    /// Move it, now.
    Commit {
        deal: DealId,
        to: Slot,
    },
    /// It lies where it lay: because of Esc, or because it was dropped there.
    PutBack {
        deal: DealId,
        from: Slot,
        cancelled: bool,
    },
}

impl Drag {
    /// The deal in the hand, with the place it came from and the one it is over.
    pub fn held(&self) -> Option<(DealId, Slot, Option<Slot>)> {
        match *self {
            Self::Lifted { deal, from, .. } => Some((deal, from, None)),
            Self::Over { deal, from, to, .. } | Self::Dropped { deal, from, to, .. } => {
                Some((deal, from, Some(to)))
            }
            Self::Idle | Self::Pressed { .. } => None,
        }
    }

    pub fn hand(&self) -> Option<Hand> {
        match *self {
            Self::Pressed { hand, .. } | Self::Lifted { hand, .. } | Self::Over { hand, .. } => {
                Some(hand)
            }
            Self::Idle | Self::Dropped { .. } => None,
        }
    }

    /// Whether a change of the board from elsewhere has to wait.
    pub fn is_idle(&self) -> bool {
        matches!(self, Self::Idle)
    }

    /// The next state and what to do.
    pub fn step(self, input: Input, board: &BoardModel) -> (Self, Told) {
        match (self, input) {
            (Self::Idle, Input::Press { deal, hand, x, y }) => {
                (Self::Pressed { deal, hand, x, y }, Told::Nothing)
            }
            (Self::Idle, Input::Space(deal)) => lift(deal, Hand::Keys, board),
            (
                Self::Pressed { deal, hand, x, y },
                Input::Point {
                    x: to_x, y: to_y, ..
                },
            ) => {
                let way = (to_x - x).hypot(to_y - y);
                match hand {
                    // A swipe: the browser scrolls.
                    Hand::Touch { on_handle: false } if way > SWIPE => (Self::Idle, Told::Nothing),
                    Hand::Mouse | Hand::Touch { on_handle: true } if way > THRESHOLD => {
                        lift(deal, hand, board)
                    }
                    _ => (self, Told::Nothing),
                }
            }
            (
                Self::Pressed {
                    deal,
                    hand: hand @ Hand::Touch { .. },
                    ..
                },
                Input::Rest,
            ) => lift(deal, hand, board),
            (Self::Pressed { .. }, Input::Release | Input::Interrupt | Input::Escape) => {
                (Self::Idle, Told::Nothing)
            }
            (Self::Lifted { .. } | Self::Over { .. }, Input::Point { over, .. }) => {
                self.aim(over, board)
            }
            (Self::Lifted { .. } | Self::Over { .. }, Input::Arrow(arrow)) => {
                self.walk(arrow, board)
            }
            (Self::Lifted { .. } | Self::Over { .. }, Input::Release | Input::Space(_)) => {
                self.drop(board)
            }
            (
                Self::Lifted { deal, from, .. } | Self::Over { deal, from, .. },
                Input::Escape | Input::Interrupt,
            )
            | (Self::Dropped { deal, from, .. }, Input::Answered(false)) => (
                Self::Idle,
                Told::PutBack {
                    deal,
                    from,
                    cancelled: true,
                },
            ),
            (Self::Dropped { deal, to, .. }, Input::Answered(true)) => {
                (Self::Idle, Told::Commit { deal, to })
            }
            (same, _) => (same, Told::Nothing),
        }
    }

    fn aim(self, over: Option<Slot>, board: &BoardModel) -> (Self, Told) {
        let (Some((deal, from, present)), Some(hand)) = (self.held(), self.hand()) else {
            return (self, Told::Nothing);
        };
        // A column that refuses the card is no place for it.
        let over = over.filter(|slot| board.check(deal, slot.stage).is_ok());
        if over == present {
            return (self, Told::Nothing);
        }
        let next = match over {
            Some(to) => Self::Over {
                deal,
                hand,
                from,
                to,
            },
            None => Self::Lifted { deal, hand, from },
        };
        (next, Told::Aim { deal, to: over })
    }

    fn walk(self, arrow: Arrow, board: &BoardModel) -> (Self, Told) {
        let Some((deal, from, present)) = self.held() else {
            return (self, Told::Nothing);
        };
        let at = present.unwrap_or(from);
        let to = match arrow {
            Arrow::Up => Some(Slot {
                index: at.index.saturating_sub(1),
                ..at
            }),
            Arrow::Down => Some(Slot {
                index: (at.index + 1).min(board.others(deal, at.stage)),
                ..at
            }),
            Arrow::Back | Arrow::Forth => match neighbour(board, deal, at, arrow == Arrow::Forth) {
                Ok(to) => to,
                Err((stage, why)) => return (self, Told::Bar { stage, why }),
            },
        };
        match to {
            Some(to) if to != at => self.aim(Some(to), board),
            _ => (self, Told::Nothing),
        }
    }

    fn drop(self, board: &BoardModel) -> (Self, Told) {
        let Some((deal, from, to)) = self.held() else {
            return (self, Told::Nothing);
        };
        // Let go over no column: that is how people change their mind. By keys there always is a column.
        let by_keys = self.hand() == Some(Hand::Keys);
        let cancelled = to.is_none() && !by_keys;
        let Some(to) = to.filter(|to| *to != from) else {
            return (
                Self::Idle,
                Told::PutBack {
                    deal,
                    from,
                    cancelled,
                },
            );
        };
        match board.check(deal, to.stage) {
            Ok(MoveGate::Free) => (Self::Idle, Told::Commit { deal, to }),
            Ok(gate) => (
                Self::Dropped {
                    deal,
                    from,
                    to,
                    gate,
                },
                Told::Ask { deal, to, gate },
            ),
            Err(why) => (Self::Idle, Told::Refuse { deal, why }),
        }
    }
}

/// A move that was chosen in a menu: as if the card had been carried there.
pub fn choose(deal: DealId, to: Slot, board: &BoardModel) -> (Drag, Told) {
    match board.slot(deal) {
        Some(from) => Drag::Over {
            deal,
            hand: Hand::Keys,
            from,
            to,
        }
        .drop(board),
        None => (Drag::Idle, Told::Nothing),
    }
}

fn lift(deal: DealId, hand: Hand, board: &BoardModel) -> (Drag, Told) {
    if let Some(why) = board.lift_refusal(deal) {
        return (Drag::Idle, Told::Refuse { deal, why });
    }
    // A card whose last move is still on its way stays until the server has spoken.
    match board.slot(deal).filter(|_| !board.saving.contains(&deal)) {
        Some(from) => (Drag::Lifted { deal, hand, from }, Told::Lift { deal, from }),
        None => (Drag::Idle, Told::Nothing),
    }
}

/// The next column that takes the card; nothing at the end of the board, and the reason of the nearest one where none does.
fn neighbour(
    board: &BoardModel,
    deal: DealId,
    at: Slot,
    forth: bool,
) -> Result<Option<Slot>, (StageId, Refusal)> {
    let columns = &board.columns;
    let Some(place) = columns.iter().position(|column| column.stage == at.stage) else {
        return Ok(None);
    };
    let ahead: Vec<StageId> = if forth {
        columns.iter().skip(place + 1).map(|c| c.stage).collect()
    } else {
        columns.iter().take(place).rev().map(|c| c.stage).collect()
    };
    let mut barred = None;
    for stage in ahead {
        match board.check(deal, stage) {
            Ok(_) => {
                let index = at.index.min(board.others(deal, stage));
                return Ok(Some(Slot { stage, index }));
            }
            Err(why) => barred = barred.or(Some((stage, why))),
        }
    }
    barred.map_or(Ok(None), Err)
}
