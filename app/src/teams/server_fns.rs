use domain::people::{CompanyRole, PartnerRole};
use domain::views::{LinkView, TeamView};
use domain::{CompanyId, LinkId, PartnerId, UserId};
use leptos::prelude::*;

use crate::error::ActionError;

#[server(endpoint = "company_team")]
pub async fn load_company_team(company: CompanyId) -> Result<TeamView, ActionError> {
    Ok(crate::door::company_team(company).await?.view().await?)
}

#[server(endpoint = "invite_to_company")]
pub async fn invite_to_company(
    company: CompanyId,
    email: String,
    role: CompanyRole,
) -> Result<LinkView, ActionError> {
    let link = crate::door::company_team(company)
        .await?
        .invite(&email, role)
        .await?;
    Ok(crate::door::hand_over(link))
}

#[server(endpoint = "change_company_role")]
pub async fn change_company_role(
    company: CompanyId,
    user: UserId,
    role: CompanyRole,
) -> Result<(), ActionError> {
    let team = crate::door::company_team(company).await?;
    Ok(team.change_role(user, role).await?)
}

#[server(endpoint = "remove_from_company")]
pub async fn remove_from_company(company: CompanyId, user: UserId) -> Result<(), ActionError> {
    let team = crate::door::company_team(company).await?;
    Ok(team.remove(user).await?)
}

#[server(endpoint = "withdraw_company_invitation")]
pub async fn withdraw_company_invitation(
    company: CompanyId,
    link: LinkId,
) -> Result<(), ActionError> {
    let team = crate::door::company_team(company).await?;
    Ok(team.withdraw_invitation(link).await?)
}

#[server(endpoint = "partner_team")]
pub async fn load_partner_team(partner: PartnerId) -> Result<TeamView, ActionError> {
    Ok(crate::door::partner_team(partner).await?.view().await?)
}

#[server(endpoint = "invite_to_partner")]
pub async fn invite_to_partner(
    partner: PartnerId,
    email: String,
    role: PartnerRole,
) -> Result<LinkView, ActionError> {
    let link = crate::door::partner_team(partner)
        .await?
        .invite(&email, role)
        .await?;
    Ok(crate::door::hand_over(link))
}

#[server(endpoint = "change_partner_role")]
pub async fn change_partner_role(
    partner: PartnerId,
    user: UserId,
    role: PartnerRole,
) -> Result<(), ActionError> {
    let team = crate::door::partner_team(partner).await?;
    Ok(team.change_role(user, role).await?)
}

#[server(endpoint = "remove_from_partner")]
pub async fn remove_from_partner(partner: PartnerId, user: UserId) -> Result<(), ActionError> {
    let team = crate::door::partner_team(partner).await?;
    Ok(team.remove(user).await?)
}

#[server(endpoint = "withdraw_partner_invitation")]
pub async fn withdraw_partner_invitation(
    partner: PartnerId,
    link: LinkId,
) -> Result<(), ActionError> {
    let team = crate::door::partner_team(partner).await?;
    Ok(team.withdraw_invitation(link).await?)
}
