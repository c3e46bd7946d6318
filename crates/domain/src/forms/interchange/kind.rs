//! Which kind of field takes what a foreign schema describes.

use super::node::Node;
use crate::{
    Currency,
    forms::{AddressPart, Choice, FieldKind, TEXT_CAP},
    text::clean_line,
};

/// Digits after the point, where the schema leaves them open.
const DECIMALS: u8 = 2;
/// What [`super::json_schema`] says of a country.
const COUNTRY: &str = "^[A-Za-z]{2}$";

/// Nothing for what no kind takes.
pub(super) fn kind(schema: &Node) -> Option<FieldKind> {
    let named = type_of(schema);
    if named == Some("boolean") {
        return Some(FieldKind::Checkbox);
    }
    if let Some(options) = options(schema) {
        return Some(FieldKind::Select { options });
    }
    match named? {
        "string" => Some(text_kind(schema)),
        "integer" => Some(number(0)),
        "number" => Some(number(decimals(schema).unwrap_or(DECIMALS))),
        "array" => {
            let options = options(schema.get("items")?)?;
            Some(FieldKind::MultiSelect { options })
        }
        "object" => money(schema)
            .or_else(|| address(schema))
            .or_else(|| customer(schema)),
        _ => None,
    }
}

/// The type, or the first of several that is not `null`; without one, what only texts have says that it is a text.
fn type_of(schema: &Node) -> Option<&str> {
    match schema.get("type") {
        Some(Node::Text(name)) => Some(name),
        Some(Node::List(names)) => names
            .iter()
            .filter_map(Node::text)
            .find(|name| *name != "null"),
        Some(_) => None,
        None => {
            let of_texts = ["format", "maxLength", "minLength", "pattern"];
            let is_text = of_texts.iter().any(|name| schema.get(name).is_some());
            is_text.then_some("string")
        }
    }
}

/// `enum` with its values, or `oneOf` and `anyOf` with a value and a title each.
fn options(schema: &Node) -> Option<Vec<Choice>> {
    if let Some(values) = schema.get("enum") {
        let values = values.list()?.iter().filter(|value| **value != Node::Null);
        return values.map(|value| choice(value, None)).collect();
    }
    let listed = schema.get("oneOf").or_else(|| schema.get("anyOf"))?;
    let read = |one: &Node| choice(one.get("const")?, one.get("title").and_then(Node::text));
    listed.list()?.iter().map(read).collect()
}

fn choice(value: &Node, title: Option<&str>) -> Option<Choice> {
    let value = value.word()?;
    let label = title
        .map(clean_line)
        .filter(|label| !label.is_empty())
        .unwrap_or_else(|| clean_line(&value));
    Some(Choice::new(value, label))
}

fn text_kind(schema: &Node) -> FieldKind {
    let is_country = schema.get("pattern").and_then(Node::text) == Some(COUNTRY);
    match schema.get("format").and_then(Node::text) {
        Some("email" | "idn-email") => FieldKind::Email,
        Some("date" | "date-time") => FieldKind::Date,
        Some("uri" | "iri" | "url") => FieldKind::Url,
        Some("phone" | "tel") => FieldKind::Phone,
        _ if is_country => FieldKind::Country,
        _ if longest(schema).is_some_and(|longest| longest > TEXT_CAP) => FieldKind::LongText,
        _ => FieldKind::Text,
    }
}

/// In characters; `x-maxLength` is how [`super::json_schema`] says it.
pub(super) fn longest(schema: &Node) -> Option<u32> {
    let named = schema
        .get("maxLength")
        .or_else(|| schema.get("x-maxLength"));
    named.and_then(Node::count)
}

fn number(decimals: u8) -> FieldKind {
    FieldKind::Number {
        decimals,
        unit: String::new(),
    }
}

/// A multiple of a hundredth has two digits after the point.
pub(super) fn decimals(schema: &Node) -> Option<u8> {
    let steps = ["1", "0.1", "0.01", "0.001", "0.0001"];
    let step = schema.get("multipleOf")?.word()?;
    let step = step.strip_suffix(".0").unwrap_or(&step);
    let digits = steps.iter().position(|known| *known == step)?;
    u8::try_from(digits).ok()
}

/// An id and a name, and nothing else.
fn customer(schema: &Node) -> Option<FieldKind> {
    let members = schema.get("properties")?.members()?;
    let known = |name: &str| members.iter().any(|(own, _)| own == name);
    let is_customer = members.len() == 2 && known("id") && known("name");
    is_customer.then_some(FieldKind::Customer)
}

/// At least the parts that an address needs, and no others.
fn address(schema: &Node) -> Option<FieldKind> {
    let members = schema.get("properties")?.members()?;
    let has = |part: AddressPart| members.iter().any(|(name, _)| name == part.name());
    let known = |name: &String| AddressPart::NAMES.contains(&name.as_str());
    let mut needed = AddressPart::ALL.into_iter().filter(|part| part.is_needed());
    (needed.all(has) && members.iter().all(|(name, _)| known(name))).then_some(FieldKind::Address)
}

/// An amount and one of several currencies that Dealboard knows.
fn money(schema: &Node) -> Option<FieldKind> {
    let parts = schema.get("properties")?;
    parts.get("amount")?;
    let codes = parts.get("currency")?.get("enum")?.list()?.iter();
    let currencies: Option<Vec<Currency>> = codes
        .map(|code| Currency::from_code(code.text()?))
        .collect();
    let currencies = currencies.filter(|known| !known.is_empty())?;
    Some(FieldKind::Money { currencies })
}
