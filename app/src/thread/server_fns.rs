//! The doors of threads. What is written is posted as a form with its files: `server::messages`.

use domain::messages::About;
use domain::views::{CompanyThreadView, PartnerThreadView};
use domain::{DealId, MembershipId, ProgramId};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use crate::error::ActionError;

/// A page of a thread; `read` when the person has it before them. It is read before it is fetched: what comes in between
/// is shown, and counted until the next look. Whoever leafs through earlier pages has not seen what came since.
#[server(endpoint = "partner_thread", input = Json)]
pub async fn get_partner_thread(
    membership: MembershipId,
    deal: Option<DealId>,
    before: Option<i64>,
    read: bool,
) -> Result<PartnerThreadView, ActionError> {
    let access = crate::door::partner(membership).await?;
    if read && before.is_none() {
        access.read_messages(deal).await?;
    }
    Ok(access.thread(deal, before).await?)
}

#[server(endpoint = "company_thread", input = Json)]
pub async fn get_company_thread(
    program: ProgramId,
    about: About,
    before: Option<i64>,
    read: bool,
) -> Result<CompanyThreadView, ActionError> {
    let access = crate::door::company(program).await?;
    if read && before.is_none() {
        access.read_messages(about).await?;
    }
    Ok(access.thread(about, before).await?)
}
