use domain::views::InvitationPage;
use leptos::prelude::*;

use crate::error::ActionError;

#[cfg(feature = "ssr")]
mod ssr {
    pub use crate::door;
    pub use services::accounts::{AcceptInvitation, NewPerson, NewSession, SetUp, SignIn};

    /// Gives the browser its session.
    pub fn begin(session: &NewSession) -> Result<(), crate::error::ActionError> {
        let services = door::services()?;
        let seconds = session.expires_at.seconds() - services.now().seconds();
        door::set_cookie(&crate::auth::session_cookie(&session.token, seconds));
        if let Some(device) = &session.device {
            door::set_cookie(&crate::auth::device_cookie(device));
        }
        Ok(())
    }

    pub fn person(name: String, email: String, password: String) -> NewPerson {
        NewPerson {
            name,
            email,
            password,
        }
    }

    pub fn set_up(
        token: String,
        person: NewPerson,
        company: String,
        program: String,
        currency: String,
    ) -> SetUp {
        SetUp {
            token,
            person,
            company,
            program,
            currency,
            origin: door::origin(),
        }
    }

    /// `team` is an own partner team, empty for a new one.
    pub fn accept(
        token: String,
        account: Option<NewPerson>,
        team: &str,
    ) -> Result<AcceptInvitation, crate::error::ActionError> {
        let malformed = |_| crate::error::ActionError::new(domain::ErrorCode::Malformed);
        let team = match team {
            "" => None,
            team => Some(team.parse().map_err(malformed)?),
        };
        Ok(AcceptInvitation {
            token,
            account,
            team,
            origin: door::origin(),
        })
    }
}

#[server(endpoint = "sign_in")]
pub async fn sign_in(
    email: String,
    password: String,
    #[server(default)] to: String,
) -> Result<String, ActionError> {
    use ssr::door;
    let cmd = ssr::SignIn {
        email,
        password,
        origin: door::origin(),
        previous: door::session_token(),
        device: door::device(),
    };
    ssr::begin(&door::services()?.sign_in(cmd).await?)?;
    Ok(door::lead_to(crate::auth::safe_return(&to)))
}

#[server(endpoint = "sign_out")]
pub async fn sign_out() -> Result<String, ActionError> {
    use ssr::door;
    let services = door::services()?;
    if let Some(who) = door::signed_in_or_none() {
        services.sign_out(&who).await?;
    }
    door::set_cookie(&crate::auth::no_session_cookie());
    Ok(door::lead_to("/signin".to_owned()))
}

#[server(endpoint = "check_setup")]
pub async fn check_setup(token: String) -> Result<(), ActionError> {
    Ok(ssr::door::services()?.check_setup_link(&token).await?)
}

#[server(endpoint = "set_up")]
pub async fn set_up(
    token: String,
    name: String,
    email: String,
    password: String,
    company: String,
    program: String,
    currency: String,
) -> Result<String, ActionError> {
    let person = ssr::person(name, email, password);
    let cmd = ssr::set_up(token, person, company, program, currency);
    ssr::begin(&ssr::door::services()?.set_up(cmd).await?)?;
    Ok(ssr::door::lead_to("/".to_owned()))
}

#[server(endpoint = "open_invitation")]
pub async fn open_invitation(token: String) -> Result<InvitationPage, ActionError> {
    use ssr::door;
    let person = door::signed_in_or_none().map(|who| who.person);
    Ok(door::services()?.open_invitation(&token, person).await?)
}

/// Accepts as the one who is signed in; `team` is an own partner team, empty for a new one.
#[server(endpoint = "accept_invitation")]
pub async fn accept_invitation(
    token: String,
    #[server(default)] team: String,
) -> Result<String, ActionError> {
    use ssr::door;
    let cmd = ssr::accept(token, None, &team)?;
    let person = door::person()?;
    let services = door::services()?;
    services.accept_invitation(cmd, Some(person)).await?;
    Ok(door::lead_to("/".to_owned()))
}

/// Accepts by making the account.
#[server(endpoint = "join")]
pub async fn join(token: String, name: String, password: String) -> Result<String, ActionError> {
    use ssr::door;
    let person = ssr::person(name, String::new(), password);
    let cmd = ssr::accept(token, Some(person), "")?;
    let session = door::services()?.accept_invitation(cmd, None).await?;
    session.iter().try_for_each(ssr::begin)?;
    Ok(door::lead_to("/".to_owned()))
}

#[server(endpoint = "ask_for_reset")]
pub async fn ask_for_reset(email: String) -> Result<String, ActionError> {
    use ssr::door;
    let address = door::origin().address;
    let services = door::services()?;
    services.ask_for_reset(&email, &address).await?;
    let way = if services.sends_mail() {
        "mail"
    } else {
        "operator"
    };
    Ok(door::lead_to(format!("/reset?asked={way}")))
}

/// Whose password the link resets.
#[server(endpoint = "open_reset")]
pub async fn open_reset(token: String) -> Result<String, ActionError> {
    Ok(ssr::door::services()?.open_reset(&token).await?)
}

#[server(endpoint = "reset_password")]
pub async fn reset_password(token: String, password: String) -> Result<String, ActionError> {
    use ssr::door;
    door::services()?.reset_password(&token, &password).await?;
    Ok(door::lead_to("/signin?reset=done".to_owned()))
}
