//! Forms whose time has come.

use std::sync::Arc;

use domain::{CompanyId, ProgramId, forms::diff};
use store::{Tx, forms::schedules};

use super::holding::hold;
use super::no_form;
use super::publishing::{follow, judge, put_out};
use crate::deals::Recorder;
use crate::{ServiceError, Services};

/// Forms of one sweep; the next one takes the rest.
const BATCH: i64 = 100;

impl Services {
    /// Publishes the forms whose time has come; gives how many. Several processes may sweep at once: who comes second
    /// finds nothing.
    pub async fn publish_due_forms(&self) -> Result<usize, ServiceError> {
        let mut conn = self.read().await?;
        let due = schedules::due(&mut conn, self.now(), BATCH).await?;
        drop(conn);
        let (mut published, mut failed) = (0, None);
        for (company, program) in due {
            match self.publish_due(company, program).await {
                Ok(done) => published += usize::from(done),
                // Somebody published in the same moment: it is looked at again.
                Err(ServiceError::Stale | ServiceError::Conflict(_) | ServiceError::NotFound) => {}
                // The others' time has come too.
                Err(error) => failed = Some(error),
            }
        }
        failed.map_or(Ok(published), Err)
    }

    async fn publish_due(
        &self,
        company: CompanyId,
        program: ProgramId,
    ) -> Result<bool, ServiceError> {
        let program = store::programs::find(&mut self.read().await?, program)
            .await?
            .filter(|found| found.company == company)
            .ok_or(ServiceError::NotFound)?;
        let recorder = Recorder::system(self, Arc::new(program));
        self.write(recorder, |tx, recorder| {
            Box::pin(async move { publish_due_in(tx, &recorder).await })
        })
        .await
    }
}

/// It is judged once more: answers came since it was scheduled. What is refused is held. A form that asks by now what it would
/// ask is no new version.
async fn publish_due_in(tx: &mut Tx, recorder: &Recorder) -> Result<bool, ServiceError> {
    let program = recorder.program.id;
    let Some(due) = schedules::take_due(tx, program, recorder.now).await? else {
        return Ok(false);
    };
    let current = store::forms::find_current(tx, program).await?;
    let current = current.ok_or_else(no_form)?.definition.0;
    if diff(&current, &due.definition.0).is_empty() {
        return Ok(false);
    }
    match judge(tx, recorder, due.definition.0.clone()).await {
        Ok(judged) => {
            follow(tx, recorder, &judged).await?;
            put_out(tx, recorder, judged, due.scheduled_by).await?;
            Ok(true)
        }
        Err(ServiceError::Definition(faults)) => {
            hold(tx, recorder, due, &faults).await?;
            Ok(false)
        }
        Err(error) => Err(error),
    }
}
