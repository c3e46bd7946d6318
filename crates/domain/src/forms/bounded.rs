//! Reading the fields of a form from JSON that anybody may have sent: a list without end is left where it is too long, and
//! what cannot be read is named by its place.

use std::fmt;

use serde::de::{Deserializer, Error, SeqAccess, Visitor};

use super::Field;

/// More than [`super::MAX_FIELDS`], so that what is only somewhat too long is refused by name; no more than that was ever kept.
const READ_FIELDS: usize = 1_000;

pub(super) fn fields<'de, D: Deserializer<'de>>(reader: D) -> Result<Vec<Field>, D::Error> {
    reader.deserialize_seq(Fields)
}

struct Fields;

impl<'de> Visitor<'de> for Fields {
    type Value = Vec<Field>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of fields")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<Field>, A::Error> {
        let mut fields = Vec::new();
        loop {
            let place = fields.len();
            if place == READ_FIELDS {
                return Err(A::Error::custom(
                    "/fields: more fields than any form may have",
                ));
            }
            let next = list.next_element();
            let next =
                next.map_err(|error| A::Error::custom(format_args!("/fields/{place}: {error}")))?;
            match next {
                Some(field) => fields.push(field),
                None => return Ok(fields),
            }
        }
    }
}
