//! People and how they come in: set-up, invitations, passwords, sessions, teams.

mod attempts;
mod company_team;
mod devices;
mod inputs;
mod invitations;
mod joining;
mod new_link;
mod operator;
mod partner_team;
mod passwords;
mod resets;
mod secrets;
mod sessions;
mod setup;
mod sign_in;
mod sweeps;

use domain::people::Person;
use domain::{SessionId, Timestamp};

pub use attempts::subscriber;
pub use company_team::CompanyTeam;
pub(crate) use company_team::still_edits;
pub use inputs::NewPerson;
pub(crate) use inputs::{Faults, MAX_NAME};
pub(crate) use invitations::found;
pub use joining::AcceptInvitation;
pub use operator::IntoTeam;
pub use partner_team::PartnerTeam;
pub(crate) use partner_team::still_edits as still_edits_partner;
pub use passwords::ChangePassword;
pub(crate) use secrets::{new_token, random, token_hash};
pub use setup::SetUp;
pub(crate) use setup::{free_slugs, read_currency};
pub use sign_in::SignIn;

/// Who sends a request: put into it by the server once the session's cookie was found good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    pub person: Person,
    pub session: SessionId,
}

/// From where somebody signs in; shown in their list of sessions.
#[derive(Debug, Clone, Default)]
pub struct Origin {
    pub address: String,
    pub agent: String,
}

/// A fresh session. The token is for the cookie; only its hash is kept.
#[derive(Debug, Clone)]
pub struct NewSession {
    pub token: String,
    pub person: Person,
    pub expires_at: Timestamp,
    /// For a cookie that outlives the session: by it the browser is known when its account signs in again. Nothing where
    /// no password was asked for.
    pub device: Option<String>,
}
