//! Whose commissions they are: a partner's in one membership, or those of a company's program. Same pages, other rights.

use domain::views::{CommissionFilter, CommissionList};
use domain::{CommissionId, DealId, MembershipId, ProgramId};
use serde::{Deserialize, Serialize};

use super::filter;
use super::server_fns::{self, Opened};
use crate::error::ActionError;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Door {
    Partner(MembershipId),
    Company(ProgramId),
}

impl Door {
    pub fn is_company(self) -> bool {
        matches!(self, Self::Company(_))
    }

    fn base(self) -> String {
        match self {
            Self::Partner(membership) => format!("/p/{membership}"),
            Self::Company(program) => format!("/c/{program}"),
        }
    }

    pub fn list_href(self, filter: &CommissionFilter) -> String {
        format!("{}/commissions{}", self.base(), filter::write(filter))
    }

    /// The file of what the list shows, all pages of it.
    pub fn csv_href(self, filter: &CommissionFilter) -> String {
        format!("{}/commissions.csv{}", self.base(), filter::write(filter))
    }

    pub fn href(self, commission: CommissionId) -> String {
        format!("{}/commissions/{commission}", self.base())
    }

    pub fn deal_href(self, deal: DealId) -> String {
        format!("{}/deals/{deal}", self.base())
    }

    pub async fn load(
        self,
        filter: CommissionFilter,
        after: Option<String>,
    ) -> Result<CommissionList, ActionError> {
        match self {
            Self::Partner(id) => server_fns::get_partner_commissions(id, filter, after).await,
            Self::Company(id) => server_fns::get_company_commissions(id, filter, after).await,
        }
    }

    pub async fn open(self, commission: CommissionId) -> Result<Opened, ActionError> {
        match self {
            Self::Partner(id) => server_fns::open_partner_commission(id, commission).await,
            Self::Company(id) => server_fns::open_company_commission(id, commission).await,
        }
    }
}
