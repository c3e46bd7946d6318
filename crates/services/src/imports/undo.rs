//! Taking back: the deals that an import made are withdrawn, a few in each step, except those that somebody worked since.

use domain::imports::{ImportState, RowFault, RowOutcome};
use domain::people::CompanyRight;
use store::imports::rows::{self, MadeRow};
use store::imports::work::{self, Step};

use super::work::{Ended, Work, hold};
use crate::ServiceError;
use crate::deals::{Recorder, take_back_deal};

/// Rows of one step.
const AT_ONCE: i64 = 25;

impl Work {
    pub(super) async fn take_back_some(&mut self, lets_go: bool) -> Result<Step, Ended> {
        let import = self.import.clone();
        let after = import.progress.position;
        let mut conn = self.services.read().await?;
        let made = rows::list_made(&mut conn, import.id, after, AT_ONCE).await?;
        drop(conn);
        let mut progress = import.progress;
        let state = if let Some(last) = made.last() {
            progress.position = last.number;
            ImportState::Undoing
        } else {
            progress.position = progress.row_count;
            ImportState::Undone
        };
        let step = self.step(progress, state, lets_go);
        Ok(self.keep_taken_back(made, step).await?)
    }

    /// Gives the step with what was kept.
    async fn keep_taken_back(&self, made: Vec<MadeRow>, step: Step) -> Result<Step, ServiceError> {
        let given = (self.import.clone(), made, step);
        let right = CompanyRight::ImportAndExport;
        self.access
            .write(right, given, |tx, recorder, (import, made, mut step)| {
                Box::pin(async move {
                    hold(tx, &import).await?;
                    let recorder = Recorder {
                        quiet: true,
                        post: None,
                        ..recorder
                    };
                    for row in made {
                        let kept =
                            take_back_deal(tx, &recorder, row.deal_id, row.deal_version).await?;
                        let (outcome, faults) = match kept {
                            None => {
                                step.progress.undone += 1;
                                (RowOutcome::Undone, Vec::new())
                            }
                            Some(problem) => {
                                step.progress.kept += 1;
                                (RowOutcome::Kept, vec![RowFault::of_row(&problem)])
                            }
                        };
                        let (id, number) = (import.id, row.number);
                        rows::save_outcome(tx, id, number, outcome, &faults).await?;
                    }
                    work::save_step(tx, &import, &step).await?;
                    Ok(step)
                })
            })
            .await
    }
}
