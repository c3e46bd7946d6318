//! The name of a field, fixed once it is published: answers, exports and stage gates refer to it.

use std::{borrow::Borrow, fmt};

use serde::{Deserialize, Serialize};

/// Letters, digits and underscores, at most this many.
pub const MAX_KEY: usize = 40;

/// `[a-z][a-z0-9_]{0,39}`
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FieldKey(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a field key is 1 to 40 lowercase letters, digits and underscores, and starts with a letter"
)]
pub struct BadFieldKey;

impl FieldKey {
    pub fn parse(text: &str) -> Result<Self, BadFieldKey> {
        if text.len() > MAX_KEY {
            return Err(BadFieldKey);
        }
        let mut chars = text.chars();
        let starts = chars.next().is_some_and(|c| c.is_ascii_lowercase());
        let rest = chars.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        if starts && rest {
            Ok(Self(text.to_owned()))
        } else {
            Err(BadFieldKey)
        }
    }

    /// A key that says what the label says and that `taken` does not refuse.
    pub fn from_label(label: &str, taken: impl Fn(&Self) -> bool) -> Self {
        let stem = stem(label);
        let mut number = 1_u32;
        loop {
            let suffix = if number == 1 {
                String::new()
            } else {
                format!("_{number}")
            };
            let room = MAX_KEY.saturating_sub(suffix.len());
            // The stem is ASCII, so cutting by characters cuts by bytes.
            let start: String = stem.chars().take(room).collect();
            let key = Self(format!("{}{suffix}", start.trim_end_matches('_')));
            if !taken(&key) {
                return key;
            }
            number = number.saturating_add(1);
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn stem(label: &str) -> String {
    let mut out = String::new();
    for c in crate::text::fold(label).chars() {
        if c.is_ascii_lowercase() || c.is_ascii_digit() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('_') {
            out.push('_');
        }
    }
    if out.starts_with(|c: char| c.is_ascii_lowercase()) {
        out
    } else {
        format!("field_{out}")
    }
}

impl TryFrom<String> for FieldKey {
    type Error = BadFieldKey;
    fn try_from(text: String) -> Result<Self, BadFieldKey> {
        Self::parse(&text)
    }
}

impl From<FieldKey> for String {
    fn from(key: FieldKey) -> Self {
        key.0
    }
}

impl fmt::Display for FieldKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Borrow<str> for FieldKey {
    fn borrow(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_and_refuses() {
        for good in ["a", "customer", "a1_b", &"a".repeat(40)] {
            assert!(FieldKey::parse(good).is_ok(), "{good}");
        }
        for bad in ["", "1a", "_a", "A", "a-b", "a.b", "é", &"a".repeat(41)] {
            assert!(FieldKey::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn made_from_labels() {
        let free = |_: &FieldKey| false;
        assert_eq!(
            FieldKey::from_label("Customer's name?", free).as_str(),
            "customer_s_name"
        );
        assert_eq!(
            FieldKey::from_label("2nd site", free).as_str(),
            "field_2nd_site"
        );
        assert_eq!(FieldKey::from_label("???", free).as_str(), "field");
        let taken = |k: &FieldKey| k.as_str() == "site" || k.as_str() == "site_2";
        assert_eq!(FieldKey::from_label("Site", taken).as_str(), "site_3");
        let long = "x".repeat(80);
        let key = FieldKey::from_label(&long, |k| !k.as_str().ends_with("_2"));
        assert_eq!(key.as_str().len(), 40);
    }
}
