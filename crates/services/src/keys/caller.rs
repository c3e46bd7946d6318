//! Whose key a request carries.

use std::sync::Arc;

use domain::keys::KeyScopes;
use domain::people::Person;
use domain::{ApiKeyId, CompanyId, PartnerId};
use store::keys::{KeyOwner, LiveKey};

use super::{KeyUse, Once};
use crate::accounts::token_hash;
use crate::{ServiceError, Services};

/// Before the random part: whoever finds one in a log or a repository knows what it is.
pub(super) const PREFIX: &str = "dbk_";
/// Letters of the random part.
const LETTERS: usize = 64;
/// "Last used" is a write: not more often than this.
const USED_EVERY_SECONDS: i64 = 600;

/// A program that carries a live key: its maker's name, the key's team and scopes.
#[derive(Debug, Clone)]
pub struct KeyCaller {
    pub(super) services: Services,
    pub(super) person: Person,
    pub(super) key: KeyUse,
}

impl Services {
    /// Who calls with that key. `None`: nobody, or not any more.
    pub async fn find_key(&self, token: &str) -> Result<Option<KeyCaller>, ServiceError> {
        // Anything but a key of ours is not worth a question to the database.
        let random = token.strip_prefix(PREFIX).unwrap_or_default();
        if random.len() != LETTERS || !random.bytes().all(|letter| letter.is_ascii_hexdigit()) {
            return Ok(None);
        }
        let now = self.now();
        let hash = token_hash(token);
        let found = store::keys::find_live(&mut self.read().await?, &hash, now).await?;
        let Some(row) = found else { return Ok(None) };
        let used = row.last_used_at;
        if used.is_none_or(|used| now >= used.plus_seconds(USED_EVERY_SECONDS)) {
            self.note_key_use(row.id).await;
        }
        Ok(Some(self.key_caller(row)?))
    }

    async fn note_key_use(&self, id: ApiKeyId) {
        let now = self.now();
        let noted = self.write((), move |tx, ()| {
            Box::pin(async move { Ok(store::keys::save_used(tx, id, now).await?) })
        });
        if let Err(error) = noted.await {
            // Being served matters more than having been noted.
            tracing::warn!(%error, "an API key's last use was not noted");
        }
    }

    fn key_caller(&self, row: LiveKey) -> Result<KeyCaller, ServiceError> {
        let broken = |what: &str| ServiceError::Internal(format!("API key {}: {what}", row.id));
        let owner = match (row.company_id, row.partner_id) {
            (Some(company), None) => KeyOwner::Company(company),
            (None, Some(partner)) => KeyOwner::Partner(partner),
            _ => return Err(broken("of no one team")),
        };
        let scopes = KeyScopes::read(&row.scopes).map_err(|_| broken("unknown scope"))?;
        Ok(KeyCaller {
            services: self.clone(),
            person: Person {
                id: row.user_id,
                name: row.user_name,
                email: row.user_email,
            },
            key: KeyUse {
                id: row.id,
                owner,
                scopes: Arc::new(scopes),
                once: None,
            },
        })
    }
}

impl KeyCaller {
    pub fn id(&self) -> ApiKeyId {
        self.key.id
    }

    /// The company whose key it is.
    pub fn company(&self) -> Option<CompanyId> {
        self.key.owner.company()
    }

    /// The partner team whose key it is.
    pub fn partner(&self) -> Option<PartnerId> {
        self.key.owner.partner()
    }

    /// In whose name it acts.
    pub fn person(&self) -> &Person {
        &self.person
    }

    pub fn scopes(&self) -> &KeyScopes {
        &self.key.scopes
    }

    /// The same for one command, which is carried out once however often it is sent.
    #[must_use]
    pub fn once(mut self, once: Once) -> Self {
        self.key.once = Some(once);
        self
    }
}
