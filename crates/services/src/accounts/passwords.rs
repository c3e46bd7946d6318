//! argon2id behind a semaphore: each check holds its memory and a core, so only a few run at once.

use std::sync::OnceLock;
use std::time::Duration;

use argon2::{
    Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version,
    password_hash::phc::PasswordHash,
};

use domain::events::AccountFact;
use domain::people::Actor;

use super::attempts::Place;
use super::inputs::{Faults, fold_email};
use super::secrets::random;
use crate::{PasswordCost, ServiceError, Services, SignedIn};

/// How long somebody waits for their turn before hearing that the server is busy.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// A new password for the one who is signed in.
#[derive(Debug, Clone)]
pub struct ChangePassword {
    pub current: String,
    pub new: String,
}

fn argon(cost: PasswordCost) -> Result<Argon2<'static>, ServiceError> {
    let params = Params::new(cost.memory_kib, cost.passes, 1, None)
        .map_err(|error| ServiceError::Internal(format!("password cost: {error}")))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash_now(cost: PasswordCost, password: &str) -> Result<String, ServiceError> {
    let salt = random::<16>()?;
    let hash: PasswordHash = argon(cost)?
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map_err(|error| ServiceError::Internal(format!("password hash: {error}")))?;
    Ok(hash.to_string())
}

/// What an unknown account's password is checked against, so that it takes as long as a known one's.
fn nobodys_hash(cost: PasswordCost) -> Result<&'static str, ServiceError> {
    static HASH: OnceLock<String> = OnceLock::new();
    if HASH.get().is_none() {
        let _ = HASH.set(hash_now(cost, "nobody has this password")?);
    }
    Ok(HASH.get().map_or("", String::as_str))
}

impl Services {
    /// Runs the work off the async threads, a few at once.
    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce(PasswordCost) -> Result<T, ServiceError> + Send + 'static,
    ) -> Result<T, ServiceError> {
        let turn = self.hashers().clone().acquire_owned();
        let turn = tokio::time::timeout(LONGEST_WAIT, turn)
            .await
            .map_err(|_| ServiceError::Busy("too many passwords at once".into()))?
            .map_err(|error| ServiceError::Internal(error.to_string()))?;
        let cost = self.config().passwords;
        let done = tokio::task::spawn_blocking(move || {
            let done = work(cost);
            // Held until the work is done, also when the one who asked went away.
            drop(turn);
            done
        });
        done.await
            .map_err(|error| ServiceError::Internal(error.to_string()))?
    }

    pub(crate) async fn hash_password(&self, password: &str) -> Result<String, ServiceError> {
        let password = password.to_owned();
        self.in_turn(move |cost| hash_now(cost, &password)).await
    }

    /// Takes as long without a hash to compare with as with one.
    pub(crate) async fn password_fits(
        &self,
        password: &str,
        hash: Option<String>,
    ) -> Result<bool, ServiceError> {
        let password = password.to_owned();
        self.in_turn(move |cost| {
            let known = hash.is_some();
            let hash = match hash {
                Some(hash) => hash,
                None => nobodys_hash(cost)?.to_owned(),
            };
            let fits = argon(cost)?.verify_password(password.as_bytes(), hash.as_str());
            Ok(known && fits.is_ok())
        })
        .await
    }

    /// Sets a new password and signs out everywhere else.
    pub async fn change_password(
        &self,
        who: &SignedIn,
        cmd: ChangePassword,
    ) -> Result<(), ServiceError> {
        let mut faults = Faults::default();
        if cmd.current.is_empty() {
            faults.add("current", "Enter your current password");
        }
        faults.password("new", &cmd.new, &who.person.email);
        faults.none()?;
        let user = who.person.id;
        let found = store::accounts::users::find(&mut self.read().await?, user).await?;
        let attempt = self
            .begin_attempt(&fold_email(&who.person.email), Place::Session)
            .await?;
        let old = found.and_then(|user| user.password_hash);
        if !self.password_fits(&cmd.current, old.clone()).await? {
            return Err(not_current());
        }
        let old = old.ok_or_else(not_current)?;
        let hash = self.hash_password(&cmd.new).await?;
        let (keep, scribe) = (who.session, self.scribe(Actor::account(user)));
        let given = (scribe, (old, hash), attempt);
        self.write(given, move |tx, (scribe, (old, hash), attempt)| {
            Box::pin(async move {
                // Verifying took its time: the password, or this session, may be gone.
                if !store::accounts::users::lock_verified(tx, user, &old).await? {
                    return Err(not_current());
                }
                if !store::accounts::sessions::is_open(tx, user, keep).await? {
                    return Err(ServiceError::SignedOut);
                }
                store::accounts::users::save_password(tx, user, &hash).await?;
                store::accounts::sessions::delete_others(tx, user, Some(keep)).await?;
                attempt.forget(tx).await?;
                scribe.account(tx, user, AccountFact::PasswordChanged).await
            })
        })
        .await
    }
}

fn not_current() -> ServiceError {
    ServiceError::input("current", "That is not your current password")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_fits_its_password_only() {
        let cost = PasswordCost::least();
        let hash = hash_now(cost, "correct horse battery").unwrap();
        assert!(hash.starts_with("$argon2id$"), "{hash}");
        let check = |password: &str| {
            argon(cost)
                .unwrap()
                .verify_password(password.as_bytes(), hash.as_str())
        };
        assert!(check("correct horse battery").is_ok());
        assert!(check("correct horse batterz").is_err());
    }
}
