//! A rule as JSON: a condition as it ever was, or `{"all": [...]}`, `{"any": [...]}`, `{"none": [...]}`.

use std::{cell::Cell, fmt};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor},
    ser::SerializeMap,
};

use super::{Combine, Condition, Rule};

/// More than [`super::MAX_LEVELS`], so that what is only somewhat too deep is refused by name; far less than a stack holds.
const READ_LEVELS: usize = 32;
/// Rules in one tree; again more than is refused by name.
const READ_PARTS: usize = 2_000;

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Compare(condition) => condition.serialize(serializer),
            Self::Group(combine, inner) => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry(combine.word(), inner)?;
                map.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Rule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let reader = Reader {
            levels: READ_LEVELS,
            parts: &Cell::new(READ_PARTS),
        };
        reader.deserialize(deserializer)
    }
}

/// Reads one rule, and knows how much more may come.
#[derive(Clone, Copy)]
struct Reader<'a> {
    levels: usize,
    parts: &'a Cell<usize>,
}

impl<'a> Reader<'a> {
    fn count<E: Error>(self) -> Result<(), E> {
        let left = self.parts.get().checked_sub(1);
        let left = left.ok_or_else(|| E::custom("more conditions than any field may have"))?;
        self.parts.set(left);
        Ok(())
    }

    fn inside<E: Error>(self) -> Result<GroupReader<'a>, E> {
        let levels = self.levels.checked_sub(1);
        let levels = levels.ok_or_else(|| E::custom("groups inside one another without end"))?;
        Ok(GroupReader(Self { levels, ..self }))
    }
}

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = Rule;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Rule, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = Rule;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a condition, or conditions under all, any or none")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Rule, A::Error> {
        self.count::<A::Error>()?;
        let (mut subject, mut operator, mut group) = (None, None, None);
        while let Some(key) = map.next_key::<String>()? {
            match (key.as_str(), Combine::from_word(&key)) {
                ("subject", _) if subject.is_none() => subject = Some(map.next_value()?),
                ("operator", _) if operator.is_none() => operator = Some(map.next_value()?),
                ("subject", _) => return Err(A::Error::duplicate_field("subject")),
                ("operator", _) => return Err(A::Error::duplicate_field("operator")),
                (_, Some(combine)) if group.is_none() => {
                    let inner = map.next_value_seed(self.inside::<A::Error>()?)?;
                    group = Some(Rule::Group(combine, inner));
                }
                (_, Some(_)) => return Err(A::Error::custom("two groups in one place")),
                (_, None) => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        match (group, subject, operator) {
            (Some(group), None, None) => Ok(group),
            (Some(_), ..) => Err(A::Error::custom("a group and a condition in one place")),
            (None, Some(subject), Some(operator)) => Ok(Condition { subject, operator }.into()),
            (None, None, _) => Err(A::Error::missing_field("subject")),
            (None, Some(_), None) => Err(A::Error::missing_field("operator")),
        }
    }
}

/// Reads the rules of one group.
struct GroupReader<'a>(Reader<'a>);

impl<'de> DeserializeSeed<'de> for GroupReader<'_> {
    type Value = Vec<Rule>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Vec<Rule>, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for GroupReader<'_> {
    type Value = Vec<Rule>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of conditions")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Vec<Rule>, A::Error> {
        let mut rules = Vec::new();
        while let Some(rule) = seq.next_element_seed(self.0)? {
            rules.push(rule);
        }
        Ok(rules)
    }
}
