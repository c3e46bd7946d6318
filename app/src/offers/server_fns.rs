//! The doors of offers.

use domain::offers::OfferDraft;
use domain::views::{OfferView, OffersView};
use domain::{OfferId, ProgramId};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::error::ActionError;

/// What the editor works with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditorView {
    /// The offer that gets a new version; `None` for a new one.
    pub offer: Option<OfferView>,
    pub tiers: Vec<domain::program::Tier>,
    pub currency: domain::Currency,
}

#[server(endpoint = "load_offers")]
pub async fn load_offers(program: ProgramId) -> Result<OffersView, ActionError> {
    Ok(crate::door::company(program).await?.offers().await?)
}

#[server(endpoint = "open_offer_editor")]
pub async fn open_offer_editor(
    program: ProgramId,
    offer: Option<OfferId>,
) -> Result<EditorView, ActionError> {
    let access = crate::door::company(program).await?;
    access.require(domain::people::CompanyRight::EditOffers)?;
    super::model::editor_view(access.offers().await?, offer)
}

/// Publishes a new offer, or the next version of one. A plain form that cannot be published leads back to the editor,
/// which says why; what was typed travels in the address.
#[server(endpoint = "publish_offer")]
pub async fn publish_offer(
    program: ProgramId,
    offer: Option<OfferId>,
    number: i32,
    terms: OfferDraft,
    #[server(default)]
    #[server(rename = "_locale")]
    locale: String,
) -> Result<String, ActionError> {
    let access = crate::door::company(program).await?;
    access.require(domain::people::CompanyRight::EditOffers)?;
    let (typed, read) = super::model::read_terms(&locale, terms);
    if crate::door::is_form_post() && read.is_err() {
        let page = super::model::checked_address(program, offer, &typed);
        return Ok(crate::door::lead_to(page));
    }
    let command = domain::commands::PublishOffer {
        offer,
        terms: read?,
        number,
    };
    access.publish_offer(command).await?;
    Ok(crate::door::lead_to(format!("/c/{program}/offers")))
}

/// Takes an offer back: from today on it earns nothing.
#[server(endpoint = "end_offer")]
pub async fn end_offer(program: ProgramId, offer: OfferId) -> Result<String, ActionError> {
    let access = crate::door::company(program).await?;
    access
        .end_offer(domain::commands::EndOffer { offer })
        .await?;
    Ok(crate::door::lead_to(format!("/c/{program}/offers")))
}
