//! What each made-up company asks. Three programs that have little in common.

use domain::Currency;
use domain::forms::{
    Bound, Choice, Condition, Field, FieldKey, FieldKind, FormDefinition, Limits, Operator, Rule,
    SystemField, USUAL_FILES, starter_form,
};

/// A payroll service's referral: the eight fields that every program starts with.
pub fn referral() -> FormDefinition {
    starter_form(Currency::EUR)
}

/// Collects fields; a key that is none leaves its field out, which the check before publishing would say.
#[derive(Default)]
struct Sheet(Vec<Field>);

impl Sheet {
    fn add(&mut self, key: &str, kind: FieldKind, label: &str, with: impl FnOnce(Field) -> Field) {
        if let Ok(key) = FieldKey::parse(key) {
            self.0.push(with(Field::new(key, kind, label)));
        }
    }

    fn optional(&mut self, key: &str, kind: FieldKind, label: &str) {
        self.add(key, kind, label, |field| field);
    }

    fn required(&mut self, key: &str, kind: FieldKind, label: &str) {
        self.add(key, kind, label, Field::required);
    }

    fn heading(&mut self, key: &str, label: &str) {
        self.optional(key, FieldKind::Heading, label);
    }

    /// The six answers that lists and cards show.
    fn system(&mut self, currencies: &[Currency]) {
        let money = FieldKind::Money {
            currencies: currencies.to_vec(),
        };
        self.add("customer", FieldKind::Text, "Customer", |field| {
            field.required().system(SystemField::Customer)
        });
        self.add(
            "website",
            FieldKind::Url,
            "Customer\u{2019}s website",
            |field| field.system(SystemField::Domain),
        );
        self.add("contact_name", FieldKind::Text, "Contact person", |field| {
            field.required().system(SystemField::ContactName)
        });
        self.add(
            "contact_email",
            FieldKind::Email,
            "Contact\u{2019}s email",
            |field| field.required().system(SystemField::ContactEmail),
        );
        self.add("value", money, "Expected value", |field| {
            field.required().system(SystemField::Value)
        });
        self.add(
            "close_date",
            FieldKind::Date,
            "Expected close date",
            |field| {
                let limits = Limits {
                    min: Some(Bound::Today(0)),
                    ..Limits::default()
                };
                field
                    .required()
                    .system(SystemField::CloseDate)
                    .limits(limits)
            },
        );
    }

    fn done(self) -> FormDefinition {
        FormDefinition { fields: self.0 }
    }
}

fn choices(options: &[(&str, &str)]) -> Vec<Choice> {
    options
        .iter()
        .map(|(value, label)| Choice::new(*value, *label))
        .collect()
}

fn select(options: &[(&str, &str)]) -> FieldKind {
    FieldKind::Select {
        options: choices(options),
    }
}

fn several(options: &[(&str, &str)]) -> FieldKind {
    FieldKind::MultiSelect {
        options: choices(options),
    }
}

fn number(unit: &str) -> FieldKind {
    FieldKind::Number {
        decimals: 0,
        unit: unit.to_owned(),
    }
}

fn when(key: &str, operator: Operator) -> Option<Rule> {
    let key = FieldKey::parse(key).ok()?;
    Some(Condition::on(&key, operator).into())
}

fn any_of(values: &[&str]) -> Operator {
    Operator::OneOf(values.iter().map(|value| (*value).to_owned()).collect())
}

fn required_when(field: Field, rule: Option<Rule>) -> Field {
    match rule {
        Some(rule) => field.required_when(rule),
        None => field,
    }
}

/// Shown, and then required, only where the rule holds.
fn asked_when(field: Field, rule: Option<Rule>) -> Field {
    match rule {
        Some(rule) => field.required().shown_when(rule),
        None => field,
    }
}

/// A robot maker's program: fourteen fields, some about the site where the machines will stand.
pub fn robotics() -> FormDefinition {
    let mut sheet = Sheet::default();
    sheet.system(&[Currency::GBP, Currency::EUR]);
    sheet.required("country", FieldKind::Country, "Country of the site");
    sheet.required(
        "process",
        select(&[
            ("palletising", "Palletising"),
            ("picking", "Picking"),
            ("welding", "Welding"),
            ("inspection", "Inspection"),
        ]),
        "Process to automate",
    );
    sheet.required("units", number("robots"), "Number of robots");
    sheet.add("weld_current", number("A"), "Welding current", |field| {
        asked_when(field, when("process", Operator::Is("welding".into())))
    });
    sheet.optional("site_visit", FieldKind::Date, "Site visit planned for");
    sheet.optional(
        "integrator",
        FieldKind::Checkbox,
        "We integrate the cell ourselves",
    );
    let drawing = FieldKind::File {
        max_bytes: 10 << 20,
        accept: vec!["pdf".into(), "dxf".into(), "png".into()],
        most: USUAL_FILES,
    };
    sheet.optional("layout", drawing, "Floor plan");
    sheet.optional("remarks", FieldKind::LongText, "Anything we should know");
    sheet.done()
}

const SERVICES: &[(&str, &str)] = &[
    ("compute", "Virtual machines"),
    ("kubernetes", "Managed Kubernetes"),
    ("object_storage", "Object storage"),
    ("postgres", "Managed Postgres"),
    ("streaming", "Event streaming"),
    ("warehouse", "Data warehouse"),
    ("inference", "Model inference"),
    ("edge", "Edge locations"),
];

const EU: &[&str] = &[
    "AT", "BE", "DE", "DK", "ES", "FI", "FR", "IE", "IT", "NL", "PL", "PT", "SE",
];

/// A cloud marketplace's opportunity registration: fields by country and by kind of opportunity.
pub fn marketplace() -> FormDefinition {
    let mut sheet = Sheet::default();
    sheet.heading("about_customer", "The customer");
    sheet.system(&[Currency::USD, Currency::EUR, Currency::GBP]);
    sheet.required("country", FieldKind::Country, "Country");
    about_customer(&mut sheet);
    sheet.heading("about_opportunity", "The opportunity");
    about_opportunity(&mut sheet);
    sheet.heading("about_sale", "How you sell");
    about_sale(&mut sheet);
    sheet.done()
}

fn about_customer(sheet: &mut Sheet) {
    sheet.add("state", FieldKind::Text, "State or province", |field| {
        required_when(field, when("country", any_of(&["US", "CA", "AU"])))
    });
    sheet.add("postal_code", FieldKind::Text, "Postal code", |field| {
        required_when(field, when("country", any_of(&["US", "GB", "DE"])))
    });
    sheet.add(
        "vat_id",
        FieldKind::Text,
        "VAT identification number",
        |field| {
            asked_when(field, when("country", any_of(EU)))
                .help("Two letters, then up to twelve signs.")
        },
    );
    sheet.required(
        "industry",
        select(&[
            ("finance", "Financial services"),
            ("health", "Health care"),
            ("industry", "Manufacturing"),
            ("public", "Public sector"),
            ("retail", "Retail"),
            ("software", "Software"),
            ("other", "Other"),
        ]),
        "Industry",
    );
    sheet.add("tender", FieldKind::Text, "Tender reference", |field| {
        asked_when(field, tendered())
    });
    sheet.optional("employees", number("people"), "Employees");
}

/// Public buyers tender where the law asks for it, and above a value elsewhere.
fn tendered() -> Option<Rule> {
    let public = when("industry", Operator::Is("public".into()))?;
    let european = when("country", any_of(EU))?;
    let large = when("value", Operator::AtLeast(Bound::parse("100000")?))?;
    Some(Rule::all(vec![public, Rule::any(vec![european, large])]))
}

fn about_opportunity(sheet: &mut Sheet) {
    sheet.required("title", FieldKind::Text, "Name of the opportunity");
    sheet.required(
        "kind",
        select(&[
            ("new", "New customer"),
            ("expansion", "Expansion"),
            ("migration", "Migration from another cloud"),
        ]),
        "Kind of opportunity",
    );
    sheet.add(
        "from_cloud",
        select(&[("own", "Own data centre"), ("other", "Another provider")]),
        "Migrates from",
        |field| asked_when(field, when("kind", Operator::Is("migration".into()))),
    );
    sheet.required("services", several(SERVICES), "Services of interest");
    sheet.add(
        "need",
        FieldKind::LongText,
        "The customer\u{2019}s problem",
        |field| {
            let limits = Limits {
                min_length: Some(20),
                max_length: Some(2_000),
                ..Limits::default()
            };
            field.required().limits(limits)
        },
    );
    sheet.optional("monthly_usage", number("USD"), "Expected usage per month");
    sheet.optional("poc", FieldKind::Checkbox, "A proof of concept is agreed");
}

fn about_sale(sheet: &mut Sheet) {
    sheet.required(
        "motion",
        select(&[
            ("resell", "We resell"),
            ("refer", "We refer"),
            ("co_sell", "We sell together"),
        ]),
        "Sales motion",
    );
    sheet.add(
        "reseller_id",
        FieldKind::Text,
        "Your reseller number",
        |field| asked_when(field, when("motion", Operator::Is("resell".into()))),
    );
    sheet.optional("phone", FieldKind::Phone, "Your phone for questions");
    sheet.required(
        "consent",
        FieldKind::Checkbox,
        "The customer knows that we register this deal",
    );
}

#[cfg(test)]
mod tests {
    use domain::forms::check_publishable;

    use super::*;

    #[test]
    fn every_form_may_be_published() {
        for form in [referral(), robotics(), marketplace()] {
            assert_eq!(check_publishable(&form), Ok(()));
        }
    }

    #[test]
    fn the_three_differ_in_size() {
        let asked = |form: FormDefinition| {
            form.fields
                .iter()
                .filter(|field| field.kind.has_answer())
                .count()
        };
        assert_eq!(asked(referral()), 8);
        assert_eq!(asked(robotics()), 14);
        assert!(
            (24..=26).contains(&asked(marketplace())),
            "{}",
            asked(marketplace())
        );
    }
}
