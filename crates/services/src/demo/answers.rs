//! Plausible answers to any form, by kind, system role and key.

use domain::forms::{
    Address, Field, FieldKind, FormDefinition, RawAnswers, Requirement, SystemField, region_choices,
};
use domain::text::slug;
use domain::{Currency, Date};

use super::random::Random;

/// What a registration is about.
pub struct Prospect {
    pub customer: String,
    pub contact: String,
    /// Whole units of the currency.
    pub value: i64,
    pub currency: Currency,
    pub close: Date,
}

const COUNTRIES: [&str; 12] = [
    "US", "DE", "GB", "FR", "NL", "SE", "ES", "IT", "CA", "AU", "PL", "JP",
];
const REGIONS: [&str; 6] = [
    "North",
    "Bavaria",
    "Ontario",
    "Texas",
    "Yorkshire",
    "Victoria",
];
const NEEDS: [&str; 6] = [
    "Month-end takes two days of manual work and nobody can leave early.",
    "The present supplier ends support next spring, and the contract cannot be renewed.",
    "A second site opens this year; what they have does not reach that far.",
    "They lose orders because answers take too long, and want the first results by summer.",
    "An audit found gaps that they must close before the end of the fiscal year.",
    "Growth: twice the volume within a year, with the same team.",
];

/// Fills the form as somebody would: all that is required, and most of the rest.
pub fn fill(form: &FormDefinition, about: &Prospect, random: &mut Random) -> RawAnswers {
    let country = random.text(&COUNTRIES);
    let mut raw = RawAnswers::default();
    for field in &form.fields {
        let wanted =
            field.required != Requirement::Never || field.system.is_some() || random.percent(70);
        if wanted {
            let values = answer(field, about, country, random);
            match (&field.kind, values.first()) {
                (FieldKind::Money { .. }, Some(amount)) => {
                    raw.set_money(&field.key, amount, about.currency.code());
                }
                _ => raw.set(&field.key, values),
            }
        }
    }
    raw
}

fn answer(field: &Field, about: &Prospect, country: &str, random: &mut Random) -> Vec<String> {
    if let Some(system) = field.system {
        return vec![system_answer(system, about)];
    }
    let text = match &field.kind {
        FieldKind::Heading
        | FieldKind::PageBreak
        | FieldKind::Group
        | FieldKind::GroupEnd
        | FieldKind::File { .. }
        | FieldKind::Rows(_)
        | FieldKind::Computed { .. }
        | FieldKind::TextBlock { .. } => return Vec::new(),
        FieldKind::MultiSelect { options } => {
            let first = random.below(options.len());
            let some = options.iter().cycle().skip(first).take(1 + random.below(3));
            return some.map(|option| option.value.clone()).collect();
        }
        FieldKind::Select { options } | FieldKind::Radio { options } => random
            .pick(options)
            .map(|option| option.value.clone())
            .unwrap_or_default(),
        FieldKind::Checkbox => "yes".to_owned(),
        FieldKind::YesNo => random.text(&["yes", "no"]).to_owned(),
        FieldKind::Percent { .. } => random.between(5, 95).to_string(),
        FieldKind::DateRange => format!("{0}/{0}", about.close),
        FieldKind::Country => country.to_owned(),
        FieldKind::Address => {
            let number = random.between(1, 200);
            let street = format!("{number} Harbour Road");
            let (city, country) = ("Northgate".to_owned(), country.to_owned());
            let address = Address {
                street,
                city,
                country,
                ..Address::default()
            };
            address.to_cell()
        }
        FieldKind::Region { .. } => {
            let regions = region_choices(country).unwrap_or_default();
            let picked = random.pick(&regions);
            picked.map(|(code, _)| code.clone()).unwrap_or_default()
        }
        FieldKind::Number { .. } => random.between(1, 400).to_string(),
        FieldKind::Money { .. } => random.between(1_000, 50_000).to_string(),
        FieldKind::Date => about.close.to_string(),
        FieldKind::Email => format!("office@{}.example", slug(&about.customer)),
        FieldKind::Phone => format!("+44 20 7946 0{}", random.between(100, 999)),
        FieldKind::Url => format!("https://{}.example", slug(&about.customer)),
        FieldKind::LongText => random.text(&NEEDS).to_owned(),
        FieldKind::Customer => about.customer.clone(),
        FieldKind::Text => line(field.key.as_str(), about, country, random),
    };
    vec![text]
}

fn system_answer(system: SystemField, about: &Prospect) -> String {
    match system {
        SystemField::Customer => about.customer.clone(),
        SystemField::Domain => format!("{}.example", slug(&about.customer)),
        SystemField::ContactName => about.contact.clone(),
        SystemField::ContactEmail => {
            let mailbox = slug(&about.contact).replace('-', ".");
            format!("{mailbox}@{}.example", slug(&about.customer))
        }
        SystemField::Value => about.value.to_string(),
        SystemField::CloseDate => about.close.to_string(),
    }
}

fn line(key: &str, about: &Prospect, country: &str, random: &mut Random) -> String {
    match key {
        "vat_id" => format!("{country}{}", random.between(100_000_000, 999_999_999)),
        "postal_code" => random.between(10_000, 99_999).to_string(),
        "state" => random.text(&REGIONS).to_owned(),
        "tender" => format!("T-{}", random.between(1_000, 9_999)),
        "reseller_id" => format!("R-{}", random.between(10_000, 99_999)),
        "title" => format!(
            "{}: {}",
            about.customer,
            random.text(&["first project", "roll-out", "renewal"])
        ),
        _ => random
            .text(&["To be agreed", "See the offer", "As discussed"])
            .to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use domain::forms::{Context, validate};

    use super::*;
    use crate::demo::{forms, names};

    #[test]
    fn every_filled_form_is_valid() {
        let today = Date::new(2026, 11, 22).unwrap();
        for (form, currency) in [
            (forms::referral(), Currency::EUR),
            (forms::robotics(), Currency::GBP),
            (forms::marketplace(), Currency::USD),
        ] {
            for index in 0..300 {
                let mut random = Random::seeded(index);
                let about = Prospect {
                    customer: names::customer(usize::try_from(index).unwrap()),
                    contact: names::person(3),
                    value: 12_000,
                    currency,
                    close: today.plus_days(40),
                };
                let raw = fill(&form, &about, &mut random);
                let valid = validate(&form, &raw, &Context::on(today));
                assert!(valid.is_ok(), "{valid:?}");
            }
        }
    }
}
