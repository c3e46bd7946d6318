//! What both sides' pages of a deal are made of. They show; they fetch nothing and decide nothing.

mod answers;
mod commission;
mod facts;
mod head;
mod stage_track;
mod timeline;
mod verdict;
pub mod words;

pub use answers::AnswerList;
pub use commission::DealCommissions;
pub use facts::{DealFacts, FactRow};
pub use head::DealHead;
pub use stage_track::StageTrack;
pub use timeline::Timeline;
pub use verdict::Verdict;
