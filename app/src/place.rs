//! What the address names: ids out of the path, read as what they are.

use std::str::FromStr;

use domain::{DealId, ErrorCode, MembershipId};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::error::ActionError;

/// The id under that name of the path; `None` when it is no such id.
pub fn use_id<T>(name: &'static str) -> Memo<Option<T>>
where
    T: FromStr + PartialEq + Send + Sync + 'static,
{
    let params = use_params_map();
    Memo::new(move |_| {
        params.with(|params| params.get_str(name).and_then(|text| text.parse().ok()))
    })
}

pub fn use_membership() -> Memo<Option<MembershipId>> {
    use_id("membership")
}

pub fn use_deal() -> Memo<Option<DealId>> {
    use_id("deal")
}

/// The value under that name of the query.
pub fn use_query(name: &'static str) -> Memo<Option<String>> {
    let query = use_query_map();
    Memo::new(move |_| {
        query
            .with(|query| query.get(name))
            .filter(|value| !value.is_empty())
    })
}

/// An address whose id cannot be one is an address that does not exist.
pub fn must_exist<T>(id: Option<T>) -> Result<T, ActionError> {
    id.ok_or_else(|| ActionError::new(ErrorCode::NotFound))
}
