//! How a file begins: its encoding, its delimiter and its headings.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use domain::imports::{Cell, FileFault, MAX_COLUMNS};

use super::scanner::{CHUNK, Scanner};
use super::{Place, Record, ScanFault};

/// How a text begins that says its encoding.
const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";

/// The headings, the first row, and how the file is to be read.
#[derive(Debug)]
pub(in crate::imports) struct Head {
    pub delimiter: u8,
    pub headings: Vec<String>,
    pub sample: Vec<String>,
    pub first: Place,
}

/// Looks at the beginning of a file.
pub(in crate::imports) fn read_head(path: &Path) -> Result<Head, ScanFault> {
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
