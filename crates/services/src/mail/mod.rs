//! Mail: written into the outbox with what it tells of, delivered by workers, shown to a company's admins.

mod choices;
mod deliver;
mod outbox;

use std::sync::Arc;
use std::time::Duration;

use domain::mail::{Mail, MailKind, MailState};
use domain::{CompanyId, MailId, Timestamp, UserId};
use store::accounts::links::OneTimeLink;
use store::mail::MailRow;
use store::{Announce, BoxFuture};
use tokio::sync::broadcast::{self, error::RecvError};

pub use deliver::Delivered;

use crate::Services;

/// Carries a mail to a mail server. It may be asked for the same mail again: the id is the same then.
pub trait Mailer: Send + Sync {
    /// Resolves once the server has taken the mail over, or says why it has not.
    fn send<'m>(&'m self, mail: &'m Outgoing) -> BoxFuture<'m, Result<(), MailFault>>;

    /// How long one mail may take: after it the try has failed.
    fn patience(&self) -> Duration;
}

/// A mail as its receiver gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// Stays the same from try to try: receivers can tell a repetition.
    pub id: MailId,
    pub to: String,
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// Why a mail was not delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MailFault {
    /// The same mail would be refused again: nobody tries by themselves.
    Refused(String),
    /// It may go well later.
    Failed(String),
}

/// Where use cases put their mail. Cheap to clone into a transaction.
#[derive(Debug, Clone)]
pub struct Post {
    base_url: Arc<str>,
    sends: bool,
}

/// To whom a mail goes, and who else may see it in the outbox.
#[derive(Debug, Clone, Default)]
pub(crate) struct Receiver {
    pub company: Option<CompanyId>,
    pub user: Option<UserId>,
    pub email: String,
    pub shows_address: bool,
}

impl Services {
    pub(crate) fn post(&self) -> Post {
        Post {
            base_url: self.config().base_url.as_str().into(),
            sends: self.sends_mail(),
        }
    }
}

/// Tells a worker of this process that mail was written, here or by another process on the same database.
#[derive(Debug)]
pub struct MailNews(broadcast::Receiver<Arc<Announce>>);

impl Services {
    /// What a worker waits on between its rounds.
    pub fn mail_news(&self) -> MailNews {
        MailNews(self.db().announcer().subscribe())
    }
}

impl MailNews {
    /// Resolves when there may be mail to deliver.
    pub async fn heard(&mut self) {
        loop {
            match self.0.recv().await {
                Ok(announce) if announce.topic == store::mail::TOPIC => return,
                Ok(_) => {}
                // Something was missed: it may have been mail.
                Err(RecvError::Lagged(_)) => return,
                // The database is closed, and the server about to end.
                Err(RecvError::Closed) => std::future::pending().await,
            }
        }
    }
}

impl Post {
    /// What links in mail begin with.
    pub(crate) fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Whether a worker delivers what is put here.
    pub(crate) fn sends(&self) -> bool {
        self.sends
    }

    /// The row to be inserted in the transaction of what the mail tells of.
    pub(crate) fn row(
        &self,
        (id, now): (MailId, Timestamp),
        kind: MailKind,
        to: Receiver,
        mail: Mail,
    ) -> MailRow {
        let state = if self.sends {
            MailState::Queued
        } else {
            MailState::Kept
        };
        MailRow {
            id,
            company_id: to.company,
            user_id: to.user,
            kind,
            to_email: to.email,
            shows_address: to.shows_address,
            subject: mail.subject,
            body_text: mail.text,
            body_html: mail.html,
            token: None,
            expires_at: None,
            state,
            attempts: 0,
            last_error: String::new(),
            created_at: now,
            available_at: now,
            changed_at: now,
        }
    }

    /// The same for a mail with a link that lets somebody in. The token is kept only as long as a worker needs it; where
    /// nobody sends mail it is not kept at all.
    pub(crate) fn link_row(
        &self,
        (id, token): (MailId, &str),
        link: &OneTimeLink,
        kind: MailKind,
        to: Receiver,
        mail: Mail,
    ) -> MailRow {
        MailRow {
            token: self.sends.then(|| token.to_owned()),
            expires_at: Some(link.expires_at),
            ..self.row((id, link.created_at), kind, to, mail)
        }
    }
}
