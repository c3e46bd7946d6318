//! The worker's half: takes an import under a lease and goes on with it, step by step. Each step is one transaction that
//! writes what rows became together with where the next one begins, so that a row is done once, whoever dies in between.

use std::sync::Arc;

use domain::deals::Refusal;
use domain::imports::{Halt, ImportState};
use domain::people::CompanyRight;
use store::imports::work::{self, Step};
use store::imports::{Import, Progress};
use store::{StoreError, Tx};

use super::book::{Book, Verdict};
use super::scan::{Place, Record, Rows, read_rows};
use crate::{CompanyAccess, ServiceError, Services};

/// Seconds that a worker has for one step; a step takes well under one. What a killed worker had in hand is taken by another
/// after them.
const LEASE: i64 = 20;
/// Steps before another import gets its turn.
const STEPS: usize = 20;

/// An import in hand.
pub(super) struct Work {
    pub services: Services,
    pub access: CompanyAccess,
    pub import: Import,
    pub book: Arc<Book>,
}

/// Why it does not go on now.
pub(super) enum Ended {
    FileGone,
    Failed(ServiceError),
}

impl From<ServiceError> for Ended {
    fn from(error: ServiceError) -> Self {
        Self::Failed(error)
    }
}

impl From<StoreError> for Ended {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl Services {
    /// Takes an import that is due, if there is one, and goes a few steps on with it. False: nothing is due.
    pub async fn work_on_imports(&self) -> Result<bool, ServiceError> {
        if !work::is_due(&mut self.read().await?, self.now()).await? {
            return Ok(false);
        }
        let Some(import) = self.take_import().await? else {
            return Ok(false);
        };
        let outcome = match self.open_work(&import).await {
            Ok(mut work) => work.go_on().await,
            Err(error) => Err(error.into()),
        };
        let halt = match outcome {
            Ok(()) => return Ok(true),
            Err(Ended::FileGone) => Halt::FileGone,
            // Without a reason to stop it is tried again after a pause, which is the lease.
            Err(Ended::Failed(error)) => match halt(&error) {
                None => return Err(error),
                Some(halt) => {
                    tracing::warn!(import = %import.id, %error, "an import stops");
                    halt
                }
            },
        };
        self.release_import(import, halt).await?;
        Ok(true)
    }

    async fn take_import(&self) -> Result<Option<Import>, ServiceError> {
        let now = self.now();
        let until = now.plus_seconds(LEASE);
        self.write((), move |tx, ()| {
            Box::pin(async move { Ok(work::take(tx, now, until).await?) })
        })
        .await
    }

    async fn release_import(&self, import: Import, halt: Halt) -> Result<(), ServiceError> {
        let now = self.now();
        self.write(import, move |tx, import| {
            Box::pin(async move { Ok(work::release(tx, &import, Some(halt), now).await?) })
        })
        .await
    }

    /// In the name of whoever started it, as far as that person still may.
    async fn open_work(&self, import: &Import) -> Result<Work, ServiceError> {
        let access = self.company(import.worked_by, import.program_id).await?;
        access.require(CompanyRight::ImportAndExport)?;
        let book = Book::open(&mut self.read().await?, &access, import).await?;
        Ok(Work {
            services: self.clone(),
            access,
            import: import.clone(),
            book: Arc::new(book),
        })
    }
}

/// Why it does not go on by itself; `None`: it may, later.
fn halt(error: &ServiceError) -> Option<Halt> {
    match error {
        ServiceError::Busy(_) => None,
        ServiceError::NotFound | ServiceError::Forbidden | ServiceError::SignedOut => {
            Some(Halt::MayNot)
        }
        ServiceError::Rule(Refusal::SubmissionsClosed) => Some(Halt::Closed),
        _ => Some(Halt::Broken),
    }
}

impl Work {
    async fn go_on(&mut self) -> Result<(), Ended> {
        for left in (0..STEPS).rev() {
            let lets_go = left == 0;
            let step = match self.import.state {
                ImportState::Checking => self.check_some(lets_go).await?,
                ImportState::Running => self.import_some(lets_go).await?,
                ImportState::Undoing => self.take_back_some(lets_go).await?,
                _ => return Ok(()),
            };
            let done = step.state != self.import.state;
            self.import.state = step.state;
            self.import.progress = step.progress;
            if done {
                return self.after().await;
            }
        }
        Ok(())
    }

    /// What was imported needs its file no more: undoing asks the rows.
    async fn after(&self) -> Result<(), Ended> {
        if self.import.state == ImportState::Done {
            self.services.forget_files(&[self.import.file_id]).await;
        }
        Ok(())
    }

    /// The next rows of the file.
    pub async fn read(&self, most: usize) -> Result<Rows, Ended> {
        let path = self.services.file_path(self.import.file_id);
        let delimiter = self.import.delimiter.bytes().next().unwrap_or(b',');
        let from = Place {
            byte: self.import.progress.at_byte,
            line: self.import.progress.at_line,
        };
        let read = move || read_rows(&path, delimiter, from, most);
        let rows = tokio::task::spawn_blocking(read).await;
        let rows = rows.map_err(|error| ServiceError::Internal(error.to_string()))?;
        rows.map_err(|error| {
            tracing::warn!(import = %self.import.id, %error, "the file of an import cannot be read");
            Ended::FileGone
        })
    }

    /// Judges rows, each with its caller's mark, off the async threads: their cells may be long.
    pub async fn judge(
        &self,
        records: Vec<(i64, Record)>,
    ) -> Result<Vec<(i64, Verdict)>, ServiceError> {
        let book = Arc::clone(&self.book);
        let judge = move || {
            let records = records.iter();
            let judged = records.map(|(mark, record)| (*mark, book.judge(record)));
            judged.collect::<Vec<(i64, Verdict)>>()
        };
        let judged = tokio::task::spawn_blocking(judge).await;
        judged.map_err(|error| ServiceError::Internal(error.to_string()))
    }

    /// What is written with a step: the lease begins anew, or ends.
    pub fn step(&self, progress: Progress, state: ImportState, lets_go: bool) -> Step {
        let now = self.services.now();
        Step {
            progress,
            state,
            halted: None,
            available_at: if lets_go {
                now
            } else {
                now.plus_seconds(LEASE)
            },
            now,
        }
    }
}

/// First of all in each step: nobody else has it.
pub(super) async fn hold(tx: &mut Tx, import: &Import) -> Result<(), ServiceError> {
    if work::hold(tx, import).await? {
        Ok(())
    } else {
        Err(ServiceError::Busy("another has this import".into()))
    }
}
