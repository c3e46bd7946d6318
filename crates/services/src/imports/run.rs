//! Importing: rows become deals, a few in each step. A row that is refused leaves nothing behind: the step is done again
//! without it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::deals::Refusal;
use domain::imports::{ImportState, RowFault, RowOutcome, RowProblem};
use domain::people::CompanyRight;
use store::Tx;
use store::imports::Import;
use store::imports::rows::{self, MadeRow};
use store::imports::work::{self, Step};

use super::scan::{Record, Rows};
use super::work::{Ended, Work, hold};
use crate::ServiceError;
use crate::deals::{NewDeal, Recorder, import_deal};

/// Rows of one step: others wait for its transaction, which takes some milliseconds for each.
const AT_ONCE: usize = 25;

/// What is done with the rows of a step.
#[derive(Clone, Default)]
struct Plan {
    /// Rows that the step comes past, and at which line each begins.
    rows: i64,
    lines: BTreeMap<i64, i64>,
    deals: Vec<(i64, NewDeal)>,
    /// Rows that make no deal after all, and why.
    others: Vec<(i64, RowOutcome, Vec<RowFault>)>,
}

/// The row at which a step was refused.
type Refused = Arc<Mutex<Option<(i64, Vec<RowFault>)>>>;

impl Work {
    pub(super) async fn import_some(&mut self, lets_go: bool) -> Result<Step, Ended> {
        let mut read = self.read(AT_ONCE).await?;
        let mut plan = self.plan(std::mem::take(&mut read.records)).await?;
        loop {
            let step = self.imported(&read, &plan, lets_go);
            let refused = Refused::default();
            let import = self.noted(&plan);
            let findings = import.findings.clone();
            let given = (import, plan.clone(), step, refused.clone());
            let written = self.keep_imported(given).await;
            let refusal = refused
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .take();
            match (written, refusal) {
                (Err(_), Some((number, faults))) => {
                    plan.deals.retain(|(row, _)| *row != number);
                    plan.others.push((number, RowOutcome::Fault, faults));
                }
                (written, _) => {
                    written?;
                    self.import.findings = findings;
                    return Ok(step);
                }
            }
        }
    }

    async fn keep_imported(
        &self,
        given: (Import, Plan, Step, Refused),
    ) -> Result<(), ServiceError> {
        let right = CompanyRight::ImportAndExport;
        self.access
            .write(
                right,
                given,
                |tx, recorder, (import, plan, step, refused)| {
                    Box::pin(async move {
                        hold(tx, &import).await?;
                        let recorder = Recorder {
                            quiet: true,
                            post: None,
                            ..recorder
                        };
                        make_deals(tx, &recorder, &import, &plan, &refused).await?;
                        for (number, outcome, faults) in &plan.others {
                            rows::save_outcome(tx, import.id, *number, *outcome, faults).await?;
                        }
                        if plan.others.iter().any(|(.., faults)| !faults.is_empty()) {
                            work::save_findings(tx, &import).await?;
                        }
                        Ok(work::save_step(tx, &import, &step).await?)
                    })
                },
            )
            .await
    }

    /// The import with the faults that only its rows' turn brought to light.
    fn noted(&self, plan: &Plan) -> Import {
        let mut import = self.import.clone();
        for (number, _, faults) in &plan.others {
            let line = plan.lines.get(number).copied().unwrap_or_default();
            import.findings.0.add(line, faults);
        }
        import
    }

    /// What the rows are to become, as it is now: the form, the partners and the other deals may have changed since they
    /// were checked.
    async fn plan(&self, records: Vec<Record>) -> Result<Plan, ServiceError> {
        let mut plan = Plan {
            rows: i64::try_from(records.len()).unwrap_or_default(),
            ..Plan::default()
        };
        let skips = self.import.mapping.0.skip_doubles;
        let from = self.import.progress.position;
        let lines = records.iter().map(|record| record.line);
        plan.lines = (from + 1..).zip(lines).collect();
        let mut conn = self.services.read().await?;
        let known = rows::outcomes(&mut conn, self.import.id, from, from + plan.rows).await?;
        drop(conn);
        let known: BTreeMap<i64, RowOutcome> = known.into_iter().collect();
        let is_wanted = |number: &i64| match known.get(number) {
            Some(RowOutcome::Ready) => true,
            Some(RowOutcome::Double) => !skips,
            _ => false,
        };
        let numbered = (from + 1..).zip(records);
        let asked = numbered.filter(|(number, _)| is_wanted(number)).collect();
        let mut wanted = Vec::new();
        for (number, verdict) in self.judge(asked).await? {
            match verdict {
                Ok(judged) => wanted.push((number, judged)),
                Err(faults) => plan.others.push((number, RowOutcome::Fault, faults)),
            }
        }
        let mut conn = self.services.read().await?;
        let businesses: Vec<_> = wanted.iter().map(|(_, one)| one.business.clone()).collect();
        let others = if skips {
            self.others(&mut conn, &businesses).await?
        } else {
            vec![0; wanted.len()]
        };
        for ((number, judged), others) in wanted.into_iter().zip(others) {
            if others > 0 {
                plan.others.push((number, RowOutcome::Double, Vec::new()));
            } else {
                let deal = self.book.new_deal(&self.import, number, judged.row)?;
                plan.deals.push((number, deal));
            }
        }
        Ok(plan)
    }

    fn imported(&self, read: &Rows, plan: &Plan, lets_go: bool) -> Step {
        let count = |many: usize| i64::try_from(many).unwrap_or_default();
        let mut progress = self.import.progress;
        progress.position += plan.rows;
        (progress.at_byte, progress.at_line) = (read.next.byte, read.next.line);
        progress.made += count(plan.deals.len());
        for (_, outcome, _) in &plan.others {
            match outcome {
                RowOutcome::Double => progress.doubles += 1,
                _ => progress.faults += 1,
            }
        }
        // Checking may have ended before the file does.
        let is_last = read.is_last || progress.position >= progress.row_count;
        if is_last {
            progress.position = progress.row_count;
        }
        let state = if is_last {
            ImportState::Done
        } else {
            ImportState::Running
        };
        self.step(progress, state, lets_go)
    }
}

async fn make_deals(
    tx: &mut Tx,
    recorder: &Recorder,
    import: &Import,
    plan: &Plan,
    refused: &Refused,
) -> Result<(), ServiceError> {
    if plan.deals.is_empty() {
        return Ok(());
    }
    // First of all locks after the import's own: numbers are taken from this row.
    store::programs::lock(tx, import.program_id).await?;
    for (number, new) in &plan.deals {
        let made = import_deal(tx, recorder, new).await;
        let (deal_id, deal_version) = made.inspect_err(|error| {
            if let Some(faults) = row_faults(error) {
                let mut place = refused.lock().unwrap_or_else(PoisonError::into_inner);
                *place = Some((*number, faults));
            }
        })?;
        let row = MadeRow {
            number: *number,
            deal_id,
            deal_version,
        };
        rows::save_made(tx, import.id, row).await?;
    }
    Ok(())
}

/// What a refusal says of its row; `None`: it is not the row's fault.
fn row_faults(error: &ServiceError) -> Option<Vec<RowFault>> {
    match error {
        ServiceError::Rule(Refusal::SubmissionsClosed) => None,
        ServiceError::Rule(refusal) => {
            let problem = RowProblem::Refused(refusal.clone());
            Some(vec![RowFault::of_row(&problem)])
        }
        ServiceError::Invalid(faults) => {
            let fault = |fault: &domain::errors::InputFault| RowFault {
                column: String::new(),
                text: fault.text.clone(),
            };
            Some(faults.iter().map(fault).collect())
        }
        ServiceError::Fields(errors) => {
            let fault = |error: &domain::forms::FieldError| RowFault {
                column: error.field.clone(),
                text: domain::forms::problem_text(None, &error.problem),
            };
            Some(errors.iter().map(fault).collect())
        }
        _ => None,
    }
}
