//! The same for both sides.

use domain::SavedViewId;
use domain::saved_views::{ChangeView, SavedView};

use super::model::Shown;
use super::server_fns;
use crate::boards::source::Source;
use crate::error::ActionError;

impl Source {
    /// One's own views and those that the team shares.
    pub(super) async fn saved_views(self) -> Result<Vec<SavedView>, ActionError> {
        match self {
            Self::Partner(membership) => server_fns::partner_views(membership).await,
            Self::Company(program) => server_fns::company_views(program).await,
        }
    }

    pub(super) async fn save_view(
        self,
        name: String,
        shared: bool,
        shown: Shown,
    ) -> Result<(), ActionError> {
        match self {
            Self::Partner(membership) => {
                server_fns::save_partner_view(membership, name, shared, shown).await
            }
            Self::Company(program) => {
                server_fns::save_company_view(program, name, shared, shown).await
            }
        }
        .map(drop)
    }

    pub(super) async fn change_view(self, command: ChangeView) -> Result<(), ActionError> {
        match self {
            Self::Partner(membership) => server_fns::change_partner_view(membership, command).await,
            Self::Company(program) => server_fns::change_company_view(program, command).await,
        }
    }

    pub(super) async fn delete_view(self, view: SavedViewId) -> Result<(), ActionError> {
        match self {
            Self::Partner(membership) => server_fns::delete_partner_view(membership, view).await,
            Self::Company(program) => server_fns::delete_company_view(program, view).await,
        }
    }
}
