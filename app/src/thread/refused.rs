//! A plain form that was refused: its page is made again with what was typed and what is wrong with it.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use serde::{Deserialize, Serialize};

use crate::error::ActionError;

/// What was sent and why it was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// The page that it was sent from, which shows it again.
    pub page: String,
    /// Whether it was an internal note.
    pub is_note: bool,
    pub text: String,
    pub error: ActionError,
}

/// Hands it to the page, on the server and in the browser alike: the browser reads what the server wrote into the page.
pub(crate) fn provide_refused() {
    let waiting = SharedValue::new(use_context::<Refused>).into_inner();
    if let Some(refused) = waiting {
        provide_context(refused);
    }
}

/// What this page's form was refused with.
pub(super) fn refused(is_note: bool) -> Option<Refused> {
    let refused = use_context::<Refused>()?;
    // The context outlives the page when the app goes on to another one.
    let here = use_location().pathname.get_untracked();
    (refused.page == here && refused.is_note == is_note).then_some(refused)
}
