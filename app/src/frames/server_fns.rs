use domain::views::{CompanyProgramView, HomeView, PartnerProgramView, Viewer};
use domain::{MembershipId, ProgramId};
use leptos::prelude::*;

use crate::error::ActionError;

/// Who looks, and the program at hand: one answer, because a frame waits for both.
#[server(endpoint = "partner_frame")]
pub async fn load_partner_frame(
    membership: MembershipId,
) -> Result<(Viewer, PartnerProgramView), ActionError> {
    use crate::door;
    let access = door::partner(membership).await?;
    let viewer = door::services()?.viewer(access.person().clone()).await?;
    Ok((viewer, access.head_now().await?))
}

#[server(endpoint = "company_frame")]
pub async fn load_company_frame(
    program: ProgramId,
) -> Result<(Viewer, CompanyProgramView), ActionError> {
    use crate::door;
    let access = door::company(program).await?;
    let viewer = door::services()?.viewer(access.person().clone()).await?;
    Ok((viewer, access.head().await?))
}

#[server(endpoint = "home")]
pub async fn load_home() -> Result<HomeView, ActionError> {
    use crate::door;
    let person = door::person()?;
    Ok(door::services()?.home(&person).await?)
}
