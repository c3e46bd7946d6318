//! The doors of publishing. What follows from a look at two versions is posted as a plain form.

use domain::{
    FormVersionId, ProgramId, Timestamp,
    commands::{PublishForm, ScheduleForm},
    forms::{FieldKey, FieldKind},
    views::{FormEditorView, FormImpact, FormVersionsView, RetypeCheck},
};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use crate::error::ActionError;

/// What publishing the saved draft would meet.
#[server(endpoint = "form_impact", input = Json)]
pub async fn ask_impact(
    program: ProgramId,
    command: PublishForm,
) -> Result<FormImpact, ActionError> {
    Ok(crate::door::company(program)
        .await?
        .form_impact(command)
        .await?)
}

/// Whether the stored answers to a field could be answers of that kind.
#[server(endpoint = "check_form_retype", input = Json)]
pub async fn check_retype(
    program: ProgramId,
    key: FieldKey,
    kind: FieldKind,
) -> Result<RetypeCheck, ActionError> {
    Ok(crate::door::company(program)
        .await?
        .check_retype(key, kind)
        .await?)
}

#[server(endpoint = "schedule_form_draft", input = Json)]
pub async fn schedule_draft(
    program: ProgramId,
    command: ScheduleForm,
) -> Result<FormEditorView, ActionError> {
    Ok(crate::door::company(program)
        .await?
        .schedule_form(command)
        .await?)
}

/// Two versions beside each other; without one, the version in use and the one before it.
#[server(endpoint = "form_versions", input = Json)]
pub async fn load_form_versions(
    program: ProgramId,
    old: Option<FormVersionId>,
    new: Option<FormVersionId>,
) -> Result<FormVersionsView, ActionError> {
    Ok(crate::door::company(program)
        .await?
        .form_versions(old, new)
        .await?)
}

/// Leads to the editor.
#[server(endpoint = "use_form_again")]
pub async fn use_form_again(
    program: ProgramId,
    form: FormVersionId,
    current: FormVersionId,
) -> Result<String, ActionError> {
    let access = crate::door::company(program).await?;
    access
        .use_form_again(domain::commands::UseFormAgain { form, current })
        .await?;
    Ok(crate::door::lead_to(super::versions_model::editor(program)))
}

/// Another time for what is scheduled, as it was typed. Leads to the versions.
#[server(endpoint = "move_form_schedule")]
pub async fn move_form_schedule(
    program: ProgramId,
    from: Timestamp,
    at: String,
) -> Result<String, ActionError> {
    let access = crate::door::company(program).await?;
    let at = super::versions_model::read_time(&at)?;
    let command = domain::commands::MoveFormSchedule { from, at };
    access.move_form_schedule(command).await?;
    Ok(crate::door::lead_to(super::versions_model::versions(
        program,
    )))
}

/// Leads to the versions.
#[server(endpoint = "cancel_form_schedule")]
pub async fn cancel_form_schedule(program: ProgramId) -> Result<String, ActionError> {
    let access = crate::door::company(program).await?;
    access.cancel_form_schedule().await?;
    Ok(crate::door::lead_to(super::versions_model::versions(
        program,
    )))
}
