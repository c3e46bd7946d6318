//! What a cause earns under all of a program's offers.

use std::collections::BTreeMap;

use super::calculation::{Calculation, calculate};
use crate::offers::{Offer, OfferTerms, OfferVersion, Rate, Trigger};
use crate::{Date, Money, OfferId, OfferVersionId, TierId, Timestamp, UserId};

/// What a deal has earned under each offer already, in minor units of the deal's currency.
pub type Earned = BTreeMap<OfferId, i64>;

/// One calculation for each offer that holds for a partner of that tier on that day and has that trigger, whether it
/// gives anything or says why not. Several offers may hold: each pays, because each was promised.
pub fn earnings(
    offers: &[Offer],
    trigger: Trigger,
    tier: Option<TierId>,
    base: Money,
    on: Date,
    earned: &Earned,
) -> Vec<Calculation> {
    let holding = offers.iter().filter_map(|offer| offer.holds_for(tier, on));
    holding
        .filter(|version| version.terms.trigger == trigger)
        .map(|version| {
            let before = earned.get(&version.offer).copied().unwrap_or_default();
            calculate(version, base, Money::new(before, base.currency))
        })
        .collect()
}

/// What the editor shows beside the terms: a round base, above the minimum and into the last step, worked out.
pub fn worked_example(terms: &OfferTerms, currency: crate::Currency) -> Calculation {
    let currency = terms.currency().unwrap_or(currency);
    let usual = 10_000 * 10_i64.pow(currency.exponent());
    let last_step = match &terms.rate {
        Rate::Steps { steps } => steps.last().map_or(0, |step| step.above.minor),
        Rate::Flat { .. } | Rate::Percent { .. } => 0,
    };
    let least = terms.minimum.map_or(0, |minimum| minimum.minor);
    let wanted = least.max(last_step.saturating_mul(2)).max(usual);
    let base = Money::new(wanted.min(Money::largest(currency).minor), currency);
    let nil = uuid::Uuid::nil();
    let version = OfferVersion {
        id: OfferVersionId(nil),
        offer: OfferId(nil),
        number: 1,
        terms: terms.clone(),
        published_by: UserId(nil),
        published_at: Timestamp::default(),
    };
    calculate(&version, base, Money::new(0, currency))
}
