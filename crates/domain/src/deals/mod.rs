//! A deal and its life: four facts (registration, stage, win, commissions), never one status.
//!
//! A transition takes the old deal and gives the new one with the fact that goes into its history, or a refusal
//! that says why. Nothing else changes a deal.

mod amending;
mod check;
mod deal;
mod entry;
mod facts;
mod given;
mod in_place;
mod moves;
mod path;
mod refusal;
mod registration;
mod replay;
mod replay_span;
mod reviews;
mod wins;

pub use amending::AnswerChange;
pub use check::{MoveFacts, MoveGate, Mover, asks_on_entry, check_move, check_works};
pub use deal::{Deal, Lost, OpenFields, Placement, Step, Summary};
pub use entry::{Entry, EntryFacts, EntryFault, Missing, enter, missing, open_for_entry};
pub use facts::{DealFact, PRIVATE_FACTS, StageRef};
pub use given::Given;
pub use in_place::{Fixed, check_company_answers, check_partner_answers};
pub use moves::{Move, MoveDetails};
pub use path::{PATH_FACTS, PathStep, path};
pub use refusal::Refusal;
pub use registration::{Registration, RegistrationStatus, Submission};
pub use replay::{Replay, ReplayBoard, ReplayDeal, ReplayFact, ReplayStage, ReplayStep, StepKind};
pub use replay_span::{MAX_REPLAY_DEALS, MAX_REPLAY_STEPS, ReplaySpan};
pub(crate) use reviews::checked_reason;
pub use reviews::{Decision, DecisionKind, MAX_REASON, Terms};
pub use wins::{Win, WinStatus, WinVerdict};

#[cfg(test)]
mod entry_tests;
#[cfg(test)]
mod stage_tests;
#[cfg(test)]
mod tests;
