use std::path::Path;

use domain::imports::{Cell, FileFault};

use super::{ScanFault, read_head, read_rows};

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
        for row in read.records {
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
    for (name, s) in [("comma", ","), ("semicolon", ";"), ("tab", "\t")] {
        let text = format!(
            "\u{feff}Name{s}Value\r\n\"Hale \"\"Moss\"\"\"{s}1\r\n\"two\r\nlines\"{s}2\r\n\r\n{s}\r\nTern{s}3"
        );
        let path = written(name, text.as_bytes());
        let head = read_head(&path).unwrap();
        assert_eq!((head.delimiter, head.headings.len()), (s.as_bytes()[0], 2));
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
    assert_eq!(read.records.len(), 1);
    assert_eq!(read.fault, Some(FileFault::RowTooLong(3)));
    std::fs::remove_file(path).unwrap();
    let mut bytes = b"Name,Value\nbig,".to_vec();
    bytes.resize(100_000, b'x');
    bytes.extend_from_slice(b"\nna\xefve,2\n");
    let path = written("big", &bytes);
    let head = read_head(&path).unwrap();
    let read = read_rows(&path, head.delimiter, head.first, 100).unwrap();
    assert_eq!(read.records[0].cells[1], Cell::TooLong);
    assert_eq!(read.records[1].cells[0], Cell::NotText);
    std::fs::remove_file(path).unwrap();
}

#[test]
fn rows_beyond_the_limit_are_named_and_not_read() {
    let path = written("many", b"Name,Value\none,1\ntwo,2\n\nthree,3\n");
    let head = read_head(&path).unwrap();
    let read = || read_rows(&path, head.delimiter, head.first, 9).unwrap();
    let whole = read().within(3);
    assert_eq!((whole.records.len(), whole.fault), (3, None));
    let cut = read().within(2);
    assert_eq!((cut.records.len(), cut.next.line), (2, 5));
    assert_eq!(
        (cut.is_last, cut.fault),
        (true, Some(FileFault::TooManyRows))
    );
    let none = read().within(0);
    assert_eq!((none.records.len(), none.next.line), (0, 2));
    std::fs::remove_file(path).unwrap();
}
