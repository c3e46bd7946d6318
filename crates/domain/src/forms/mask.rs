//! A pattern that a company can write and a partner can read: `A` a letter, `9` a digit, `*` either, `\` before a sign that is meant
//! literally, everything else itself. It cannot loop, so no text makes it slow.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Signs in one mask; longer codes are better asked in parts.
pub const MAX_MASK: usize = 60;
/// A backslash and the longest letter for each sign; more is refused unread.
const MAX_BYTES: usize = MAX_MASK * 5;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Mask(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a pattern is 1 to 60 signs: A for a letter, 9 for a digit, * for either, \\ before a sign that stands for itself"
)]
pub struct BadMask;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Letter,
    Digit,
    Either,
    Literal(char),
}

impl Sign {
    fn accepts(self, c: char) -> bool {
        match self {
            Self::Letter => c.is_alphabetic(),
            Self::Digit => c.is_ascii_digit(),
            Self::Either => c.is_alphabetic() || c.is_ascii_digit(),
            Self::Literal(own) => own == c,
        }
    }
}

impl Mask {
    pub fn parse(text: &str) -> Result<Self, BadMask> {
        if text.len() > MAX_BYTES {
            return Err(BadMask);
        }
        let mask = Self(text.to_owned());
        let signs = mask.signs().count();
        let dangling = text.chars().rev().take_while(|c| *c == '\\').count() % 2 == 1;
        let readable = !text.chars().any(char::is_control);
        if (1..=MAX_MASK).contains(&signs) && !dangling && readable {
            Ok(mask)
        } else {
            Err(BadMask)
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn matches(&self, text: &str) -> bool {
        let mut chars = text.chars();
        self.signs()
            .all(|sign| chars.next().is_some_and(|c| sign.accepts(c)))
            && chars.next().is_none()
    }

    /// A text that fits, to show beside the rule: `AA-999` gives `AB-123`.
    pub fn example(&self) -> String {
        let mut letters = ('A'..='Z').cycle();
        let mut digits = ('1'..='9').cycle();
        self.signs()
            .filter_map(|sign| match sign {
                Sign::Letter | Sign::Either => letters.next(),
                Sign::Digit => digits.next(),
                Sign::Literal(c) => Some(c),
            })
            .collect()
    }

    fn signs(&self) -> impl Iterator<Item = Sign> {
        let mut chars = self.0.chars();
        std::iter::from_fn(move || {
            Some(match chars.next()? {
                'A' => Sign::Letter,
                '9' => Sign::Digit,
                '*' => Sign::Either,
                '\\' => Sign::Literal(chars.next().unwrap_or('\\')),
                own => Sign::Literal(own),
            })
        })
    }
}

impl TryFrom<String> for Mask {
    type Error = BadMask;
    fn try_from(text: String) -> Result<Self, BadMask> {
        Self::parse(&text)
    }
}

impl From<Mask> for String {
    fn from(mask: Mask) -> Self {
        mask.0
    }
}

impl fmt::Display for Mask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_whole_texts() {
        let mask = Mask::parse("AA-999").unwrap();
        assert!(mask.matches("DE-042"));
        for no in ["", "DE-04", "DE-0421", "D1-042", "DE_042", "DE-٠٤٢"] {
            assert!(!mask.matches(no), "{no}");
        }
        assert!(Mask::parse("\\A\\9*").unwrap().matches("A9x"));
        assert_eq!(mask.example(), "AB-123");
        assert!(mask.matches(&mask.example()));
    }

    #[test]
    fn refuses_what_is_not_a_mask() {
        for bad in ["", "A\\", "A\u{0}", &"A".repeat(61)] {
            assert!(Mask::parse(bad).is_err(), "{bad:?}");
        }
        assert!(Mask::parse("A\\\\").is_ok());
    }
}
