//! A form as JSON Schema 2020-12. Whatever the form's rules accept fits the schema; the schema does not say what
//! depends on other answers, on the day or on the partner, so what fits it may still be refused, at its pointer.
//! A property test holds both to that, with a validator that is not ours.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::narrow::narrow;
use crate::forms::{
    AddressPart, Choice, EditedBy, Field, FieldKind, FormDefinition, Requirement, ResultKind, Rows,
};

/// The schema of `answers`.
pub fn json_schema(form: &FormDefinition) -> Value {
    let answered = || form.fields.iter().filter(|field| field.kind.has_answer());
    let properties: Map<String, Value> = answered()
        .map(|field| (field.key.as_str().to_owned(), property(field, form)))
        .collect();
    let required: Vec<&str> = answered()
        .filter(|field| must_be_answered(field, form))
        .map(|field| field.key.as_str())
        .collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn property(field: &Field, form: &FormDefinition) -> Value {
    let mut schema = kind(field);
    if let Some(schema) = schema.as_object_mut() {
        narrow(field, form, schema);
        schema.insert("title".to_owned(), json!(field.label));
        let help = explained(field, form);
        if !help.is_empty() {
            schema.insert("description".to_owned(), json!(help));
        }
        for (word, value) in marks(field) {
            schema.insert(word.to_owned(), value);
        }
    }
    schema
}

/// Whether nothing is accepted without its answer, whatever the others are.
pub(super) fn must_be_answered(field: &Field, form: &FormDefinition) -> bool {
    let asked = field.required == Requirement::Always && field.asks_partner();
    asked && !is_ever_empty(field) && form.always_shows(field)
}

/// Whether all its options may be withheld: then nobody need choose one.
fn is_ever_empty(field: &Field) -> bool {
    let options = field.kind.options();
    let rules = field.option_rules.iter();
    let ruled: BTreeSet<&str> = rules.map(|rule| rule.option.as_str()).collect();
    !options.is_empty() && options.iter().all(|o| ruled.contains(o.value.as_str()))
}

/// What the field is besides. JSON Schema has a word for one of them.
fn marks(field: &Field) -> Vec<(&'static str, Value)> {
    let traits = &field.traits;
    let yes = |is: bool, word: &'static str| is.then_some((word, json!(true)));
    let company = field.is_company_only();
    let edits = traits.edited_by != EditedBy::Partner;
    // JSON Schema's word for whoever may not send it, which is here the partner.
    let for_company = traits.edited_by == EditedBy::Company && !company;
    [
        yes(traits.read_only || for_company, "readOnly"),
        yes(traits.unique, "x-unique"),
        yes(traits.personal, "x-personal"),
        company.then(|| ("x-seenBy", json!(traits.seen_by.word()))),
        edits.then(|| ("x-editedBy", json!(traits.edited_by.word()))),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn kind(field: &Field) -> Value {
    match &field.kind {
        FieldKind::Number { .. } | FieldKind::Percent { .. } => {
            json!({"type": ["number", "string"]})
        }
        FieldKind::Money { currencies } => {
            let codes: Vec<&str> = currencies.iter().map(crate::Currency::code).collect();
            json!({
                "type": "object",
                "properties": {
                    "amount": {"type": "string", "pattern": "[0-9]"},
                    "currency": {"type": "string", "enum": codes},
                },
                "required": ["amount", "currency"],
                "additionalProperties": false,
            })
        }
        FieldKind::Date => json!({"type": "string", "format": "date"}),
        FieldKind::DateRange => json!({"type": "string", "pattern": "[0-9]/[0-9]"}),
        FieldKind::Select { options } | FieldKind::Radio { options } => {
            json!({"type": "string", "enum": values(options)})
        }
        FieldKind::MultiSelect { options } => {
            json!({"type": "array", "items": {"type": "string", "enum": values(options)}})
        }
        FieldKind::Checkbox => json!({"type": "boolean"}),
        FieldKind::YesNo => json!({"enum": ["yes", "no", true, false]}),
        FieldKind::Email => text(field, Some("email")),
        FieldKind::Country => json!({"type": "string", "pattern": "^[A-Za-z]{2}$"}),
        FieldKind::File { .. } => json!({
            "type": "array",
            "items": {"type": "string", "pattern": "^file_[0-7][0-9a-hjkmnp-tv-z]{25}$"},
        }),
        FieldKind::Computed { gives, .. } => computed(*gives),
        FieldKind::Address => address(),
        FieldKind::Customer => customer(field),
        FieldKind::Rows(rows) => array(rows),
        FieldKind::Text
        | FieldKind::LongText
        | FieldKind::Region { .. }
        | FieldKind::Phone
        | FieldKind::Url
        | FieldKind::Heading
        | FieldKind::PageBreak
        | FieldKind::Group
        | FieldKind::GroupEnd
        | FieldKind::TextBlock { .. } => text(field, None),
    }
}

/// As its parts, or in one text that is told apart.
fn address() -> Value {
    let parts = AddressPart::NAMES.into_iter();
    let parts: Map<String, Value> = parts
        .map(|name| (name.to_owned(), json!({"type": "string"})))
        .collect();
    json!({
        "type": ["object", "string"],
        "properties": parts,
        "required": ["street", "city", "country"],
        "additionalProperties": false,
    })
}

/// One that is known by its id and its name, or the name alone.
fn customer(field: &Field) -> Value {
    json!({
        "type": ["object", "string"],
        "x-maxLength": field.length_cap(),
        "properties": {"id": {"type": "string"}, "name": {"type": "string"}},
        "required": ["name"],
        "additionalProperties": false,
    })
}

/// What is sent for it is not looked at.
fn computed(gives: ResultKind) -> Value {
    match gives {
        ResultKind::Number => json!({"type": ["number", "string"], "readOnly": true}),
        ResultKind::Money => json!({
            "type": "object",
            "properties": {"amount": {"type": "string"}, "currency": {"type": "string"}},
            "readOnly": true,
        }),
    }
}

/// Rows in which nothing is said are no rows, so how few there may be is not said here, nor which cells must be there.
fn array(rows: &Rows) -> Value {
    let column = |column: &Field| (column.key.as_str().to_owned(), cell(column));
    let properties: Map<String, Value> = rows.columns.iter().map(column).collect();
    json!({
        "type": "array",
        "maxItems": rows.most,
        "items": {
            "type": "object",
            "properties": properties,
            "minProperties": 1,
            "additionalProperties": false,
        },
    })
}

fn cell(column: &Field) -> Value {
    let mut schema = kind(column);
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("title".to_owned(), json!(column.label));
        let required = column.required == Requirement::Always;
        let required = required.then_some("Required in every row.");
        let help = Some(column.help.as_str()).filter(|help| !help.is_empty());
        let help: Vec<&str> = help.into_iter().chain(required).collect();
        if !help.is_empty() {
            schema.insert("description".to_owned(), json!(help.join(" ")));
        }
    }
    schema
}

/// Lengths are of what is left once spaces at the ends are gone: only the longest is certain to hold before that.
fn text(field: &Field, format: Option<&str>) -> Value {
    let mut schema = json!({"type": "string", "x-maxLength": field.length_cap()});
    if let (Some(format), Some(schema)) = (format, schema.as_object_mut()) {
        schema.insert("format".to_owned(), json!(format));
    }
    schema
}

fn values(options: &[Choice]) -> Vec<&str> {
    options.iter().map(|option| option.value.as_str()).collect()
}

fn explained(field: &Field, form: &FormDefinition) -> String {
    let mut parts = Vec::new();
    if !field.help.is_empty() {
        parts.push(field.help.clone());
    }
    if !form.always_shows(field) {
        parts.push("Asked only where a condition on other answers holds.".to_owned());
    }
    if matches!(field.required, Requirement::When(_)) {
        parts.push("Required where a condition on other answers holds.".to_owned());
    }
    if !field.option_rules.is_empty() {
        parts.push(
            "Some options are offered only where a condition on other answers holds.".to_owned(),
        );
    }
    if field.is_company_only() {
        parts.push("Only the company sees and answers it, after the registration.".to_owned());
    }
    if !field.is_company_only() && !field.partner_edits() {
        parts.push("The company answers it, after the registration.".to_owned());
    }
    if let Some(rows) = field.kind.rows().filter(|rows| rows.least > 1) {
        parts.push(format!("At least {} rows.", rows.least));
    }
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::FieldKey;

    #[test]
    fn a_form_is_an_object_of_its_fields() {
        let key = |text: &str| FieldKey::parse(text).unwrap();
        let options = vec![Choice::new("a", "A"), Choice::new("b", "B")];
        let form = FormDefinition {
            fields: vec![
                Field::new(key("intro"), FieldKind::Heading, "Who buys"),
                Field::new(key("customer"), FieldKind::Text, "Customer").required(),
                Field::new(key("product"), FieldKind::Select { options }, "Product")
                    .help("One of ours"),
            ],
        };
        let schema = json_schema(&form);
        assert_eq!(schema["required"], json!(["customer"]));
        assert_eq!(schema["properties"]["product"]["enum"], json!(["a", "b"]));
        assert_eq!(
            schema["properties"]["product"]["description"],
            "One of ours"
        );
        assert!(schema["properties"].get("intro").is_none());
    }
}
