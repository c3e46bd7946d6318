//! Rows out of a file, a few at a time: however large the file and its cells are, what is held of it is not.

mod head;
mod scanner;
#[cfg(test)]
mod tests;

use std::io;
use std::path::Path;

use domain::imports::{Cell, FileFault};

pub(super) use head::{Head, read_head};
use scanner::Scanner;

/// Bytes of rows that are held at once.
const HELD: usize = 4 << 20;

/// A row of the file.
#[derive(Debug, Clone)]
pub(super) struct Record {
    /// Where it begins; the file's first line is 1.
    pub line: i64,
    pub cells: Vec<Cell>,
    bytes: usize,
}

impl Record {
    fn is_blank(&self) -> bool {
        self.cells.iter().all(Cell::is_blank)
    }
}

/// Where the next row begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub byte: i64,
    pub line: i64,
}

#[derive(Debug)]
pub(super) enum ScanFault {
    Io(io::Error),
    File(FileFault),
}

impl From<io::Error> for ScanFault {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Rows that were read together.
#[derive(Debug)]
pub(super) struct Rows {
    pub records: Vec<Record>,
    pub next: Place,
    /// Nothing follows.
    pub is_last: bool,
    /// Why nothing that follows can be read.
    pub fault: Option<FileFault>,
}

impl Rows {
    /// As if the file ended after so many of them, if there are more.
    pub fn within(mut self, most: i64) -> Self {
        let most = usize::try_from(most).unwrap_or_default();
        if let Some(line) = self.records.get(most).map(|record| record.line) {
            self.records.truncate(most);
            // Nothing goes on from here; the fault is told at this line.
            self.next.line = line;
            (self.is_last, self.fault) = (true, Some(FileFault::TooManyRows));
        }
        self
    }
}

/// Up to so many rows from there on; rows without a word are none.
pub(super) fn read_rows(
    path: &Path,
    delimiter: u8,
    from: Place,
    most: usize,
) -> Result<Rows, io::Error> {
    let mut scanner = Scanner::open(path, delimiter, from)?;
    let (mut rows, mut held) = (Vec::new(), 0);
    let (mut is_last, mut fault) = (false, None);
    while rows.len() < most && held < HELD {
        match scanner.next() {
            Ok(Some(row)) if row.is_blank() => {}
            Ok(Some(row)) => {
                held += row.bytes;
                rows.push(row);
            }
            Ok(None) => {
                is_last = true;
                break;
            }
            Err(ScanFault::Io(error)) => return Err(error),
            Err(ScanFault::File(found)) => {
                (is_last, fault) = (true, Some(found));
                break;
            }
        }
    }
    Ok(Rows {
        records: rows,
        next: scanner.place(),
        is_last,
        fault,
    })
}
