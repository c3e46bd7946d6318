use domain::keys::{FreshKey, KeyScope, KeysView};
use domain::{ApiKeyId, CompanyId, PartnerId};
use leptos::prelude::*;

use crate::error::ActionError;

#[server(endpoint = "company_keys")]
pub async fn load_company_keys(company: CompanyId) -> Result<KeysView, ActionError> {
    Ok(crate::door::company_team(company).await?.keys().await?)
}

#[server(endpoint = "make_company_key")]
pub async fn make_company_key(
    company: CompanyId,
    name: String,
    #[server(default)] scopes: Vec<KeyScope>,
    days: i64,
) -> Result<FreshKey, ActionError> {
    let team = crate::door::company_team(company).await?;
    let command = services::keys::MakeKey { name, scopes, days };
    Ok(super::door::hand_over(team.make_key(command).await?))
}

#[server(endpoint = "revoke_company_key")]
pub async fn revoke_company_key(company: CompanyId, key: ApiKeyId) -> Result<(), ActionError> {
    let team = crate::door::company_team(company).await?;
    Ok(team.revoke_key(key).await?)
}

#[server(endpoint = "partner_keys")]
pub async fn load_partner_keys(partner: PartnerId) -> Result<KeysView, ActionError> {
    Ok(crate::door::partner_team(partner).await?.keys().await?)
}

#[server(endpoint = "make_partner_key")]
pub async fn make_partner_key(
    partner: PartnerId,
    name: String,
    #[server(default)] scopes: Vec<KeyScope>,
    days: i64,
) -> Result<FreshKey, ActionError> {
    let team = crate::door::partner_team(partner).await?;
    let command = services::keys::MakeKey { name, scopes, days };
    Ok(super::door::hand_over(team.make_key(command).await?))
}

#[server(endpoint = "revoke_partner_key")]
pub async fn revoke_partner_key(partner: PartnerId, key: ApiKeyId) -> Result<(), ActionError> {
    let team = crate::door::partner_team(partner).await?;
    Ok(team.revoke_key(key).await?)
}

/// The key that the form post before this page made; once.
#[server(endpoint = "fresh_key")]
pub async fn waiting_key() -> Result<Option<FreshKey>, ActionError> {
    crate::door::person()?;
    Ok(super::door::take())
}
