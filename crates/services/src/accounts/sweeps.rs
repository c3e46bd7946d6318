//! What is kept only for a time.

use store::accounts::{attempts, sessions};
use store::{board_windows, idempotency, sent_commands};

use crate::{ServiceError, Services};

/// Longer than any window in which tries are counted.
const ATTEMPTS_DAYS: i64 = 1;
/// A client that repeats a request does so within hours.
const ANSWERS_DAYS: i64 = 2;
/// A browser may keep a move over a long weekend before it is asked whether it was done.
const MOVES_DAYS: i64 = 30;
/// Who looks at a board says so every few seconds.
const WINDOWS_DAYS: i64 = 1;
/// Long enough to see what went wrong; after it a mail is only somebody's address and words.
const MAIL_DAYS: i64 = 90;

/// A delivery is a line of a log: what is older explains nothing any more.
const WEBHOOK_DAYS: i64 = 30;

impl Services {
    /// Deletes sessions that ended, old tries, answers kept for repeated requests, windows of boards that have gone, old mail and old
    /// deliveries. Nobody misses them; any number of processes may do it at once.
    pub async fn forget_expired(&self) -> Result<(), ServiceError> {
        let now = self.now();
        self.write((), move |tx, ()| {
            Box::pin(async move {
                sessions::delete_expired(tx, now).await?;
                attempts::delete_before(tx, now.plus_days(-ATTEMPTS_DAYS)).await?;
                idempotency::delete_before(tx, now.plus_days(-ANSWERS_DAYS)).await?;
                sent_commands::delete_before(tx, now.plus_days(-MOVES_DAYS)).await?;
                board_windows::delete_before(tx, now.plus_days(-WINDOWS_DAYS)).await?;
                store::mail::delete_tokens(tx, now).await?;
                store::mail::delete_settled(tx, now.plus_days(-MAIL_DAYS)).await?;
                store::webhooks::endpoints::delete_old_secrets(tx, now).await?;
                let old = now.plus_days(-WEBHOOK_DAYS);
                store::webhooks::deliveries::delete_settled(tx, old).await?;
                Ok(())
            })
        })
        .await
    }
}
