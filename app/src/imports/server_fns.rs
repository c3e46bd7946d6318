//! The doors of imports. The file itself comes in as a plain form, `POST /c/:program/import`.

use domain::imports::Target;
use domain::views::{ImportLine, ImportView};
use domain::{ImportId, ProgramId};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::error::ActionError;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// Newest first.
    pub imports: Vec<ImportLine>,
    /// Bytes of the largest file that is taken.
    pub max_bytes: u64,
}

#[server(endpoint = "load_imports")]
pub async fn load_imports(program: ProgramId) -> Result<Opened, ActionError> {
    let max_bytes = crate::door::max_upload()?;
    let access = crate::door::company(program).await?;
    let imports = access.imports().await?.imports;
    Ok(Opened { imports, max_bytes })
}

/// What stands in an address is taken as far as it can be read.
#[server(endpoint = "load_import")]
pub async fn load_import(
    program: ProgramId,
    import: ImportId,
    #[server(default)] after: String,
) -> Result<ImportView, ActionError> {
    let access = crate::door::company(program).await?;
    let after = after.parse().unwrap_or_default();
    Ok(access.import(import, after).await?)
}

#[server(endpoint = "map_import")]
pub async fn map_import(
    program: ProgramId,
    import: ImportId,
    version: i64,
    #[server(default)] targets: Vec<Target>,
    #[server(default)] partner: String,
    #[server(default)] skip_doubles: bool,
    #[server(default)] confirm_wins: bool,
) -> Result<String, ActionError> {
    let access = crate::door::company(program).await?;
    let mapping = domain::imports::Mapping {
        targets,
        partner: partner.parse().ok(),
        skip_doubles,
        confirm_wins,
    };
    access.map_import(import, version, mapping).await?;
    Ok(lead_to(program, import))
}

#[server(endpoint = "start_import")]
pub async fn start_import(
    program: ProgramId,
    import: ImportId,
    version: i64,
) -> Result<String, ActionError> {
    let access = crate::door::company(program).await?;
    access.start_import(import, version).await?;
    Ok(lead_to(program, import))
}

#[server(endpoint = "take_back_import")]
pub async fn take_back_import(
    program: ProgramId,
    import: ImportId,
    version: i64,
) -> Result<String, ActionError> {
    let access = crate::door::company(program).await?;
    access.take_back_import(import, version).await?;
    Ok(lead_to(program, import))
}

#[server(endpoint = "resume_import")]
pub async fn resume_import(
    program: ProgramId,
    import: ImportId,
    version: i64,
) -> Result<String, ActionError> {
    let access = crate::door::company(program).await?;
    access.resume_import(import, version).await?;
    Ok(lead_to(program, import))
}

#[server(endpoint = "discard_import")]
pub async fn discard_import(program: ProgramId, import: ImportId) -> Result<String, ActionError> {
    let access = crate::door::company(program).await?;
    access.discard_import(import).await?;
    Ok(crate::door::lead_to(format!("/c/{program}/import")))
}

#[cfg(feature = "ssr")]
fn lead_to(program: ProgramId, import: ImportId) -> String {
    crate::door::lead_to(format!("/c/{program}/import/{import}"))
}
