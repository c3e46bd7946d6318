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

/// The partner puts other answers into a deal that is approved and open, over the version that was seen; gives the new one.
#[server(endpoint = "amend_deal_answers", input = Json)]
pub async fn amend_deal_answers(
    membership: MembershipId,
    command: ChangeAnswers,
) -> Result<i64, ActionError> {
    let access = crate::door::partner(membership).await?;
    Ok(access.amend_answers(command).await?)
}

/// The company puts other answers into a deal, over the version that was seen; gives the new one.
#[server(endpoint = "change_deal_answers", input = Json)]
pub async fn change_deal_answers(
    program: ProgramId,
    command: ChangeAnswers,
) -> Result<i64, ActionError> {
    let access = crate::door::company(program).await?;
    Ok(access.change_answers(command).await?)
}
