//! From a form to the next version: at once, at a time to come, or what an older version asked once more. One path, and one
//! judgement.

use domain::{
    FormVersionId, Timestamp, UserId,
    commands::{MoveFormSchedule, PublishForm, ScheduleForm, UseFormAgain},
    events::ProgramFact,
    forms::{FormDefinition, check_publishable, diff},
    people::CompanyRight,
    views::FormEditorView,
};
use store::{
    JsonText, Tx,
    forms::{FormVersionRow, schedules, schedules::FormSchedule},
};

use super::{impact::stored_faults, no_form, save_in, stale, tell_editors};
use crate::deals::Recorder;
use crate::{CompanyAccess, ServiceError};

/// Days ahead that a form can be scheduled.
const MAX_DAYS: i64 = 366;

impl CompanyAccess {
    /// Publishes the saved draft as a new version, which new registrations are made with from now on. What was scheduled
    /// is not published any more.
    pub async fn publish_form(&self, command: PublishForm) -> Result<FormEditorView, ServiceError> {
        let right = CompanyRight::DesignProgram;
        self.write(right, command, |tx, recorder, command| {
            Box::pin(async move { publish_in(tx, &recorder, command.version).await })
        })
        .await?;
        self.form_editor().await
    }

    /// Publishes what an older version asked, as a new version; gives its number. A draft that somebody changed stays.
    pub async fn use_form_again(&self, command: UseFormAgain) -> Result<i32, ServiceError> {
        let right = CompanyRight::DesignProgram;
        self.write(right, command, |tx, recorder, command| {
            Box::pin(async move { again_in(tx, &recorder, command).await })
        })
        .await
    }

    /// Lets the saved draft become a version at a time to come, in the place of what was scheduled before.
    pub async fn schedule_form(
        &self,
        command: ScheduleForm,
    ) -> Result<FormEditorView, ServiceError> {
        let right = CompanyRight::DesignProgram;
        self.write(right, command, |tx, recorder, command| {
            Box::pin(async move { schedule_in(tx, &recorder, command).await })
        })
        .await?;
        self.form_editor().await
    }

    /// Lets what is scheduled, or held, wait for another time. Nothing scheduled: not found.
    pub async fn move_form_schedule(&self, command: MoveFormSchedule) -> Result<(), ServiceError> {
        let right = CompanyRight::DesignProgram;
        self.write(right, command, |tx, recorder, command| {
            Box::pin(async move { move_in(tx, &recorder, command).await })
        })
        .await
    }

    /// What was scheduled stays a plan. Nothing scheduled: not found.
    pub async fn cancel_form_schedule(&self) -> Result<(), ServiceError> {
        let right = CompanyRight::DesignProgram;
        self.write(right, (), |tx, recorder, ()| {
            Box::pin(async move {
                if cancel(tx, &recorder).await? {
                    Ok(())
                } else {
                    Err(ServiceError::NotFound)
                }
            })
        })
        .await
    }
}

/// A form that may be published, and what it is published over.
pub(super) struct Judged {
    pub definition: FormDefinition,
    pub current: FormVersionRow,
    /// Fields that are not as they were.
    pub changes: usize,
}

async fn publish_in(tx: &mut Tx, recorder: &Recorder, version: i64) -> Result<(), ServiceError> {
    let definition = draft_at(tx, recorder, version).await?;
    let judged = judge(tx, recorder, definition).await?;
    cancel(tx, recorder).await?;
    let definition = judged.definition.clone();
    put_out(tx, recorder, judged, recorder.actor.user).await?;
    // The draft stays, one version on: whoever edits an older state of it is told, instead of undoing what was published.
    save_in(tx, recorder, definition, version).await?;
    tell_editors(tx, recorder);
    Ok(())
}

async fn again_in(
    tx: &mut Tx,
    recorder: &Recorder,
    command: UseFormAgain,
) -> Result<i32, ServiceError> {
    let definition = own_version(tx, recorder, command.form).await?;
    let judged = judge(tx, recorder, definition).await?;
    if judged.current.id != command.current {
        return Err(ServiceError::Stale);
    }
    cancel(tx, recorder).await?;
    follow(tx, recorder, &judged).await?;
    put_out(tx, recorder, judged, recorder.actor.user).await
}

async fn schedule_in(
    tx: &mut Tx,
    recorder: &Recorder,
    command: ScheduleForm,
) -> Result<(), ServiceError> {
    let definition = draft_at(tx, recorder, command.version).await?;
    let judged = judge(tx, recorder, definition).await?;
    check_time(command.at, recorder.now)?;
    let schedule = FormSchedule {
        program_id: recorder.program.id,
        company_id: recorder.program.company,
        definition: JsonText(judged.definition),
        effective_at: command.at,
        scheduled_by: recorder.actor.user,
        scheduled_at: recorder.now,
        held_at: None,
    };
    save_schedule(tx, recorder, &schedule, judged.changes).await
}

/// Judged anew, so that what was held waits only where nothing stands in its way any more.
async fn move_in(
    tx: &mut Tx,
    recorder: &Recorder,
    command: MoveFormSchedule,
) -> Result<(), ServiceError> {
    let (company, program) = (recorder.program.company, recorder.program.id);
    let waiting = schedules::find(tx, company, program).await?;
    let waiting = waiting.ok_or(ServiceError::NotFound)?;
    if waiting.effective_at != command.from {
        return Err(ServiceError::Stale);
    }
    check_time(command.at, recorder.now)?;
    let judged = judge(tx, recorder, waiting.definition.0).await?;
    let schedule = FormSchedule {
        definition: JsonText(judged.definition),
        effective_at: command.at,
        scheduled_by: recorder.actor.user,
        scheduled_at: recorder.now,
        held_at: None,
        ..waiting
    };
    save_schedule(tx, recorder, &schedule, judged.changes).await
}

async fn save_schedule(
    tx: &mut Tx,
    recorder: &Recorder,
    schedule: &FormSchedule,
    changes: usize,
) -> Result<(), ServiceError> {
    schedules::save(tx, schedule).await?;
    let at = schedule.effective_at;
    let fact = ProgramFact::FormScheduled { at, changes };
    let version = recorder.program.version;
    recorder.note_program(tx, version, fact).await
}

fn check_time(at: Timestamp, now: Timestamp) -> Result<(), ServiceError> {
    if at <= now {
        return Err(ServiceError::input(
            "at",
            "Choose a time that is still to come, or publish now",
        ));
    }
    if at > now.plus_days(MAX_DAYS) {
        return Err(ServiceError::input("at", "Choose a time within a year"));
    }
    Ok(())
}

/// The saved draft, if it is still the one that was looked at.
async fn draft_at(
    tx: &mut Tx,
    recorder: &Recorder,
    version: i64,
) -> Result<FormDefinition, ServiceError> {
    let (company, program) = (recorder.program.company, recorder.program.id);
    match store::forms::find_draft(tx, company, program).await? {
        Some(draft) if draft.version == version => Ok(draft.definition.0),
        now_there => Err(stale(tx, now_there).await?),
    }
}

async fn own_version(
    tx: &mut Tx,
    recorder: &Recorder,
    id: FormVersionId,
) -> Result<FormDefinition, ServiceError> {
    let (company, program) = (recorder.program.company, recorder.program.id);
    let found = store::forms::find_version(tx, id).await?;
    let found = found.filter(|v| v.program_id == program && v.company_id == company);
    Ok(found.ok_or(ServiceError::NotFound)?.definition.0)
}

/// Refuses what is at fault in itself, what the stored answers forbid, and what changes nothing.
pub(super) async fn judge(
    tx: &mut Tx,
    recorder: &Recorder,
    definition: FormDefinition,
) -> Result<Judged, ServiceError> {
    let (company, program) = (recorder.program.company, recorder.program.id);
    check_publishable(&definition).map_err(ServiceError::Definition)?;
    let versions = store::forms::list_versions(tx, company, program).await?;
    let faults = stored_faults(tx, (company, program), &versions, &definition).await?;
    if !faults.is_empty() {
        return Err(ServiceError::Definition(faults));
    }
    let current = versions.into_iter().next().ok_or_else(no_form)?;
    let changes = diff(&current.definition.0, &definition).len();
    if changes == 0 {
        return Err(ServiceError::input(
            "form",
            "Nothing has changed since the last version",
        ));
    }
    Ok(Judged {
        definition,
        current,
        changes,
    })
}

/// The next version; gives its number.
pub(super) async fn put_out(
    tx: &mut Tx,
    recorder: &Recorder,
    judged: Judged,
    by: Option<UserId>,
) -> Result<i32, ServiceError> {
    let row = FormVersionRow {
        id: recorder.id(),
        company_id: recorder.program.company,
        program_id: recorder.program.id,
        number: judged.current.number.saturating_add(1),
        definition: JsonText(judged.definition),
        published_by: by,
        published_at: recorder.now,
    };
    store::forms::insert_version(tx, &row).await?;
    let fact = ProgramFact::FormPublished {
        form: row.id,
        number: row.number,
        changes: judged.changes,
    };
    let version = recorder.program.version;
    recorder.note_program(tx, version, fact).await?;
    Ok(row.number)
}

/// A draft in which nobody changed anything goes along with what is published; any other stays as it is.
pub(super) async fn follow(
    tx: &mut Tx,
    recorder: &Recorder,
    judged: &Judged,
) -> Result<(), ServiceError> {
    let (company, program) = (recorder.program.company, recorder.program.id);
    let draft = store::forms::find_draft(tx, company, program).await?;
    let unchanged = draft.filter(|draft| draft.definition == judged.current.definition);
    if let Some(draft) = unchanged {
        save_in(tx, recorder, judged.definition.clone(), draft.version).await?;
        tell_editors(tx, recorder);
    }
    Ok(())
}

/// Whether anything was scheduled.
async fn cancel(tx: &mut Tx, recorder: &Recorder) -> Result<bool, ServiceError> {
    let (company, program) = (recorder.program.company, recorder.program.id);
    let Some(schedule) = schedules::take(tx, company, program).await? else {
        return Ok(false);
    };
    let fact = ProgramFact::FormScheduleCancelled {
        at: schedule.effective_at,
    };
    let version = recorder.program.version;
    recorder.note_program(tx, version, fact).await?;
    Ok(true)
}
