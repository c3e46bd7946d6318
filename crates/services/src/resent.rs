//! A page's command under a key of the page's own: when its answer was lost the page sends it again, and it is not done twice.

use domain::commands::MoveDeal;
use store::Tx;
use store::sent_commands::{self, Sent};

use crate::deals::{Moved, Recorder, is_key};
use crate::keys::Once;
use crate::{CompanyAccess, PartnerAccess, ServiceError};

impl PartnerAccess {
    /// The same for one move, which is carried out once however often it is sent under that key. Without a key it is what it was.
    pub fn once(self, key: Option<&str>, command: &MoveDeal) -> Result<Self, ServiceError> {
        let resent = once(key, b"p", command)?;
        Ok(Self { resent, ..self })
    }
}

impl CompanyAccess {
    /// The same for one move, which is carried out once however often it is sent under that key. Without a key it is what it was.
    pub fn once(self, key: Option<&str>, command: &MoveDeal) -> Result<Self, ServiceError> {
        let resent = once(key, b"c", command)?;
        Ok(Self { resent, ..self })
    }
}

/// All of the move makes it that move but the deal's version: of a move that waits behind others it is known only when they are done.
fn once(key: Option<&str>, side: &[u8], command: &MoveDeal) -> Result<Option<Once>, ServiceError> {
    let Some(key) = key else { return Ok(None) };
    if !is_key(key) {
        return Err(ServiceError::input("key", "Use letters and digits"));
    }
    let (deal, stage) = (command.deal.to_string(), command.to_stage.to_string());
    let how = serde_json::to_vec(&(command.place, &command.details))
        .map_err(|error| ServiceError::Internal(error.to_string()))?;
    let parts = [side, deal.as_bytes(), stage.as_bytes(), how.as_slice()];
    Ok(Some(Once::of::<Moved>(key, &parts)))
}

impl Recorder {
    fn sent<'o>(&self, once: &'o Once) -> Result<Sent<'o>, ServiceError> {
        Ok(Sent {
            program: self.program.id,
            user: self.user()?,
            key: once.key(),
        })
    }

    /// What the same command gave before; else its key is taken until this transaction ends.
    pub(crate) async fn resent_before<T: 'static>(
        &self,
        tx: &mut Tx,
    ) -> Result<Option<T>, ServiceError> {
        let Some(once) = &self.resent else {
            return Ok(None);
        };
        let (sent, company) = (self.sent(once)?, self.program.company);
        if sent_commands::claim(tx, sent, company, once.fingerprint(), self.now).await? {
            return Ok(None);
        }
        // Swept in this very moment: the page sends it again.
        let kept = sent_commands::find(tx, sent).await?;
        once.given_before(kept.ok_or(ServiceError::Stale)?)
            .map(Some)
    }

    /// What it gives, as it is kept for the page that sends it again.
    pub(crate) fn resent_written<T: 'static>(
        &self,
        given: &T,
    ) -> Result<Option<String>, ServiceError> {
        let once = self.resent.as_ref();
        once.map(|once| once.written(given)).transpose()
    }

    /// Keeps that.
    pub(crate) async fn keep_resent(&self, tx: &mut Tx, written: &str) -> Result<(), ServiceError> {
        if let Some(once) = &self.resent {
            sent_commands::save_outcome(tx, self.sent(once)?, written).await?;
        }
        Ok(())
    }
}
