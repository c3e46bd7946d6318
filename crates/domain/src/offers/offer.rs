//! Offers and their versions: which one holds, for whom, on which day.

use serde::{Deserialize, Serialize};

use crate::people::words;
use crate::rate::BasisPoints;
use crate::{
    CompanyId, Currency, Date, Money, OfferId, OfferVersionId, ProgramId, TierId, Timestamp, UserId,
};

words! {
    /// What makes an offer due.
    Trigger {
        ClosedWon = "closed_won", "A won deal";
        Transaction = "transaction", "A customer\u{2019}s transaction";
    }
}

/// How much. A percentage is of the deal's value, or of the transaction: whatever the trigger is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Rate {
    Flat {
        amount: Money,
    },
    Percent {
        rate: BasisPoints,
    },
    /// Each rate holds for the part of the value between its own threshold and the next one's.
    Steps {
        steps: Vec<Step>,
    },
}

/// One rate of several, for what lies above a threshold. The first threshold is zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    pub above: Money,
    pub rate: BasisPoints,
}

/// What an offer promises. Made only by [`super::OfferDraft::check`], or read back from where it was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferTerms {
    pub name: String,
    /// Whose partners it is for; empty: every partner's.
    pub tiers: Vec<TierId>,
    pub trigger: Trigger,
    pub rate: Rate,
    /// The least value of the deal, or of the transaction, that earns.
    pub minimum: Option<Money>,
    /// The most that one deal earns under this offer, over all its commissions.
    pub cap: Option<Money>,
    /// The first and the last day of wins, or of transactions, that earn.
    pub starts_on: Option<Date>,
    pub ends_on: Option<Date>,
}

impl OfferTerms {
    /// The currency of its amounts; `None` when it names none, and so fits every currency.
    pub fn currency(&self) -> Option<Currency> {
        let of_rate = match &self.rate {
            Rate::Flat { amount } => Some(amount.currency),
            Rate::Percent { .. } => None,
            Rate::Steps { steps } => steps.first().map(|step| step.above.currency),
        };
        let of_bounds = self.minimum.or(self.cap).map(|money| money.currency);
        of_rate.or(of_bounds)
    }

    /// Whether it is for partners of that tier.
    pub fn is_for(&self, tier: Option<TierId>) -> bool {
        self.tiers.is_empty() || tier.is_some_and(|tier| self.tiers.contains(&tier))
    }
}

/// One published version of an offer. It never changes: commissions name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferVersion {
    pub id: OfferVersionId,
    pub offer: OfferId,
    /// 1, 2, 3... within the offer.
    pub number: i32,
    pub terms: OfferTerms,
    pub published_by: UserId,
    pub published_at: Timestamp,
}

impl OfferVersion {
    /// The first day on which it counts: the one that it names, else the day of its publication.
    pub fn from(&self) -> Date {
        self.terms
            .starts_on
            .unwrap_or_else(|| self.published_at.date())
    }
}

/// A company's promise to the partners of a program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    pub id: OfferId,
    pub company: CompanyId,
    pub program: ProgramId,
    /// Oldest first; never empty.
    pub versions: Vec<OfferVersion>,
    /// Nothing that happens on this day or later earns.
    pub ended_at: Option<Timestamp>,
}

impl Offer {
    /// The newest version.
    pub fn current(&self) -> Option<&OfferVersion> {
        self.versions.last()
    }

    /// The version that counts for what happens on that day: the newest one that had begun by then, unless its last day
    /// or the offer's end had come.
    pub fn in_force(&self, on: Date) -> Option<&OfferVersion> {
        if self.ended_at.is_some_and(|at| at.date() <= on) {
            return None;
        }
        let begun = self.versions.iter().rev();
        begun
            .into_iter()
            .find(|version| version.from() <= on)
            .filter(|version| version.terms.ends_on.is_none_or(|last| on <= last))
    }

    /// The version that a partner of that tier may count on that day.
    pub fn holds_for(&self, tier: Option<TierId>, on: Date) -> Option<&OfferVersion> {
        self.in_force(on)
            .filter(|version| version.terms.is_for(tier))
    }

    /// Whether the company took it back.
    pub fn is_ended(&self) -> bool {
        self.ended_at.is_some()
    }
}
