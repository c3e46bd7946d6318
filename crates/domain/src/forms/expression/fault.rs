//! What is wrong with an expression, and where.

use serde::{Deserialize, Serialize};

use super::{MAX_DEPTH, MAX_EXPRESSION, ResultKind};
use crate::forms::decimal::MAX_SCALE;

/// `at` counts the expression's characters from 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpressionFault {
    pub at: usize,
    pub problem: ExpressionProblem,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum ExpressionProblem {
    Empty,
    TooLong,
    TooDeep,
    /// The expression ends where something must follow.
    Unfinished,
    Unexpected {
        found: String,
    },
    NumberUnreadable {
        found: String,
    },
    UnknownFunction {
        name: String,
    },
    /// `round` without a whole number of places.
    Places,
    UnknownField {
        name: String,
    },
    ItsOwnField,
    LaterField {
        label: String,
    },
    /// Partners see the result, and only the company sees that field.
    CompanyField {
        label: String,
    },
    /// The field's answer is neither a number nor an amount.
    NotANumber {
        label: String,
    },
    /// An amount and a number are added, subtracted or compared.
    Mixed,
    /// An amount is multiplied by an amount.
    AmountsMultiplied,
    /// A number is divided by an amount.
    DividedByAmount,
    /// The expression comes to something else than the field says.
    GivesOther {
        gives: ResultKind,
    },
}

impl ExpressionFault {
    pub(super) fn new(at: usize, problem: ExpressionProblem) -> Self {
        Self { at, problem }
    }

    /// What the designer reads: where, what is wrong, what to do.
    pub fn text(&self) -> String {
        let what = self.problem.text();
        let whole = matches!(
            self.problem,
            ExpressionProblem::Empty
                | ExpressionProblem::TooLong
                | ExpressionProblem::GivesOther { .. }
        );
        if whole {
            what
        } else {
            format!("At character {} of the expression: {what}", self.at)
        }
    }
}

impl ExpressionProblem {
    fn text(&self) -> String {
        match self {
            Self::Empty => {
                "The expression is missing. Write what is worked out, like seats * price."
                    .to_owned()
            }
            Self::TooLong => {
                format!("The expression can have {MAX_EXPRESSION} characters. Shorten it.")
            }
            Self::TooDeep => format!(
                "brackets stand in more than {MAX_DEPTH} others. Work a part out in a field of its own."
            ),
            Self::Unfinished => {
                "something is missing. Write a number, a field's key or a closing bracket."
                    .to_owned()
            }
            Self::Unexpected { found } => {
                format!(
                    "\u{201c}{found}\u{201d} cannot stand there. Take it out, or write what comes before it."
                )
            }
            Self::NumberUnreadable { found } => {
                format!("\u{201c}{found}\u{201d} is not a number. Write it like 1200 or 0.5.")
            }
            Self::UnknownFunction { name } => {
                format!("there is no function \u{201c}{name}\u{201d}. Use min, max or round.")
            }
            Self::Places => {
                format!(
                    "round needs a whole number of places from 0 to {MAX_SCALE}, like round(x, 2)."
                )
            }
            Self::UnknownField { name } => {
                format!("no field has the key \u{201c}{name}\u{201d}. Choose one of the list.")
            }
            Self::ItsOwnField => "the field looks at itself. Choose a field above it.".to_owned(),
            Self::LaterField { label } => format!(
                "\u{201c}{label}\u{201d} comes later. Move that field up, or choose another."
            ),
            Self::CompanyField { label } => {
                format!("only the company sees \u{201c}{label}\u{201d}. Choose another field.")
            }
            Self::NotANumber { label } => format!(
                "\u{201c}{label}\u{201d} is not a number, a percentage or an amount. Choose another field."
            ),
            Self::Mixed => {
                "an amount of money meets a number. Give both sides the same kind.".to_owned()
            }
            Self::AmountsMultiplied => {
                "an amount is multiplied by an amount. Multiply it by a number.".to_owned()
            }
            Self::DividedByAmount => {
                "a number is divided by an amount. Divide by a number.".to_owned()
            }
            Self::GivesOther {
                gives: ResultKind::Money,
            } => "The expression gives an amount of money. Choose that as its result.".to_owned(),
            Self::GivesOther {
                gives: ResultKind::Number,
            } => "The expression gives a number. Choose that as its result.".to_owned(),
        }
    }
}
