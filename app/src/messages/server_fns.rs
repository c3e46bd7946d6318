//! The doors of the Messages pages.

use domain::messages::OfferQuote;
use domain::views::{PartnerThreadView, ThreadLine, ThreadList};
use domain::{MembershipId, OfferId, ProgramId};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use serde::{Deserialize, Serialize};

use crate::error::ActionError;

/// The partner's page: the program's thread, and the list of all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    pub thread: PartnerThreadView,
    pub lines: Vec<ThreadLine>,
    /// The offer that is asked about.
    pub quote: Option<OfferQuote>,
}

#[server(endpoint = "partner_messages", input = Json)]
pub async fn open_partner_messages(
    membership: MembershipId,
    offer: Option<OfferId>,
    before: Option<i64>,
) -> Result<Opened, ActionError> {
    let access = crate::door::partner(membership).await?;
    if before.is_none() {
        access.read_messages(None).await?;
    }
    let thread = access.thread(None, before).await?;
    let lines = access.threads().await?;
    let quote = access.quote(offer).await?;
    Ok(Opened {
        thread,
        lines,
        quote,
    })
}

#[server(endpoint = "partner_threads", input = Json)]
pub async fn list_partner_threads(
    membership: MembershipId,
) -> Result<Vec<ThreadLine>, ActionError> {
    Ok(crate::door::partner(membership).await?.threads().await?)
}

#[server(endpoint = "company_threads", input = Json)]
pub async fn list_company_threads(
    program: ProgramId,
    after: Option<String>,
) -> Result<ThreadList, ActionError> {
    let access = crate::door::company(program).await?;
    Ok(access.threads(after.as_deref()).await?)
}
