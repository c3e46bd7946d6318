//! The commission promise. An offer is a row of versions; a published version never changes.

mod draft;
mod offer;
mod sentence;
mod typed;

pub use draft::{MAX_STEPS, OfferDraft, RateKind, StepDraft};
pub use offer::{Offer, OfferTerms, OfferVersion, Rate, Step, Trigger};

#[cfg(test)]
mod tests;
