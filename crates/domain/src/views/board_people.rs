//! Who else is at a board.

use serde::{Deserialize, Serialize};

use crate::DealId;

/// The others at a board, as far as whoever asks may know of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardPeople {
    /// By name, each once; without whoever asks.
    pub others: Vec<String>,
    /// Cards that somebody holds in another window.
    pub held: Vec<HeldCard>,
}

/// A card in somebody's hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldCard {
    pub deal: DealId,
    pub who: String,
    /// It is the same person's, in another window.
    pub own: bool,
}
