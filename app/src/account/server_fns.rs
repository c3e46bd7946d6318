use domain::SessionId;
use domain::views::SessionView;
use leptos::prelude::*;

use crate::error::ActionError;

#[cfg(feature = "ssr")]
const HERE: &str = "/account/sessions";

#[server(endpoint = "list_sessions")]
pub async fn list_sessions() -> Result<Vec<SessionView>, ActionError> {
    use crate::door;
    let who = door::signed_in()?;
    Ok(door::services()?.list_sessions(&who).await?)
}

#[server(endpoint = "revoke_session")]
pub async fn revoke_session(session: SessionId) -> Result<String, ActionError> {
    use crate::door;
    let who = door::signed_in()?;
    door::services()?.revoke_session(&who, session).await?;
    Ok(door::lead_to(HERE.to_owned()))
}

#[server(endpoint = "sign_out_others")]
pub async fn sign_out_others() -> Result<String, ActionError> {
    use crate::door;
    let who = door::signed_in()?;
    door::services()?.sign_out_others(&who).await?;
    Ok(door::lead_to(HERE.to_owned()))
}

#[server(endpoint = "change_password")]
pub async fn change_password(current: String, new: String) -> Result<String, ActionError> {
    use crate::door;
    let who = door::signed_in()?;
    let cmd = services::accounts::ChangePassword { current, new };
    door::services()?.change_password(&who, cmd).await?;
    Ok(door::lead_to(
        "/account/sessions?password=changed".to_owned(),
    ))
}
