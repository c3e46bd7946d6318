//! What a column's heading probably means. A guess only: somebody looks at it.

use std::collections::BTreeSet;

use super::mapping::{Target, targets};
use crate::forms::{FormDefinition, SystemField};
use crate::text::fold;

/// How other systems call it, folded.
fn usual_names(target: &Target, form: &FormDefinition) -> &'static [&'static str] {
    let system = |key| form.field(key).and_then(|field| field.system);
    match target {
        Target::Ignore => &[],
        Target::Partner => &[
            "partner",
            "partner name",
            "reseller",
            "agency",
            "partner company",
        ],
        Target::Status => &[
            "status",
            "registration",
            "registration status",
            "deal status",
        ],
        Target::Stage => &["stage", "deal stage", "pipeline stage", "sales stage"],
        Target::LostReason => &[
            "lost reason",
            "loss reason",
            "reason lost",
            "closed lost reason",
        ],
        Target::Reason => &["reason", "decision reason"],
        Target::Currency(key) => match system(key) {
            Some(SystemField::Value) => &["currency", "currency code", "deal currency"],
            _ => &[],
        },
        Target::Field(key) => match system(key) {
            Some(SystemField::Customer) => &[
                "customer",
                "customer name",
                "company",
                "company name",
                "account",
                "account name",
                "client",
                "organisation",
                "organization",
                "business",
            ],
            Some(SystemField::Domain) => &[
                "website",
                "domain",
                "site",
                "url",
                "web site",
                "customer website",
            ],
            Some(SystemField::ContactName) => &["contact", "contact name", "primary contact"],
            Some(SystemField::ContactEmail) => {
                &["email", "e mail", "contact email", "email address"]
            }
            Some(SystemField::Value) => &[
                "value",
                "amount",
                "deal value",
                "deal size",
                "deal amount",
                "expected value",
                "total",
                "revenue",
            ],
            Some(SystemField::CloseDate) => &[
                "close date",
                "closing date",
                "expected close date",
                "expected close",
                "closing",
            ],
            None => &[],
        },
    }
}

/// One for each heading, each target at most once: first by the key and the company's own label, then by usual names.
pub fn guess(headings: &[String], form: &FormDefinition) -> Vec<Target> {
    let known = targets(form);
    let mut guessed = vec![Target::Ignore; headings.len()];
    let mut taken = BTreeSet::new();
    for by_usual_name in [false, true] {
        for (heading, guessed) in headings.iter().zip(&mut guessed) {
            if *guessed != Target::Ignore {
                continue;
            }
            let folded = fold(heading);
            let means = |target: &Target, label: &str| {
                if by_usual_name {
                    usual_names(target, form).contains(&folded.as_str())
                } else {
                    is_own_name(target, label, heading, &folded)
                }
            };
            let found = known
                .iter()
                .filter(|(target, _)| *target != Target::Ignore && !taken.contains(target))
                .find(|(target, label)| !folded.is_empty() && means(target, label));
            if let Some((target, _)) = found {
                taken.insert(target.clone());
                *guessed = target.clone();
            }
        }
    }
    guessed
}

fn is_own_name(target: &Target, label: &str, heading: &str, folded: &str) -> bool {
    let key = match target {
        Target::Field(key) => key.to_string(),
        Target::Currency(key) => format!("{key}.currency"),
        _ => String::new(),
    };
    heading.trim().eq_ignore_ascii_case(&key) || fold(label) == folded
}
