//! Fields written one under the other, as the partner meets them.

use super::super::{
    Bound, Choice, Condition, Field, FieldKey, FieldKind, FormDefinition, KindName, Limits,
    Operator, SystemField, starter::currencies,
};
use crate::Currency;

/// What is said of a field is said of the one that was asked last. A key that is none leaves its field out; tests look at
/// every template.
pub struct Sheet {
    fields: Vec<Field>,
    currencies: Vec<Currency>,
}

impl Sheet {
    pub fn new(currency: Currency) -> Self {
        Self {
            fields: Vec::new(),
            currencies: currencies(currency),
        }
    }

    pub fn ask(&mut self, key: &str, kind: FieldKind, label: &str, help: &str) -> &mut Self {
        if let Ok(key) = FieldKey::parse(key) {
            self.fields.push(Field::new(key, kind, label).help(help));
        }
        self
    }

    pub fn heading(&mut self, key: &str, label: &str) {
        self.ask(key, FieldKind::Heading, label, "");
    }

    /// What `fields` asks stands in a group of that title, which is shown only where the answer above says so.
    pub fn group_when(
        &mut self,
        (key, label): (&str, &str),
        (above, operator): (&str, Operator),
        fields: impl FnOnce(&mut Self),
    ) {
        self.ask(key, FieldKind::Group, label, "")
            .when(above, operator);
        fields(self);
        let end = KindName::GroupEnd.label();
        self.ask(&format!("{key}_end"), FieldKind::GroupEnd, end, "");
    }

    pub fn required(&mut self) -> &mut Self {
        self.last(Field::required)
    }

    pub fn system(&mut self, system: SystemField) -> &mut Self {
        self.last(|field| field.system(system))
    }

    pub fn limits(&mut self, limits: Limits) -> &mut Self {
        self.last(|field| field.limits(limits))
    }

    /// Shown only where the answer above says so.
    pub fn when(&mut self, key: &str, operator: Operator) -> &mut Self {
        match FieldKey::parse(key) {
            Ok(key) => self.last(|field| field.shown_when(Condition::on(&key, operator))),
            Err(_) => self,
        }
    }

    fn last(&mut self, with: impl FnOnce(Field) -> Field) -> &mut Self {
        if let Some(field) = self.fields.pop() {
            self.fields.push(with(field));
        }
        self
    }

    /// Name, website and country of whoever may buy.
    pub fn customer(&mut self, help: &str) {
        self.ask("customer", FieldKind::Text, "Customer name", help)
            .required()
            .system(SystemField::Customer);
        self.ask(
            "website",
            FieldKind::Url,
            "Customer website",
            "Like example.com. It tells us which business you mean.",
        )
        .system(SystemField::Domain);
        self.ask("country", FieldKind::Country, "Country", "")
            .required();
    }

    /// Whom to speak with at the customer.
    pub fn contact(&mut self, help: &str) {
        self.ask("contact_name", FieldKind::Text, "Contact name", help)
            .required()
            .system(SystemField::ContactName);
        self.ask(
            "contact_email",
            FieldKind::Email,
            "Contact email address",
            "Their address at the customer, not a private one.",
        )
        .required()
        .system(SystemField::ContactEmail);
    }

    pub fn value(&mut self, label: &str, help: &str) {
        let kind = self.money();
        self.ask("value", kind, label, help)
            .required()
            .system(SystemField::Value);
    }

    /// A day that has not passed.
    pub fn close_date(&mut self, label: &str, help: &str) {
        self.ask("close_date", FieldKind::Date, label, help)
            .required()
            .limits(from_today())
            .system(SystemField::CloseDate);
    }

    pub fn money(&self) -> FieldKind {
        FieldKind::Money {
            currencies: self.currencies.clone(),
        }
    }

    pub fn done(self) -> FormDefinition {
        FormDefinition {
            fields: self.fields,
        }
    }
}

/// Stored value and label.
type Options<'a> = &'a [(&'a str, &'a str)];

fn choices(options: Options) -> Vec<Choice> {
    options
        .iter()
        .map(|(value, label)| Choice::new(*value, *label))
        .collect()
}

pub fn one_of(options: Options) -> FieldKind {
    FieldKind::Select {
        options: choices(options),
    }
}

pub fn some_of(options: Options) -> FieldKind {
    FieldKind::MultiSelect {
        options: choices(options),
    }
}

/// A whole number of something.
pub fn count(unit: &str) -> FieldKind {
    FieldKind::Number {
        decimals: 0,
        unit: unit.to_owned(),
    }
}

pub fn is(value: &str) -> Operator {
    Operator::Is(value.to_owned())
}

pub fn is_one_of(values: &[&str]) -> Operator {
    Operator::OneOf(values.iter().map(|value| (*value).to_owned()).collect())
}

/// One or more of something.
pub fn at_least_one() -> Limits {
    Limits {
        min: Bound::parse("1"),
        ..Limits::default()
    }
}

pub fn from_today() -> Limits {
    Limits {
        min: Some(Bound::Today(0)),
        ..Limits::default()
    }
}

/// At most so many characters.
pub fn short(characters: u32) -> Limits {
    Limits {
        max_length: Some(characters),
        ..Limits::default()
    }
}
