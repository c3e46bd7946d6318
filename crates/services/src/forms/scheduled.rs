//! Forms whose time has come.

use std::sync::Arc;

use domain::{
    CompanyId, ProgramId,
    forms::{FormDefinition, diff},
};
use store::{
    Tx,
    forms::{FormVersionRow, schedules},
};

use super::no_form;
use super::publishing::{Judged, follow, put_out};
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

/// It was judged when it was scheduled. A form that asks by now what it would ask is no new version.
async fn publish_due_in(tx: &mut Tx, recorder: &Recorder) -> Result<bool, ServiceError> {
    let program = recorder.program.id;
    let Some(due) = schedules::take_due(tx, program, recorder.now).await? else {
        return Ok(false);
    };
    let current = store::forms::find_current(tx, program).await?;
    let judged = judged(current.ok_or_else(no_form)?, due.definition.0);
    if judged.changes == 0 {
        return Ok(false);
    }
    follow(tx, recorder, &judged).await?;
    put_out(tx, recorder, judged, due.scheduled_by).await?;
    Ok(true)
}

fn judged(current: FormVersionRow, definition: FormDefinition) -> Judged {
    Judged {
        changes: diff(&current.definition.0, &definition).len(),
        definition,
        current,
    }
}
