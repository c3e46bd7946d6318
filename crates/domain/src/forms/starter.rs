//! The eight fields that a new program ships with; all of them can be changed.

use super::{Bound, Field, FieldKey, FieldKind, FormDefinition, Limits, SystemField};
use crate::Currency;

/// What every company asks at first. `currency` comes first in the list of the value's currencies.
pub fn starter_form(currency: Currency) -> FormDefinition {
    let currencies = currencies(currency);
    let fields = [
        field("customer", FieldKind::Text, SystemField::Customer.label()).map(|f| {
            f.required()
                .system(SystemField::Customer)
                .help("The business that may buy.")
        }),
        field("website", FieldKind::Url, SystemField::Domain.label()).map(|f| {
            f.system(SystemField::Domain)
                .help("Like example.com. It tells us which business you mean.")
        }),
        field("country", FieldKind::Country, "Country").map(Field::required),
        field(
            "contact_name",
            FieldKind::Text,
            SystemField::ContactName.label(),
        )
        .map(|f| {
            f.system(SystemField::ContactName)
                .help("The person there whom you work with.")
        }),
        field(
            "contact_email",
            FieldKind::Email,
            SystemField::ContactEmail.label(),
        )
        .map(|f| {
            f.system(SystemField::ContactEmail)
                .help("At work, so that we know which business you mean.")
        }),
        field(
            "value",
            FieldKind::Money { currencies },
            SystemField::Value.label(),
        )
        .map(|f| f.required().system(SystemField::Value)),
        field(
            "close_date",
            FieldKind::Date,
            SystemField::CloseDate.label(),
        )
        .map(|f| {
            f.required().system(SystemField::CloseDate).limits(Limits {
                min: Some(Bound::Today(0)),
                ..Limits::default()
            })
        }),
        field("need", FieldKind::LongText, "What does the customer need?").map(|f| {
            f.limits(Limits {
                max_length: Some(2_000),
                ..Limits::default()
            })
        }),
    ];
    FormDefinition {
        fields: fields.into_iter().flatten().collect(),
    }
}

/// The program's own currency, and those that most deals come in.
pub(super) fn currencies(first: Currency) -> Vec<Currency> {
    let mut currencies = vec![first];
    currencies.extend(
        [Currency::EUR, Currency::USD, Currency::GBP]
            .into_iter()
            .filter(|c| *c != first),
    );
    currencies
}

fn field(key: &str, kind: FieldKind, label: &str) -> Option<Field> {
    FieldKey::parse(key)
        .ok()
        .map(|key| Field::new(key, kind, label))
}
