//! The board between two days.

use serde::{Deserialize, Serialize};

use crate::deals::{Replay, ReplaySpan};

/// What the replay's page is given. Partners are told of their own deals alone, and of nobody's partner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplayView {
    pub span: ReplaySpan,
    pub outcome: ReplayOutcome,
}

/// The replay, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReplayOutcome {
    Told(Replay),
    /// More happened in the span than one replay shows.
    TooManySteps,
    /// More deals have been on the board than one replay shows.
    TooManyDeals,
}
