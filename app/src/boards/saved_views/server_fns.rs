//! The door of saved views. A query is written here, by the filter that was read: nobody sends one.

use domain::saved_views::{ChangeView, SavedView};
use domain::{MembershipId, ProgramId, SavedViewId};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use super::model::Shown;
use crate::error::ActionError;

#[server(endpoint = "partner_views", input = Json)]
pub async fn partner_views(membership: MembershipId) -> Result<Vec<SavedView>, ActionError> {
    let access = crate::door::partner(membership).await?;
    Ok(access.saved_views().await?)
}

#[server(endpoint = "company_views", input = Json)]
pub async fn company_views(program: ProgramId) -> Result<Vec<SavedView>, ActionError> {
    let access = crate::door::company(program).await?;
    Ok(access.saved_views().await?)
}

#[server(endpoint = "save_partner_view", input = Json)]
pub async fn save_partner_view(
    membership: MembershipId,
    name: String,
    shared: bool,
    shown: Shown,
) -> Result<SavedViewId, ActionError> {
    let query = shown.query();
    let command = domain::saved_views::SaveView {
        name,
        query,
        shared,
    };
    let access = crate::door::partner(membership).await?;
    Ok(access.save_view(command).await?)
}

#[server(endpoint = "save_company_view", input = Json)]
pub async fn save_company_view(
    program: ProgramId,
    name: String,
    shared: bool,
    shown: Shown,
) -> Result<SavedViewId, ActionError> {
    let query = shown.query();
    let command = domain::saved_views::SaveView {
        name,
        query,
        shared,
    };
    let access = crate::door::company(program).await?;
    Ok(access.save_view(command).await?)
}

#[server(endpoint = "change_partner_view", input = Json)]
pub async fn change_partner_view(
    membership: MembershipId,
    command: ChangeView,
) -> Result<(), ActionError> {
    let access = crate::door::partner(membership).await?;
    Ok(access.change_view(command).await?)
}

#[server(endpoint = "change_company_view", input = Json)]
pub async fn change_company_view(
    program: ProgramId,
    command: ChangeView,
) -> Result<(), ActionError> {
    let access = crate::door::company(program).await?;
    Ok(access.change_view(command).await?)
}

#[server(endpoint = "delete_partner_view", input = Json)]
pub async fn delete_partner_view(
    membership: MembershipId,
    view: SavedViewId,
) -> Result<(), ActionError> {
    let access = crate::door::partner(membership).await?;
    Ok(access.delete_view(view).await?)
}

#[server(endpoint = "delete_company_view", input = Json)]
pub async fn delete_company_view(program: ProgramId, view: SavedViewId) -> Result<(), ActionError> {
    let access = crate::door::company(program).await?;
    Ok(access.delete_view(view).await?)
}
