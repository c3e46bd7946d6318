//! JSON as somebody wrote it: members in their order, none twice, and no deeper than a form needs.

use std::{cell::RefCell, collections::BTreeSet, fmt};

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::{
    MARK,
    fault::{FileFault, Refused},
};
use crate::forms::MAX_FIELDS;

/// Of lists and objects in each other. A form's deepest condition is well above it.
pub(super) const MAX_DEPTH: usize = 60;
/// Where a form's fields stand, in a file of ours and in anybody's.
const OWN_FIELDS: [&str; 3] = [MARK, "form", "fields"];
const FOREIGN_FIELDS: &str = "properties";
/// Of one step of a path that is shown, in characters.
const MAX_STEP: usize = 60;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    Null,
    Flag(bool),
    Number(Number),
    Text(String),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

impl Node {
    pub(super) fn get(&self, name: &str) -> Option<&Self> {
        let members = self.members()?;
        let found = members.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value)
    }

    pub(super) fn members(&self) -> Option<&[(String, Self)]> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }

    pub(super) fn list(&self) -> Option<&[Self]> {
        match self {
            Self::List(items) => Some(items),
            _ => None,
        }
    }

    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A text as it is, a number as its digits.
    pub(super) fn word(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    pub(super) fn count(&self) -> Option<u32> {
        match self {
            Self::Number(number) => number.as_u64().and_then(|count| u32::try_from(count).ok()),
            _ => None,
        }
    }

    pub(super) fn to_value(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Flag(flag) => Value::Bool(*flag),
            Self::Number(number) => Value::Number(number.clone()),
            Self::Text(text) => Value::String(text.clone()),
            Self::List(items) => Value::Array(items.iter().map(Self::to_value).collect()),
            Self::Object(members) => {
                let members = members
                    .iter()
                    .map(|(name, value)| (name.clone(), value.to_value()));
                Value::Object(members.collect::<Map<String, Value>>())
            }
        }
    }
}

pub(super) fn parse(text: &str) -> Result<Node, FileFault> {
    // Windows editors put a mark in front.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let stop = Stop::default();
    let seed = Seed {
        trail: &Trail::Root,
        depth: 0,
        stop: &stop,
    };
    let mut reader = serde_json::Deserializer::from_str(text);
    let read = seed.deserialize(&mut reader);
    let whole = read.and_then(|node| reader.end().map(|()| node));
    whole.map_err(|error| {
        let unreadable = Refused::NotJson {
            line: error.line(),
            column: error.column(),
        };
        let path = stop.path.take().unwrap_or_default();
        FileFault::at(path, stop.reason.take().unwrap_or(unreadable))
    })
}

/// Where the reader stopped, and why: what its own error has no room for.
#[derive(Default)]
struct Stop {
    path: RefCell<Option<String>>,
    reason: RefCell<Option<Refused>>,
}

/// One step of a JSON pointer, cut where somebody made it very long.
pub(super) fn step(name: &str) -> String {
    let mut shown: String = name.chars().take(MAX_STEP).collect();
    if name.chars().nth(MAX_STEP).is_some() {
        shown.push('\u{2026}');
    }
    shown.replace('~', "~0").replace('/', "~1")
}

/// Where the reader is.
enum Trail<'a> {
    Root,
    Member(&'a Trail<'a>, &'a str),
    Item(&'a Trail<'a>, usize),
}

impl Trail<'_> {
    /// The most that may stand here: once there are more, the rest is not read. Lists elsewhere are as long as the file lets
    /// them be.
    fn room(&self) -> Option<usize> {
        let fields = match self {
            Self::Member(Self::Root, name) => *name == FOREIGN_FIELDS,
            Self::Member(Self::Member(Self::Member(Self::Root, mark), form), fields) => {
                [*mark, *form, *fields] == OWN_FIELDS
            }
            _ => false,
        };
        fields.then_some(MAX_FIELDS)
    }
}

impl fmt::Display for Trail<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => Ok(()),
            Self::Member(above, name) => write!(f, "{above}/{}", step(name)),
            Self::Item(above, place) => write!(f, "{above}/{place}"),
        }
    }
}

#[derive(Clone, Copy)]
struct Seed<'a> {
    trail: &'a Trail<'a>,
    depth: usize,
    stop: &'a Stop,
}

impl Seed<'_> {
    fn refuse<E: Error>(self, path: String, reason: Refused) -> E {
        *self.stop.path.borrow_mut() = Some(path);
        *self.stop.reason.borrow_mut() = Some(reason);
        E::custom("refused")
    }

    /// Refuses one more than may stand in this list or object.
    fn count<E: Error>(self, have: usize) -> Result<(), E> {
        match self.trail.room() {
            Some(max) if have >= max => {
                Err(self.refuse(self.trail.to_string(), Refused::TooManyFields { max }))
            }
            _ => Ok(()),
        }
    }

    /// The depth of what stands in this list or object.
    fn deeper<E: Error>(self) -> Result<usize, E> {
        if self.depth < MAX_DEPTH {
            Ok(self.depth + 1)
        } else {
            let reason = Refused::TooDeep { max: MAX_DEPTH };
            Err(self.refuse(self.trail.to_string(), reason))
        }
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Node, D::Error> {
        let read = reader.deserialize_any(self);
        if read.is_err() {
            // The innermost is told first, and stays.
            let mut path = self.stop.path.borrow_mut();
            if path.is_none() {
                *path = Some(self.trail.to_string());
            }
        }
        read
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Node, E> {
        Ok(Node::Flag(flag))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Node, E> {
        Ok(Node::Number(number.into()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Node, E> {
        Ok(Node::Number(number.into()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Node, E> {
        Ok(Number::from_f64(number).map_or(Node::Null, Node::Number))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node, A::Error> {
        let depth = self.deeper::<A::Error>()?;
        let mut items = Vec::new();
        loop {
            let trail = Trail::Item(self.trail, items.len());
            let seed = Seed {
                trail: &trail,
                depth,
                stop: self.stop,
            };
            match list.next_element_seed(seed)? {
                Some(item) => {
                    self.count::<A::Error>(items.len())?;
                    items.push(item);
                }
                None => return Ok(Node::List(items)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Node, A::Error> {
        let depth = self.deeper::<A::Error>()?;
        let (mut members, mut names) = (Vec::new(), BTreeSet::new());
        while let Some(name) = object.next_key::<String>()? {
            self.count::<A::Error>(members.len())?;
            let trail = Trail::Member(self.trail, &name);
            if !names.insert(name.clone()) {
                return Err(self.refuse(trail.to_string(), Refused::NameTwice));
            }
            let seed = Seed {
                trail: &trail,
                depth,
                stop: self.stop,
            };
            let value = object.next_value_seed(seed)?;
            members.push((name, value));
        }
        Ok(Node::Object(members))
    }
}
