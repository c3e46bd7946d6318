//! One value of one row, the same on both engines.

use serde_json::Value;
use uuid::Uuid;

use super::tables::Kind;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    Null,
    Id(Uuid),
    Bytes(Vec<u8>),
    Int(i64),
    Bool(bool),
    Text(String),
}

/// A value of a file that is none of its column's kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a value of another kind than its column")]
pub struct BadCell;

impl Cell {
    /// Ids and bytes as hexadecimal digits.
    pub fn to_json(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Id(id) => Value::String(id.simple().to_string()),
            Self::Bytes(bytes) => Value::String(hex(bytes)),
            Self::Int(number) => Value::from(*number),
            Self::Bool(flag) => Value::Bool(*flag),
            Self::Text(text) => Value::String(text.clone()),
        }
    }

    pub fn from_json(kind: Kind, value: &Value) -> Result<Self, BadCell> {
        if value.is_null() {
            return Ok(Self::Null);
        }
        let text = || value.as_str().ok_or(BadCell);
        Ok(match kind {
            Kind::Id => Self::Id(Uuid::try_parse(text()?).map_err(|_| BadCell)?),
            Kind::Bytes => Self::Bytes(bytes(text()?).ok_or(BadCell)?),
            Kind::Int | Kind::Small | Kind::Order => Self::Int(value.as_i64().ok_or(BadCell)?),
            Kind::Bool => Self::Bool(value.as_bool().ok_or(BadCell)?),
            Kind::Text => Self::Text(text()?.to_owned()),
        })
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_comes_back_as_it_went() {
        let cells = [
            (Kind::Id, Cell::Id(Uuid::from_u128(7))),
            (Kind::Bytes, Cell::Bytes(vec![0, 255, 16])),
            (Kind::Int, Cell::Int(i64::MIN)),
            (Kind::Small, Cell::Int(7)),
            (Kind::Bool, Cell::Bool(true)),
            (Kind::Text, Cell::Text("\u{e9} \"\n".to_owned())),
            (Kind::Text, Cell::Null),
        ];
        for (kind, cell) in cells {
            let json = serde_json::to_string(&cell.to_json()).unwrap();
            let value = serde_json::from_str(&json).unwrap();
            assert_eq!(Cell::from_json(kind, &value), Ok(cell));
        }
        for (kind, json) in [
            (Kind::Id, "\"x\""),
            (Kind::Bytes, "\"abc\""),
            (Kind::Int, "1.5"),
        ] {
            let value = serde_json::from_str(json).unwrap();
            assert_eq!(Cell::from_json(kind, &value), Err(BadCell));
        }
    }
}
