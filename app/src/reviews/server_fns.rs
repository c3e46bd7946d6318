//! The review desk's door.

use domain::views::{CompanyDealView, ReviewView};
use domain::{DealId, ProgramId};
use leptos::server;
use serde::{Deserialize, Serialize};

use crate::error::ActionError;

/// The queue, and the deal that is looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskView {
    pub queue: ReviewView,
    pub chosen: Option<CompanyDealView>,
}

/// The desk of a program; `deal` is the chosen one, else the first of the queue that is not `away`: decided on, and not
/// sent or answered yet.
#[server(endpoint = "load_desk")]
pub async fn load_desk(
    program: ProgramId,
    deal: Option<DealId>,
    #[server(default)] away: Vec<DealId>,
) -> Result<DeskView, ActionError> {
    let access = crate::door::company(program).await?;
    let queue = access.review_queue().await?;
    let mut waiting = queue.items.iter().map(|item| item.id);
    let chosen = match deal.or_else(|| waiting.find(|id| !away.contains(id))) {
        Some(deal) => Some(access.deal(deal).await?),
        None => None,
    };
    Ok(DeskView { queue, chosen })
}

/// A verdict, flat: a plain form posts it as well as the app does.
#[server(endpoint = "decide_deal")]
pub async fn decide_deal(
    program: ProgramId,
    deal: DealId,
    version: i64,
    verdict: String,
    #[server(default)] text: String,
    #[server(default)] fields: Vec<String>,
    #[server(default)] stage: String,
) -> Result<String, ActionError> {
    let access = crate::door::company(program).await?;
    let posted = super::verdict::posted(deal, version, verdict, text, fields, stage);
    super::verdict::carry_out(&access, posted).await?;
    Ok(crate::door::lead_to(format!("/c/{program}/review")))
}
