//! The doors of registering and of a deal's page. What must work before the app is awake is posted as a plain form.

use domain::commands::{KeepDraft, ResubmitDeal, SayFilling, SubmitDeal};
use domain::forms::RawAnswers;
use domain::views::{
    AmendPart, CompanyDealView, DealConfirmation, DraftWindows, KeptDraft, PartnerDealView,
    RegistrationPage,
};
use domain::{DealId, FileId, MembershipId, ProgramId, StageId};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use super::Opened;
use crate::error::ActionError;

/// The form of that key, or the deal that it became.
#[server(endpoint = "open_registration", input = Json)]
pub async fn open_registration(
    membership: MembershipId,
    key: Option<String>,
) -> Result<Opened, ActionError> {
    let access = crate::door::partner(membership).await?;
    if let Some(deal) = access.registered(key.as_deref()).await? {
        return Ok(Opened::Registered(deal));
    }
    let mut page = access.registration_page(key.as_deref()).await?;
    page.take_at_most(crate::door::max_upload()?);
    Ok(Opened::Form(Box::new(page)))
}

#[server(endpoint = "answer_page", input = Json)]
pub async fn get_answer_page(
    membership: MembershipId,
    deal: DealId,
) -> Result<RegistrationPage, ActionError> {
    let access = crate::door::partner(membership).await?;
    let mut page = access.answer_page(deal).await?;
    page.take_at_most(crate::door::max_upload()?);
    Ok(page)
}

/// The answers of an approved deal, and which of them may be changed.
#[server(endpoint = "amend_part", input = Json)]
pub async fn get_amend_part(
    membership: MembershipId,
    deal: DealId,
) -> Result<AmendPart, ActionError> {
    let access = crate::door::partner(membership).await?;
    Ok(access.amend_part(deal).await?)
}

/// Keeps what is typed so far, beside what others of the team saved.
#[server(endpoint = "keep_draft", input = Json)]
pub async fn keep_typed(
    membership: MembershipId,
    command: KeepDraft,
) -> Result<KeptDraft, ActionError> {
    let access = crate::door::partner(membership).await?;
    Ok(access.keep_draft(command).await?)
}

/// Notes where this window is, and hears of the others.
#[server(endpoint = "say_filling", input = Json)]
pub async fn say_where(
    membership: MembershipId,
    command: SayFilling,
) -> Result<DraftWindows, ActionError> {
    let access = crate::door::partner(membership).await?;
    Ok(access.say_filling(command).await?)
}

/// A window's last word, which the browser posts as a form.
#[server(endpoint = "stop_filling")]
pub async fn stop_filling(
    membership: MembershipId,
    key: String,
    window: String,
) -> Result<(), ActionError> {
    let access = crate::door::partner(membership).await?;
    Ok(access.stop_filling(&key, &window).await?)
}

/// Gives the address of the confirmation, also when this form was sent before. `seen` is the draft's version as it was last seen.
#[server(endpoint = "register_deal", input = Json)]
pub async fn register_deal(
    membership: MembershipId,
    command: SubmitDeal,
    #[server(default)] seen: Option<i64>,
) -> Result<String, ActionError> {
    let access = crate::door::partner(membership).await?;
    let deal = access.submit_draft(command, seen).await?;
    Ok(super::paths::registered(membership, deal))
}

/// Gives the address of the deal. `base` is what was last known of what the team saved.
#[server(endpoint = "answer_questions", input = Json)]
pub async fn answer_questions(
    membership: MembershipId,
    command: ResubmitDeal,
    #[server(default)] base: Option<RawAnswers>,
) -> Result<String, ActionError> {
    let access = crate::door::partner(membership).await?;
    let deal = command.deal;
    access.resubmit_shared(command, base).await?;
    Ok(super::paths::deal(membership, deal))
}

/// Whether somebody else may be on that customer. Never who.
#[server(endpoint = "ask_conflict", input = Json)]
pub async fn ask_conflict(
    membership: MembershipId,
    customer: String,
    site: String,
    deal: Option<DealId>,
) -> Result<bool, ActionError> {
    let access = crate::door::partner(membership).await?;
    Ok(access.may_conflict(&customer, &site, deal).await?)
}

#[server(endpoint = "remove_file", input = Json)]
pub async fn remove_file(
    membership: MembershipId,
    deal: DealId,
    file: FileId,
) -> Result<(), ActionError> {
    let access = crate::door::partner(membership).await?;
    Ok(access.remove_file(deal, file).await?)
}

#[server(endpoint = "partner_deal", input = Json)]
pub async fn get_deal(
    membership: MembershipId,
    deal: DealId,
) -> Result<PartnerDealView, ActionError> {
    Ok(crate::door::partner(membership).await?.deal(deal).await?)
}

#[server(endpoint = "company_deal", input = Json)]
pub async fn get_company_deal(
    program: ProgramId,
    deal: DealId,
) -> Result<CompanyDealView, ActionError> {
    Ok(crate::door::company(program).await?.deal(deal).await?)
}

#[server(endpoint = "confirmation", input = Json)]
pub async fn get_confirmation(
    membership: MembershipId,
    deal: DealId,
) -> Result<DealConfirmation, ActionError> {
    let access = crate::door::partner(membership).await?;
    Ok(access.confirmation(deal).await?)
}

/// Leads to the deal's page; when the stage asks something first, to the question. `answered` says which
/// question this answers: `won` that it is sure, `lost` that it says why; empty when none was asked.
#[server(endpoint = "move_to_stage")]
pub async fn move_to_stage(
    membership: MembershipId,
    deal: DealId,
    version: i64,
    to_stage: StageId,
    #[server(default)] lost_reason: String,
    #[server(default)] note: String,
    #[server(default)] answered: String,
) -> Result<String, ActionError> {
    let access = crate::door::partner(membership).await?;
    let details = super::paths::details(&lost_reason, note, answered == "won");
    let command = super::paths::move_to(deal, version, to_stage, details);
    let moved = access.move_deal(command).await;
    super::paths::lead_on_or_ask(membership, deal, (to_stage, !answered.is_empty()), moved)
}

#[server(endpoint = "withdraw_deal")]
pub async fn withdraw_deal(
    membership: MembershipId,
    deal: DealId,
    version: i64,
) -> Result<String, ActionError> {
    let access = crate::door::partner(membership).await?;
    let command = domain::commands::WithdrawDeal { deal, version };
    access.withdraw_deal(command).await?;
    Ok(crate::door::lead_to(super::paths::deal(membership, deal)))
}

#[server(endpoint = "appeal_deal")]
pub async fn appeal_deal(
    membership: MembershipId,
    deal: DealId,
    version: i64,
    #[server(default)] note: String,
) -> Result<String, ActionError> {
    let access = crate::door::partner(membership).await?;
    let command = domain::commands::AppealDeal {
        deal,
        note,
        version,
    };
    access.appeal_deal(command).await?;
    Ok(crate::door::lead_to(super::paths::deal(membership, deal)))
}

/// Moves a partner's deal, with a reason that the history keeps.
#[server(endpoint = "override_deal")]
pub async fn override_deal(
    program: ProgramId,
    deal: DealId,
    version: i64,
    #[server(default)] to_stage: String,
    #[server(default)] reason: String,
    #[server(default)] lost_reason: String,
    #[server(default)] won: bool,
) -> Result<String, ActionError> {
    let access = crate::door::company(program).await?;
    let to_stage = super::company::posted::stage(&to_stage)?;
    let details = super::company::posted::details(reason, &lost_reason, won);
    let command = super::company::posted::move_to(deal, version, to_stage, details);
    access.override_stage(command).await?;
    Ok(crate::door::lead_to(format!("/c/{program}/deals/{deal}")))
}

/// Grants the one extension of a deal's protection.
#[server(endpoint = "extend_deal")]
pub async fn extend_deal(
    program: ProgramId,
    deal: DealId,
    version: i64,
) -> Result<String, ActionError> {
    let access = crate::door::company(program).await?;
    access
        .extend_protection(domain::commands::ExtendProtection { deal, version })
        .await?;
    Ok(crate::door::lead_to(format!("/c/{program}/deals/{deal}")))
}
