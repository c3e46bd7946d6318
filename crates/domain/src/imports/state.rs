//! How far an import is.

use serde::{Deserialize, Serialize};

use crate::people::words;

words! {
    /// What an import waits for, or what is done with it.
    ImportState {
        /// Somebody says which column is what.
        Mapping = "mapping", "Columns to choose";
        Checking = "checking", "Checking";
        /// Somebody looks at what was found, and starts it.
        Checked = "checked", "Ready to start";
        Running = "running", "Importing";
        Done = "done", "Imported";
        Undoing = "undoing", "Taking back";
        Undone = "undone", "Taken back";
    }
}

impl ImportState {
    /// Whether a worker has something to do.
    pub fn is_at_work(self) -> bool {
        matches!(self, Self::Checking | Self::Running | Self::Undoing)
    }

    /// Whether it can be thrown away: it made nothing yet.
    pub fn is_before_start(self) -> bool {
        matches!(self, Self::Mapping | Self::Checking | Self::Checked)
    }
}

words! {
    /// What became of a row.
    RowOutcome {
        Ready = "ready", "Ready";
        Fault = "fault", "Has errors";
        /// Somebody is on that customer already.
        Double = "double", "Double";
        Made = "made", "Imported";
        Undone = "undone", "Taken back";
        /// Somebody worked the deal since it was imported: it stays.
        Kept = "kept", "Kept";
    }
}

words! {
    /// Why the work stopped before its end. It goes on from the same row when somebody says so.
    Halt {
        MayNot = "may_not", "Whoever started it may no longer import. Another admin can go on.";
        Closed = "closed", "The program takes no registrations at the moment. Open deal submissions, then go on.";
        FileGone = "file_gone", "The file cannot be read any more. Upload it again.";
        Broken = "broken", "Something went wrong on our side. What was imported so far is kept; you can go on from there.";
    }
}

/// Rows, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportCounts {
    /// Rows of the file, known once it was checked to its end.
    pub rows: i64,
    /// Rows that the present work has come past.
    pub position: i64,
    pub ready: i64,
    pub faults: i64,
    pub doubles: i64,
    pub made: i64,
    pub undone: i64,
    pub kept: i64,
}

impl ImportCounts {
    /// Checked rows that a start would make deals of.
    pub fn startable(&self, skip_doubles: bool) -> i64 {
        if skip_doubles {
            self.ready
        } else {
            self.ready + self.doubles
        }
    }

    /// Of the present work, in per cent. What is checked has no known end.
    pub fn percent(&self) -> i64 {
        if self.rows <= 0 {
            return 0;
        }
        (self.position.saturating_mul(100) / self.rows).clamp(0, 100)
    }
}
