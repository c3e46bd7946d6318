//! Run the product for a customer, month after month.

use super::sheet::{Sheet, at_least_one, count, is, one_of, some_of};
use crate::{
    Currency,
    forms::{FieldKind, FormDefinition},
};

pub fn form(currency: Currency) -> FormDefinition {
    let mut sheet = Sheet::new(currency);
    sheet.customer("The business that you will serve.");
    sheet.contact("Whoever is answerable for it at the customer.");
    service(&mut sheet);
    contract(&mut sheet);
    before(&mut sheet);
    sheet.value(
        "Value of the first year",
        "What the customer will pay you, all months together.",
    );
    sheet.close_date(
        "Expected start of service",
        "The day from which the first month is billed.",
    );
    sheet.done()
}

fn service(sheet: &mut Sheet) {
    let services = some_of(&[
        ("operation", "Operation and monitoring"),
        ("backup", "Backup and recovery"),
        ("security", "Security"),
        ("helpdesk", "Helpdesk"),
        ("migration", "Migration"),
    ]);
    sheet
        .ask("services", services, "What will you do for them?", "")
        .required();
    sheet
        .ask(
            "users",
            count("users"),
            "Number of users",
            "At the start. It may grow later.",
        )
        .required()
        .limits(at_least_one());
}

fn contract(sheet: &mut Sheet) {
    let hours = one_of(&[
        ("office", "Office hours"),
        ("extended", "Extended hours"),
        ("always", "Around the clock"),
    ]);
    sheet
        .ask(
            "hours",
            hours,
            "Hours of service",
            "As they will stand in your contract.",
        )
        .required();
    let terms = one_of(&[
        ("monthly", "Month by month"),
        ("12", "12 months"),
        ("24", "24 months"),
        ("36", "36 months"),
    ]);
    sheet
        .ask(
            "term",
            terms,
            "Term of the contract",
            "How long they are bound at first.",
        )
        .required();
}

fn before(sheet: &mut Sheet) {
    let before = one_of(&[
        ("own", "Their own people"),
        ("provider", "Another provider"),
        ("nobody", "Nobody"),
    ]);
    sheet
        .ask("today", before, "Who does it today?", "")
        .required();
    sheet
        .ask(
            "provider",
            FieldKind::Text,
            "Name of the provider",
            "We tell nobody that you named them.",
        )
        .when("today", is("provider"));
    sheet
        .ask(
            "provider_until",
            FieldKind::Date,
            "Their contract ends on",
            "If you know it. You can rarely start before.",
        )
        .when("today", is("provider"));
}
