//! The outbox as a company's admins see it: the mail of their company, without the links that let somebody in. Resets, and
//! what partner teams send among themselves, stand in no company's outbox.

use domain::events::TeamFact;
use domain::mail::{MailState, TOKEN_PLACE, hidden, masked};
use domain::views::{MailView, OutboxView};
use domain::{MailId, Timestamp};
use store::mail::MailRow;

use crate::{CompanyTeam, ServiceError};

/// Mails of one page.
const PAGE: usize = 50;

impl CompanyTeam {
    /// Mail that tells of this company, newest first: all of it, or of one state; from `before` on.
    pub async fn outbox(
        &self,
        state: Option<MailState>,
        before: Option<MailId>,
    ) -> Result<OutboxView, ServiceError> {
        self.require_edit()?;
        let mut conn = self.services.read().await?;
        let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
        let mut rows =
            store::mail::list_by_company(&mut conn, self.company, state, before, limit).await?;
        let more = rows.len() > PAGE;
        rows.truncate(PAGE);
        let next = rows.last().filter(|_| more).map(|last| last.id);
        let (sends, now) = (self.services.sends_mail(), self.services.now());
        Ok(OutboxView {
            company: self.name().to_owned(),
            sends,
            mails: rows.into_iter().map(|row| view(row, sends, now)).collect(),
            next,
        })
    }

    /// Puts a mail before the workers once more: one that was not delivered, or one that waits for its next try.
    pub async fn retry_mail(&self, mail: MailId) -> Result<(), ServiceError> {
        self.require_edit()?;
        let (company, sends) = (self.company, self.services.sends_mail());
        self.services
            .write(self.services.scribe(self.actor()), move |tx, scribe| {
                Box::pin(async move {
                    let row = store::mail::find_by_company(tx, company, mail).await?;
                    let row = row.ok_or(ServiceError::NotFound)?;
                    if !may_retry(&row, sends, scribe.now)
                        || !store::mail::save_retried(tx, company, mail, scribe.now).await?
                    {
                        return Err(ServiceError::input(
                            "mail",
                            "This mail cannot be tried again",
                        ));
                    }
                    scribe
                        .company(tx, company, TeamFact::MailRetried { mail })
                        .await
                })
            })
            .await
    }
}

/// A mail whose link has ended, or whose token nobody has any more, is worth nothing.
fn may_retry(row: &MailRow, sends: bool, now: Timestamp) -> bool {
    let waits = match row.state {
        MailState::Dead | MailState::Kept => true,
        MailState::Queued => row.attempts > 0,
        MailState::Sending | MailState::Sent => false,
    };
    let complete = row.token.is_some() || !row.body_text.contains(TOKEN_PLACE);
    sends && waits && complete && row.expires_at.is_none_or(|ends| ends > now)
}

fn view(row: MailRow, sends: bool, now: Timestamp) -> MailView {
    let may_retry = may_retry(&row, sends, now);
    let tried = row.state == MailState::Queued && row.attempts > 0;
    let shown = if row.shows_address {
        row.to_email.clone()
    } else {
        masked(&row.to_email)
    };
    MailView {
        id: row.id,
        kind: row.kind,
        // Servers repeat the address in what they answer.
        last_error: row.last_error.replace(&row.to_email, &shown),
        to: shown,
        subject: row.subject,
        text: hidden(&row.body_text),
        state: row.state,
        attempts: row.attempts,
        created_at: row.created_at,
        next_try_at: tried.then_some(row.available_at),
        may_retry,
    }
}
