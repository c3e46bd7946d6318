//! A distributor registers for the resellers that it supplies.

use super::sheet::{Sheet, is, one_of, short};
use crate::{
    Currency,
    forms::{FieldKind, FormDefinition},
};

pub fn form(currency: Currency) -> FormDefinition {
    let mut sheet = Sheet::new(currency);
    sheet.heading("about_customer", "The end customer");
    sheet.customer("Who will use the products in the end; not the reseller.");
    sheet.contact("Whom the reseller speaks with at the end customer.");
    reseller(&mut sheet);
    deal(&mut sheet);
    sheet.close_date(
        "Expected close date",
        "When you expect the reseller\u{2019}s order.",
    );
    sheet.done()
}

fn reseller(sheet: &mut Sheet) {
    sheet.heading("about_reseller", "The reseller");
    sheet
        .ask(
            "reseller",
            FieldKind::Text,
            "Reseller name",
            "Whom the deal will be kept for.",
        )
        .required();
    let levels = one_of(&[
        ("registered", "Registered with us"),
        ("authorised", "Authorised for these products"),
        ("new", "New to us"),
    ]);
    sheet
        .ask("reseller_level", levels, "What is the reseller?", "")
        .required();
    sheet
        .ask(
            "reseller_email",
            FieldKind::Email,
            "Reseller email address",
            "Somebody there who knows the deal. A new reseller is invited under it.",
        )
        .required();
}

fn deal(sheet: &mut Sheet) {
    sheet.heading("about_deal", "The deal");
    sheet
        .ask(
            "parts",
            FieldKind::LongText,
            "Part numbers and quantities",
            "One part a line, as it will stand in your order.",
        )
        .required()
        .limits(short(4_000));
    sheet.value("Expected value", "At your buying price, without shipping.");
    sheet.ask(
        "special_price",
        FieldKind::Checkbox,
        "A special price is needed",
        "Your usual conditions are not enough to win.",
    );
    let money = sheet.money();
    sheet
        .ask(
            "target_price",
            money,
            "Price that would win",
            "For all parts together.",
        )
        .required()
        .when("special_price", is("yes"));
}
