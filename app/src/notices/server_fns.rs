//! The doors of the bell.

use domain::notices::NoticeKind;
use domain::views::NoticeChoicesView;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use super::Notices;
use crate::error::ActionError;

#[server(endpoint = "notices", input = Json)]
pub async fn get_notices() -> Result<Notices, ActionError> {
    let (person, services) = (crate::door::person()?, crate::door::services()?);
    Ok(Notices {
        lines: services.notices(person.id).await?,
        unread: services.unread_notices(person.id).await?,
    })
}

#[server(endpoint = "read_notices")]
pub async fn read_notices() -> Result<String, ActionError> {
    let (person, services) = (crate::door::person()?, crate::door::services()?);
    services.read_notices(person.id).await?;
    Ok(crate::door::lead_to("/notifications".to_owned()))
}

/// What the person is told, by which channel.
#[server(endpoint = "notice_choices")]
pub async fn load_notice_choices() -> Result<NoticeChoicesView, ActionError> {
    let person = crate::door::person()?;
    Ok(crate::door::services()?.notice_choices(&person).await?)
}

/// Of the rows that were shown, only the boxes that are on are posted.
#[server(endpoint = "save_notice_choices")]
pub async fn save_notice_choices(
    #[server(default)] shown: Vec<NoticeKind>,
    #[server(default)] on: Vec<String>,
) -> Result<String, ActionError> {
    let person = crate::door::person()?;
    let on = on.iter().map(|value| super::choices::read(value));
    let on: Option<Vec<_>> = on.collect();
    let on = on.ok_or_else(|| ActionError::new(domain::ErrorCode::Malformed))?;
    let cmd = domain::commands::SaveNoticeChoices { shown, on };
    let services = crate::door::services()?;
    services.save_notice_choices(&person, cmd).await?;
    let saved = "/account/notifications?saved=yes".to_owned();
    Ok(crate::door::lead_to(saved))
}
