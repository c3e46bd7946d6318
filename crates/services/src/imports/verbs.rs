//! What an admin says of an import: how its columns are read, that it begins, that it is taken back.

use domain::ImportId;
use domain::deals::Refusal;
use domain::errors::InputFault;
use domain::events::ProgramFact;
use domain::forms::FormDefinition;
use domain::imports::{Findings, ImportState, Mapping, MappingFault};
use domain::people::CompanyRight;
use store::imports::{Import, Progress, rows};
use store::{JsonText, Tx};

use crate::deals::Recorder;
use crate::{CompanyAccess, ServiceError};

impl CompanyAccess {
    /// Says which column is what, by the form as it is now, and has the rows checked. Gives the import's new version.
    pub async fn map_import(
        &self,
        import: ImportId,
        version: i64,
        mapping: Mapping,
    ) -> Result<i64, ServiceError> {
        let given = (import, version, mapping);
        let right = CompanyRight::ImportAndExport;
        self.write(right, given, |tx, recorder, (import, version, mapping)| {
            Box::pin(async move {
                let mut import = load_at(tx, &recorder, import, version).await?;
                if !import.state.is_before_start() {
                    return Err(ServiceError::Stale);
                }
                let program = recorder.program.id;
                let form = store::forms::find_current(tx, program).await?;
                let form = form.ok_or(ServiceError::NotFound)?;
                if mapping.targets.len() != import.headings.0.len() {
                    return Err(ServiceError::NotFound);
                }
                check(&mapping, &form.definition.0, &import)?;
                let id = import.id;
                import.mapping = JsonText(mapping);
                import.form_version_id = form.id;
                import.progress = Progress::default();
                import.findings = JsonText(Findings::default());
                let version = begin(tx, &recorder, import, ImportState::Checking).await?;
                // Only now is it this transaction's: a step that was on its way has written its rows before.
                rows::delete_all(tx, id).await?;
                Ok(version)
            })
        })
        .await
    }

    /// The rows become deals from now on. Gives the import's new version.
    pub async fn start_import(&self, import: ImportId, version: i64) -> Result<i64, ServiceError> {
        let given = (import, version);
        let right = CompanyRight::ImportAndExport;
        self.write(right, given, |tx, recorder, (import, version)| {
            Box::pin(async move {
                let import = load_at(tx, &recorder, import, version).await?;
                if import.state != ImportState::Checked {
                    return Err(ServiceError::Stale);
                }
                if !recorder.program.submissions_open {
                    return Err(Refusal::SubmissionsClosed.into());
                }
                let form = store::forms::find_current(tx, recorder.program.id).await?;
                if form.is_none_or(|form| form.id != import.form_version_id) {
                    return Err(ServiceError::input(
                        "",
                        "The form was published again since the rows were checked. Check them once more",
                    ));
                }
                let rows = to_import(&import);
                if rows == 0 {
                    return Err(ServiceError::input("", "There is no row that can be imported"));
                }
                let fact = ProgramFact::ImportStarted {
                    import: import.id,
                    file: import.file_name.clone(),
                    rows,
                };
                let version = begin(tx, &recorder, import, ImportState::Running).await?;
                recorder.note_program(tx, recorder.program.version, fact).await?;
                Ok(version)
            })
        })
        .await
    }

    /// What it made is taken back from now on; what was worked on since stays. Also of an import that stopped on its way.
    pub async fn take_back_import(
        &self,
        import: ImportId,
        version: i64,
    ) -> Result<i64, ServiceError> {
        let given = (import, version);
        let right = CompanyRight::ImportAndExport;
        self.write(right, given, |tx, recorder, (import, version)| {
            Box::pin(async move {
                let import = load_at(tx, &recorder, import, version).await?;
                let stopped = import.state == ImportState::Running && import.halted.is_some();
                if import.state != ImportState::Done && !stopped {
                    return Err(ServiceError::Stale);
                }
                let fact = ProgramFact::ImportTakenBack {
                    import: import.id,
                    file: import.file_name.clone(),
                };
                let version = begin(tx, &recorder, import, ImportState::Undoing).await?;
                recorder
                    .note_program(tx, recorder.program.version, fact)
                    .await?;
                Ok(version)
            })
        })
        .await
    }

    /// Work that stopped goes on from where it stopped, in this person's name.
    pub async fn resume_import(&self, import: ImportId, version: i64) -> Result<i64, ServiceError> {
        let given = (import, version);
        let right = CompanyRight::ImportAndExport;
        self.write(right, given, |tx, recorder, (import, version)| {
            Box::pin(async move {
                let mut import = load_at(tx, &recorder, import, version).await?;
                if import.halted.take().is_none() {
                    return Err(ServiceError::Stale);
                }
                import.worked_by = recorder.user()?;
                import.available_at = recorder.now;
                import.changed_at = recorder.now;
                Ok(store::imports::save(tx, &import).await?)
            })
        })
        .await
    }

    /// Throws away a file of which nothing was made.
    pub async fn discard_import(&self, import: ImportId) -> Result<(), ServiceError> {
        let right = CompanyRight::ImportAndExport;
        let file = self
            .write(right, import, |tx, recorder, import| {
                Box::pin(async move {
                    let (company, program) = (recorder.program.company, recorder.program.id);
                    let found = store::imports::find(tx, company, program, import).await?;
                    let found = found.ok_or(ServiceError::NotFound)?.import;
                    if !store::imports::delete(tx, company, program, import).await? {
                        return Err(ServiceError::Stale);
                    }
                    Ok(found.file_id)
                })
            })
            .await?;
        self.services.forget_files(&[file]).await;
        Ok(())
    }
}

/// What keeps the mapping from being used is said at the inputs that mend it.
fn check(mapping: &Mapping, form: &FormDefinition, import: &Import) -> Result<(), ServiceError> {
    let columns = import.headings.0.iter();
    let headings: Vec<String> = columns.map(|column| column.heading.clone()).collect();
    mapping.check(form, &headings).map_err(|faults| {
        let fault = |fault: MappingFault| InputFault {
            input: fault.input(),
            text: fault.to_string(),
        };
        ServiceError::Invalid(faults.into_iter().map(fault).collect())
    })
}

/// The import at the version that was seen.
async fn load_at(
    tx: &mut Tx,
    recorder: &Recorder,
    id: ImportId,
    version: i64,
) -> Result<Import, ServiceError> {
    let (company, program) = (recorder.program.company, recorder.program.id);
    let found = store::imports::find(tx, company, program, id).await?;
    let import = found.ok_or(ServiceError::NotFound)?.import;
    if import.version != version {
        return Err(ServiceError::Stale);
    }
    Ok(import)
}

/// The work begins at the first row, in the person's name.
async fn begin(
    tx: &mut Tx,
    recorder: &Recorder,
    mut import: Import,
    state: ImportState,
) -> Result<i64, ServiceError> {
    import.state = state;
    import.halted = None;
    import.worked_by = recorder.user()?;
    import.available_at = recorder.now;
    import.changed_at = recorder.now;
    import.progress.position = 0;
    import.progress.at_byte = import.first_byte;
    import.progress.at_line = import.first_line;
    Ok(store::imports::save(tx, &import).await?)
}

/// How many rows a start would turn into deals.
fn to_import(import: &Import) -> i64 {
    let progress = &import.progress;
    if import.mapping.0.skip_doubles {
        progress.ready
    } else {
        progress.ready + progress.doubles
    }
}
