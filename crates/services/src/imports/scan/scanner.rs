//! Walks over the records of a file from a place on.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::Path;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use domain::imports::{Cell, FileFault, MAX_CELL, MAX_COLUMNS};

use super::{Place, Record, ScanFault};

/// Bytes of the longest row: far above any form's answers.
const MAX_ROW: usize = 1 << 20;
/// Bytes read at once.
pub(super) const CHUNK: usize = 64 * 1024;

pub(super) struct Scanner {
    file: File,
    core: Reader,
    buffer: Vec<u8>,
    from: usize,
    to: usize,
    ended: bool,
    place: Place,
    /// One row's cells, and where each of them ends.
    out: Vec<u8>,
    ends: Vec<usize>,
}

impl Scanner {
    pub fn open(path: &Path, delimiter: u8, from: Place) -> io::Result<Self> {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(
            u64::try_from(from.byte).unwrap_or_default(),
        ))?;
        Ok(Self {
            file,
            core: ReaderBuilder::new().delimiter(delimiter).build(),
            buffer: vec![0; CHUNK],
            from: 0,
            to: 0,
            ended: false,
            place: from,
            out: vec![0; MAX_ROW],
            ends: vec![0; MAX_COLUMNS * 2],
        })
    }

    pub fn place(&self) -> Place {
        self.place
    }

    /// The next row; `None` at the end.
    pub fn next(&mut self) -> Result<Option<Record>, ScanFault> {
        self.skip_breaks()?;
        let line = self.place.line;
        let (mut written, mut cells) = (0, 0);
        loop {
            self.fill()?;
            let input = self.buffer.get(self.from..self.to).unwrap_or_default();
            let out = self.out.get_mut(written..).unwrap_or_default();
            let ends = self.ends.get_mut(cells..).unwrap_or_default();
            let (result, read, wrote, ended) = self.core.read_record(input, out, ends);
            self.pass(read);
            written += wrote;
            cells += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => {
                    return Err(ScanFault::File(FileFault::RowTooLong(line)));
                }
                ReadRecordResult::OutputEndsFull => {
                    return Err(ScanFault::File(FileFault::RowTooWide(line)));
                }
                ReadRecordResult::Record => return Ok(Some(self.record(line, written, cells))),
                ReadRecordResult::End => return Ok(None),
            }
        }
    }

    fn record(&self, line: i64, bytes: usize, count: usize) -> Record {
        let mut cells = Vec::with_capacity(count);
        let mut start = 0;
        for end in self.ends.iter().take(count) {
            let bytes = self.out.get(start..*end).unwrap_or_default();
            start = *end;
            cells.push(if bytes.len() > MAX_CELL {
                Cell::TooLong
            } else {
                match std::str::from_utf8(bytes) {
                    Ok(text) => Cell::Text(text.to_owned()),
                    Err(_) => Cell::NotText,
                }
            });
        }
        Record { line, cells, bytes }
    }

    /// Line breaks before a row belong to no row.
    fn skip_breaks(&mut self) -> io::Result<()> {
        loop {
            self.fill()?;
            match self.buffer.get(self.from).filter(|_| self.from < self.to) {
                Some(b'\r' | b'\n') => self.pass(1),
                _ => return Ok(()),
            }
        }
    }

    fn pass(&mut self, bytes: usize) {
        let passed = self.buffer.get(self.from..self.from + bytes);
        let passed = passed.unwrap_or_default();
        let breaks = passed.split(|byte| *byte == b'\n').skip(1).count();
        self.place.line += i64::try_from(breaks).unwrap_or_default();
        self.place.byte += i64::try_from(bytes).unwrap_or_default();
        self.from += bytes;
    }

    fn fill(&mut self) -> io::Result<()> {
        if self.from < self.to || self.ended {
            return Ok(());
        }
        self.from = 0;
        self.to = self.file.read(&mut self.buffer)?;
        self.ended = self.to == 0;
        Ok(())
    }
}
