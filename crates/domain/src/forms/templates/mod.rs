//! Forms to start from: what six usual kinds of programs ask. A company changes whatever it likes; nothing remembers
//! from which of them a form was made.

mod distributor;
mod managed_service;
mod marketplace;
mod referral;
mod renewal;
mod reseller;
mod sheet;

use super::FormDefinition;
use crate::{Currency, people::words};

words! {
    /// Which kind of program.
    Template {
        Referral = "referral", "Referral";
        Reseller = "reseller", "Reseller deal registration";
        Marketplace = "marketplace", "Cloud marketplace opportunity";
        ManagedService = "managed_service", "Managed service";
        Distributor = "distributor", "Distributor, two-tier";
        Renewal = "renewal", "Renewal";
    }
}

impl Template {
    /// Whom it is for, in one sentence.
    pub fn description(self) -> &'static str {
        match self {
            Self::Referral => "For partners who introduce a customer and leave the selling to you.",
            Self::Reseller => {
                "For partners who sell your products under their own contract and want the deal kept for them."
            }
            Self::Marketplace => {
                "For partners who sell your product through a cloud provider\u{2019}s marketplace."
            }
            Self::ManagedService => {
                "For service providers who run your product for their customers, month after month."
            }
            Self::Distributor => {
                "For distributors who register what the resellers they supply are about to sell."
            }
            Self::Renewal => "For partners who renew what their customers have already.",
        }
    }

    /// `currency` comes first in the lists of currencies.
    pub fn form(self, currency: Currency) -> FormDefinition {
        match self {
            Self::Referral => referral::form(currency),
            Self::Reseller => reseller::form(currency),
            Self::Marketplace => marketplace::form(currency),
            Self::ManagedService => managed_service::form(currency),
            Self::Distributor => distributor::form(currency),
            Self::Renewal => renewal::form(currency),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::forms::{
        FieldKey, FieldKind, KindName, Requirement, SystemField, check_publishable,
    };

    #[test]
    fn each_can_be_published_as_it_is() {
        for template in Template::ALL {
            for currency in [Currency::EUR, Currency::from_code("JPY").unwrap()] {
                let form = template.form(currency);
                assert_eq!(check_publishable(&form), Ok(()), "{template:?}");
                assert!((8..=20).contains(&form.fields.len()), "{template:?}");
                let depends = form.fields.iter().any(|f| f.visible_when.is_some());
                assert!(depends, "{template:?}");
                for system in SystemField::ALL {
                    assert!(form.system(system).is_some(), "{template:?} {system:?}");
                }
                let value = form.system(SystemField::Value).unwrap();
                assert!(
                    matches!(&value.kind, FieldKind::Money { currencies } if currencies.first() == Some(&currency))
                );
            }
        }
    }

    #[test]
    fn one_has_a_group_and_a_day_that_a_stage_can_ask_for() {
        let form = Template::Reseller.form(Currency::EUR);
        let grouped = |key: &str| {
            let group = form.group_of(&FieldKey::parse(key).unwrap())?;
            Some(group.label.as_str())
        };
        assert_eq!(grouped("tender_closes"), Some("The tender"));
        assert_eq!(grouped("tender_number"), Some("The tender"));
        assert_eq!((grouped("tender"), grouped("value")), (None, None));
        let sent = form.field(&FieldKey::parse("offer_sent").unwrap()).unwrap();
        // It is asked of partners, but not when they register, and it may have passed by then.
        assert!(sent.kind == FieldKind::Date && sent.asks_partner());
        assert_eq!(sent.required, Requirement::Never);
        assert_eq!(sent.limits.min, None);
    }

    #[test]
    fn each_says_what_it_asks_and_whom_it_is_for() {
        let mut names = BTreeSet::new();
        for template in Template::ALL {
            assert!(names.insert((template.label(), template.description())));
            assert!(template.description().ends_with('.'));
            assert_eq!(template.description().matches('.').count(), 1);
            let form = template.form(Currency::EUR);
            let labels: BTreeSet<&str> = form.fields.iter().map(|f| f.label.as_str()).collect();
            assert_eq!(labels.len(), form.fields.len(), "{template:?}");
            let asked = form.fields.iter().filter(|f| f.kind.has_answer());
            let helped = asked.clone().filter(|f| !f.help.is_empty()).count();
            assert!(helped * 2 >= asked.count(), "{template:?}");
        }
    }

    #[test]
    fn each_asks_in_more_ways_than_one() {
        for template in Template::ALL {
            let form = template.form(Currency::EUR);
            let kinds: Vec<KindName> = form.fields.iter().map(|f| f.kind.name()).collect();
            assert!(kinds.contains(&KindName::Select), "{template:?}");
            let mut different: Vec<KindName> = Vec::new();
            for kind in kinds {
                if !different.contains(&kind) {
                    different.push(kind);
                }
            }
            assert!(different.len() >= 6, "{template:?}");
        }
    }
}
