//! Sell through a cloud provider's marketplace.

use super::sheet::{Sheet, from_today, is, one_of};
use crate::{
    Currency,
    forms::{FieldKind, FormDefinition, Limits, Mask},
};

pub fn form(currency: Currency) -> FormDefinition {
    let mut sheet = Sheet::new(currency);
    sheet.customer("The business that the marketplace will bill.");
    sheet.contact("Whoever accepts the offer in the marketplace.");
    accounts(&mut sheet);
    purchase(&mut sheet);
    sheet.value("Contract value", "Of the whole term, before any fees.");
    sheet.close_date(
        "Expected close date",
        "When the customer will accept the offer.",
    );
    sheet.ask(
        "workload",
        FieldKind::LongText,
        "What will they run?",
        "The workload, and which of the provider\u{2019}s services it uses.",
    );
    sheet.done()
}

/// Each provider names its customers in a way of its own.
fn accounts(sheet: &mut Sheet) {
    let marketplaces = one_of(&[
        ("aws", "AWS Marketplace"),
        ("azure", "Microsoft Marketplace"),
        ("google", "Google Cloud Marketplace"),
    ]);
    sheet
        .ask("marketplace", marketplaces, "Marketplace", "")
        .required();
    sheet
        .ask(
            "aws_account",
            FieldKind::Text,
            "AWS account",
            "The twelve digits of the account that will buy.",
        )
        .required()
        .limits(mask("999999999999"))
        .when("marketplace", is("aws"));
    sheet
        .ask(
            "azure_billing",
            FieldKind::Text,
            "Microsoft billing account",
            "As it stands in the customer\u{2019}s billing overview.",
        )
        .required()
        .when("marketplace", is("azure"));
    sheet
        .ask(
            "google_billing",
            FieldKind::Text,
            "Google billing account",
            "Three groups of six signs, with hyphens between them.",
        )
        .required()
        .limits(mask("******-******-******"))
        .when("marketplace", is("google"));
}

fn purchase(sheet: &mut Sheet) {
    let offers = one_of(&[
        ("private", "A private offer of yours"),
        ("reseller", "A private offer that we make as the reseller"),
        ("public", "The public listing"),
    ]);
    sheet
        .ask("offer", offers, "How will they buy?", "")
        .required();
    sheet.ask(
        "committed",
        FieldKind::Checkbox,
        "It counts towards committed spend",
        "The customer has promised the provider a spend that this purchase is part of.",
    );
    sheet
        .ask(
            "commitment_ends",
            FieldKind::Date,
            "The commitment ends on",
            "What is not spent by then is lost, which often sets the date of the deal.",
        )
        .limits(from_today())
        .when("committed", is("yes"));
    sheet.ask(
        "co_sell",
        FieldKind::Text,
        "Co-sell number",
        "If the provider has registered the opportunity too.",
    );
}

fn mask(text: &str) -> Limits {
    Limits {
        mask: Mask::parse(text).ok(),
        ..Limits::default()
    }
}
