//! How an amount came about, line by line, the same for everybody who may see it: a commission, what a deal would earn,
//! an offer's worked example. Shown by several features, so it belongs to none.

mod lines;
mod status;
mod totals;
mod working;

pub use lines::{CalculationLines, CalculationList};
pub use status::CommissionTag;
pub use totals::CommissionTotals;
pub use working::{Working, earned_text};
