//! The company designs its form: a draft that is saved as it grows, and versions that never change once published.

mod impact;
mod presence;
mod publishing;
mod scheduled;
mod starting;

use domain::{
    FormVersionId, UserId,
    commands::SaveFormDraft,
    errors::ConflictView,
    events::ProgramFact,
    forms::{FormDefinition, FormVersion, archived, check_sizes},
    people::CompanyRight,
    program::Program,
    views::{
        DraftSaved, FormEditorView, FormPast, FormVersionLine, FormVersionsView, SavedBy,
        ScheduledForm,
    },
};
use store::{
    Conn, JsonText, Tx,
    forms::{FormDraft, FormVersionRow, schedules},
    open_windows::{self, Hearers},
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
        let (past, versions) = self.form_past(&mut conn).await?;
        let draft = store::forms::find_draft(&mut conn, company, program).await?;
        let tiers = store::programs::list_tiers(&mut conn, company, program).await?;
        let saved = match &draft {
            Some(draft) => Some(SavedBy {
                who: name_of(&mut conn, draft.changed_by).await?,
                at: draft.changed_at,
            }),
            None => None,
        };
        let published = versions.into_iter().next().ok_or_else(no_form)?;
        Ok(FormEditorView {
            program: Program::clone(&self.program),
            company: self.company_name.clone(),
            version: draft.as_ref().map_or(0, |d| d.version),
            saved,
            draft: draft.map_or_else(|| published.definition.clone(), |d| d.definition.0),
            published,
            past,
            tiers,
            today: self.services.now().date(),
        })
    }

    /// Two versions beside each other: the one in use and the one before it, where none is named.
    pub async fn form_versions(
        &self,
        old: Option<FormVersionId>,
        new: Option<FormVersionId>,
    ) -> Result<FormVersionsView, ServiceError> {
        self.require(CompanyRight::DesignProgram)?;
        let mut conn = self.services.read().await?;
        let (past, versions) = self.form_past(&mut conn).await?;
        let named = |id: FormVersionId| {
            let found = versions.iter().find(|version| version.id == id);
            found.cloned().ok_or(ServiceError::NotFound)
        };
        let published = versions.first().cloned().ok_or_else(no_form)?;
        let new = new.map_or_else(|| Ok(published.clone()), named)?;
        let before = || {
            let before = versions.iter().find(|version| version.number < new.number);
            Ok(before.unwrap_or(&new).clone())
        };
        let old = old.map_or_else(before, named)?;
        Ok(FormVersionsView {
            past,
            old,
            new,
            published,
        })
    }

    /// What was published, what is to be, and every version, newest first.
    async fn form_past(
        &self,
        conn: &mut Conn,
    ) -> Result<(FormPast, Vec<FormVersion>), ServiceError> {
        let (company, program) = (self.company, self.program.id);
        let versions = store::forms::list_versions(conn, company, program).await?;
        let waiting = schedules::find(conn, company, program).await?;
        let people: Vec<UserId> = versions
            .iter()
            .filter_map(|v| v.published_by)
            .chain(waiting.iter().filter_map(|waiting| waiting.scheduled_by))
            .collect();
        let names = store::accounts::users::list_names(conn, people).await?;
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
        let scheduled = waiting.map(|waiting| ScheduledForm {
            at: waiting.effective_at,
            who: name(waiting.scheduled_by),
            definition: waiting.definition.0,
        });
        let versions: Vec<FormVersion> = versions.into_iter().map(FormVersion::from).collect();
        let published = versions.first().ok_or_else(no_form)?;
        let past = FormPast {
            history,
            scheduled,
            archived: archived(&versions, &published.definition),
        };
        Ok((past, versions))
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
            .map(FormVersion::from)
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

/// Empty for nobody, and for somebody who is gone.
async fn name_of(conn: &mut Conn, id: Option<UserId>) -> Result<String, ServiceError> {
    let names = store::accounts::users::list_names(conn, id).await?;
    Ok(id
        .and_then(|id| names.get(&id).cloned())
        .unwrap_or_default())
}

/// Others who have the form open hear that the draft went on.
fn tell_editors(tx: &mut Tx, recorder: &Recorder) {
    let (company, program) = (recorder.program.company, recorder.program.id);
    open_windows::announce(tx, Hearers::Company(company, program));
}

/// Who saved the draft meanwhile, and when.
async fn stale(conn: &mut Conn, draft: Option<FormDraft>) -> Result<ServiceError, ServiceError> {
    let Some(draft) = draft else {
        return Ok(ServiceError::Stale);
    };
    Ok(ServiceError::Conflict(ConflictView {
        current_version: draft.version,
        who: name_of(conn, draft.changed_by).await?,
        at: draft.changed_at,
        what: "changed the form".to_owned(),
    }))
}

/// A program is made with its first version.
fn no_form() -> ServiceError {
    ServiceError::Internal("a program without a form".to_owned())
}
