//! What a page of deals shows, and kept queries read back: what the filter does not know does not come through.

use domain::views::DealFilter;
use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize};

use crate::boards::filter;

/// The filter of the address, and whether it is the list's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    pub filter: DealFilter,
    pub list: bool,
}

impl Shown {
    pub fn of(query: &ParamsMap) -> Self {
        Self {
            filter: filter::read(query),
            list: query.get("view").as_deref() == Some("list"),
        }
    }

    /// What was kept, as it is understood now.
    pub fn kept(query: &str) -> Self {
        let pairs = query.trim_start_matches('?').split('&');
        let pairs = pairs.filter_map(|pair| pair.split_once('='));
        let pairs: ParamsMap = pairs
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .collect();
        Self::of(&pairs)
    }

    /// The part of the address that shows it.
    pub fn query(&self) -> String {
        filter::write(&self.filter, self.list)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::StageId;
    use domain::views::{CardOrder, DealSort};
    use uuid::Uuid;

    #[test]
    fn what_was_kept_shows_the_same() {
        let shown = Shown {
            filter: DealFilter {
                mine: true,
                search: "Hale & Moss = 50%".into(),
                stage: Some(StageId(Uuid::from_u128(7))),
                min_value: Some(1_000_000),
                sort: DealSort::CloseDate,
                ..DealFilter::default()
            }
            .with_order(StageId(Uuid::from_u128(7)), CardOrder::Value),
            list: true,
        };
        assert_eq!(Shown::kept(&shown.query()), shown);
        assert_eq!(Shown::kept(""), Shown::default());
        // As a browser writes it, which leaves more letters as they are.
        assert_eq!(
            Shown::kept("?closing=1&search=a-b_c").filter.search,
            "a-b_c"
        );
    }

    #[test]
    fn nothing_but_filters_gets_into_a_link() {
        for kept in [
            "//evil.example/?x=1",
            "@evil.example",
            "?next=https%3A%2F%2Fevil.example&move=deal_1&cursor=x",
            "?stage=javascript%3Aalert(1)&value=-4",
        ] {
            assert_eq!(Shown::kept(kept).query(), "", "{kept}");
        }
        assert_eq!(
            Shown::kept("?mine=1&to=x&view=list").query(),
            "?mine=1&view=list"
        );
    }
}
