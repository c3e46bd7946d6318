//! What is kept only for a time.

use store::accounts::{attempts, sessions};
use store::idempotency;

use crate::{ServiceError, Services};

/// Longer than any window in which tries are counted.
const ATTEMPTS_DAYS: i64 = 1;
/// A client that repeats a request does so within hours.
const ANSWERS_DAYS: i64 = 2;
/// Long enough to see what went wrong; after it a mail is only somebody's address and words.
const MAIL_DAYS: i64 = 90;

impl Services {
    /// Deletes sessions that ended, old tries, answers kept for repeated requests, and old mail. Nobody misses them; any
    /// number of processes may do it at once.
    pub async fn forget_expired(&self) -> Result<(), ServiceError> {
        let now = self.now();
        self.write((), move |tx, ()| {
            Box::pin(async move {
                sessions::delete_expired(tx, now).await?;
                attempts::delete_before(tx, now.plus_days(-ATTEMPTS_DAYS)).await?;
                idempotency::delete_before(tx, now.plus_days(-ANSWERS_DAYS)).await?;
                store::mail::delete_tokens(tx, now).await?;
                store::mail::delete_settled(tx, now.plus_days(-MAIL_DAYS)).await?;
                Ok(())
            })
        })
        .await
    }
}
