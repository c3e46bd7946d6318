//! How an import stands, in words.

use domain::imports::{ImportCounts, ImportState, MAX_ROWS};
use domain::size::size_limit;
use domain::views::ImportLine;

use crate::ui::Tone;

pub fn tone(line: &ImportLine) -> Tone {
    if line.halted.is_some() {
        return Tone::Warn;
    }
    match line.state {
        ImportState::Mapping | ImportState::Checked => Tone::Warn,
        ImportState::Checking | ImportState::Running | ImportState::Undoing => Tone::Info,
        ImportState::Done => Tone::Good,
        ImportState::Undone => Tone::Plain,
    }
}

pub fn label(line: &ImportLine) -> &'static str {
    if line.halted.is_some() {
        "Stopped"
    } else if line.is_in_vain() {
        "Nothing can be imported"
    } else {
        line.state.label()
    }
}

/// `1 row`, `12,000 rows`.
pub fn rows(count: i64) -> String {
    if count == 1 {
        "1 row".to_owned()
    } else {
        format!("{} rows", grouped(count))
    }
}

pub fn grouped(count: i64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// What a file may be, said before one is chosen.
pub fn limits(max_bytes: u64) -> String {
    let (rows, size) = (rows(MAX_ROWS), size_limit(max_bytes));
    format!(
        "CSV in UTF-8, at most {rows} and {size}, with commas, semicolons or tabs between the cells."
    )
}

/// How far the work is, for who does not see the bar.
pub fn progress(state: ImportState, counts: &ImportCounts) -> String {
    let (at, of) = (grouped(counts.position), grouped(counts.rows));
    match state {
        ImportState::Checking => format!("{} checked so far", rows(counts.position)),
        ImportState::Undoing => format!("Row {at} of {of}: {} taken back", grouped(counts.undone)),
        _ => format!("Row {at} of {of}: {} imported", grouped(counts.made)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_s_limits_are_those_that_hold() {
        let text = limits(25 << 20);
        assert!(text.contains("at most 200,000 rows and 26 MB"), "{text}");
    }

    #[test]
    fn counts_are_grouped() {
        for (count, text) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(grouped(count), text);
        }
        assert_eq!(rows(1), "1 row");
        assert_eq!(rows(12_000), "12,000 rows");
    }
}
