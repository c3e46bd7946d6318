//! The door of what a stage asks.

use domain::views::EntryPart;
use domain::{DealId, MembershipId, StageId};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use crate::error::ActionError;

/// What that stage asks of the deal before it may lie there.
#[server(endpoint = "deal_entry", input = Json)]
pub async fn get_entry(
    membership: MembershipId,
    deal: DealId,
    to: StageId,
) -> Result<EntryPart, ActionError> {
    let access = crate::door::partner(membership).await?;
    Ok(access.entry(deal, to).await?)
}
