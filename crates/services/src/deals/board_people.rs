//! Who looks at a board, and who holds which card. It forbids nothing: the deal's version decides whose move counts.

use std::collections::BTreeSet;

use domain::commands::SayWatching;
use domain::people::{CompanyRight, PartnerRight};
use domain::views::{BoardPeople, HeldCard};
use domain::{PartnerId, UserId};
use store::board_windows::{self, BoardWindow, Watching};
use store::{Conn, Tx};

use super::record::Recorder;
use crate::windows::{LEASE_SECONDS, check_window};
use crate::{CompanyAccess, PartnerAccess, ServiceError};

/// How long a card counts as held after that was last said: whoever holds it says so again before.
const HELD_SECONDS: i64 = 12;

impl PartnerAccess {
    /// Notes that a window shows the board and which card it holds, and gives the others. To be said again before the lease is over.
    pub async fn say_watching(&self, said: SayWatching) -> Result<BoardPeople, ServiceError> {
        check_window(&said.window)?;
        let (partner, window) = (Some(self.partner), said.window.clone());
        let right = if said.held.is_some() {
            PartnerRight::WorkDeals
        } else {
            PartnerRight::ViewDeals
        };
        self.write(right, said, move |tx, recorder, said| {
            Box::pin(async move { watch(tx, &recorder, partner, said).await })
        })
        .await?;
        self.people_on_board(&window).await
    }

    /// The others at the board: of the own team and of the company.
    pub async fn people_on_board(&self, window: &str) -> Result<BoardPeople, ServiceError> {
        self.require(PartnerRight::ViewDeals)?;
        let now = self.services.now();
        let watching = Watching {
            company: self.company,
            program: self.program.id,
            partner: Some(self.partner),
        };
        let mut conn = self.services.read().await?;
        let since = now.plus_seconds(-LEASE_SECONDS);
        let rows = board_windows::list(&mut conn, watching, since).await?;
        let held = now.plus_seconds(-HELD_SECONDS);
        people(&mut conn, rows, held, (self.person.id, window)).await
    }

    /// The window has gone.
    pub async fn stop_watching(&self, window: &str) -> Result<(), ServiceError> {
        check_window(window)?;
        let (right, partner) = (PartnerRight::ViewDeals, Some(self.partner));
        self.write(right, window.to_owned(), move |tx, recorder, window| {
            Box::pin(async move { leave(tx, &recorder, partner, &window).await })
        })
        .await
    }
}

impl CompanyAccess {
    /// Notes that a window shows the board and which card it holds, and gives the others. To be said again before the lease is over.
    pub async fn say_watching(&self, said: SayWatching) -> Result<BoardPeople, ServiceError> {
        check_window(&said.window)?;
        let window = said.window.clone();
        let right = if said.held.is_some() {
            CompanyRight::OverrideStage
        } else {
            CompanyRight::ViewDeals
        };
        self.write(right, said, |tx, recorder, said| {
            Box::pin(async move { watch(tx, &recorder, None, said).await })
        })
        .await?;
        self.people_on_board(&window).await
    }

    /// The others at the board: of the company and of all partners.
    pub async fn people_on_board(&self, window: &str) -> Result<BoardPeople, ServiceError> {
        self.require(CompanyRight::ViewDeals)?;
        let now = self.services.now();
        let watching = Watching {
            company: self.company,
            program: self.program.id,
            partner: None,
        };
        let mut conn = self.services.read().await?;
        let since = now.plus_seconds(-LEASE_SECONDS);
        let rows = board_windows::list(&mut conn, watching, since).await?;
        let held = now.plus_seconds(-HELD_SECONDS);
        people(&mut conn, rows, held, (self.person.id, window)).await
    }

    /// The window has gone.
    pub async fn stop_watching(&self, window: &str) -> Result<(), ServiceError> {
        check_window(window)?;
        let right = CompanyRight::ViewDeals;
        self.write(right, window.to_owned(), |tx, recorder, window| {
            Box::pin(async move { leave(tx, &recorder, None, &window).await })
        })
        .await
    }
}

async fn watch(
    tx: &mut Tx,
    recorder: &Recorder,
    partner: Option<PartnerId>,
    said: SayWatching,
) -> Result<(), ServiceError> {
    if let Some(deal) = said.held {
        // Nobody is said to hold what they may not see, nor a draft, which is no card.
        let deal = recorder.load(tx, deal).await?;
        deal.number.ok_or(ServiceError::NotFound)?;
    }
    let row = BoardWindow {
        program_id: recorder.program.id,
        window_key: said.window,
        company_id: recorder.program.company,
        partner_id: partner,
        user_id: recorder.user()?,
        deal_id: said.held,
        seen_at: recorder.now,
    };
    let lease = recorder.now.plus_seconds(-LEASE_SECONDS);
    Ok(board_windows::see(tx, &row, lease).await?)
}

async fn leave(
    tx: &mut Tx,
    recorder: &Recorder,
    partner: Option<PartnerId>,
    window: &str,
) -> Result<(), ServiceError> {
    let watching = Watching {
        company: recorder.program.company,
        program: recorder.program.id,
        partner,
    };
    Ok(board_windows::leave(tx, watching, recorder.user()?, window).await?)
}

/// The windows but that one, which is `own.1` of the person `own.0`, as others see them.
async fn people(
    conn: &mut Conn,
    rows: Vec<BoardWindow>,
    held_since: domain::Timestamp,
    own: (UserId, &str),
) -> Result<BoardPeople, ServiceError> {
    let users: BTreeSet<UserId> = rows.iter().map(|row| row.user_id).collect();
    let names = store::accounts::users::list_names(conn, users.iter().copied()).await?;
    let name = |user: &UserId| names.get(user).cloned().unwrap_or_default();
    let held = rows
        .iter()
        .filter(|row| row.window_key != own.1 && row.seen_at >= held_since)
        .filter_map(|row| {
            Some(HeldCard {
                deal: row.deal_id?,
                who: name(&row.user_id),
                own: row.user_id == own.0,
            })
        })
        .collect();
    let mut others: Vec<String> = users
        .iter()
        .filter(|user| **user != own.0)
        .map(name)
        .collect();
    others.sort();
    Ok(BoardPeople { others, held })
}
