//! The doors of the outbox.

use domain::views::OutboxView;
use domain::{CompanyId, MailId};
use leptos::prelude::*;

use crate::error::ActionError;

/// What stands in an address is taken as far as it can be read.
#[server(endpoint = "load_outbox")]
pub async fn load_outbox(
    company: CompanyId,
    #[server(default)] state: String,
    #[server(default)] before: String,
) -> Result<OutboxView, ActionError> {
    let team = crate::door::company_team(company).await?;
    let (state, before) = (state.parse().ok(), before.parse().ok());
    Ok(team.outbox(state, before).await?)
}

#[server(endpoint = "retry_mail")]
pub async fn retry_mail(company: CompanyId, mail: MailId) -> Result<String, ActionError> {
    let team = crate::door::company_team(company).await?;
    team.retry_mail(mail).await?;
    Ok(crate::door::lead_to(format!("/company/{company}/mail")))
}
