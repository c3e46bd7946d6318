//! Text with a little Markdown, as a tree: paragraphs, lists, bold, italics and links. Whatever else somebody writes is text.
//!
//! A text of any length is read in one pass per level, and there are [`MAX_LEVELS`] of them. Links lead to `https` and `mailto`
//! addresses and nowhere else.

/// Bold in italics in a link in a list is three; more is text.
const MAX_LEVELS: usize = 4;
/// In bytes.
const MAX_ADDRESS: usize = 500;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    Paragraph(Vec<Inline>),
    /// Items with a point before them.
    Bullets(Vec<Vec<Inline>>),
    /// Items with a number before them, counted from 1.
    Numbers(Vec<Vec<Inline>>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    Text(String),
    Bold(Vec<Inline>),
    Italic(Vec<Inline>),
    /// `to` is an `https` or a `mailto` address.
    Link {
        to: String,
        text: Vec<Inline>,
    },
    /// A new line within a paragraph.
    Break,
}

/// What kind of line it is, and what of it is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Line<'a> {
    Blank,
    Plain(&'a str),
    Bullet(&'a str),
    Number(&'a str),
}

pub fn markup(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut plain: Vec<&str> = Vec::new();
    for line in text.lines().map(Line::of) {
        if let Line::Plain(text) = line {
            plain.push(text);
            continue;
        }
        end_paragraph(&mut plain, &mut blocks);
        match (line, blocks.last_mut()) {
            (Line::Blank | Line::Plain(_), _) => {}
            (Line::Bullet(text), Some(Block::Bullets(items)))
            | (Line::Number(text), Some(Block::Numbers(items))) => items.push(inline(text)),
            (Line::Bullet(text), _) => blocks.push(Block::Bullets(vec![inline(text)])),
            (Line::Number(text), _) => blocks.push(Block::Numbers(vec![inline(text)])),
        }
    }
    end_paragraph(&mut plain, &mut blocks);
    blocks
}

fn end_paragraph(lines: &mut Vec<&str>, blocks: &mut Vec<Block>) {
    if lines.is_empty() {
        return;
    }
    let mut parts = Vec::new();
    for (at, line) in lines.drain(..).enumerate() {
        if at > 0 {
            parts.push(Inline::Break);
        }
        parts.extend(inline(line));
    }
    blocks.push(Block::Paragraph(parts));
}

impl<'a> Line<'a> {
    fn of(line: &'a str) -> Self {
        let line = line.trim();
        if line.is_empty() {
            return Self::Blank;
        }
        if let Some(item) = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")) {
            return Self::Bullet(item.trim_start());
        }
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        let numbered = line.get(digits..).and_then(|rest| rest.strip_prefix(". "));
        match numbered {
            Some(item) if (1..=3).contains(&digits) => Self::Number(item.trim_start()),
            _ => Self::Plain(line),
        }
    }
}

fn inline(text: &str) -> Vec<Inline> {
    parts(text, MAX_LEVELS, true)
}

/// `links`: whether one may stand in it. Recursion ends with the levels.
fn parts(text: &str, levels: usize, links: bool) -> Vec<Inline> {
    let mut found = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let opened = if levels == 0 {
            None
        } else {
            opened(rest, plain.chars().next_back(), links)
        };
        if let Some((mark, after)) = opened {
            if !plain.is_empty() {
                found.push(Inline::Text(std::mem::take(&mut plain)));
            }
            found.push(match mark {
                Mark::Bold(inner) => Inline::Bold(parts(inner, levels - 1, links)),
                Mark::Italic(inner) => Inline::Italic(parts(inner, levels - 1, links)),
                Mark::Link(inner, to) => Inline::Link {
                    to: to.to_owned(),
                    text: parts(inner, levels - 1, false),
                },
            });
            rest = after;
            continue;
        }
        rest = rest.get(first.len_utf8()..).unwrap_or_default();
        let mut shown = first;
        // A sign behind a backslash is that sign.
        if first == '\\'
            && let Some(next) = rest.chars().next().filter(char::is_ascii_punctuation)
        {
            shown = next;
            rest = rest.get(next.len_utf8()..).unwrap_or_default();
        }
        plain.push(shown);
    }
    if !plain.is_empty() {
        found.push(Inline::Text(plain));
    }
    found
}

enum Mark<'a> {
    Bold(&'a str),
    Italic(&'a str),
    Link(&'a str, &'a str),
}

/// What begins here, and what stands behind it. `before` is the letter before it, if one stands there.
fn opened(text: &str, before: Option<char>, links: bool) -> Option<(Mark<'_>, &str)> {
    if let Some(rest) = text.strip_prefix("**") {
        return closed(rest, "**").map(|(inner, after)| (Mark::Bold(inner), after));
    }
    if let Some(rest) = text.strip_prefix('*') {
        return closed(rest, "*").map(|(inner, after)| (Mark::Italic(inner), after));
    }
    let in_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    if let Some(rest) = text.strip_prefix('_')
        && !before.is_some_and(in_word)
    {
        let (inner, after) = closed(rest, "_")?;
        return (!after.starts_with(in_word)).then_some((Mark::Italic(inner), after));
    }
    let rest = text.strip_prefix('[').filter(|_| links)?;
    let (inner, behind) = rest.split_once("](")?;
    let (to, after) = behind.split_once(')')?;
    let whole = !inner.trim().is_empty() && !inner.contains(['[', ']']) && leads_somewhere(to);
    whole.then_some((Mark::Link(inner, to), after))
}

/// What stands before the closing sign: something, without spaces at its ends.
fn closed<'a>(text: &'a str, sign: &str) -> Option<(&'a str, &'a str)> {
    let (inner, after) = text.split_once(sign)?;
    let tight = !inner.is_empty() && inner.trim().len() == inner.len();
    tight.then_some((inner, after))
}

fn leads_somewhere(to: &str) -> bool {
    let clean = to.len() <= MAX_ADDRESS
        && !to.contains(|sign: char| {
            sign.is_whitespace() || sign.is_control() || matches!(sign, '<' | '>' | '"' | '\\')
        });
    let site = to
        .strip_prefix("https://")
        .is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    let mail = to
        .strip_prefix("mailto:")
        .is_some_and(|rest| rest.contains('@'));
    clean && (site || mail)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(text: &str) -> Inline {
        Inline::Text(text.to_owned())
    }

    fn link(to: &str, label: &str) -> Inline {
        Inline::Link {
            to: to.to_owned(),
            text: vec![text(label)],
        }
    }

    fn paragraph(source: &str) -> Vec<Inline> {
        let blocks = markup(source);
        match blocks.as_slice() {
            [Block::Paragraph(parts)] => parts.clone(),
            _ => panic!("{source}: {blocks:?}"),
        }
    }

    #[test]
    fn paragraphs_and_lists() {
        let source = "One\ntwo\r\n\r\n- a\n* **b**\n\n1. first\n2. second\nLast";
        assert_eq!(
            markup(source),
            [
                Block::Paragraph(vec![text("One"), Inline::Break, text("two")]),
                Block::Bullets(vec![vec![text("a")], vec![Inline::Bold(vec![text("b")])]]),
                Block::Numbers(vec![vec![text("first")], vec![text("second")]]),
                Block::Paragraph(vec![text("Last")]),
            ]
        );
        assert_eq!(markup(" \n\n"), []);
    }

    #[test]
    fn words_in_bold_in_italics_and_links() {
        assert_eq!(
            paragraph("a **b** *c* _d_ e"),
            [
                text("a "),
                Inline::Bold(vec![text("b")]),
                text(" "),
                Inline::Italic(vec![text("c")]),
                text(" "),
                Inline::Italic(vec![text("d")]),
                text(" e"),
            ]
        );
        assert_eq!(
            paragraph("See [our *terms*](https://a.example/t?x=1)."),
            [
                text("See "),
                Inline::Link {
                    to: "https://a.example/t?x=1".to_owned(),
                    text: vec![text("our "), Inline::Italic(vec![text("terms")])],
                },
                text("."),
            ]
        );
        assert_eq!(
            paragraph("[Ask](mailto:deals@a.example)"),
            [link("mailto:deals@a.example", "Ask")]
        );
    }

    #[test]
    fn what_is_no_markup_is_text() {
        for source in [
            "2 * 3 * 4",
            "snake_case_name",
            "**",
            "****",
            "*open",
            "[a](http://a.example)",
            "[a](javascript:alert(1)",
            "[a](https://a b)",
            "[a](https://)",
            "[](https://a.example)",
            "[a] (https://a.example)",
            "<b>bold</b>",
            "1234. not an item",
            "-none",
        ] {
            assert_eq!(paragraph(source), [text(source)], "{source}");
        }
        assert_eq!(paragraph("\\*a\\* \\[b"), [text("*a* [b")]);
    }

    #[test]
    fn hostile_texts_end_soon() {
        for source in ["*a ", "**", "[a](", "_a ", "- *", "[", "\\"] {
            let long = source.repeat(5_000 / source.len());
            assert!(!markup(&long).is_empty());
        }
    }

    fn depth(parts: &[Inline]) -> usize {
        let of = |part: &Inline| match part {
            Inline::Text(_) | Inline::Break => 0,
            Inline::Bold(inner) | Inline::Italic(inner) => depth(inner) + 1,
            Inline::Link { to, text } => {
                assert!(to.starts_with("https://") || to.starts_with("mailto:"));
                depth(text) + 1
            }
        };
        parts.iter().map(of).max().unwrap_or(0)
    }

    proptest! {
        #[test]
        fn any_text_becomes_a_bounded_tree(source in "[-*_\\[\\]()a1. \\\\\nhtps:/@]{0,80}") {
            for block in markup(&source) {
                let items = match block {
                    Block::Paragraph(parts) => vec![parts],
                    Block::Bullets(items) | Block::Numbers(items) => items,
                };
                prop_assert!(items.iter().all(|item| depth(item) <= MAX_LEVELS));
            }
        }
    }
}
