//! Which lanes are open is in the address: the first few, unless it says otherwise.

use std::collections::BTreeSet;

use domain::views::{Lane, LaneList};
use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize};

const NAME: &str = "open";
/// In the address when all are folded: an empty value would not stay there.
const NONE: &str = "none";
/// Open when the address says nothing.
const FIRST: usize = 3;
/// More than a page lists.
const MOST: usize = 100;

/// The lanes that are open.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Open(BTreeSet<Lane>);

impl Open {
    pub fn first(list: &LaneList) -> Self {
        let lanes = list.lanes.iter().take(FIRST);
        Self(lanes.map(|line| line.lane).collect())
    }

    /// Those that are listed, in the list's order.
    pub fn of(&self, list: &LaneList) -> Vec<Lane> {
        let lanes = list.lanes.iter().map(|line| line.lane);
        lanes.filter(|lane| self.0.contains(lane)).collect()
    }

    pub fn holds(&self, lane: Lane) -> bool {
        self.0.contains(&lane)
    }

    #[must_use]
    pub fn toggled(mut self, lane: Lane) -> Self {
        if !self.0.remove(&lane) {
            self.0.insert(lane);
        }
        self
    }

    fn read(text: &str) -> Self {
        let lanes = text.split(',').take(MOST);
        Self(lanes.filter_map(|lane| lane.parse().ok()).collect())
    }

    fn write(&self) -> String {
        if self.0.is_empty() {
            return NONE.to_owned();
        }
        let lanes = self.0.iter().map(ToString::to_string);
        lanes.collect::<Vec<_>>().join(",")
    }

    /// The address with these.
    pub fn within(&self, query: &ParamsMap) -> String {
        let mut query = query.clone();
        query.remove(NAME);
        query.insert(NAME, self.write());
        query.to_query_string()
    }
}

impl FromIterator<Lane> for Open {
    fn from_iter<I: IntoIterator<Item = Lane>>(lanes: I) -> Self {
        Self(lanes.into_iter().collect())
    }
}

/// What the address says; nothing when it does not.
pub fn open_in(query: &ParamsMap) -> Option<Open> {
    query.get(NAME).map(|text| Open::read(&text))
}

#[cfg(test)]
mod tests {
    use domain::money::Totals;
    use domain::views::LaneLine;

    use super::*;

    fn month(text: &str) -> Lane {
        Lane::Month(text.parse().unwrap())
    }

    fn list(months: &[&str]) -> LaneList {
        let lines = months.iter().map(|text| LaneLine {
            lane: month(text),
            name: (*text).to_owned(),
            count: 1,
            totals: Totals::default(),
        });
        LaneList {
            lanes: lines.collect(),
            more: 0,
        }
    }

    #[test]
    fn the_first_few_are_open_and_each_is_folded_alone() {
        let list = list(&["2027-01", "2027-02", "2027-03", "2027-04"]);
        let open = Open::first(&list);
        assert!(open.holds(month("2027-03")) && !open.holds(month("2027-04")));
        let open = open.toggled(month("2027-01")).toggled(month("2027-04"));
        let expected = [month("2027-02"), month("2027-03"), month("2027-04")];
        assert_eq!(open.of(&list), expected);
    }

    #[test]
    fn the_address_keeps_them_and_what_else_it_says() {
        let mut query = ParamsMap::new();
        query.insert("lanes", "month".to_owned());
        assert_eq!(open_in(&query), None);
        let open = Open::from_iter([month("2027-02"), Lane::Undated]);
        let address = open.within(&query);
        assert!(address.contains("lanes=month"), "{address}");
        query.insert(NAME, open.write());
        assert_eq!(open_in(&query), Some(open));
    }

    #[test]
    fn all_folded_stays_in_the_address() {
        let open = Open::default();
        assert_eq!(open.write(), NONE);
        assert_eq!(Open::read(NONE), open);
        assert_eq!(Open::read("x,,2027-13"), open);
    }
}
