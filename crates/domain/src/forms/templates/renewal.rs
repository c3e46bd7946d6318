//! Renew what a customer has already.

use super::sheet::{Sheet, at_least_one, count, is, is_one_of, one_of, short};
use crate::{
    Currency,
    forms::{FieldKind, FormDefinition},
};

pub fn form(currency: Currency) -> FormDefinition {
    let mut sheet = Sheet::new(currency);
    sheet.customer("As it stands in the contract that ends.");
    sheet.contact("Whoever decides about the renewal.");
    contract(&mut sheet);
    sheet.value("Value of the renewal", "For the whole new term.");
    risk(&mut sheet);
    sheet.close_date(
        "Expected close date",
        "When they will sign. Best before the old contract ends.",
    );
    sheet.done()
}

fn contract(sheet: &mut Sheet) {
    sheet
        .ask(
            "contract",
            FieldKind::Text,
            "Contract number",
            "It stands on the last invoice.",
        )
        .required();
    sheet
        .ask(
            "ends_on",
            FieldKind::Date,
            "The contract ends on",
            "It may have ended already.",
        )
        .required();
    let changes = one_of(&[
        ("same", "The same again"),
        ("more", "More than before"),
        ("fewer", "Fewer than before"),
        ("other", "Other products"),
    ]);
    sheet
        .ask("change", changes, "What will they renew?", "")
        .required();
    sheet
        .ask(
            "seats",
            count("seats"),
            "Seats from then on",
            "All of them, old and new together.",
        )
        .required()
        .limits(at_least_one())
        .when("change", is_one_of(&["more", "fewer"]));
}

fn risk(sheet: &mut Sheet) {
    let risks = one_of(&[
        ("none", "Nothing"),
        ("price", "The price"),
        ("competitor", "A competitor"),
        ("unused", "They hardly use it"),
    ]);
    sheet
        .ask(
            "risk",
            risks,
            "What could stop it?",
            "Be frank: it is asked so that we can help.",
        )
        .required();
    sheet
        .ask(
            "competitor",
            FieldKind::Text,
            "Which competitor?",
            "And what they offer, if you know it.",
        )
        .when("risk", is("competitor"));
    sheet
        .ask(
            "help_needed",
            FieldKind::LongText,
            "What would help?",
            "A call, a training, another price: whatever you would ask us for.",
        )
        .limits(short(2_000))
        .when("risk", is_one_of(&["price", "competitor", "unused"]));
}
