//! Sell under a contract of one's own.

use super::sheet::{Sheet, at_least_one, count, from_today, is, one_of, short, some_of};
use crate::{
    Currency,
    forms::{Bound, FieldKind, FormDefinition, Limits},
};

pub fn form(currency: Currency) -> FormDefinition {
    let mut sheet = Sheet::new(currency);
    sheet.customer("The business that will use the products.");
    sheet.contact("Whoever decides, or leads the project.");
    products(&mut sheet);
    tender(&mut sheet);
    sheet.value("Expected value", "At list price, for the first year.");
    discount(&mut sheet);
    offer(&mut sheet);
    sheet.close_date("Expected close date", "When you expect their order.");
    sheet.done()
}

fn products(sheet: &mut Sheet) {
    let kinds = one_of(&[
        ("new", "A new customer"),
        ("more", "More for an existing customer"),
        ("replace", "A competitor is replaced"),
    ]);
    sheet
        .ask("business", kinds, "What kind of deal is it?", "")
        .required();
    sheet
        .ask(
            "competitor",
            FieldKind::Text,
            "Which product is replaced?",
            "Its name and, if you know it, when its contract ends.",
        )
        .required()
        .when("business", is("replace"));
    let products = some_of(&[
        ("platform", "Platform"),
        ("add_ons", "Add-ons"),
        ("support", "Support"),
        ("services", "Services"),
    ]);
    sheet
        .ask("products", products, "Products", "All that you will quote.")
        .required();
    sheet
        .ask(
            "seats",
            count("seats"),
            "Number of seats",
            "How many people will use it.",
        )
        .limits(at_least_one());
}

fn tender(sheet: &mut Sheet) {
    sheet.ask(
        "tender",
        FieldKind::Checkbox,
        "It is a public tender",
        "Then others may register the same customer.",
    );
    let of_tender = ("tender", is("yes"));
    sheet.group_when(("tender_details", "The tender"), of_tender, |sheet| {
        sheet
            .ask(
                "tender_closes",
                FieldKind::Date,
                "The tender closes on",
                "The last day for bids.",
            )
            .required()
            .limits(from_today());
        sheet
            .ask(
                "tender_number",
                FieldKind::Text,
                "Number of the tender",
                "As the notice has it, if there is one yet.",
            )
            .limits(short(60));
    });
}

/// Nobody knows it when the deal is registered: a stage that comes later can ask for it.
fn offer(sheet: &mut Sheet) {
    sheet.ask(
        "offer_sent",
        FieldKind::Date,
        "Offer sent on",
        "Leave it empty until your offer is out.",
    );
}

fn discount(sheet: &mut Sheet) {
    let per_cent = Limits {
        min: Bound::parse("0"),
        max: Bound::parse("100"),
        ..Limits::default()
    };
    sheet
        .ask(
            "discount",
            FieldKind::Number {
                decimals: 1,
                unit: "%".to_owned(),
            },
            "Discount that you ask for",
            "On top of your usual one. Leave it empty if you need none.",
        )
        .limits(per_cent);
    sheet
        .ask(
            "work_so_far",
            FieldKind::LongText,
            "What have you done so far?",
            "Meetings, demonstrations, offers. It is what the registration is judged by.",
        )
        .required()
        .limits(short(2_000));
}
