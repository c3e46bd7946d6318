//! Rows out of a file, a few at a time: however large the file and its cells are, what is held of it is not.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::Path;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use domain::imports::{Cell, FileFault, MAX_CELL, MAX_COLUMNS};

/// Bytes of the longest row: far above any form's answers.
const MAX_ROW: usize = 1 << 20;
/// Bytes read at once.
const CHUNK: usize = 64 * 1024;
/// Bytes of rows that are held at once.
const HELD: usize = 4 << 20;
/// How a text begins that says its encoding.
const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";

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
    pub rows: Vec<Record>,
    pub next: Place,
    /// Nothing follows.
    pub is_last: bool,
    /// Why nothing that follows can be read.
    pub fault: Option<FileFault>,
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
        rows,
        next: scanner.place(),
        is_last,
        fault,
    })
}

/// The headings, the first row, and how the file is to be read.
#[derive(Debug)]
pub(super) struct Head {
    pub delimiter: u8,
    pub headings: Vec<String>,
    pub sample: Vec<String>,
    pub first: Place,
}

/// Looks at the beginning of a file.
pub(super) fn read_head(path: &Path) -> Result<Head, ScanFault> {
    let mut start = vec![0; CHUNK];
    let mut file = File::open(path)?;
    let mut length = 0;
    // One read may give less than there is.
    while let Some(rest) = start.get_mut(length..).filter(|rest| !rest.is_empty()) {
        match file.read(rest)? {
            0 => break,
            read => length += read,
        }
    }
    start.truncate(length);
    let (delimiter, from) = begin(&start).map_err(ScanFault::File)?;
    let mut scanner = Scanner::open(path, delimiter, from)?;
    let first = scanner
        .next()?
        .ok_or(ScanFault::File(FileFault::NoHeadings))?;
    let headings = headings(first).map_err(ScanFault::File)?;
    let first = scanner.place();
    let sample = loop {
        match scanner.next()? {
            None => return Err(ScanFault::File(FileFault::NoRows)),
            Some(row) if row.is_blank() => {}
            Some(row) => break row,
        }
    };
    let shown = |cell: &Cell| cell.text().chars().take(80).collect();
    Ok(Head {
        delimiter,
        headings,
        sample: sample.cells.iter().map(shown).collect(),
        first,
    })
}

/// By which sign cells are parted, and where the headings begin.
fn begin(start: &[u8]) -> Result<(u8, Place), FileFault> {
    if start.is_empty() {
        return Err(FileFault::Empty);
    }
    if start.starts_with(b"PK\x03\x04") || start.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(FileFault::Workbook);
    }
    if start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff") || start.contains(&0) {
        return Err(FileFault::NotText);
    }
    let text = start.strip_prefix(UTF8_MARK).unwrap_or(start);
    let skipped = start.len() - text.len();
    let mut place = Place {
        byte: i64::try_from(skipped).unwrap_or_default(),
        line: 1,
    };
    let end = text.iter().position(|byte| *byte == b'\n');
    let first = end.and_then(|end| text.get(..=end)).unwrap_or(text);
    // A spreadsheet may say it itself, in a line of its own.
    if let [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', sign, ..] = first
        && first.len() <= 7
        && end.is_some()
    {
        place.byte += i64::try_from(first.len()).unwrap_or_default();
        place.line = 2;
        return Ok((*sign, place));
    }
    Ok((sniff(text), place))
}

/// The sign that parts most in the first row.
fn sniff(text: &[u8]) -> u8 {
    let (mut quoted, mut counts) = (false, [(b',', 0), (b';', 0), (b'\t', 0)]);
    for byte in text {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            byte if !quoted => {
                for (sign, count) in &mut counts {
                    *count += i32::from(sign == byte);
                }
            }
            _ => {}
        }
    }
    let mut best = (b',', 0);
    for (sign, count) in counts {
        if count > best.1 {
            best = (sign, count);
        }
    }
    best.0
}

fn headings(row: Record) -> Result<Vec<String>, FileFault> {
    if row.is_blank() {
        return Err(FileFault::NoHeadings);
    }
    let mut named = Vec::with_capacity(row.cells.len());
    for (place, cell) in row.cells.into_iter().enumerate() {
        let Cell::Text(text) = cell else {
            return Err(FileFault::NotText);
        };
        let name: String = domain::text::clean_line(&text).chars().take(120).collect();
        named.push(if name.is_empty() {
            format!("Column {}", place + 1)
        } else {
            name
        });
    }
    let mut seen = std::collections::BTreeSet::new();
    for name in &named {
        if !seen.insert(name.to_lowercase()) {
            return Err(FileFault::HeadingTwice(name.clone()));
        }
    }
    if named.len() > MAX_COLUMNS {
        return Err(FileFault::TooManyColumns);
    }
    Ok(named)
}

struct Scanner {
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
    fn open(path: &Path, delimiter: u8, from: Place) -> io::Result<Self> {
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

    fn place(&self) -> Place {
        self.place
    }

    /// The next row; `None` at the end.
    fn next(&mut self) -> Result<Option<Record>, ScanFault> {
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
        let breaks = passed.iter().filter(|byte| **byte == b'\n').count();
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

#[cfg(test)]
mod tests {
    use super::*;

    fn written(name: &str, bytes: &[u8]) -> std::path::PathBuf {
        let name = format!("dealboard-scan-{name}-{}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// Every row with its line, read so many at a time.
    fn all(path: &Path, at_once: usize) -> Vec<(i64, Vec<String>)> {
        let head = read_head(path).unwrap();
        let (mut place, mut found) = (head.first, Vec::new());
        loop {
            let read = read_rows(path, head.delimiter, place, at_once).unwrap();
            assert!(read.fault.is_none());
            for row in read.rows {
                let cells = row.cells.iter().map(|cell| cell.text().to_owned());
                found.push((row.line, cells.collect()));
            }
            if read.is_last {
                return found;
            }
            place = read.next;
        }
    }

    #[test]
    fn signs_marks_breaks_and_quotes_are_read_alike_however_many_at_a_time() {
        let expected = vec![
            (2, vec!["Hale \"Moss\"".to_owned(), "1".to_owned()]),
            (3, vec!["two\r\nlines".to_owned(), "2".to_owned()]),
            (7, vec!["Tern".to_owned(), "3".to_owned()]),
        ];
        for (name, sign) in [("comma", ","), ("semicolon", ";"), ("tab", "\t")] {
            let text = format!(
                "\u{feff}Name{s}Value\r\n\"Hale \"\"Moss\"\"\"{s}1\r\n\"two\r\nlines\"{s}2\r\n\r\n{s}\r\nTern{s}3",
                s = sign
            );
            let path = written(name, text.as_bytes());
            let head = read_head(&path).unwrap();
            assert_eq!(
                (head.delimiter, head.headings.len()),
                (sign.as_bytes()[0], 2)
            );
            assert_eq!(head.sample[0], "Hale \"Moss\"");
            for at_once in [1, 2, 9] {
                assert_eq!(all(&path, at_once), expected, "{name} {at_once}");
            }
            std::fs::remove_file(path).unwrap();
        }
    }

    #[test]
    fn a_file_that_is_no_table_says_what_it_is() {
        let twice = FileFault::HeadingTwice("value".to_owned());
        for (name, bytes, fault) in [
            ("empty", &b""[..], FileFault::Empty),
            ("xlsx", b"PK\x03\x04more", FileFault::Workbook),
            ("utf16", b"\xff\xfeN\0a\0", FileFault::NotText),
            ("latin", b"Na\xefve,Value\n1,2\n", FileFault::NotText),
            ("twice", b"Value,value\n1,2\n", twice),
            ("headings", b"Name,Value\n\n", FileFault::NoRows),
            ("blank", b",,\n1,2,3\n", FileFault::NoHeadings),
        ] {
            let path = written(name, bytes);
            match read_head(&path) {
                Err(ScanFault::File(found)) => assert_eq!(found, fault, "{name}"),
                other => panic!("{name}: {other:?}"),
            }
            std::fs::remove_file(path).unwrap();
        }
    }

    #[test]
    fn a_row_without_an_end_is_named_and_not_held() {
        let mut bytes = b"Name,Value\ngood,1\n\"never closed,2\n".to_vec();
        bytes.resize(10 << 20, b'x');
        let path = written("open", &bytes);
        let head = read_head(&path).unwrap();
        let read = read_rows(&path, head.delimiter, head.first, 100).unwrap();
        assert_eq!(read.rows.len(), 1);
        assert_eq!(read.fault, Some(FileFault::RowTooLong(3)));
        std::fs::remove_file(path).unwrap();
        let mut bytes = b"Name,Value\nbig,".to_vec();
        bytes.resize(100_000, b'x');
        bytes.extend_from_slice(b"\nna\xefve,2\n");
        let path = written("big", &bytes);
        let head = read_head(&path).unwrap();
        let read = read_rows(&path, head.delimiter, head.first, 100).unwrap();
        assert_eq!(read.rows[0].cells[1], Cell::TooLong);
        assert_eq!(read.rows[1].cells[0], Cell::NotText);
        std::fs::remove_file(path).unwrap();
    }
}
