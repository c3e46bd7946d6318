//! A command that is carried out once, however often its request is sent. The claim on its key and what it gave are
//! rows of the command's own transaction: there is no moment in which only one of the two is kept.

use std::any::Any;
use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use store::Tx;
use store::idempotency::{self, CarriedOut, Claim};

use super::KeyUse;
use crate::ServiceError;
use crate::deals::Recorder;

/// The input under which a misused key is told.
const INPUT: &str = "Idempotency-Key";

/// The key of one request, what the request was, and how what its command gives is written down.
#[derive(Debug, Clone)]
pub struct Once {
    key: Arc<str>,
    fingerprint: Arc<[u8]>,
    write: fn(&dyn Any) -> Option<String>,
    read: fn(&str) -> Option<Box<dyn Any + Send>>,
}

impl Once {
    /// For a command that gives a `T`. The same key with other `parts` is refused.
    pub fn of<T: Serialize + DeserializeOwned + Send + 'static>(
        key: &str,
        parts: &[&[u8]],
    ) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            // With its length, so that no two requests give the same bytes.
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        Self {
            key: key.into(),
            fingerprint: hash.finalize().as_slice().into(),
            write: |given: &dyn Any| serde_json::to_string(given.downcast_ref::<T>()?).ok(),
            read: |text: &str| Some(Box::new(serde_json::from_str::<T>(text).ok()?)),
        }
    }

    pub(crate) fn key(&self) -> &str {
        &self.key
    }

    pub(crate) fn fingerprint(&self) -> &[u8] {
        &self.fingerprint
    }

    /// What it gave before. Under its key something else may have been asked for: that is refused.
    pub(crate) fn given_before<T: 'static>(&self, kept: CarriedOut) -> Result<T, ServiceError> {
        if kept.fingerprint != *self.fingerprint {
            let text = "This key was used for another request. Send a new one";
            return Err(ServiceError::input(INPUT, text));
        }
        let read = kept.outcome.and_then(|text| (self.read)(&text));
        let given = read.and_then(|given| given.downcast::<T>().ok());
        Ok(*given.ok_or_else(unfit)?)
    }

    pub(crate) fn written<T: 'static>(&self, given: &T) -> Result<String, ServiceError> {
        (self.write)(given).ok_or_else(unfit)
    }
}

fn unfit() -> ServiceError {
    ServiceError::Internal("what a command gave is not what its door expects".to_owned())
}

impl KeyUse {
    /// What the same request gave before; else its key is taken until this transaction ends.
    async fn before<T: 'static>(
        &self,
        tx: &mut Tx,
        now: domain::Timestamp,
    ) -> Result<Option<T>, ServiceError> {
        let Some(once) = &self.once else {
            return Ok(None);
        };
        let claim = Claim {
            api_key: self.id,
            owner: self.owner,
            key: &once.key,
            fingerprint: &once.fingerprint,
            at: now,
        };
        if idempotency::claim(tx, claim).await? {
            return Ok(None);
        }
        // Swept in this very moment: the client sends it again.
        let kept = idempotency::find(tx, self.id, &once.key).await?;
        once.given_before(kept.ok_or(ServiceError::Stale)?)
            .map(Some)
    }

    fn written<T: 'static>(&self, given: &T) -> Result<Option<String>, ServiceError> {
        let once = self.once.as_ref();
        once.map(|once| once.written(given)).transpose()
    }

    async fn keep(&self, tx: &mut Tx, written: &str) -> Result<(), ServiceError> {
        if let Some(once) = &self.once {
            idempotency::save_outcome(tx, self.id, &once.key, written).await?;
        }
        Ok(())
    }
}

impl Recorder {
    /// What this request gave when it was sent before. `None`: it is to be carried out now.
    pub(crate) async fn done_before<T: 'static>(
        &self,
        tx: &mut Tx,
    ) -> Result<Option<T>, ServiceError> {
        match &self.key {
            Some(key) => key.before(tx, self.now).await,
            None => self.resent_before(tx).await,
        }
    }

    /// What it gave, as it is kept for whoever sends it again; nothing where nobody asked for that.
    pub(crate) fn written<T: 'static>(&self, given: &T) -> Result<Option<String>, ServiceError> {
        match &self.key {
            Some(key) => key.written(given),
            None => self.resent_written(given),
        }
    }

    /// Keeps that.
    pub(crate) async fn keep_done(
        &self,
        tx: &mut Tx,
        written: Option<String>,
    ) -> Result<(), ServiceError> {
        match (&self.key, written) {
            (Some(key), Some(written)) => key.keep(tx, &written).await,
            (None, Some(written)) => self.keep_resent(tx, &written).await,
            (_, None) => Ok(()),
        }
    }

    /// A key that was taken back or ran out since the door was opened does nothing more.
    pub(crate) async fn key_holds(&self, tx: &mut Tx) -> Result<(), ServiceError> {
        match &self.key {
            Some(key) if !store::keys::is_live(tx, key.id, self.now).await? => {
                Err(ServiceError::SignedOut)
            }
            _ => Ok(()),
        }
    }
}
