use domain::views::LinkView;
use leptos::prelude::*;

use crate::error::ActionError;

/// The link that the form post before this page made; once.
#[server(endpoint = "fresh_link")]
pub async fn fresh_link() -> Result<Option<LinkView>, ActionError> {
    crate::door::person()?;
    Ok(crate::door::take_link())
}
