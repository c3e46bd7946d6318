//! The door of who is at a board.

use domain::commands::SayWatching;
use domain::views::BoardPeople;
use domain::{MembershipId, ProgramId};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::server_fn::codec::Json;

use super::source::Source;
use crate::error::ActionError;

/// Notes that this window shows the board and what it holds, and hears of the others.
#[server(endpoint = "say_at_partner_board", input = Json)]
pub async fn say_at_partner_board(
    membership: MembershipId,
    command: SayWatching,
) -> Result<BoardPeople, ActionError> {
    let access = crate::door::partner(membership).await?;
    Ok(access.say_watching(command).await?)
}

/// The same on the company's board.
#[server(endpoint = "say_at_company_board", input = Json)]
pub async fn say_at_company_board(
    program: ProgramId,
    command: SayWatching,
) -> Result<BoardPeople, ActionError> {
    let access = crate::door::company(program).await?;
    Ok(access.say_watching(command).await?)
}

/// The others at the board, without saying anything.
#[server(endpoint = "partner_board_people", input = Json)]
pub async fn partner_board_people(
    membership: MembershipId,
    window: String,
) -> Result<BoardPeople, ActionError> {
    let access = crate::door::partner(membership).await?;
    Ok(access.people_on_board(&window).await?)
}

/// The same on the company's board.
#[server(endpoint = "company_board_people", input = Json)]
pub async fn company_board_people(
    program: ProgramId,
    window: String,
) -> Result<BoardPeople, ActionError> {
    let access = crate::door::company(program).await?;
    Ok(access.people_on_board(&window).await?)
}

/// A window's last word, which the browser posts as a form.
#[server(endpoint = "leave_partner_board")]
pub async fn leave_partner_board(
    membership: MembershipId,
    window: String,
) -> Result<(), ActionError> {
    let access = crate::door::partner(membership).await?;
    Ok(access.stop_watching(&window).await?)
}

/// The same on the company's board.
#[server(endpoint = "leave_company_board")]
pub async fn leave_company_board(program: ProgramId, window: String) -> Result<(), ActionError> {
    let access = crate::door::company(program).await?;
    Ok(access.stop_watching(&window).await?)
}

impl Source {
    pub(super) async fn say_watching(
        self,
        command: SayWatching,
    ) -> Result<BoardPeople, ActionError> {
        match self {
            Self::Partner(membership) => say_at_partner_board(membership, command).await,
            Self::Company(program) => say_at_company_board(program, command).await,
        }
    }

    pub(super) async fn people(self, window: String) -> Result<BoardPeople, ActionError> {
        match self {
            Self::Partner(membership) => partner_board_people(membership, window).await,
            Self::Company(program) => company_board_people(program, window).await,
        }
    }

    /// Where a window posts that it has gone, and what.
    pub(super) fn last_word(self, window: String) -> (&'static str, Vec<(&'static str, String)>) {
        let (url, name) = match self {
            Self::Partner(_) => (LeavePartnerBoard::url(), "membership"),
            Self::Company(_) => (LeaveCompanyBoard::url(), "program"),
        };
        (url, vec![(name, self.door()), ("window", window)])
    }
}
