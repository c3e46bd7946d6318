//! What is owed, and why: computed once per cause, moved only by the transitions here, booked twice for every move.

mod calculation;
mod cause;
mod commission;
mod correction;
mod earning;
mod facts;
mod ledger;
mod state;

pub use calculation::{Calculation, CalculationLine, calculate};
pub use cause::{Cause, CauseKind};
pub use commission::{Commission, NewCommission, PaidWith, Step};
pub use correction::{Correction, checked_correction};
pub use earning::{Earned, earnings, worked_example};
pub use facts::{CommissionFact, CommissionRef};
pub use ledger::{Account, Entry, Transfer, balances};
pub use state::{CommissionState, CommissionStatus};

#[cfg(test)]
mod tests;
