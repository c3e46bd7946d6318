//! Introduce a customer, and leave the rest to the company.

use super::sheet::{Sheet, is, one_of, short};
use crate::{
    Currency,
    forms::{FieldKind, FormDefinition},
};

pub fn form(currency: Currency) -> FormDefinition {
    let mut sheet = Sheet::new(currency);
    sheet.customer("The business that you introduce.");
    sheet.contact("Whom we should call.");
    sheet.ask("contact_phone", FieldKind::Phone, "Contact phone", "");
    acquaintance(&mut sheet);
    sheet
        .ask(
            "need",
            FieldKind::LongText,
            "What do they need?",
            "Two or three sentences: what they have now, and what they are looking for.",
        )
        .required()
        .limits(short(2_000));
    sheet.value("Expected value", "For the first year. A guess is enough.");
    sheet.close_date(
        "Expected close date",
        "When they mean to decide, as far as you know.",
    );
    sheet.done()
}

fn acquaintance(sheet: &mut Sheet) {
    let ways = one_of(&[
        ("client", "They are a client of mine"),
        ("colleague", "We have worked together"),
        ("event", "We met at an event"),
        ("other", "Otherwise"),
    ]);
    sheet
        .ask("relationship", ways, "How do you know them?", "")
        .required();
    sheet
        .ask(
            "relationship_other",
            FieldKind::Text,
            "How exactly?",
            "A few words.",
        )
        .required()
        .when("relationship", is("other"));
    sheet
        .ask(
            "agreed",
            FieldKind::Checkbox,
            "They expect to hear from us",
            "We call nobody who has not agreed to it.",
        )
        .required();
}
