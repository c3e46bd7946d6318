//! Signed-in browsers: found by their cookie, listed, ended.

use domain::people::Person;
use domain::views::SessionView;
use domain::{SessionId, Timestamp};
use store::accounts::sessions;

use super::secrets::token_hash;
use crate::{ServiceError, Services, SignedIn};

/// However busy, a session ends this long after it began.
const LONGEST_DAYS: i64 = 30;
/// Unused, it ends sooner.
const IDLE_DAYS: i64 = 14;
/// "Last seen" is a write: not more often than this.
const SEEN_EVERY_SECONDS: i64 = 60;

/// When a session that began and was seen at these moments ends.
pub(super) fn expiry(began: Timestamp, seen: Timestamp) -> Timestamp {
    began.plus_days(LONGEST_DAYS).min(seen.plus_days(IDLE_DAYS))
}

impl Services {
    /// Whose browser that token is. `None`: nobody's, or not any more.
    pub async fn find_signed_in(&self, token: &str) -> Result<Option<SignedIn>, ServiceError> {
        // Anything but a token of ours is not worth a question to the database.
        if token.len() != 64 || !token.bytes().all(|letter| letter.is_ascii_hexdigit()) {
            return Ok(None);
        }
        let now = self.now();
        let hash = token_hash(token);
        let found = sessions::find_signed_in(&mut self.read().await?, &hash, now).await?;
        let Some(row) = found else { return Ok(None) };
        let (id, seen) = (row.session_id, row.last_seen_at);
        if now >= seen.plus_seconds(SEEN_EVERY_SECONDS) {
            let expires = expiry(row.created_at, now);
            let noted = self.write((), move |tx, ()| {
                Box::pin(async move { Ok(sessions::save_seen(tx, id, now, expires).await?) })
            });
            if let Err(error) = noted.await {
                // Being here matters more than having been noted.
                tracing::warn!(%error, "a session's last use was not noted");
            }
        }
        Ok(Some(SignedIn {
            person: Person {
                id: row.user_id,
                name: row.name,
                email: row.email,
            },
            session: id,
        }))
    }

    /// Ends this browser's session.
    pub async fn sign_out(&self, who: &SignedIn) -> Result<(), ServiceError> {
        self.end_session(who, who.session).await.map(|_| ())
    }

    /// The person's browsers, the last seen first.
    pub async fn list_sessions(&self, who: &SignedIn) -> Result<Vec<SessionView>, ServiceError> {
        let (user, now) = (who.person.id, self.now());
        let rows = sessions::list_by_user(&mut self.read().await?, user, now).await?;
        let view = |row: sessions::Session| SessionView {
            id: row.id,
            current: row.id == who.session,
            address: row.address,
            agent: row.agent,
            created_at: row.created_at,
            last_seen_at: row.last_seen_at,
        };
        Ok(rows.into_iter().map(view).collect())
    }

    /// Ends one of the person's sessions; another's is not found.
    pub async fn revoke_session(&self, who: &SignedIn, id: SessionId) -> Result<(), ServiceError> {
        if self.end_session(who, id).await? {
            Ok(())
        } else {
            Err(ServiceError::NotFound)
        }
    }

    async fn end_session(&self, who: &SignedIn, id: SessionId) -> Result<bool, ServiceError> {
        let user = who.person.id;
        self.write((), move |tx, ()| {
            Box::pin(async move { Ok(sessions::delete(tx, user, id).await?) })
        })
        .await
    }

    /// Signs the person out everywhere but here; gives how many sessions ended.
    pub async fn sign_out_others(&self, who: &SignedIn) -> Result<u64, ServiceError> {
        let (user, keep) = (who.person.id, who.session);
        self.write((), move |tx, ()| {
            Box::pin(async move { Ok(sessions::delete_others(tx, user, Some(keep)).await?) })
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends_unused_after_14_days_and_anyway_after_30() {
        let began = Timestamp::from_seconds(0);
        assert_eq!(expiry(began, began), began.plus_days(14));
        assert_eq!(expiry(began, began.plus_days(10)), began.plus_days(24));
        assert_eq!(expiry(began, began.plus_days(29)), began.plus_days(30));
    }
}
