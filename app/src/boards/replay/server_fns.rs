//! The doors of the replay.

use domain::views::ReplayView;
use domain::{MembershipId, ProgramId};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use super::days::Asked;
use crate::boards::source::Source;
use crate::error::ActionError;

#[server(endpoint = "partner_replay", input = Json)]
pub async fn partner_replay(
    membership: MembershipId,
    from: String,
    to: String,
) -> Result<ReplayView, ActionError> {
    let access = crate::door::partner(membership).await?;
    Ok(access.replay(&from, &to).await?)
}

#[server(endpoint = "company_replay", input = Json)]
pub async fn company_replay(
    program: ProgramId,
    from: String,
    to: String,
) -> Result<ReplayView, ActionError> {
    let access = crate::door::company(program).await?;
    Ok(access.replay(&from, &to).await?)
}

impl Source {
    /// The board between those days.
    pub(super) async fn replay(self, asked: &Asked) -> Result<ReplayView, ActionError> {
        let Asked { from, to } = asked.clone();
        match self {
            Self::Partner(membership) => partner_replay(membership, from, to).await,
            Self::Company(program) => company_replay(program, from, to).await,
        }
    }
}
