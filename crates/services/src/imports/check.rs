//! Checking: what each row would become, and what keeps it from becoming it. Nothing is made.

use std::collections::BTreeSet;

use domain::DealId;
use domain::customer::BusinessKey;
use domain::imports::{ImportState, MAX_ROWS, MAX_SAMPLES, RowFault, RowOutcome, SampleDeal};
use domain::people::CompanyRight;
use store::conflicts::{self, Asked};
use store::imports::Progress;
use store::imports::rows::{self, NewRow};
use store::imports::work::{self, Step};
use uuid::Uuid;

use super::work::{Ended, Work, hold};
use crate::ServiceError;

/// Rows of one step.
const AT_ONCE: usize = 250;

impl Work {
    pub(super) async fn check_some(&mut self, lets_go: bool) -> Result<Step, Ended> {
        let mut progress = self.import.progress;
        let read = self.read(AT_ONCE).await?;
        let read = read.within(MAX_ROWS - progress.position);
        let (mut checked, mut businesses) = (Vec::new(), Vec::new());
        let mut samples: Vec<(usize, SampleDeal)> = Vec::new();
        let wants_samples = self.import.findings.0.samples.len() < MAX_SAMPLES;
        let records = read.records.into_iter();
        let records = records.map(|record| (record.line, record)).collect();
        for (line, verdict) in self.judge(records).await? {
            progress.position += 1;
            let (faults, business) = match verdict {
                Ok(judged) => {
                    let sample = wants_samples.then(|| self.book.sample(line, &judged));
                    samples.extend(sample.map(|sample| (checked.len(), sample)));
                    (Vec::new(), Some(judged.business))
                }
                Err(faults) => (faults, None),
            };
            businesses.push(business);
            checked.push(new_row(progress.position, line, faults));
        }
        self.mark_doubles(&mut checked, &businesses).await?;
        if let Some(fault) = &read.fault {
            // A row of its own, so that it is listed with the others; it can never become a deal.
            progress.position += 1;
            let fault = RowFault {
                column: String::new(),
                text: fault.to_string(),
            };
            checked.push(new_row(progress.position, read.next.line, vec![fault]));
        }
        count(&mut progress, &checked);
        (progress.at_byte, progress.at_line) = (read.next.byte, read.next.line);
        progress.row_count = progress.position;
        let state = if read.is_last {
            ImportState::Checked
        } else {
            ImportState::Checking
        };
        let step = self.step(progress, state, lets_go);
        let has_news = self.note_checked(&checked, samples);
        self.keep_checked(checked, step, has_news).await?;
        Ok(step)
    }

    /// Puts what the page is to show of these rows among the import's findings. The samples come with their rows' places.
    /// False: there is nothing new.
    fn note_checked(&mut self, checked: &[NewRow], samples: Vec<(usize, SampleDeal)>) -> bool {
        let skips = self.import.mapping.0.skip_doubles;
        let findings = &mut self.import.findings.0;
        let before = findings.samples.len();
        for (place, sample) in samples {
            let outcome = checked.get(place).map(|row| row.outcome);
            let becomes_deal = outcome == Some(RowOutcome::Ready)
                || (outcome == Some(RowOutcome::Double) && !skips);
            if becomes_deal && findings.samples.len() < MAX_SAMPLES {
                findings.samples.push(sample);
            }
        }
        let mut has_faults = false;
        for row in checked.iter().filter(|row| !row.faults.is_empty()) {
            findings.add(row.line, &row.faults);
            has_faults = true;
        }
        has_faults || findings.samples.len() > before
    }

    async fn keep_checked(
        &self,
        checked: Vec<NewRow>,
        step: Step,
        has_news: bool,
    ) -> Result<(), ServiceError> {
        let given = (self.import.clone(), checked, step, has_news);
        let right = CompanyRight::ImportAndExport;
        self.access
            .write(right, given, |tx, _, (import, checked, step, has_news)| {
                Box::pin(async move {
                    hold(tx, &import).await?;
                    rows::insert_all(tx, import.company_id, import.id, &checked).await?;
                    if has_news {
                        work::save_findings(tx, &import).await?;
                    }
                    Ok(work::save_step(tx, &import, &step).await?)
                })
            })
            .await
    }

    /// A customer of the own team's, somebody's deal in play, a customer already, or another row of the same file.
    async fn mark_doubles(
        &self,
        checked: &mut [NewRow],
        businesses: &[Option<BusinessKey>],
    ) -> Result<(), ServiceError> {
        let known: Vec<BusinessKey> = businesses.iter().flatten().cloned().collect();
        if known.is_empty() {
            return Ok(());
        }
        let mut conn = self.services.read().await?;
        let texts: Vec<String> = known.iter().map(BusinessKey::unique_text).collect();
        let before = rows::known_businesses(&mut conn, self.import.id, &texts).await?;
        let mut seen: BTreeSet<String> = before.into_iter().collect();
        let mut others = self.others(&mut conn, &known).await?.into_iter();
        for (row, business) in checked.iter_mut().zip(businesses) {
            let Some(business) = business else { continue };
            let others = others.next().unwrap_or_default();
            row.business = business.unique_text();
            if others > 0 || !seen.insert(row.business.clone()) {
                row.outcome = RowOutcome::Double;
            }
        }
        Ok(())
    }

    /// How many others are on each of these businesses.
    pub(super) async fn others(
        &self,
        conn: &mut store::Conn,
        businesses: &[BusinessKey],
    ) -> Result<Vec<i64>, ServiceError> {
        // No deal has this id: all that are there count.
        let asked = businesses.iter().map(|business| Asked {
            deal: DealId(Uuid::nil()),
            business: business.clone(),
        });
        let asked: Vec<Asked> = asked.collect();
        Ok(conflicts::count(conn, self.import.company_id, &asked).await?)
    }
}

/// Counts what the rows are.
fn count(progress: &mut Progress, checked: &[NewRow]) {
    for row in checked {
        match row.outcome {
            RowOutcome::Fault => progress.faults += 1,
            RowOutcome::Double => progress.doubles += 1,
            _ => progress.ready += 1,
        }
    }
}

fn new_row(number: i64, line: i64, faults: Vec<RowFault>) -> NewRow {
    NewRow {
        number,
        line,
        outcome: if faults.is_empty() {
            RowOutcome::Ready
        } else {
            RowOutcome::Fault
        },
        faults,
        business: String::new(),
    }
}
