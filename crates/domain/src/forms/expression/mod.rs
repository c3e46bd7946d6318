//! An expression over earlier numbers, percentages and amounts: `seats * price * (1 - discount)`.
//!
//! Fields stand in it by their keys, a percentage as the fraction that it is. `+ - * /`, brackets, `min()`, `max()` and
//! `round(x, places)` are all there is. An amount keeps its currency: it is added to amounts, multiplied by numbers, divided by
//! either. What is worked out on the way is exact; only the result is rounded, half of its last digit away from zero. Where an
//! answer is missing, or there is none to the calculation, there is no result.

mod fault;
mod parse;
mod ratio;
mod token;
mod typed;
mod worth;

use serde::{Deserialize, Serialize};

pub use fault::{ExpressionFault, ExpressionProblem};
pub(super) use token::{names, renamed};
pub use typed::{check_expression, operand_kind};
pub(super) use worth::{Above, worked_out};

/// In characters.
pub const MAX_EXPRESSION: usize = 500;
/// Brackets and functions inside one another.
pub const MAX_DEPTH: usize = 32;

/// What an expression comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResultKind {
    #[default]
    Number,
    Money,
}

impl ResultKind {
    pub const ALL: [Self; 2] = [Self::Number, Self::Money];

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Number => "A number",
            Self::Money => "An amount of money",
        }
    }
}
