//! What a company's admin sees of imports.

use serde::{Deserialize, Serialize};

use crate::imports::{FaultGroup, Halt, ImportCounts, ImportState, Mapping, RowFault, SampleDeal};
use crate::{DealId, ImportId, MembershipId, Timestamp};

/// An import in the program's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportLine {
    pub id: ImportId,
    pub file: String,
    pub state: ImportState,
    pub halted: Option<Halt>,
    pub counts: ImportCounts,
    /// Rows that a start would make deals of, once they are checked.
    pub startable: i64,
    pub by: String,
    pub at: Timestamp,
}

impl ImportLine {
    /// Whether the rows were checked and none of them can become a deal.
    pub fn is_in_vain(&self) -> bool {
        self.state == ImportState::Checked && self.startable == 0
    }
}

/// The program's imports, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportsView {
    pub imports: Vec<ImportLine>,
}

/// A column of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportColumn {
    pub heading: String,
    /// What stands in the first row.
    pub sample: String,
}

/// A row with what is wrong with it, or why undoing left its deal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultyRow {
    /// Its place among the rows; the next page begins after it.
    pub number: i64,
    /// Of the file; the first one is 1.
    pub line: i64,
    pub faults: Vec<RowFault>,
}

/// A deal that an import made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedDeal {
    pub id: DealId,
    /// As people read it: `ALT-1042`.
    pub number: String,
    pub customer: String,
}

/// One import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportView {
    pub line: ImportLine,
    pub columns: Vec<ImportColumn>,
    pub mapping: Mapping,
    /// What a column can be: the target as it is posted, and how people call it.
    pub targets: Vec<(String, String)>,
    pub partners: Vec<(MembershipId, String)>,
    /// Fields that every deal must answer and no column says.
    pub unanswered: Vec<String>,
    /// The first rows as the deals that they will become, once they are checked.
    pub samples: Vec<SampleDeal>,
    /// What is wrong with rows, the most frequent first.
    pub groups: Vec<FaultGroup>,
    /// Faults that are in none of the groups.
    pub ungrouped: i64,
    /// The first deals that it made and that are not taken back.
    pub deals: Vec<ImportedDeal>,
    pub faulty: Vec<FaultyRow>,
    /// Where the next page of faulty rows begins.
    pub next: Option<i64>,
    /// Whether registrations are taken now: without that nothing can be imported.
    pub submissions_open: bool,
    pub version: i64,
}
