//! The door of the form editor.

use domain::{
    FormVersionId, ProgramId,
    commands::{PublishForm, SaveFormDraft},
    forms::FormVersion,
    views::{DraftSaved, FormEditorView},
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
