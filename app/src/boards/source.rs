//! Whose board it is: a partner's in one membership, or a company's of one program. Same board, other rights.

use std::collections::BTreeMap;

use domain::commands::MoveDeal;
use domain::deals::Mover;
use domain::views::{BoardView, Card, DealFilter, DealList, LaneKind, LaneList};
use domain::{DealId, MembershipId, ProgramId, Rank, StageId, UserId};
use serde::{Deserialize, Serialize};

use super::server_fns;
use crate::error::ActionError;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    Partner(MembershipId),
    Company(ProgramId),
}

/// A board with what its viewer may do on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loaded {
    pub board: BoardView,
    pub mover: Mover,
    pub partners: BTreeMap<DealId, String>,
    pub may_override: bool,
}

/// More cards of one column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cards {
    pub cards: Vec<Card>,
    pub partners: BTreeMap<DealId, String>,
}

impl Source {
    pub fn is_company(self) -> bool {
        matches!(self, Self::Company(_))
    }

    fn base(self) -> String {
        match self {
            Self::Partner(membership) => format!("/p/{membership}"),
            Self::Company(program) => format!("/c/{program}"),
        }
    }

    pub fn deals_href(self) -> String {
        format!("{}/deals", self.base())
    }

    /// What the board went through, between two days.
    pub fn replay_href(self) -> String {
        format!("{}/replay", self.base())
    }

    /// The whole list as a file, narrowed and sorted alike.
    pub fn csv_href(self, query: &str) -> String {
        format!("{}.csv{query}", self.deals_href())
    }

    pub fn register_href(self) -> String {
        format!("{}/deals/new", self.base())
    }

    pub fn deal_href(self, deal: DealId) -> String {
        format!("{}/deals/{deal}", self.base())
    }

    /// Where the plain form for moving that deal is.
    pub fn move_href(self, query: &str, deal: DealId) -> String {
        let join = if query.is_empty() { '?' } else { '&' };
        format!("{}{query}{join}move={deal}", self.deals_href())
    }

    /// The id as the plain form posts it.
    pub fn door(self) -> String {
        match self {
            Self::Partner(membership) => membership.to_string(),
            Self::Company(program) => program.to_string(),
        }
    }

    pub async fn load(self, filter: &DealFilter) -> Result<Loaded, ActionError> {
        match self {
            Self::Partner(membership) => {
                let board = server_fns::partner_board(membership, filter.clone()).await?;
                let mover = if board.may_work {
                    Mover::Partner
                } else {
                    Mover::PartnerViewer
                };
                Ok(Loaded {
                    board,
                    mover,
                    partners: BTreeMap::new(),
                    may_override: false,
                })
            }
            Self::Company(program) => {
                let view = server_fns::company_board(program, filter.clone()).await?;
                Ok(Loaded {
                    board: view.board,
                    mover: Mover::Company,
                    partners: view.partners,
                    may_override: view.may_override,
                })
            }
        }
    }

    /// The next cards of a column, after that one.
    pub async fn column(
        self,
        filter: &DealFilter,
        stage: StageId,
        after: Option<(Rank, DealId)>,
    ) -> Result<Cards, ActionError> {
        let filter = filter.clone();
        match self {
            Self::Partner(membership) => {
                server_fns::partner_column(membership, filter, stage, after).await
            }
            Self::Company(program) => {
                server_fns::company_column(program, filter, stage, after).await
            }
        }
    }

    /// The lanes of the board, with what they hold.
    pub async fn lanes(self, kind: LaneKind, filter: &DealFilter) -> Result<LaneList, ActionError> {
        let filter = filter.clone();
        match self {
            Self::Partner(membership) => server_fns::partner_lanes(membership, kind, filter).await,
            Self::Company(program) => server_fns::company_lanes(program, kind, filter).await,
        }
    }

    pub async fn list(
        self,
        filter: &DealFilter,
        cursor: Option<String>,
    ) -> Result<DealList, ActionError> {
        let filter = filter.clone();
        match self {
            Self::Partner(membership) => server_fns::partner_list(membership, filter, cursor).await,
            Self::Company(program) => server_fns::company_list(program, filter, cursor).await,
        }
    }

    /// Moves the deal; gives its new place and version.
    pub async fn move_deal(self, command: MoveDeal) -> Result<(Rank, i64), ActionError> {
        match self {
            Self::Partner(membership) => {
                server_fns::move_partner_deal(membership, command, None, None).await
            }
            Self::Company(program) => {
                server_fns::override_stage(program, command, None, None).await
            }
        }
    }

    /// The same under a key: sent again because the answer was lost, it is not done twice. It is done for the viewer only, where
    /// that is known.
    pub async fn move_once(
        self,
        command: MoveDeal,
        key: String,
        viewer: Option<UserId>,
    ) -> Result<(Rank, i64), ActionError> {
        let key = Some(key);
        match self {
            Self::Partner(membership) => {
                server_fns::move_partner_deal(membership, command, key, viewer).await
            }
            Self::Company(program) => {
                server_fns::override_stage(program, command, key, viewer).await
            }
        }
    }
}
