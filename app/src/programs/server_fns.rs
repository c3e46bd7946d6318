#[cfg(feature = "ssr")]
use domain::commands;
use domain::forms::FieldKey;
use domain::people::MembershipStatus;
use domain::program::Program;
use domain::views::{CardFieldsView, InvitationView, LinkView, MembershipView};
use domain::{CompanyId, LinkId, MembershipId, ProgramId, TierId};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::error::ActionError;

/// A company's programs, and whether the viewer may add one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProgramList {
    pub company: CompanyId,
    pub name: String,
    pub programs: Vec<Program>,
    pub may_create: bool,
}

#[server(endpoint = "list_programs")]
pub async fn list_programs(company: CompanyId) -> Result<ProgramList, ActionError> {
    let team = crate::door::company_team(company).await?;
    Ok(ProgramList {
        company,
        name: team.name().to_owned(),
        programs: team.list_programs().await?,
        may_create: team.role().may(domain::people::CompanyRight::EditTeam),
    })
}

#[server(endpoint = "create_program")]
pub async fn create_program(
    company: CompanyId,
    program: String,
    currency: String,
) -> Result<String, ActionError> {
    let team = crate::door::company_team(company).await?;
    let cmd = commands::CreateProgram {
        company,
        name: program,
        currency,
    };
    let id = team.create_program(cmd).await?;
    Ok(crate::door::lead_to(format!("/c/{id}/settings")))
}

/// The settings as typed: a number that is none gets its message at its field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SettingsInput {
    pub name: String,
    #[serde(default)]
    pub summary: String,
    pub number_prefix: String,
    pub currency: String,
    pub decision_hours: String,
    pub protection_days: String,
    pub extension_days: String,
    pub version: i64,
}

#[cfg(feature = "ssr")]
impl From<SettingsInput> for commands::SaveProgramSettings {
    fn from(input: SettingsInput) -> Self {
        // Below every range, so that what is no number is refused at its field.
        let number = |text: &str| text.trim().parse().unwrap_or(-1);
        Self {
            decision_hours: number(&input.decision_hours),
            protection_days: number(&input.protection_days),
            extension_days: number(&input.extension_days),
            name: input.name,
            summary: input.summary,
            number_prefix: input.number_prefix,
            currency: input.currency,
            version: input.version,
        }
    }
}

#[server(endpoint = "save_settings")]
pub async fn save_settings(
    program: ProgramId,
    settings: SettingsInput,
) -> Result<i64, ActionError> {
    let access = crate::door::company(program).await?;
    Ok(access.save_settings(settings.into()).await?)
}

#[server(endpoint = "switch_submissions")]
pub async fn switch_submissions(program: ProgramId, open: bool) -> Result<(), ActionError> {
    let access = crate::door::company(program).await?;
    Ok(access
        .switch_submissions(commands::SwitchSubmissions { open })
        .await?)
}

/// What cards of the board may show, and what they do.
#[server(endpoint = "load_card_fields")]
pub async fn load_card_fields(program: ProgramId) -> Result<CardFieldsView, ActionError> {
    Ok(crate::door::company(program).await?.card_fields().await?)
}

/// Chooses them, unless somebody else did since they were `before`, as keys parted by commas; gives what cards show now.
#[server(endpoint = "choose_card_fields")]
pub async fn choose_card_fields(
    program: ProgramId,
    #[server(default)] first: String,
    #[server(default)] second: String,
    #[server(default)] third: String,
    #[server(default)] before: String,
) -> Result<Vec<FieldKey>, ActionError> {
    let access = crate::door::company(program).await?;
    let keys = before.split(',').filter(|key| !key.is_empty());
    let cmd = commands::ChooseCardFields {
        fields: vec![first, second, third],
        before: keys.map(ToOwned::to_owned).collect(),
    };
    Ok(access.choose_card_fields(cmd).await?)
}

/// The program's partners and the invitations that nobody has accepted yet.
#[server(endpoint = "list_partners")]
pub async fn list_partners(
    program: ProgramId,
) -> Result<(Vec<MembershipView>, Vec<InvitationView>), ActionError> {
    let access = crate::door::company(program).await?;
    Ok((
        access.list_partners().await?,
        access.list_partner_invitations().await?,
    ))
}

#[server(endpoint = "invite_partner")]
pub async fn invite_partner(
    program: ProgramId,
    partner_name: String,
    email: String,
    #[server(default)] tier: String,
) -> Result<LinkView, ActionError> {
    let cmd = commands::InvitePartner {
        partner_name,
        email,
        tier: read_tier(&tier)?,
    };
    let link = crate::door::company(program)
        .await?
        .invite_partner(cmd)
        .await?;
    Ok(crate::door::hand_over(link))
}

#[server(endpoint = "withdraw_partner_invite")]
pub async fn withdraw_partner_invite(program: ProgramId, link: LinkId) -> Result<(), ActionError> {
    Ok(crate::door::company(program)
        .await?
        .withdraw_invitation(link)
        .await?)
}

#[server(endpoint = "change_membership")]
pub async fn change_membership(
    program: ProgramId,
    membership: MembershipId,
    status: MembershipStatus,
    #[server(default)] tier: String,
    version: i64,
) -> Result<i64, ActionError> {
    let cmd = commands::ChangeMembership {
        membership,
        status,
        tier: read_tier(&tier)?,
        version,
    };
    Ok(crate::door::company(program)
        .await?
        .change_membership(cmd)
        .await?)
}

/// Adds a tier (`tier` empty) or names one anew.
#[server(endpoint = "save_tier")]
pub async fn save_tier(
    program: ProgramId,
    #[server(default)] tier: String,
    tier_name: String,
) -> Result<(), ActionError> {
    let tier = read_tier(&tier)?;
    Ok(crate::door::company(program)
        .await?
        .save_tier(tier, &tier_name)
        .await?)
}

#[server(endpoint = "delete_tier")]
pub async fn delete_tier(program: ProgramId, tier: TierId) -> Result<(), ActionError> {
    Ok(crate::door::company(program)
        .await?
        .delete_tier(tier)
        .await?)
}

/// A select posts an empty text for "none".
#[cfg(feature = "ssr")]
fn read_tier(text: &str) -> Result<Option<TierId>, ActionError> {
    match text {
        "" => Ok(None),
        text => text
            .parse()
            .map(Some)
            .map_err(|_| ActionError::new(domain::ErrorCode::Malformed)),
    }
}
