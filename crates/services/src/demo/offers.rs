//! What each company promises: three truly different ways to pay partners.

use domain::offers::{Offer, OfferDraft, OfferVersion, RateKind, StepDraft, Trigger};
use domain::program::{Program, Tier};
use domain::{OfferId, Timestamp, UserId};

use super::ids::Ids;

/// One version of an offer.
pub struct OfferLine {
    name: &'static str,
    /// Days after the founding. The same name again is the next version.
    after_days: i64,
    /// Empty: for every partner.
    tiers: &'static [&'static str],
    trigger: Trigger,
    rate: RateLine,
    minimum: &'static str,
    cap: &'static str,
}

enum RateLine {
    Flat(&'static str),
    Percent(&'static str),
    Steps(&'static [(&'static str, &'static str)]),
}

/// A share that grows with the tier and with the deal, below a cap.
pub const MARKETPLACE: [OfferLine; 3] = [
    OfferLine {
        name: "Select share",
        after_days: 0,
        tiers: &["Select"],
        trigger: Trigger::ClosedWon,
        rate: RateLine::Percent("5"),
        minimum: "10,000",
        cap: "15,000",
    },
    OfferLine {
        name: "Advanced share",
        after_days: 0,
        tiers: &["Advanced"],
        trigger: Trigger::ClosedWon,
        rate: RateLine::Steps(&[("0", "6"), ("100,000", "8")]),
        minimum: "",
        cap: "40,000",
    },
    OfferLine {
        name: "Premier share",
        after_days: 0,
        tiers: &["Premier"],
        trigger: Trigger::ClosedWon,
        rate: RateLine::Steps(&[("0", "8"), ("100,000", "10"), ("500,000", "12")]),
        minimum: "",
        cap: "80,000",
    },
];

/// The same fee for everybody, raised once.
pub const REFERRAL: [OfferLine; 2] = [
    OfferLine {
        name: "Referral fee",
        after_days: 0,
        tiers: &[],
        trigger: Trigger::ClosedWon,
        rate: RateLine::Flat("400"),
        minimum: "1,500",
        cap: "",
    },
    OfferLine {
        name: "Referral fee",
        after_days: 300,
        tiers: &[],
        trigger: Trigger::ClosedWon,
        rate: RateLine::Flat("600"),
        minimum: "1,500",
        cap: "",
    },
];

/// Nothing for the win itself, a share of whatever the customer orders later.
pub const ROBOTICS: [OfferLine; 2] = [
    OfferLine {
        name: "Share of orders",
        after_days: 0,
        tiers: &[],
        trigger: Trigger::Transaction,
        rate: RateLine::Percent("3"),
        minimum: "",
        cap: "25,000",
    },
    OfferLine {
        name: "Certified bonus",
        after_days: 0,
        tiers: &["Certified"],
        trigger: Trigger::Transaction,
        rate: RateLine::Percent("1.75"),
        minimum: "5,000",
        cap: "10,000",
    },
];

/// Who publishes, where and when.
pub struct Publisher<'c> {
    pub program: &'c Program,
    pub tiers: &'c [Tier],
    pub by: UserId,
    pub founded: Timestamp,
    pub ids: &'c Ids,
}

impl Publisher<'_> {
    /// The offers of those lines. A line that the editor would refuse publishes nothing; a test holds that none is.
    pub fn publish(&self, lines: &[OfferLine]) -> Vec<Offer> {
        let mut offers: Vec<Offer> = Vec::new();
        for line in lines {
            let Ok(terms) = self.draft(line).check() else {
                continue;
            };
            let known = offers.iter_mut().find(|offer| {
                let current = offer.current();
                current.is_some_and(|version| version.terms.name == terms.name)
            });
            let version = |offer: OfferId, number: usize| OfferVersion {
                id: self.ids.id(),
                offer,
                number: i32::try_from(number).unwrap_or(1),
                terms: terms.clone(),
                published_by: self.by,
                published_at: self.founded.plus_days(line.after_days),
            };
            if let Some(offer) = known {
                let next = version(offer.id, offer.versions.len() + 1);
                offer.versions.push(next);
                continue;
            }
            let id = self.ids.id();
            offers.push(Offer {
                id,
                company: self.program.company,
                program: self.program.id,
                versions: vec![version(id, 1)],
                ended_at: None,
            });
        }
        offers
    }

    fn draft(&self, line: &OfferLine) -> OfferDraft {
        let tiers = self
            .tiers
            .iter()
            .filter(|tier| line.tiers.contains(&tier.name.as_str()));
        let mut draft = OfferDraft {
            name: line.name.to_owned(),
            tiers: tiers.map(|tier| tier.id).collect(),
            trigger: line.trigger,
            minimum: line.minimum.to_owned(),
            cap: line.cap.to_owned(),
            ..OfferDraft::empty(self.program.currency)
        };
        match line.rate {
            RateLine::Flat(amount) => {
                draft.rate = RateKind::Flat;
                draft.amount = amount.into();
            }
            RateLine::Percent(percent) => draft.percent = percent.into(),
            RateLine::Steps(steps) => {
                draft.rate = RateKind::Steps;
                draft.steps = steps
                    .iter()
                    .map(|(above, percent)| StepDraft {
                        above: (*above).to_owned(),
                        percent: (*percent).to_owned(),
                    })
                    .collect();
            }
        }
        draft
    }
}
