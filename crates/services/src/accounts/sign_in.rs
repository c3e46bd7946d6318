//! Signing in. Known and unknown accounts are answered alike, in the same time.

use domain::Timestamp;
use domain::people::Person;
use store::accounts::{sessions, users};

use super::attempts::Place;
use super::devices::Device;
use super::inputs::{Faults, fold_email};
use super::secrets::{new_token, token_hash};
use super::sessions::expiry;
use super::{NewSession, Origin};
use crate::{ServiceError, Services};

/// Browsers of one person at a time; one more signs out the one that was not seen for longest.
const MAX_SESSIONS: i64 = 50;

#[derive(Debug, Clone)]
pub struct SignIn {
    pub email: String,
    pub password: String,
    pub origin: Origin,
    /// The token that the browser came with: its session ends, so that a planted one is worth nothing.
    pub previous: Option<String>,
    /// What the browser was given when this account last signed in there.
    pub device: Option<String>,
}

impl Services {
    /// Opens a session for the one whose address and password these are.
    pub async fn sign_in(&self, cmd: SignIn) -> Result<NewSession, ServiceError> {
        let mut faults = Faults::default();
        if fold_email(&cmd.email).is_empty() {
            faults.add("email", "Enter your email address");
        }
        if cmd.password.is_empty() {
            faults.add("password", "Enter your password");
        }
        faults.none()?;
        // Longer than any account has: not looked up, not hashed.
        if cmd.email.len() > 400 || cmd.password.len() > 1_000 {
            return Err(unfit());
        }
        let folded = fold_email(&cmd.email);
        let found = users::find_by_email(&mut self.read().await?, &folded).await?;
        let known = found.filter(|user| user.disabled_at.is_none());
        let hash = known.as_ref().and_then(|user| user.password_hash.clone());
        let device = cmd.device.as_deref().zip(hash.as_deref());
        let device = device.and_then(|(device, hash)| Device::read(device, &folded, hash));
        let place = match &device {
            Some(device) => Place::Device(device),
            None => Place::Address(&cmd.origin.address),
        };
        let attempt = self.begin_attempt(&folded, place).await?;
        let fits = self.password_fits(&cmd.password, hash.clone()).await?;
        let Some(user) = known.filter(|_| fits) else {
            return Err(unfit());
        };
        let person = Person {
            id: user.id,
            name: user.name,
            email: user.email,
        };
        let (mut session, row) = self.new_session(person, &cmd.origin)?;
        // It fits, so there is one.
        let verified = hash.ok_or_else(unfit)?;
        let device = match device {
            Some(device) => device,
            None => Device::new(&folded, &verified)?,
        };
        session.device = Some(device.text().to_owned());
        let previous = cmd.previous.map(|token| token_hash(&token));
        let given = (row, verified, previous, attempt);
        self.write(given, |tx, (row, verified, previous, attempt)| {
            Box::pin(async move {
                // Verifying took its time: whoever got a new password meanwhile signed everybody out, this one too.
                if !users::lock_verified(tx, row.user_id, &verified).await? {
                    return Err(unfit());
                }
                if let Some(previous) = previous {
                    sessions::delete_by_token(tx, &previous).await?;
                }
                attempt.forget(tx).await?;
                sessions::insert(tx, &row).await?;
                Ok(sessions::delete_beyond(tx, row.user_id, MAX_SESSIONS).await?)
            })
        })
        .await?;
        Ok(session)
    }

    /// A session to be inserted, and what its browser gets.
    pub(crate) fn new_session(
        &self,
        person: Person,
        origin: &Origin,
    ) -> Result<(NewSession, sessions::Session), ServiceError> {
        let now: Timestamp = self.now();
        let token = new_token()?;
        let row = sessions::Session {
            id: self.id(),
            token_hash: token_hash(&token),
            user_id: person.id,
            created_at: now,
            last_seen_at: now,
            expires_at: expiry(now, now),
            address: cut(&origin.address, 60),
            agent: cut(&origin.agent, 300),
        };
        let session = NewSession {
            token,
            person,
            expires_at: row.expires_at,
            device: None,
        };
        Ok((session, row))
    }
}

fn unfit() -> ServiceError {
    ServiceError::input(
        "email",
        "That email address and password do not belong together. Check both and try again",
    )
}

fn cut(text: &str, max: usize) -> String {
    domain::text::clean_line(text).chars().take(max).collect()
}
