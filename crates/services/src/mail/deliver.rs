//! The worker's half. Any number of processes may deliver from one outbox: each takes its mails under a lease, and what a
//! killed one had in hand is taken by another when the lease has ended.

use std::sync::Arc;

use domain::mail::{filled, next_try_after};
use domain::text::clean_line;
use store::accounts::links;
use store::mail::{Failed, MailRow};
use tokio::task::JoinSet;

use super::{MailFault, Mailer, Outgoing};
use crate::accounts::token_hash;
use crate::{ServiceError, Services};

/// Mails in hand at once: as many connections the mail server sees from one process.
const AT_ONCE: i64 = 8;
/// Characters of a failure that are kept: servers answer at length.
const MAX_ERROR: usize = 300;
/// A mail that was taken so often and never settled ends its worker every time.
const MOST_TAKEN: i32 = 100;

/// What one round did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Delivered {
    pub sent: usize,
    /// To be tried again later.
    pub failed: usize,
    /// Refused for good, or tried often enough.
    pub dead: usize,
}

impl Delivered {
    /// Mails that were taken: if none, nothing is due.
    pub fn taken(self) -> usize {
        self.sent + self.failed + self.dead
    }
}

enum Outcome {
    Sent,
    Failed,
    Dead,
}

impl Services {
    /// Takes a few mails that are due and tries each once, all at the same time.
    ///
    /// A mail goes out at least once: between the server's yes and our noting it a process can die, and then the mail goes
    /// out again under the same id.
    pub async fn deliver_due(&self) -> Result<Delivered, ServiceError> {
        let mut delivered = Delivered::default();
        let Some(mailer) = self.mailer() else {
            return Ok(delivered);
        };
        if !store::mail::is_due(&mut self.read().await?, self.now()).await? {
            return Ok(delivered);
        }
        let mut running = JoinSet::new();
        for mail in self.take_mail(mailer.as_ref()).await? {
            let (services, mailer) = (self.clone(), mailer.clone());
            running.spawn(async move { services.deliver(mailer, mail).await });
        }
        let mut fault = None;
        // All come to their end, whatever became of one: a mail that is dropped in the middle may go out twice.
        while let Some(ended) = running.join_next().await {
            match ended.unwrap_or_else(|error| Err(ServiceError::Internal(error.to_string()))) {
                Ok(Outcome::Sent) => delivered.sent += 1,
                Ok(Outcome::Failed) => delivered.failed += 1,
                Ok(Outcome::Dead) => delivered.dead += 1,
                Err(error) => fault = Some(error),
            }
        }
        fault.map_or(Ok(delivered), Err)
    }

    async fn take_mail(&self, mailer: &dyn Mailer) -> Result<Vec<MailRow>, ServiceError> {
        let now = self.now();
        // Twice the time that a try may take: the second half is for noting how it ended.
        let seconds = i64::try_from(mailer.patience().as_secs()).unwrap_or(i64::MAX);
        let lease_until = now.plus_seconds(seconds.saturating_mul(2).saturating_add(1));
        self.write((), move |tx, ()| {
            Box::pin(async move { Ok(store::mail::take(tx, now, lease_until, AT_ONCE).await?) })
        })
        .await
    }

    async fn deliver(
        &self,
        mailer: Arc<dyn Mailer>,
        mail: MailRow,
    ) -> Result<Outcome, ServiceError> {
        let (id, attempt) = (mail.id, mail.attempts);
        let token = mail.token.clone().unwrap_or_default();
        let tried = self.try_once(mailer.as_ref(), mail).await;
        let now = self.now();
        let (error, again_at) = match tried {
            Ok(()) => {
                self.write((), move |tx, ()| {
                    Box::pin(async move { Ok(store::mail::save_sent(tx, id, now).await?) })
                })
                .await?;
                return Ok(Outcome::Sent);
            }
            Err(MailFault::Refused(why)) => (why, None),
            Err(MailFault::Failed(why)) => {
                let pause = next_try_after(attempt);
                (why, pause.map(|seconds| now.plus_seconds(seconds)))
            }
        };
        let failed = Failed {
            id,
            attempt,
            error: shown(&error, &token),
            again_at,
            now,
        };
        tracing::warn!(mail = %id, attempt, error = failed.error, again = again_at.is_some(), "a mail was not delivered");
        self.write(failed, |tx, failed| {
            Box::pin(async move { Ok(store::mail::save_failed(tx, &failed).await?) })
        })
        .await?;
        Ok(if again_at.is_some() {
            Outcome::Failed
        } else {
            Outcome::Dead
        })
    }

    async fn try_once(&self, mailer: &dyn Mailer, mail: MailRow) -> Result<(), MailFault> {
        if mail.expires_at.is_some_and(|ends| ends <= self.now()) {
            return Err(MailFault::Refused(
                "The link in it had ended before it could be delivered".into(),
            ));
        }
        if mail.attempts > MOST_TAKEN {
            return Err(MailFault::Refused(
                "It was tried a hundred times, and no try came to an end".into(),
            ));
        }
        let token = mail.token.unwrap_or_default();
        if !token.is_empty() && !self.opens(&token).await? {
            return Err(MailFault::Refused(
                "The link in it was used or taken back before it could be delivered".into(),
            ));
        }
        let outgoing = Outgoing {
            id: mail.id,
            to: mail.to_email,
            subject: mail.subject,
            text: filled(&mail.body_text, &token),
            html: filled(&mail.body_html, &token),
        };
        let patience = mailer.patience();
        tokio::time::timeout(patience, mailer.send(&outgoing))
            .await
            .unwrap_or_else(|_| {
                let seconds = patience.as_secs_f32();
                Err(MailFault::Failed(format!(
                    "The mail server did not answer within {seconds} seconds"
                )))
            })
    }
    /// Whether a link of that token still works.
    async fn opens(&self, token: &str) -> Result<bool, MailFault> {
        let failed = |error: ServiceError| MailFault::Failed(error.to_string());
        let mut conn = self.read().await.map_err(failed)?;
        let found = links::find_open(&mut conn, &token_hash(token), self.now()).await;
        Ok(found.map_err(|error| failed(error.into()))?.is_some())
    }
}

/// A failure as it is kept: without the link, which would let in whoever reads the outbox.
fn shown(error: &str, token: &str) -> String {
    let line = clean_line(error);
    let line = if token.is_empty() {
        line
    } else {
        without(&line, token)
    };
    line.chars().take(MAX_ERROR).collect()
}

/// The text with every occurrence of the secret, however it is cased, left out.
fn without(text: &str, secret: &str) -> String {
    let (small, secret) = (text.to_ascii_lowercase(), secret.to_ascii_lowercase());
    let (mut kept, mut from) = (String::new(), 0);
    for (at, found) in small.match_indices(&secret) {
        kept.push_str(text.get(from..at).unwrap_or_default());
        kept.push('\u{2026}');
        from = at + found.len();
    }
    kept.push_str(text.get(from..).unwrap_or_default());
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_server_answers_holds_no_link() {
        let error = "550 5.7.1 (\u{c4}) no links here: /reset/t0ken, T0KEN";
        assert_eq!(
            shown(error, "t0ken"),
            "550 5.7.1 (\u{c4}) no links here: /reset/\u{2026}, \u{2026}"
        );
        assert_eq!(shown("450 try later", ""), "450 try later");
    }
}
