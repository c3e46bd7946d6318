//! The doors of the sheet beside the board.

use domain::commands::ChangeAnswers;
use domain::views::{CompanyQuickView, PartnerQuickView};
use domain::{DealId, MembershipId, ProgramId};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use crate::error::ActionError;

#[server(endpoint = "quick_partner_deal", input = Json)]
pub async fn quick_partner_deal(
    membership: MembershipId,
    deal: DealId,
) -> Result<PartnerQuickView, ActionError> {
    let access = crate::door::partner(membership).await?;
    Ok(access.quick_view(deal).await?)
}

#[server(endpoint = "quick_company_deal", input = Json)]
pub async fn quick_company_deal(
    program: ProgramId,
    deal: DealId,
) -> Result<CompanyQuickView, ActionError> {
    let access = crate::door::company(program).await?;
    Ok(access.quick_view(deal).await?)
}

/// Puts other answers into a deal, over the version that was seen; gives the new one.
#[server(endpoint = "change_deal_answers", input = Json)]
pub async fn change_deal_answers(
    program: ProgramId,
    command: ChangeAnswers,
) -> Result<i64, ActionError> {
    let access = crate::door::company(program).await?;
    Ok(access.change_answers(command).await?)
}
