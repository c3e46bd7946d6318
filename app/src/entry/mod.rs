//! A deal on its way into a stage that asks for something: only what is missing, by the form's own fields, a note, a file. In the
//! drop on the board it is a dialog; from the list, the deal's page and plain forms it is a page of its own.

mod asking;
mod fields;
mod page;
mod refused;
pub mod server_fns;
mod uploads;

pub use asking::Asking;
pub use fields::EntryFields;
pub use page::EntryPage;
pub use refused::RefusedEntry;
pub(crate) use refused::provide_refused_entry;

use domain::{DealId, MembershipId, StageId};

/// The page that asks.
pub fn path(membership: MembershipId, deal: DealId, to: StageId) -> String {
    format!("/p/{membership}/deals/{deal}/enter/{to}")
}

/// Whether a door leads to such a page.
pub fn is_path(path: &str) -> bool {
    path.contains("/enter/stage_")
}

/// Where a plain form of a move leads: on, or to the page that asks for what is missing.
#[cfg(feature = "ssr")]
pub fn lead_on<T>(
    (membership, deal, to): (MembershipId, DealId, StageId),
    moved: Result<T, services::ServiceError>,
    on: String,
) -> Result<String, crate::error::ActionError> {
    match moved {
        Ok(_) => Ok(crate::door::lead_to(on)),
        Err(services::ServiceError::Entry(_)) => {
            Ok(crate::door::lead_to(path(membership, deal, to)))
        }
        Err(error) => Err(error.into()),
    }
}
