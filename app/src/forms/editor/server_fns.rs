//! The door of the form editor.

use domain::{
    FormVersionId, ProgramId,
    commands::{PublishForm, SaveFormDraft, SayEditing},
    forms::FormVersion,
    views::{
        DraftSaved, FormEditorView, FormEditors, FormSource, FormSources, FormStart, PreviewPartner,
    },
};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use crate::error::ActionError;

#[server(endpoint = "form_editor", input = Json)]
pub async fn form_editor(program: ProgramId) -> Result<FormEditorView, ActionError> {
    Ok(crate::door::company(program).await?.form_editor().await?)
}

#[server(endpoint = "load_form_version", input = Json)]
pub async fn load_form_version(
    program: ProgramId,
    id: FormVersionId,
) -> Result<FormVersion, ActionError> {
    Ok(crate::door::company(program)
        .await?
        .form_version(id)
        .await?)
}

#[server(endpoint = "list_form_sources", input = Json)]
pub async fn list_form_sources(program: ProgramId) -> Result<FormSources, ActionError> {
    Ok(crate::door::company(program).await?.form_sources().await?)
}

#[server(endpoint = "open_form_source", input = Json)]
pub async fn open_form_source(
    program: ProgramId,
    source: FormSource,
) -> Result<FormStart, ActionError> {
    Ok(crate::door::company(program)
        .await?
        .open_form_source(source)
        .await?)
}

#[server(endpoint = "keep_form_draft", input = Json)]
pub async fn keep_form_draft(
    program: ProgramId,
    command: SaveFormDraft,
) -> Result<DraftSaved, ActionError> {
    Ok(crate::door::company(program)
        .await?
        .save_form_draft(command)
        .await?)
}

#[server(endpoint = "publish_draft", input = Json)]
pub async fn publish_draft(
    program: ProgramId,
    command: PublishForm,
) -> Result<FormEditorView, ActionError> {
    Ok(crate::door::company(program)
        .await?
        .publish_form(command)
        .await?)
}

/// Notes where this window is, and hears of the others.
#[server(endpoint = "say_editing", input = Json)]
pub async fn say_where(
    program: ProgramId,
    command: SayEditing,
) -> Result<FormEditors, ActionError> {
    Ok(crate::door::company(program)
        .await?
        .say_editing(command)
        .await?)
}

/// A window's last word, which the browser posts as a form.
#[server(endpoint = "stop_editing")]
pub async fn stop_editing(program: ProgramId, window: String) -> Result<(), ActionError> {
    Ok(crate::door::company(program)
        .await?
        .stop_editing(&window)
        .await?)
}

#[server(endpoint = "list_preview_partners", input = Json)]
pub async fn list_preview_partners(program: ProgramId) -> Result<Vec<PreviewPartner>, ActionError> {
    Ok(crate::door::company(program)
        .await?
        .preview_partners()
        .await?)
}
