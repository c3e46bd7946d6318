//! Options of one list that look like one thing written twice.

use std::collections::BTreeMap;

use super::{Choice, HintKind};
use crate::text::fold;

/// Slips are looked for pair by pair, so only in lists up to here: 45,000 pairs, nearly all of them settled by their first word.
const MAX_COMPARED: usize = 300;
/// In letters. Shorter words that differ in one letter are mostly two words.
const MIN_WORD: usize = 5;

type Pair<'a> = (&'a str, &'a str);

/// The first two that look alike.
pub(super) fn alike(options: &[Choice]) -> Option<HintKind> {
    let labels: Vec<&str> = options.iter().map(|o| o.label.trim()).collect();
    let mut pairs = same_letters(&labels);
    if labels.len() <= MAX_COMPARED {
        pairs.extend(slips(&labels));
    }
    let (first, second) = pairs.first()?;
    Some(HintKind::OptionsAlike {
        first: (*first).to_owned(),
        second: (*second).to_owned(),
        more: pairs.len().saturating_sub(1),
    })
}

/// What is left of a label without case, accents, spaces and punctuation. Spaces between digits stay (`1-5` is not `15`), and so do
/// signs that mean something (`C++`, `> 3 years`); a label without any letter is not looked at.
pub(super) fn letters(label: &str) -> Option<String> {
    let folded = fold(label);
    if !folded.contains(char::is_alphabetic) {
        return None;
    }
    let digit = |c: char| c.is_ascii_digit();
    let mut letters = String::with_capacity(folded.len());
    for word in folded.split(' ') {
        if letters.ends_with(digit) && word.starts_with(digit) {
            letters.push(' ');
        }
        letters.push_str(word);
    }
    letters.extend(label.chars().filter(|c| means_something(*c)));
    Some(letters)
}

fn means_something(sign: char) -> bool {
    matches!(
        sign,
        '+' | '#'
            | '<'
            | '>'
            | '\u{2264}'
            | '\u{2265}'
            | '='
            | '%'
            | '*'
            | '$'
            | '\u{20ac}'
            | '\u{a3}'
    )
}

fn same_letters<'a>(labels: &[&'a str]) -> Vec<Pair<'a>> {
    let mut first: BTreeMap<String, &'a str> = BTreeMap::new();
    let mut pairs = Vec::new();
    for label in labels.iter().copied() {
        let Some(letters) = letters(label) else {
            continue;
        };
        match first.get(&letters).copied() {
            // Twice the very same is a fault, and named as one.
            Some(other) if other == label => {}
            Some(other) => pairs.push((other, label)),
            None => {
                first.insert(letters, label);
            }
        }
    }
    pairs
}

fn slips<'a>(labels: &[&'a str]) -> Vec<Pair<'a>> {
    let folded: Vec<String> = labels.iter().map(|label| fold(label)).collect();
    let words: Vec<(&'a str, Vec<&str>)> = labels
        .iter()
        .zip(&folded)
        .map(|(label, text)| (*label, text.split(' ').collect()))
        .collect();
    let mut pairs = Vec::new();
    for (at, (one, own)) in words.iter().enumerate() {
        for (other, others) in words.iter().skip(at + 1) {
            if one_slip(own, others) {
                pairs.push((*one, *other));
            }
        }
    }
    pairs
}

/// One word differs, in one letter. Numbers and single letters are how options are told apart: `Phase 1`, `Class B`.
fn one_slip(one: &[&str], other: &[&str]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let mut unlike = one.iter().zip(other).filter(|(own, other)| own != other);
    match (unlike.next(), unlike.next()) {
        (Some((own, other)), None) => {
            own.len().max(other.len()) >= MIN_WORD
                && plain(own)
                && plain(other)
                && one_edit(own.as_bytes(), other.as_bytes())
        }
        _ => false,
    }
}

/// A byte is then a letter. In scripts where one sign is a word, a sign more or less is no slip.
fn plain(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_lowercase())
}

/// Whether one letter more, one less or another one makes them the same.
fn one_edit(one: &[u8], other: &[u8]) -> bool {
    let (shorter, longer) = (one.len().min(other.len()), one.len().max(other.len()));
    let start = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let end = one
        .iter()
        .rev()
        .zip(other.iter().rev())
        .take(shorter.saturating_sub(start))
        .take_while(|(a, b)| a == b)
        .count();
    longer - shorter <= 1 && start + end + 1 >= longer
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(labels: &[&str]) -> Option<(String, String, usize)> {
        let options: Vec<Choice> = labels.iter().map(|l| Choice::new(*l, *l)).collect();
        match alike(&options) {
            Some(HintKind::OptionsAlike {
                first,
                second,
                more,
            }) => Some((first, second, more)),
            _ => None,
        }
    }

    fn pair(first: &str, second: &str) -> (String, String, usize) {
        (first.to_owned(), second.to_owned(), 0)
    }

    #[test]
    fn one_thing_written_twice() {
        for (one, other) in [
            ("North-West", "northwest"),
            ("R\u{e9}sum\u{e9} service", "Resume Service"),
            ("Public sector", "Public  sector."),
            ("Germany", "Germani"),
            ("Germany", "Gemany"),
            ("Other", "Others"),
            ("Dark shades", "Dark shade"),
        ] {
            assert_eq!(
                found(&["First", one, other, "Last"]),
                Some(pair(one, other)),
                "{other}"
            );
        }
    }

    #[test]
    fn two_things() {
        for labels in [
            ["Windows 10", "Windows 11"],
            ["Class A", "Class B"],
            ["1-5", "15"],
            ["1-5 people", "15 people"],
            ["< 10 people", "> 10 people"],
            ["C++", "C#"],
            ["East", "West"],
            ["Same", "Same"],
            ["Austria", "Australia"],
            [
                "\u{5317}\u{4eac}\u{5e02}\u{6771}\u{57ce}",
                "\u{5317}\u{4eac}\u{5e02}\u{897f}\u{57ce}",
            ],
            ["", " "],
        ] {
            assert_eq!(found(&labels), None, "{labels:?}");
        }
    }

    #[test]
    fn long_lists_are_compared_by_their_letters_only() {
        let mut labels: Vec<String> = (0..5_000).map(|n| format!("Product number {n}")).collect();
        labels.push("Produkt number".to_owned());
        labels.push("Product-number".to_owned());
        labels.push("product number".to_owned());
        let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
        assert_eq!(
            found(&labels),
            Some(pair("Product-number", "product number"))
        );
    }

    #[test]
    fn the_rest_is_counted() {
        let labels = ["A-B", "AB", "Large", "Larges", "a b"];
        let expected = Some(("A-B".to_owned(), "AB".to_owned(), 2));
        assert_eq!(found(&labels), expected);
    }
}
