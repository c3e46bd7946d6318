//! The stage editor's door.

use domain::commands::ReplacePipeline;
use domain::forms::{Field, FieldKey};
#[cfg(feature = "ssr")]
use domain::people::CompanyRight;
use domain::pipeline::Pipeline;
use domain::program::Tier;
use domain::{ProgramId, StageId};
use leptos::server;
use leptos::server_fn::codec::Json;
use serde::{Deserialize, Serialize};

use crate::error::ActionError;

/// The program's columns as they stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StagesView {
    pub pipeline: Pipeline,
    /// The stages that hold deals.
    pub in_use: Vec<StageId>,
    /// The program's version: what an edit was based on.
    pub version: i64,
    pub may_edit: bool,
    /// The fields of the form in use that partners answer, with their labels.
    pub fields: Vec<(FieldKey, String)>,
    pub tiers: Vec<Tier>,
    /// The fields of the form in use that a pipeline's rule may look at.
    pub compared: Vec<Field>,
}

#[server(endpoint = "load_stages")]
pub async fn load_stages(program: ProgramId) -> Result<StagesView, ActionError> {
    let access = crate::door::company(program).await?;
    let (pipeline, in_use) = access.pipeline().await?;
    let (tiers, compared) = access.entry_terms().await?;
    Ok(StagesView {
        tiers,
        compared,
        fields: access.entry_fields().await?,
        pipeline,
        in_use,
        version: access.program().version,
        may_edit: access.require(CompanyRight::DesignProgram).is_ok(),
    })
}

/// Replaces the stages and the reasons for losing; gives the program's new version.
#[server(endpoint = "replace_stages", input = Json)]
pub async fn replace_stages(
    program: ProgramId,
    command: ReplacePipeline,
) -> Result<i64, ActionError> {
    Ok(crate::door::company(program)
        .await?
        .replace_pipeline(command)
        .await?)
}
