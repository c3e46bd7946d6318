//! What can be wrong with a row. The text stands here once.

use serde::{Deserialize, Serialize};

use super::cell::MAX_CELL;
use super::mapping::MAX_COLUMNS;
use crate::deals::Refusal;

/// Characters of a cell that its fault quotes.
const MAX_QUOTED: usize = 120;

/// Why a cell, or a row as a whole, cannot become a deal. Answers of the form have their own table: `forms::problem_text`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowProblem {
    NotText,
    CellTooLong,
    Formula,
    TooManyCells {
        columns: usize,
    },
    PartnerMissing,
    PartnerUnknown {
        name: String,
    },
    PartnerTwice {
        name: String,
    },
    PartnerNotActive {
        name: String,
    },
    PartnerEmpty {
        name: String,
    },
    StatusUnknown {
        word: String,
    },
    StageUnknown {
        name: String,
    },
    StageUnfit,
    LostReasonUnknown {
        word: String,
    },
    Refused(Refusal),
    /// So many faults of the row beside those that are kept.
    More {
        count: usize,
    },
    /// Somebody worked the deal since it was imported: undoing leaves it.
    WorkedSince {
        number: String,
    },
    WinConfirmed {
        number: String,
    },
    TalkedAbout {
        number: String,
    },
}

impl RowProblem {
    /// What is wrong, and what to do.
    pub fn text(&self) -> String {
        match self {
            Self::NotText => {
                "holds bytes that are no text. Save the file as \u{201c}CSV UTF-8\u{201d}"
                    .to_owned()
            }
            Self::CellTooLong => format!("is longer than {MAX_CELL} bytes"),
            Self::Formula => "holds a formula. Save the file with values instead".to_owned(),
            Self::TooManyCells { columns } => {
                format!("The row has more cells than the {columns} columns of the first row")
            }
            Self::PartnerMissing => "Name the partner".to_owned(),
            Self::PartnerUnknown { name } => {
                let name = short(name);
                format!("No partner of this program is called \u{201c}{name}\u{201d}")
            }
            Self::PartnerTwice { name } => format!(
                "Two partners are called \u{201c}{name}\u{201d}. Give the partner\u{2019}s id instead"
            ),
            Self::PartnerNotActive { name } => {
                format!("\u{201c}{name}\u{201d} is not active in this program")
            }
            Self::PartnerEmpty { name } => {
                format!("\u{201c}{name}\u{201d} has no owner in its team who could work the deal")
            }
            Self::StatusUnknown { word } => format!(
                "\u{201c}{}\u{201d} is no status that can be imported: submitted, approved, declined or ineligible",
                short(word)
            ),
            Self::StageUnknown { name } => {
                let name = short(name);
                format!("This program has no stage called \u{201c}{name}\u{201d}")
            }
            Self::StageUnfit => {
                "Only an approved deal lies in a stage. Leave the stage empty, or say approved"
                    .to_owned()
            }
            Self::LostReasonUnknown { word } => {
                let word = short(word);
                format!("This program has no reason for losing called \u{201c}{word}\u{201d}")
            }
            Self::Refused(refusal) => refusal.text().to_owned(),
            Self::More { count: 1 } => "The row has 1 more error".to_owned(),
            Self::More { count } => format!("The row has {count} more errors"),
            Self::WorkedSince { number } => {
                format!("{number} was worked on since it was imported, and stays")
            }
            Self::WinConfirmed { number } => {
                format!("{number} is a confirmed win, and stays")
            }
            Self::TalkedAbout { number } => {
                format!("{number} has messages, and stays")
            }
        }
    }
}

/// What stood in a cell, as much of it as a sentence holds.
fn short(text: &str) -> String {
    match text.char_indices().nth(MAX_QUOTED) {
        Some((end, _)) => format!("{}\u{2026}", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// One fault of a row, at a column if it is one's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowFault {
    /// The column's heading, or the label of an answer that no column gives; empty: the row as a whole.
    pub column: String,
    pub text: String,
}

impl RowFault {
    pub fn at(column: &str, problem: &RowProblem) -> Self {
        Self {
            column: column.to_owned(),
            text: problem.text(),
        }
    }

    pub fn of_row(problem: &RowProblem) -> Self {
        Self::at("", problem)
    }

    /// `Value: Enter expected value`.
    pub fn title(&self) -> String {
        if self.column.is_empty() {
            self.text.clone()
        } else {
            format!("{}: {}", self.column, self.text)
        }
    }

    /// `line 7, column Value: Enter expected value`.
    pub fn sentence(&self, line: i64) -> String {
        if self.column.is_empty() {
            format!("line {line}: {}", self.text)
        } else {
            format!("line {line}, column {}: {}", self.column, self.text)
        }
    }
}

/// As many faults of one row as are kept, and how many there are beside them.
pub fn bounded(mut faults: Vec<RowFault>) -> Vec<RowFault> {
    let count = faults.len().saturating_sub(MAX_FAULTS);
    if count > 0 {
        faults.truncate(MAX_FAULTS);
        faults.push(RowFault::of_row(&RowProblem::More { count }));
    }
    faults
}

/// Faults of one row that are kept: a quarter of the fields that the largest form has.
pub const MAX_FAULTS: usize = 50;

/// Rows of one file: what an import holds a worker and the tables for.
pub const MAX_ROWS: i64 = 200_000;

/// Why a file cannot be read as rows at all, or not to its end.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileFault {
    #[error("The file is empty")]
    Empty,
    #[error("This is a workbook. Save it as \u{201c}CSV UTF-8\u{201d} first")]
    Workbook,
    #[error("The file is no UTF-8 text. Save it as \u{201c}CSV UTF-8\u{201d}")]
    NotText,
    #[error("The first row must name the columns")]
    NoHeadings,
    #[error("Two columns are called \u{201c}{0}\u{201d}. Rename one of them")]
    HeadingTwice(String),
    #[error("The file has more than {MAX_COLUMNS} columns")]
    TooManyColumns,
    #[error("The file has headings, but no row below them")]
    NoRows,
    #[error(
        "The row at line {0} is longer than 1 MB. A quotation mark may lack its partner; what follows was not read"
    )]
    RowTooLong(i64),
    #[error("The row at line {0} has more than {MAX_COLUMNS} cells; what follows was not read")]
    RowTooWide(i64),
    #[error(
        "An import takes {MAX_ROWS} rows. This row and those below it were not read: bring them in a file of their own"
    )]
    TooManyRows,
}
