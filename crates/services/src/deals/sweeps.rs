//! What the clock does: protections that end.

use std::sync::Arc;

use domain::{CompanyId, DealId, ProgramId};

use super::record::Recorder;
use crate::{ServiceError, Services};

/// Deals of one sweep; the next one takes the rest.
const BATCH: i64 = 100;

impl Services {
    /// Writes `Expired` on deals whose protection has ended; gives how many. Several processes may sweep at once: the
    /// one that comes second finds the deal changed and leaves it.
    pub async fn expire_protections(&self) -> Result<usize, ServiceError> {
        let due = store::deals::due_expiries(&mut self.read().await?, self.now(), BATCH).await?;
        let mut expired = 0;
        for (company, program, deal) in due {
            match self.expire(company, program, deal).await {
                Ok(()) => expired += 1,
                Err(
                    ServiceError::Rule(_)
                    | ServiceError::Stale
                    | ServiceError::Conflict(_)
                    | ServiceError::NotFound,
                ) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(expired)
    }

    async fn expire(
        &self,
        company: CompanyId,
        program: ProgramId,
        deal: DealId,
    ) -> Result<(), ServiceError> {
        let program = store::programs::find(&mut self.read().await?, program)
            .await?
            .filter(|found| found.company == company)
            .ok_or(ServiceError::NotFound)?;
        let recorder = Recorder::system(self, Arc::new(program));
        self.db()
            .write(move |tx| {
                let recorder = recorder.clone();
                Box::pin(async move {
                    let deal = recorder.load(tx, deal).await?;
                    let (deal, fact) = deal.expire(recorder.now)?;
                    recorder.keep(tx, &deal, fact).await?;
                    Ok(())
                })
            })
            .await
    }
}
