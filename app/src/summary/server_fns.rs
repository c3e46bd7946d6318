//! The doors of the Summary page.

use domain::{DealId, MembershipId};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use super::Summary;
use crate::error::ActionError;

#[server(endpoint = "program_summary", input = Json)]
pub async fn get_summary(membership: MembershipId) -> Result<Summary, ActionError> {
    let access = crate::door::partner(membership).await?;
    let drafts = access.drafts().await?;
    let view = access.summary().await?;
    Ok(Summary { view, drafts })
}

#[server(endpoint = "delete_draft")]
pub async fn delete_draft(membership: MembershipId, deal: DealId) -> Result<String, ActionError> {
    let access = crate::door::partner(membership).await?;
    access.delete_draft(deal).await?;
    Ok(crate::door::lead_to(format!("/p/{membership}/summary")))
}
