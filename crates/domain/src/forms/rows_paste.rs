//! A table copied from a spreadsheet, put into the cells of a repeating group.

use super::{Field, FieldKey, FieldKind, RawAnswers, Rows, to_plain};
use crate::{Locale, text::fold};

/// What became of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pasted {
    /// Rows that were filled.
    pub filled: usize,
    /// The numbers of the rows that were added for it.
    pub added: Vec<u16>,
    /// Rows of the table for which there was no room.
    pub left_out: usize,
}

/// Fills the cells from row `place` of `shown` and from `column` on, and adds rows up to the most. Where the first line names columns,
/// each cell goes to its own. Numbers and days are read as the locale writes them. Nothing where the text is no table: one cell is
/// typed, not filled in.
pub fn paste_rows(
    key: &FieldKey,
    rows: &Rows,
    shown: &[u16],
    (place, column): (usize, &FieldKey),
    (text, locale): (&str, Locale),
    raw: &mut RawAnswers,
) -> Option<Pasted> {
    let mut lines = table(text);
    if lines.len() < 2 && lines.iter().all(|line| line.len() < 2) {
        return None;
    }
    let named = lines.first().and_then(|first| named(rows, first));
    let targets = if let Some(targets) = named.filter(|_| lines.len() > 1) {
        lines.remove(0);
        targets
    } else {
        let from = rows.columns.iter().skip_while(|c| c.key != *column);
        from.map(Some).collect()
    };
    let mut pasted = Pasted::default();
    let mut next = shown.iter().max().map_or(0, |last| last.saturating_add(1));
    let mut at = place;
    for line in lines {
        if line.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let number = match shown.get(at) {
            Some(number) => *number,
            None if at < usize::from(rows.most) => {
                pasted.added.push(next);
                next = next.saturating_add(1);
                next - 1
            }
            None => {
                pasted.left_out += 1;
                continue;
            }
        };
        at += 1;
        pasted.filled += 1;
        for (column, cell) in targets.iter().zip(line) {
            if let Some(column) = column {
                let name = RawAnswers::cell_name(key, number, &column.key);
                raw.replace(&name, vec![value(column, &cell, locale)]);
            }
        }
    }
    Some(pasted)
}

/// The columns that the line names, where it names nothing else, or two of them.
fn named<'a>(rows: &'a Rows, line: &[String]) -> Option<Vec<Option<&'a Field>>> {
    let column = |cell: &String| {
        let words = fold(cell);
        let mut columns = rows.columns.iter();
        columns.find(|c| {
            !words.is_empty() && (fold(&c.label) == words || c.key.as_str() == cell.trim())
        })
    };
    let found: Vec<Option<&Field>> = line.iter().map(column).collect();
    let known = found.iter().flatten().count();
    let said = line.iter().filter(|cell| !cell.trim().is_empty()).count();
    (known > 0 && (known == said || known > 1)).then_some(found)
}

/// As the answers hold it: an option by its label, numbers and days plainly.
fn value(column: &Field, cell: &str, locale: Locale) -> String {
    let text = cell.trim();
    if text.is_empty() {
        return String::new();
    }
    let found = match &column.kind {
        FieldKind::Select { options } => {
            let words = fold(text);
            let mut options = options.iter();
            options
                .find(|o| o.value == text || fold(&o.label) == words)
                .map(|o| o.value.clone())
        }
        FieldKind::YesNo => match fold(text).as_str() {
            "yes" | "y" | "true" | "1" | "x" => Some("yes".to_owned()),
            "no" | "n" | "false" | "0" => Some("no".to_owned()),
            _ => None,
        },
        _ => Some(to_plain(column, text, locale)),
    };
    found.unwrap_or_else(|| text.to_owned())
}

/// Cells with tabs between them, lines with breaks; a cell that holds either stands in quotes.
fn table(text: &str) -> Vec<Vec<String>> {
    let (mut lines, mut line, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut quoted = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.next_if_eq(&'"').is_none() => quoted = false,
            '"' if !quoted && cell.is_empty() => quoted = true,
            letter if quoted => cell.push(letter),
            '\t' => line.push(std::mem::take(&mut cell)),
            '\r' => {}
            '\n' => {
                line.push(std::mem::take(&mut cell));
                lines.push(std::mem::take(&mut line));
            }
            letter => cell.push(letter),
        }
    }
    if quoted {
        // The quote was a sign like any other.
        let cells = |line: &str| line.split('\t').map(str::to_owned).collect();
        return text.lines().map(cells).collect();
    }
    if !cell.is_empty() || !line.is_empty() {
        line.push(cell);
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::Choice;

    fn key(text: &str) -> FieldKey {
        FieldKey::parse(text).unwrap()
    }

    fn rows() -> Rows {
        let options = vec![
            Choice::new("ledger", "Ledger"),
            Choice::new("pay", "Payroll"),
        ];
        Rows {
            columns: vec![
                Field::new(key("product"), FieldKind::Select { options }, "Product"),
                Field::new(key("note"), FieldKind::Text, "Note"),
                Field::new(key("from"), FieldKind::Date, "From"),
            ],
            sums: Vec::new(),
            least: 0,
            most: 3,
            name: String::new(),
            plural: String::new(),
        }
    }

    fn pasted(text: &str, place: usize, column: &str) -> (Option<Pasted>, Vec<(String, String)>) {
        let mut raw = RawAnswers::default();
        let at = (place, &key(column));
        let text = (text, Locale::default());
        let pasted = paste_rows(&key("lines"), &rows(), &[0, 4], at, text, &mut raw);
        (pasted, raw.pairs().collect())
    }

    fn pair(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn one_cell_is_typed() {
        for text in ["", "Ledger", "Ledger\r\n", "\"a\tb\""] {
            assert_eq!(pasted(text, 0, "note").0, None, "{text:?}");
        }
    }

    #[test]
    fn cells_are_filled_from_where_it_is_pasted() {
        let (what, cells) = pasted(
            "a \"b\"\t31.12.2026\tmore\r\n\"c\nd\"\t\r\n\t\r\n",
            1,
            "note",
        );
        let added = vec![5];
        assert_eq!(
            what,
            Some(Pasted {
                filled: 2,
                added,
                left_out: 0
            })
        );
        assert_eq!(
            cells,
            [
                pair("lines.4.from", "2026-12-31"),
                pair("lines.4.note", "a \"b\""),
                pair("lines.5.from", ""),
                pair("lines.5.note", "c\nd"),
            ]
        );
    }

    #[test]
    fn a_first_line_of_names_says_where_cells_go() {
        let (what, cells) = pasted("note\tColour\tPRODUCT\nx\tred\tpayroll\n", 0, "from");
        assert_eq!(what.unwrap().filled, 1);
        assert_eq!(
            cells,
            [pair("lines.0.note", "x"), pair("lines.0.product", "pay")]
        );
    }

    #[test]
    fn what_has_no_room_is_counted() {
        let what = pasted("a\nb\nc\nd\ne\n", 1, "note").0.unwrap();
        assert_eq!((what.filled, what.added, what.left_out), (2, vec![5], 3));
    }

    #[test]
    fn numbers_and_days_are_read_as_the_locale_writes_them() {
        let currencies = vec![crate::Currency::EUR];
        let mut rows = rows();
        let price = Field::new(key("price"), FieldKind::Money { currencies }, "Price");
        rows.columns.push(price);
        let read = |tag: &str, text: &str| -> Vec<String> {
            let mut raw = RawAnswers::default();
            let text = (text, Locale::of_tag(tag).unwrap());
            paste_rows(
                &key("lines"),
                &rows,
                &[0],
                (0, &key("from")),
                text,
                &mut raw,
            )
            .unwrap();
            raw.pairs().map(|(_, value)| value).collect()
        };
        assert_eq!(read("de", "3.4.2031\t1.200,50"), ["2031-04-03", "1200.50"]);
        assert_eq!(
            read("en-US", "3/4/2031\t1,200.50"),
            ["2031-03-04", "1200.50"]
        );
        // What cannot be read is shown again, and read as nothing.
        let unread = read("de", "31/31/2031\tmany");
        assert_eq!(unread, ["\u{bf}31/31/2031", "\u{bf}many"]);
    }

    #[test]
    fn a_lone_quote_is_a_sign() {
        let (_, cells) = pasted("\"19 rack\tx\nb\tc", 0, "product");
        assert_eq!(cells.first(), Some(&pair("lines.0.note", "x")));
        assert_eq!(cells.len(), 4);
    }
}
