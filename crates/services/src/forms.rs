//! The company designs its form: a draft that is saved as it grows, and versions that never change once published.

mod presence;
mod starting;

use domain::{
    FormVersionId, UserId,
    commands::{PublishForm, SaveFormDraft},
    errors::ConflictView,
    events::ProgramFact,
    forms::{FormDefinition, FormVersion, check_publishable, check_sizes, diff},
    people::CompanyRight,
    program::Program,
    views::{DraftSaved, FormEditorView, FormVersionLine, SavedBy},
};
use store::{
    Conn, JsonText, Tx,
    forms::{FormDraft, FormVersionRow},
};

pub use starting::FormFile;

use crate::deals::Recorder;
use crate::{CompanyAccess, ServiceError};

impl CompanyAccess {
    /// Everything that the form editor shows.
    pub async fn form_editor(&self) -> Result<FormEditorView, ServiceError> {
        self.require(CompanyRight::DesignProgram)?;
        let (company, program) = (self.company, self.program.id);
        let mut conn = self.services.read().await?;
        let versions = store::forms::list_versions(&mut conn, company, program).await?;
        let draft = store::forms::find_draft(&mut conn, company, program).await?;
        let tiers = store::programs::list_tiers(&mut conn, company, program).await?;
        let open_drafts = store::forms::count_open_drafts(&mut conn, company, program).await?;
        let people: Vec<UserId> = versions
            .iter()
            .filter_map(|v| v.published_by)
            .chain(draft.iter().filter_map(|d| d.changed_by))
            .collect();
        let names = store::accounts::users::list_names(&mut conn, people).await?;
        let name = |id: Option<UserId>| {
            id.and_then(|id| names.get(&id).cloned())
                .unwrap_or_default()
        };
        let history = versions.iter().map(|v| FormVersionLine {
            id: v.id,
            number: v.number,
            who: name(v.published_by),
            at: v.published_at,
        });
        let history = history.collect();
        let published = versions
            .into_iter()
            .next()
            .map(version_of)
            .ok_or_else(no_form)?;
        Ok(FormEditorView {
            program: Program::clone(&self.program),
            company: self.company_name.clone(),
            version: draft.as_ref().map_or(0, |d| d.version),
            saved: draft.as_ref().map(|d| SavedBy {
                who: name(d.changed_by),
                at: d.changed_at,
            }),
            draft: draft.map_or_else(|| published.definition.clone(), |d| d.definition.0),
            published,
            history,
            tiers,
            open_drafts,
            today: self.services.now().date(),
        })
    }

    /// One published version of this program, to look at or to start from again.
    pub async fn form_version(&self, id: FormVersionId) -> Result<FormVersion, ServiceError> {
        self.require(CompanyRight::DesignProgram)?;
        let mut conn = self.services.read().await?;
        let found = store::forms::find_version(&mut conn, id).await?;
        let own =
            |v: &FormVersionRow| v.program_id == self.program.id && v.company_id == self.company;
        found
            .filter(own)
            .map(version_of)
            .ok_or(ServiceError::NotFound)
    }

    /// Keeps the draft. Faults that only publishing refuses are no obstacle; sizes are.
    pub async fn save_form_draft(
        &self,
        command: SaveFormDraft,
    ) -> Result<DraftSaved, ServiceError> {
        self.require(CompanyRight::DesignProgram)?;
        check_sizes(&command.definition).map_err(ServiceError::Definition)?;
        let right = CompanyRight::DesignProgram;
        self.write(right, command, |tx, recorder, command| {
            Box::pin(async move {
                let started = starts(tx, &recorder).await?;
                let version = save_in(tx, &recorder, command.definition, command.version).await?;
                tell_editors(tx, &recorder);
                if started {
                    let (fact, program) = (ProgramFact::FormDraftStarted, &recorder.program);
                    recorder.note_program(tx, program.version, fact).await?;
                }
                Ok(DraftSaved {
                    version,
                    at: recorder.now,
                })
            })
        })
        .await
    }

    /// Publishes the saved draft as a new version, which new registrations are made with from now on.
    pub async fn publish_form(&self, command: PublishForm) -> Result<FormEditorView, ServiceError> {
        let right = CompanyRight::DesignProgram;
        self.write(right, command, |tx, recorder, command| {
            Box::pin(async move { publish_in(tx, &recorder, &command).await })
        })
        .await?;
        self.form_editor().await
    }
}

/// Whether a save by this person is where somebody begins to change the form: nothing had been changed since it was
/// published, or the last change was another's. The saves that follow, one with each pause in typing, are no facts.
async fn starts(tx: &mut Tx, recorder: &Recorder) -> Result<bool, ServiceError> {
    let (company, program) = (recorder.program.company, recorder.program.id);
    let Some(draft) = store::forms::find_draft(tx, company, program).await? else {
        return Ok(true);
    };
    let published = store::forms::find_current(tx, program).await?;
    let unchanged = published.is_some_and(|form| form.definition == draft.definition);
    Ok(unchanged || draft.changed_by != recorder.actor.user)
}

async fn save_in(
    tx: &mut Tx,
    recorder: &Recorder,
    definition: FormDefinition,
    version: i64,
) -> Result<i64, ServiceError> {
    let (company, program) = (recorder.program.company, recorder.program.id);
    let before = store::forms::find_draft(tx, company, program).await?;
    if before.as_ref().map_or(0, |d| d.version) != version {
        return Err(stale(tx, before).await?);
    }
    let draft = FormDraft {
        program_id: program,
        company_id: company,
        definition: JsonText(definition),
        changed_by: recorder.actor.user,
        changed_at: recorder.now,
        version,
    };
    Ok(store::forms::save_draft(tx, &draft).await?)
}

/// Others who have the form open hear that the draft went on.
fn tell_editors(tx: &mut Tx, recorder: &Recorder) {
    store::form_editors::announce(tx, recorder.program.company, recorder.program.id);
}

async fn publish_in(
    tx: &mut Tx,
    recorder: &Recorder,
    command: &PublishForm,
) -> Result<(), ServiceError> {
    let (company, program) = (recorder.program.company, recorder.program.id);
    let draft = store::forms::find_draft(tx, company, program).await?;
    let Some(draft) = draft.filter(|d| d.version == command.version) else {
        let now_there = store::forms::find_draft(tx, company, program).await?;
        return Err(stale(tx, now_there).await?);
    };
    let definition = draft.definition.0;
    check_publishable(&definition).map_err(ServiceError::Definition)?;
    let current = store::forms::find_current(tx, program)
        .await?
        .ok_or_else(no_form)?;
    let changes = diff(&current.definition.0, &definition).len();
    if changes == 0 {
        return Err(ServiceError::input(
            "form",
            "Nothing has changed since the last version",
        ));
    }
    let row = FormVersionRow {
        id: recorder.id(),
        company_id: company,
        program_id: program,
        number: current.number.saturating_add(1),
        definition: JsonText(definition.clone()),
        published_by: recorder.actor.user,
        published_at: recorder.now,
    };
    store::forms::insert_version(tx, &row).await?;
    // The draft stays, one version on: whoever edits an older state of it is told, instead of undoing what was published.
    save_in(tx, recorder, definition, command.version).await?;
    tell_editors(tx, recorder);
    let fact = ProgramFact::FormPublished {
        form: row.id,
        number: row.number,
        changes,
    };
    let version = recorder.program.version;
    recorder.note_program(tx, version, fact).await
}

/// Who saved the draft meanwhile, and when.
async fn stale(conn: &mut Conn, draft: Option<FormDraft>) -> Result<ServiceError, ServiceError> {
    let Some(draft) = draft else {
        return Ok(ServiceError::Stale);
    };
    let names = store::accounts::users::list_names(conn, draft.changed_by).await?;
    Ok(ServiceError::Conflict(ConflictView {
        current_version: draft.version,
        who: draft
            .changed_by
            .and_then(|id| names.get(&id).cloned())
            .unwrap_or_default(),
        at: draft.changed_at,
        what: "changed the form".to_owned(),
    }))
}

fn version_of(row: FormVersionRow) -> FormVersion {
    FormVersion {
        id: row.id,
        number: row.number,
        definition: row.definition.0,
    }
}

/// A program is made with its first version.
fn no_form() -> ServiceError {
    ServiceError::Internal("a program without a form".to_owned())
}
