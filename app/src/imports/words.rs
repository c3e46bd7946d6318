//! How an import stands, in words.

use domain::imports::{FaultGroup, ImportCounts, ImportState, MAX_ROWS};
use domain::size::size_limit;
use domain::views::ImportLine;

use crate::ui::Tone;

/// Lines that are named before a group is opened.
const NAMED: usize = 3;

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

/// `1 row: line 4`, `37 rows: lines 2, 5, 9 ...`
pub fn places(group: &FaultGroup) -> String {
    let named: Vec<String> = group.lines.iter().take(NAMED).map(i64::to_string).collect();
    let word = if named.len() == 1 { "line" } else { "lines" };
    let more = if left_out(group, NAMED) > 0 {
        " \u{2026}"
    } else {
        ""
    };
    format!("{}: {word} {}{more}", rows(group.rows), named.join(", "))
}

/// The rows of a group that an opened group does not name.
pub fn unnamed(group: &FaultGroup) -> Option<String> {
    let count = left_out(group, group.lines.len());
    (count > 0).then(|| format!("And {} more: the CSV file names each row.", grouped(count)))
}

fn left_out(group: &FaultGroup, named: usize) -> i64 {
    let named = i64::try_from(named.min(group.lines.len())).unwrap_or(i64::MAX);
    group.rows - named
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
    use domain::imports::RowFault;

    #[test]
    fn a_file_s_limits_are_those_that_hold() {
        let text = limits(25 << 20);
        assert!(text.contains("at most 200,000 rows and 26 MB"), "{text}");
    }

    #[test]
    fn a_group_names_its_first_lines_and_counts_the_others() {
        let group = |rows: i64, lines: &[i64]| FaultGroup {
            fault: RowFault {
                column: "Stage".to_owned(),
                text: "is none".to_owned(),
            },
            rows,
            lines: lines.to_vec(),
        };
        assert_eq!(places(&group(1, &[4])), "1 row: line 4");
        assert_eq!(places(&group(3, &[2, 5, 9])), "3 rows: lines 2, 5, 9");
        let many = group(1_037, &[2, 5, 9, 12]);
        assert_eq!(places(&many), "1,037 rows: lines 2, 5, 9 \u{2026}");
        let told = unnamed(&many);
        assert_eq!(
            told.as_deref(),
            Some("And 1,033 more: the CSV file names each row.")
        );
        assert_eq!(unnamed(&group(3, &[2, 5, 9])), None);
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
