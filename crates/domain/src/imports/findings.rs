//! What checking found, kept with the import: its page shows that without reading a row again.

use serde::{Deserialize, Serialize};

use super::problem::RowFault;
use crate::Money;

/// Rows that are shown as the deals that they will become.
pub const MAX_SAMPLES: usize = 5;
/// Groups of faults, and those of one column: names that nobody knows must not keep all else out.
const MAX_GROUPS: usize = 100;
const MAX_OF_COLUMN: usize = 20;
/// Lines that a group names.
const MAX_LINES: usize = 20;

/// A row as the deal that it will become.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SampleDeal {
    /// Of the file; the first one is 1.
    pub line: i64,
    pub customer: String,
    pub value: Money,
    pub partner: String,
    /// The stage that it will lie in, or how its registration will stand.
    pub stage: String,
    /// The stage's; empty: it will lie in none.
    pub hue: String,
}

/// One thing that is wrong, and how many rows it is wrong with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultGroup {
    pub fault: RowFault,
    pub rows: i64,
    /// Where the first of them begin.
    pub lines: Vec<i64>,
}

/// What checking found in the rows so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Findings {
    /// The first rows that become deals.
    #[serde(default)]
    pub samples: Vec<SampleDeal>,
    /// In the order in which they were met.
    #[serde(default)]
    pub groups: Vec<FaultGroup>,
    /// Faults that are in no group, because there are too many kinds of them.
    #[serde(default)]
    pub ungrouped: i64,
}

impl Findings {
    /// Counts the faults of the row at that line.
    pub fn add(&mut self, line: i64, faults: &[RowFault]) {
        for fault in faults {
            let mut groups = self.groups.iter_mut();
            if let Some(group) = groups.find(|group| group.fault == *fault) {
                group.rows += 1;
                if group.lines.len() < MAX_LINES {
                    group.lines.push(line);
                }
            } else if self.has_room(&fault.column) {
                self.groups.push(FaultGroup {
                    fault: fault.clone(),
                    rows: 1,
                    lines: vec![line],
                });
            } else {
                self.ungrouped += 1;
            }
        }
    }

    fn has_room(&self, column: &str) -> bool {
        let of_column = self.groups.iter();
        let of_column = of_column.filter(|group| group.fault.column == column);
        self.groups.len() < MAX_GROUPS && of_column.count() < MAX_OF_COLUMN
    }

    /// The groups, those of the most rows first.
    pub fn by_rows(mut self) -> Vec<FaultGroup> {
        self.groups
            .sort_by_key(|group| std::cmp::Reverse(group.rows));
        self.groups
    }
}
