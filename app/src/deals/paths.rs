//! Addresses of a deal's pages, and what the doors make of a plain form.

use domain::{DealId, MembershipId, StageId};

pub fn list(membership: MembershipId) -> String {
    format!("/p/{membership}/deals")
}

pub fn register(membership: MembershipId) -> String {
    format!("/p/{membership}/deals/new")
}

/// The form that keeps its draft under that key.
pub fn draft(membership: MembershipId, key: &str) -> String {
    format!("/p/{membership}/deals/new?key={key}")
}

/// That page of the form, counted from 1; `review` shows all answers.
pub fn draft_page(membership: MembershipId, key: &str, page: &str) -> String {
    format!("/p/{membership}/deals/new?key={key}&page={page}")
}

pub fn deal(membership: MembershipId, deal: DealId) -> String {
    format!("/p/{membership}/deals/{deal}")
}

pub fn answer(membership: MembershipId, deal: DealId) -> String {
    format!("/p/{membership}/deals/{deal}/answer")
}

/// The page that changes answers after the approval.
pub fn change(membership: MembershipId, deal: DealId) -> String {
    format!("/p/{membership}/deals/{deal}/change")
}

pub fn registered(membership: MembershipId, deal: DealId) -> String {
    format!("/p/{membership}/deals/{deal}/registered")
}

/// The deal's page with the question of that stage open.
pub fn ask(membership: MembershipId, deal: DealId, to_stage: StageId) -> String {
    format!("/p/{membership}/deals/{deal}?to={to_stage}")
}

#[cfg(feature = "ssr")]
pub use plain::{details, lead_on_or_ask, move_to};

#[cfg(feature = "ssr")]
mod plain {
    use domain::commands::{MoveDeal, Place};
    use domain::deals::{MoveDetails, Refusal};
    use domain::{DealId, MembershipId, StageId};
    use services::ServiceError;

    use crate::error::ActionError;

    pub fn details(lost_reason: &str, note: String, won: bool) -> MoveDetails {
        MoveDetails {
            lost_reason: lost_reason.parse().ok(),
            note,
            win_confirmed: won,
            ..MoveDetails::default()
        }
    }

    /// To the top of the column, where whoever opens the board sees it.
    pub fn move_to(
        deal: DealId,
        version: i64,
        to_stage: StageId,
        details: MoveDetails,
    ) -> MoveDeal {
        MoveDeal {
            deal,
            to_stage,
            place: Place::Top,
            details,
            version,
        }
    }

    pub fn lead_on_or_ask<T>(
        membership: MembershipId,
        deal: DealId,
        (to_stage, asked): (StageId, bool),
        moved: Result<T, ServiceError>,
    ) -> Result<String, ActionError> {
        match moved {
            Err(ServiceError::Rule(Refusal::LostReasonMissing | Refusal::WinUnconfirmed))
                if !asked =>
            {
                Ok(crate::door::lead_to(super::ask(membership, deal, to_stage)))
            }
            moved => {
                let of = (membership, deal, to_stage);
                crate::entry::lead_on(of, moved, super::deal(membership, deal))
            }
        }
    }
}
