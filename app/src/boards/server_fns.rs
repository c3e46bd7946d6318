//! The board's door: thin, typed, the same commands as REST.

#[cfg(feature = "ssr")]
use domain::ErrorCode;
use domain::commands::MoveDeal;
use domain::views::{BoardView, CompanyBoardView, DealFilter, DealList, LaneKind, LaneList};
use domain::{DealId, MembershipId, ProgramId, Rank, StageId, UserId};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use super::news::LastStep;
use super::source::Cards;
#[cfg(feature = "ssr")]
use super::source::Source;
use crate::error::ActionError;

#[server(endpoint = "partner_board", input = Json)]
pub async fn partner_board(
    membership: MembershipId,
    filter: DealFilter,
) -> Result<BoardView, ActionError> {
    Ok(crate::door::partner(membership)
        .await?
        .board(&filter)
        .await?)
}

#[server(endpoint = "company_board", input = Json)]
pub async fn company_board(
    program: ProgramId,
    filter: DealFilter,
) -> Result<CompanyBoardView, ActionError> {
    Ok(crate::door::company(program).await?.board(&filter).await?)
}

#[server(endpoint = "partner_column", input = Json)]
pub async fn partner_column(
    membership: MembershipId,
    filter: DealFilter,
    stage: StageId,
    after: Option<(Rank, DealId)>,
) -> Result<Cards, ActionError> {
    let access = crate::door::partner(membership).await?;
    let cards = access.board_column(stage, &filter, after).await?;
    Ok(Cards {
        cards,
        partners: std::collections::BTreeMap::new(),
    })
}

#[server(endpoint = "company_column", input = Json)]
pub async fn company_column(
    program: ProgramId,
    filter: DealFilter,
    stage: StageId,
    after: Option<(Rank, DealId)>,
) -> Result<Cards, ActionError> {
    let access = crate::door::company(program).await?;
    let rows = access.board_column(stage, &filter, after).await?;
    let partners = rows
        .iter()
        .map(|(card, partner)| (card.id, partner.clone()))
        .collect();
    let cards = rows.into_iter().map(|(card, _)| card).collect();
    Ok(Cards { cards, partners })
}

#[server(endpoint = "partner_lanes", input = Json)]
pub async fn partner_lanes(
    membership: MembershipId,
    kind: LaneKind,
    filter: DealFilter,
) -> Result<LaneList, ActionError> {
    let access = crate::door::partner(membership).await?;
    Ok(access.lanes(kind, &filter).await?)
}

#[server(endpoint = "company_lanes", input = Json)]
pub async fn company_lanes(
    program: ProgramId,
    kind: LaneKind,
    filter: DealFilter,
) -> Result<LaneList, ActionError> {
    let access = crate::door::company(program).await?;
    Ok(access.lanes(kind, &filter).await?)
}

#[server(endpoint = "partner_list", input = Json)]
pub async fn partner_list(
    membership: MembershipId,
    filter: DealFilter,
    cursor: Option<String>,
) -> Result<DealList, ActionError> {
    Ok(crate::door::partner(membership)
        .await?
        .deals(&filter, cursor.as_deref())
        .await?)
}

#[server(endpoint = "company_list", input = Json)]
pub async fn company_list(
    program: ProgramId,
    filter: DealFilter,
    cursor: Option<String>,
) -> Result<DealList, ActionError> {
    Ok(crate::door::company(program)
        .await?
        .deals(&filter, cursor.as_deref())
        .await?)
}

/// Another person may have signed in in the browser since the move was made: then it waits, as if nobody had.
#[cfg(feature = "ssr")]
fn still_there(viewer: Option<UserId>) -> Result<(), ActionError> {
    let person = crate::door::person()?;
    if viewer.is_some_and(|viewer| viewer != person.id) {
        return Err(ActionError::new(ErrorCode::SignedOut));
    }
    Ok(())
}

/// Moves a deal and gives its new place and version; under a key that was sent before, what it gave then. `viewer` is who made the move.
#[server(endpoint = "move_partner_deal", input = Json)]
pub async fn move_partner_deal(
    membership: MembershipId,
    command: MoveDeal,
    #[server(default)] key: Option<String>,
    #[server(default)] viewer: Option<UserId>,
) -> Result<(Rank, i64), ActionError> {
    still_there(viewer)?;
    let access = crate::door::partner(membership).await?;
    let access = access.once(key.as_deref(), &command)?;
    let moved = access.move_deal(command).await?;
    Ok((moved.rank, moved.version))
}

/// Moves a partner's deal, with a reason, which the history keeps; once under one key.
#[server(endpoint = "override_stage", input = Json)]
pub async fn override_stage(
    program: ProgramId,
    command: MoveDeal,
    #[server(default)] key: Option<String>,
    #[server(default)] viewer: Option<UserId>,
) -> Result<(Rank, i64), ActionError> {
    still_there(viewer)?;
    let access = crate::door::company(program).await?;
    let access = access.once(key.as_deref(), &command)?;
    let moved = access.override_stage(command).await?;
    Ok((moved.rank, moved.version))
}

/// The same, posted by the plain form; leads back to the deals.
#[server(endpoint = "move_by_form")]
pub async fn move_by_form(form: super::move_form::PostedMove) -> Result<String, ActionError> {
    let (source, command) = form.read()?;
    if let Source::Partner(membership) = source {
        let of = (membership, command.deal, command.to_stage);
        let access = crate::door::partner(membership).await?;
        let moved = access.move_deal(command).await;
        return crate::entry::lead_on(of, moved, source.deals_href());
    }
    source.move_deal(command).await?;
    Ok(crate::door::lead_to(source.deals_href()))
}

/// What happened last to a deal, as its history says; nothing for a draft or another program's deal. Boards ask for
/// whatever the stream names, so those are no error here.
#[server(endpoint = "find_last_step", input = Json)]
pub async fn find_last_step(
    program: ProgramId,
    deal: DealId,
) -> Result<Option<LastStep>, ActionError> {
    let last = crate::door::company(program).await?.last_news(deal).await?;
    Ok(last.map(|(customer, step)| LastStep {
        deal,
        customer,
        step,
    }))
}
