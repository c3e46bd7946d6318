//! Deals that a company brings from elsewhere in a file of rows: which column says what, and what a row means.
//!
//! A row becomes what a partner would have posted ([`crate::forms::RawAnswers`]) and where the deal is to lie; whether the answers
//! are good is asked of [`crate::forms::validate`], as everywhere.

mod cell;
mod findings;
mod guess;
mod landing;
mod mapping;
mod names;
mod problem;
mod reading;
mod row;
mod state;

pub use cell::{Cell, MAX_CELL, shown_cell};
pub use findings::{FaultGroup, Findings, MAX_SAMPLES, SampleDeal};
pub use guess::guess;
pub use landing::Landing;
pub use mapping::{MAX_COLUMNS, Mapping, MappingFault, Target, column_input, targets};
pub use names::Names;
pub use problem::{FileFault, MAX_FAULTS, MAX_ROWS, RowFault, RowProblem, bounded};
pub use reading::{ReadRow, Reading};
pub use row::{Member, Reader};
pub use state::{Halt, ImportCounts, ImportState, RowOutcome};

#[cfg(test)]
mod tests;
