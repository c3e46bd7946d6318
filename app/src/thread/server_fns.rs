//! The doors of threads. What is written is posted as a form with its files: `server::messages`.

use domain::messages::About;
use domain::views::{CompanyThreadView, PartnerThreadView};
use domain::{DealId, MembershipId, ProgramId};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use crate::error::ActionError;

/// A page of a thread; `read` when the person has it before them.
#[server(endpoint = "partner_thread", input = Json)]
pub async fn get_partner_thread(
    membership: MembershipId,
    deal: Option<DealId>,
    before: Option<i64>,
    read: bool,
) -> Result<PartnerThreadView, ActionError> {
    let access = crate::door::partner(membership).await?;
    let view = access.thread(deal, before).await?;
    if read {
        access.read_messages(deal).await?;
    }
    Ok(view)
}

#[server(endpoint = "company_thread", input = Json)]
pub async fn get_company_thread(
    program: ProgramId,
    about: About,
    before: Option<i64>,
    read: bool,
) -> Result<CompanyThreadView, ActionError> {
    let access = crate::door::company(program).await?;
    let view = access.thread(about, before).await?;
    if read {
        access.read_messages(about).await?;
    }
    Ok(view)
}
