//! Text as it may be stored: no control characters, nothing invisible that changes how the rest reads.

/// How a control character in the text is met.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Lines {
    /// Line breaks and tabs become spaces.
    One,
    /// Line breaks stay (as `\n`), tabs stay.
    Many,
}

/// Trimmed text without invisible characters; `None` when it holds a control character, which no keyboard types.
pub fn clean(text: &str, lines: Lines) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                if chars.peek() != Some(&'\n') {
                    out.push(line_break(lines));
                }
            }
            '\n' | '\u{2028}' | '\u{2029}' => out.push(line_break(lines)),
            '\t' => out.push(if lines == Lines::Many { '\t' } else { ' ' }),
            c if c.is_control() => return None,
            '\u{200c}' | '\u{200d}' => {
                let joins = out.chars().next_back().is_some_and(joinable)
                    && chars.peek().copied().is_some_and(joinable);
                if joins {
                    out.push(c);
                }
            }
            c if invisible(c) => {}
            c => out.push(c),
        }
    }
    let kept = out.trim().len();
    if kept != out.len() {
        out = out.trim().to_owned();
    }
    Some(out)
}

fn line_break(lines: Lines) -> char {
    if lines == Lines::Many { '\n' } else { ' ' }
}

/// Joiners mean something between signs of scripts other than Latin (Persian, Hindi) and inside emoji.
fn joinable(c: char) -> bool {
    !c.is_ascii() && !c.is_whitespace() && !c.is_control() && !invisible(c)
}

fn invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_out_what_cannot_be_seen() {
        let one = |t| clean(t, Lines::One);
        assert_eq!(
            one("  Acme\u{200b} \u{202e}Ltd\u{202c} ").as_deref(),
            Some("Acme Ltd")
        );
        assert_eq!(one("a\r\nb\tc").as_deref(), Some("a b c"));
        assert_eq!(one("\u{200b}\u{feff} \u{200d}").as_deref(), Some(""));
        assert_eq!(one("a\0b"), None);
        assert_eq!(one("a\u{9b}b"), None);
        assert_eq!(
            clean("a\r\nb\rc\u{2028}d\te", Lines::Many).as_deref(),
            Some("a\nb\nc\nd\te")
        );
    }

    #[test]
    fn keeps_joiners_where_scripts_need_them() {
        let persian = "می\u{200c}خواهم";
        assert_eq!(clean(persian, Lines::One).as_deref(), Some(persian));
        let family = "👩\u{200d}👧";
        assert_eq!(clean(family, Lines::One).as_deref(), Some(family));
        assert_eq!(
            clean("pay\u{200d}pal", Lines::One).as_deref(),
            Some("paypal")
        );
    }
}
