//! A new password for somebody who forgot theirs.

use domain::UserId;
use domain::events::AccountFact;
use domain::mail::{MailKind, Reset};
use domain::people::{Actor, Side};
use domain::views::LinkView;
use store::accounts::links::{self, LinkKind, OneTimeLink};
use store::accounts::{sessions, users};
use store::mail::MailRow;

use super::attempts::Place;
use super::inputs::{Faults, fold_email};
use super::new_link::NewLink;
use super::secrets::token_hash;
use crate::mail::Receiver;
use crate::{ServiceError, Services};

const OPEN_DAYS: i64 = 1;
/// Reset links of one account that are open at once: further asking sends none.
const MAX_MAILED: i64 = 3;

impl Services {
    /// Whoever asks hears the same, as fast, whether the account exists or not. The link goes by mail; where none is sent,
    /// the operator reads in the log whom to help.
    pub async fn ask_for_reset(&self, email: &str, address: &str) -> Result<(), ServiceError> {
        let mut faults = Faults::default();
        let email = faults.email("email", email);
        faults.none()?;
        // Counted as sign-ins are, and never forgotten: it must not become a way to ask endlessly.
        let folded = fold_email(&email);
        let account = format!("reset:{folded}");
        let attempt = self.new_attempt(&account, Place::Address(address));
        let found = users::find_by_email(&mut self.read().await?, &folded).await?;
        let known = found.filter(|user| user.disabled_at.is_none());
        let letter = match &known {
            Some(user) if self.sends_mail() => Some(self.reset_letter(user)?),
            _ => None,
        };
        if let (Some(user), None) = (&known, &letter) {
            tracing::info!(user = %user.id, "a password reset was asked for: `dealboard user reset-password` makes the link");
        }
        // One transaction for both: a known account must not take a commit longer than an unknown one.
        let given = (self.scribe(Actor::system()), attempt, letter);
        self.write(given, |tx, (scribe, attempt, letter)| {
            Box::pin(async move {
                attempt.begin(tx).await?;
                if let Some((link, mail)) = letter
                    && let Some(user) = link.user_id
                {
                    // Older ones stay: asking must not take a link from whoever is about to use it. Enough is enough.
                    let now = link.created_at;
                    if links::count_open(tx, LinkKind::Reset, user, now).await? >= MAX_MAILED {
                        return Ok(());
                    }
                    links::insert(tx, &link).await?;
                    store::mail::insert(tx, &mail).await?;
                    let fact = AccountFact::ResetLinkCreated;
                    scribe.account(tx, user, fact).await?;
                }
                Ok(())
            })
        })
        .await
    }

    /// A link for that person and the mail that brings it; in nobody's outbox page.
    fn reset_letter(&self, user: &users::User) -> Result<(OneTimeLink, MailRow), ServiceError> {
        let link = self.new_reset_link(user.id, &user.email)?;
        let post = self.post();
        let mail = Reset {
            base_url: post.base_url(),
            to_name: &user.name,
            expires_at: link.row.expires_at,
        }
        .mail();
        let to = Receiver {
            user: Some(user.id),
            email: user.email.clone(),
            ..Receiver::default()
        };
        let row = link.mail(&post, self.id(), MailKind::Reset, to, mail);
        Ok((link.row, row))
    }

    fn new_reset_link(&self, user: UserId, email: &str) -> Result<NewLink, ServiceError> {
        let mut link = NewLink::new(self, LinkKind::Reset, "reset", OPEN_DAYS)?;
        link.row.user_id = Some(user);
        link.row.email = Some(email.to_owned());
        Ok(link)
    }

    /// A link by which that person sets a new password; older ones end. For the operator, who may read the database
    /// anyway: a link lets its holder in, so no tenant's admin makes one for a person of other tenants.
    pub async fn create_reset_link(&self, email: &str) -> Result<LinkView, ServiceError> {
        let folded = fold_email(email);
        let found = users::find_by_email(&mut self.read().await?, &folded).await?;
        let user = found.ok_or(ServiceError::NotFound)?;
        self.insert_reset_link(user.id, &user.email).await
    }

    async fn insert_reset_link(&self, user: UserId, email: &str) -> Result<LinkView, ServiceError> {
        let link = self.new_reset_link(user, email)?;
        let view = link.view(email);
        let given = (self.scribe(Actor::system()), link.row);
        self.write(given, move |tx, (scribe, row)| {
            Box::pin(async move {
                links::delete_open(tx, LinkKind::Reset, Some(user)).await?;
                links::insert(tx, &row).await?;
                scribe
                    .account(tx, user, AccountFact::ResetLinkCreated)
                    .await
            })
        })
        .await?;
        Ok(view)
    }

    /// Whose password that link resets. Used, expired or unknown: not found.
    pub async fn open_reset(&self, token: &str) -> Result<String, ServiceError> {
        let (now, mut conn) = (self.now(), self.read().await?);
        let link = links::find_open(&mut conn, &token_hash(token), now).await?;
        let link = link.filter(|link| link.kind.0 == LinkKind::Reset);
        Ok(link
            .ok_or(ServiceError::NotFound)?
            .email
            .unwrap_or_default())
    }

    /// Sets the new password, uses the link up and ends every session of that person.
    pub async fn reset_password(&self, token: &str, password: &str) -> Result<(), ServiceError> {
        let email = self.open_reset(token).await?;
        let mut faults = Faults::default();
        faults.password("password", password, &email);
        faults.none()?;
        let hash = self.hash_password(password).await?;
        let given = (self.scribe(Actor::system()), token_hash(token), hash);
        self.write(given, |tx, (scribe, token, hash)| {
            Box::pin(async move {
                let link = links::find_open(tx, &token, scribe.now).await?;
                let link = link.ok_or(ServiceError::NotFound)?;
                let user = link.user_id.ok_or(ServiceError::NotFound)?;
                if !links::save_used(tx, link.id, scribe.now).await?
                    || !users::save_password(tx, user, &hash).await?
                {
                    return Err(ServiceError::NotFound);
                }
                links::delete_open(tx, LinkKind::Reset, Some(user)).await?;
                sessions::delete_others(tx, user, None).await?;
                let scribe = scribe.acting(user, Side::System);
                scribe.account(tx, user, AccountFact::PasswordReset).await
            })
        })
        .await
    }
}
