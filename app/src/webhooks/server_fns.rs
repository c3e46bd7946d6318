//! The doors of webhooks. Each is for who edits the company's team.

use domain::views::{DeliveryDetail, EndpointLog, EndpointView, EndpointsView};
use domain::webhooks::WebhookEvent;
use domain::{CompanyId, DeliveryId, EndpointId};
use leptos::prelude::*;

use crate::error::ActionError;

#[server(endpoint = "load_endpoints")]
pub async fn load_endpoints(company: CompanyId) -> Result<EndpointsView, ActionError> {
    let team = crate::door::company_team(company).await?;
    Ok(team.endpoints().await?)
}

#[server(endpoint = "open_endpoint")]
pub async fn open_endpoint(
    company: CompanyId,
    endpoint: EndpointId,
) -> Result<EndpointView, ActionError> {
    let team = crate::door::company_team(company).await?;
    Ok(team.endpoint(endpoint).await?)
}

/// What stands in an address is taken as far as it can be read.
#[server(endpoint = "load_endpoint_log")]
pub async fn load_endpoint_log(
    company: CompanyId,
    endpoint: EndpointId,
    #[server(default)] state: String,
    #[server(default)] before: String,
) -> Result<EndpointLog, ActionError> {
    let team = crate::door::company_team(company).await?;
    let (state, before) = (state.parse().ok(), before.parse().ok());
    Ok(team.endpoint_log(endpoint, state, before).await?)
}

#[server(endpoint = "load_delivery")]
pub async fn load_delivery(
    company: CompanyId,
    endpoint: EndpointId,
    delivery: DeliveryId,
) -> Result<DeliveryDetail, ActionError> {
    let team = crate::door::company_team(company).await?;
    Ok(team.delivery(endpoint, delivery).await?)
}

/// The secret that the form before this page made; once.
#[server(endpoint = "fresh_secret")]
pub async fn fresh_secret(
    company: CompanyId,
    endpoint: EndpointId,
) -> Result<Option<String>, ActionError> {
    let team = crate::door::company_team(company).await?;
    team.endpoint(endpoint).await?;
    Ok(crate::door::take_secret(endpoint))
}

/// `endpoint` is the id that the form was opened with; `scope` is `all` or `some`.
#[server(endpoint = "add_endpoint")]
pub async fn add_endpoint(
    company: CompanyId,
    endpoint: EndpointId,
    #[server(default)] url: String,
    #[server(default)] description: String,
    #[server(default)] scope: String,
    #[server(default)] events: Vec<WebhookEvent>,
) -> Result<String, ActionError> {
    let team = crate::door::company_team(company).await?;
    let command = super::model::command(url, description, &scope, events);
    let page = format!("/company/{company}/webhooks/new");
    let added = team.add_endpoint(endpoint, command.clone()).await;
    let secret = super::typed::cookie::kept(added, &page, &command)?;
    crate::door::hand_over_secret(&secret);
    Ok(lead_to(company, endpoint))
}

#[server(endpoint = "save_endpoint")]
pub async fn save_endpoint(
    company: CompanyId,
    endpoint: EndpointId,
    version: i64,
    #[server(default)] url: String,
    #[server(default)] description: String,
    #[server(default)] scope: String,
    #[server(default)] events: Vec<WebhookEvent>,
) -> Result<String, ActionError> {
    let team = crate::door::company_team(company).await?;
    let command = super::model::command(url, description, &scope, events);
    let page = format!("/company/{company}/webhooks/{endpoint}/edit");
    let saved = team.save_endpoint(endpoint, version, command.clone()).await;
    super::typed::cookie::kept(saved, &page, &command)?;
    Ok(lead_to(company, endpoint))
}

#[server(endpoint = "switch_endpoint")]
pub async fn switch_endpoint(
    company: CompanyId,
    endpoint: EndpointId,
    on: bool,
) -> Result<String, ActionError> {
    let team = crate::door::company_team(company).await?;
    team.switch_endpoint(endpoint, on).await?;
    Ok(lead_to(company, endpoint))
}

#[server(endpoint = "rotate_secret")]
pub async fn rotate_secret(
    company: CompanyId,
    endpoint: EndpointId,
    version: i64,
) -> Result<String, ActionError> {
    let team = crate::door::company_team(company).await?;
    crate::door::hand_over_secret(&team.rotate_secret(endpoint, version).await?);
    Ok(lead_to(company, endpoint))
}

#[server(endpoint = "remove_endpoint")]
pub async fn remove_endpoint(
    company: CompanyId,
    endpoint: EndpointId,
) -> Result<String, ActionError> {
    let team = crate::door::company_team(company).await?;
    team.remove_endpoint(endpoint).await?;
    Ok(crate::door::lead_to(format!("/company/{company}/webhooks")))
}

#[server(endpoint = "test_endpoint")]
pub async fn test_endpoint(
    company: CompanyId,
    endpoint: EndpointId,
) -> Result<String, ActionError> {
    let team = crate::door::company_team(company).await?;
    team.test_endpoint(endpoint).await?;
    Ok(lead_to(company, endpoint))
}

#[server(endpoint = "replay_delivery")]
pub async fn replay_delivery(
    company: CompanyId,
    endpoint: EndpointId,
    delivery: DeliveryId,
) -> Result<String, ActionError> {
    let team = crate::door::company_team(company).await?;
    team.replay_delivery(endpoint, delivery).await?;
    let page = format!("/company/{company}/webhooks/{endpoint}/{delivery}");
    Ok(crate::door::lead_to(page))
}

#[cfg(feature = "ssr")]
fn lead_to(company: CompanyId, endpoint: EndpointId) -> String {
    crate::door::lead_to(format!("/company/{company}/webhooks/{endpoint}"))
}
