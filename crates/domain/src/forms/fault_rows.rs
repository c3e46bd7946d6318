//! What is wrong with a repeating group, and the words for it.

use serde::{Deserialize, Serialize};

use super::{Fault, KindName, problem_text::counted};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum RowsFault {
    ColumnsMissing,
    TooManyColumns {
        max: usize,
    },
    TooManyRows {
        max: u8,
    },
    /// No row at most, or less at most than at least.
    Crossed,
    /// The total of a column that is no number, or that is not there.
    SumDoesNotFit {
        key: String,
    },
    /// At the column of that number, counted from 1.
    Column {
        number: usize,
        label: String,
        fault: ColumnFault,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum ColumnFault {
    /// Only fields of one short value can be columns.
    Kind {
        kind: KindName,
    },
    /// It has a condition, a default or another thing that only fields of the form have.
    NotPlain,
    KeyTwice,
    SeveralCurrencies,
    TooManyOptions {
        max: usize,
    },
    /// What is wrong with it as with any field.
    Own {
        fault: Box<Fault>,
    },
}

impl RowsFault {
    pub(super) fn text(&self) -> String {
        match self {
            Self::ColumnsMissing => "It has no columns. Add at least one.".to_owned(),
            Self::TooManyColumns { max } => {
                let columns = counted(u64::try_from(*max).unwrap_or(u64::MAX), "column");
                format!("It can have {columns}. Remove some.")
            }
            Self::TooManyRows { max } => {
                format!("An answer can have {max} rows at most. Lower the limit.")
            }
            Self::Crossed => {
                "The most rows must be 1 or more, and not fewer than the least. Change one of them."
                    .to_owned()
            }
            Self::SumDoesNotFit { key } => {
                format!(
                    "The column \u{201c}{key}\u{201d} has no total, because only numbers and amounts add up. Take the total away."
                )
            }
            Self::Column {
                number,
                label,
                fault,
            } => {
                let name = if label.trim().is_empty() {
                    format!("Column {number}")
                } else {
                    format!("Column \u{201c}{label}\u{201d}")
                };
                format!("{name}: {}", fault.text())
            }
        }
    }
}

impl ColumnFault {
    fn text(&self) -> String {
        match self {
            Self::Kind { kind } => {
                format!(
                    "A column cannot be of kind \u{201c}{}\u{201d}. Choose another.",
                    kind.label()
                )
            }
            Self::NotPlain => {
                "A column has no condition, no default and is not a deal's own field. Clear them."
                    .to_owned()
            }
            Self::KeyTwice => "Another column has the same key. Keys must differ.".to_owned(),
            Self::SeveralCurrencies => {
                "The amounts of a column are in one currency. Choose one.".to_owned()
            }
            Self::TooManyOptions { max } => {
                format!("A column's list can have {max} options. Remove some.")
            }
            Self::Own { fault } => fault.text("Its condition"),
        }
    }
}
