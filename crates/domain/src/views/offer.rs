//! Offers, as the company edits and as partners read them.

use serde::{Deserialize, Serialize};

use crate::commissions::Calculation;
use crate::offers::{OfferVersion, Trigger};
use crate::program::Tier;
use crate::{Currency, Date, OfferId, OfferVersionId, Timestamp, UserId};

/// The company's list of offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OffersView {
    /// Those that may still earn first, by name; then those that ended.
    pub offers: Vec<OfferView>,
    pub tiers: Vec<Tier>,
    /// What a new offer's amounts start in.
    pub currency: Currency,
    pub may_edit: bool,
    pub today: Date,
}

/// One offer with its versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferView {
    pub id: OfferId,
    /// Newest first; never empty.
    pub versions: Vec<OfferVersion>,
    /// Who published them, by name.
    pub publishers: Vec<(UserId, String)>,
    /// What partners read of the newest version.
    pub sentence: String,
    /// Whom it is for: "Gold and Silver partners".
    pub audience: String,
    pub example: Calculation,
    /// The version that counts today, if any does.
    pub in_force: Option<OfferVersionId>,
    pub ended_at: Option<Timestamp>,
    /// Commissions that it made so far.
    pub commissions: i64,
}

/// An offer that holds for the partner who reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartnerOfferView {
    pub id: OfferId,
    pub name: String,
    pub number: i32,
    pub trigger: Trigger,
    /// The offer in plain words, made from its terms.
    pub sentence: String,
    pub ends_on: Option<Date>,
    /// A worked example.
    pub example: Calculation,
}
