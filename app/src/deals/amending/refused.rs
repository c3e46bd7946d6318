//! A plain form of changed answers that was refused: its page is made again with what was typed.

use domain::forms::RawAnswers;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use serde::{Deserialize, Serialize};

use crate::error::ActionError;

/// What was sent, and why it was not kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedAmendment {
    /// The page that it was sent from, which shows it again.
    pub page: String,
    pub answers: RawAnswers,
    pub note: String,
    /// Of the deal when the page was made whose answers these are.
    pub version: Option<i64>,
    /// Nothing where only the questions were to be brought up to date.
    pub error: Option<ActionError>,
}

/// Hands it to the page, on the server and in the browser alike: the browser reads what the server wrote into the page.
pub(crate) fn provide_refused_amendment() {
    let waiting = SharedValue::new(use_context::<RefusedAmendment>).into_inner();
    if let Some(refused) = waiting {
        provide_context(refused);
    }
}

/// What this page's form was refused with.
pub(super) fn refused_here(page: &str) -> Option<RefusedAmendment> {
    let refused = use_context::<RefusedAmendment>()?;
    // The context outlives the page when the app goes on to another one.
    let here = use_location().pathname.get_untracked();
    (refused.page == here && here == page).then_some(refused)
}
