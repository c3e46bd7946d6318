//! The lanes of a board, each with what it holds: one statement, whatever the number of lanes.

use std::collections::BTreeMap;

use domain::money::Totals;
use domain::people::{CompanyRight, PartnerRight};
use domain::text::fold;
use domain::views::{DealFilter, Lane, LaneKind, LaneLine, LaneList, Month};
use domain::{Money, Timestamp};
use store::deals::LaneTotal;

use crate::{CompanyAccess, PartnerAccess, ServiceError};

/// More lanes than anybody scrolls through: those with the most deals are listed.
const MOST: usize = 100;

impl PartnerAccess {
    /// The lanes of the team's board, with what the filter lets through of each.
    pub async fn lanes(
        &self,
        kind: LaneKind,
        filter: &DealFilter,
    ) -> Result<LaneList, ServiceError> {
        self.require(PartnerRight::ViewDeals)?;
        let (scope, me, now) = (self.scope(), self.person.id, self.services.now());
        let mut conn = self.services.read().await?;
        let totals = store::deals::lane_totals(&mut conn, scope, kind, filter, me, now).await?;
        Ok(list_of(totals, MOST, now))
    }
}

impl CompanyAccess {
    /// The lanes of the program's board, with what the filter lets through of each.
    pub async fn lanes(
        &self,
        kind: LaneKind,
        filter: &DealFilter,
    ) -> Result<LaneList, ServiceError> {
        self.require(CompanyRight::ViewDeals)?;
        let (scope, me, now) = (self.scope(), self.person.id, self.services.now());
        let mut conn = self.services.read().await?;
        let totals = store::deals::lane_totals(&mut conn, scope, kind, filter, me, now).await?;
        Ok(list_of(totals, MOST, now))
    }
}

/// Months come in their order, from this one on; those that are over stand behind them, the last one first.
fn list_of(totals: Vec<LaneTotal>, most: usize, now: Timestamp) -> LaneList {
    let mut by_lane: BTreeMap<Lane, LaneLine> = BTreeMap::new();
    for total in totals {
        let name = total.name;
        let line = by_lane.entry(total.lane).or_insert_with(|| LaneLine {
            lane: total.lane,
            name: name_of(total.lane, name),
            count: 0,
            totals: Totals::default(),
        });
        line.count += total.deals;
        if let Some(currency) = total.currency {
            line.totals.add(Money::new(total.minor, currency));
        }
    }
    let mut lanes: Vec<LaneLine> = by_lane.into_values().collect();
    let more = lanes.len().saturating_sub(most);
    if more > 0 {
        lanes.sort_by_key(|line| (std::cmp::Reverse(line.count), line.lane));
        lanes.truncate(most);
    }
    lanes.sort_by_cached_key(|line| match line.lane {
        Lane::Owner(_) | Lane::Partner(_) => (fold(&line.name), line.lane),
        Lane::Month(_) | Lane::Undated => (String::new(), line.lane),
    });
    let this = Month::of(now.date());
    let gone =
        lanes.partition_point(|line| matches!(line.lane, Lane::Month(month) if month < this));
    let mut over: Vec<LaneLine> = lanes.drain(..gone).collect();
    over.reverse();
    lanes.extend(over);
    LaneList { lanes, more }
}

fn name_of(lane: Lane, name: String) -> String {
    match lane {
        Lane::Owner(_) | Lane::Partner(_) => name,
        Lane::Month(month) => month.name(),
        Lane::Undated => "No close date".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use domain::{Currency, UserId};
    use uuid::Uuid;

    use super::*;

    fn total(lane: Lane, name: &str, currency: Option<Currency>, deals: i64) -> LaneTotal {
        LaneTotal {
            lane,
            name: name.to_owned(),
            currency,
            deals,
            minor: deals * 100,
        }
    }

    /// 28 November 2026.
    fn today() -> Timestamp {
        Timestamp::from_seconds(1_795_824_000)
    }

    fn owner(number: u128) -> Lane {
        Lane::Owner(UserId(Uuid::from_u128(number)))
    }

    #[test]
    fn currencies_of_a_lane_are_never_summed_together() {
        let list = list_of(
            vec![
                total(owner(1), "Zoe", Some(Currency::EUR), 2),
                total(owner(1), "Zoe", None, 3),
                total(owner(2), "Émile", Some(Currency::EUR), 1),
            ],
            9,
            today(),
        );
        let seen: Vec<_> = list
            .lanes
            .iter()
            .map(|line| (line.name.as_str(), line.count, line.totals.iter().count()))
            .collect();
        assert_eq!(seen, [("Émile", 1, 1), ("Zoe", 5, 1)]);
        assert_eq!(list.more, 0);
    }

    #[test]
    fn the_fullest_are_listed_and_months_lie_in_their_order() {
        let month = |text: &str| Lane::Month(text.parse().unwrap());
        let list = list_of(
            vec![
                total(Lane::Undated, "", None, 7),
                total(month("2027-02"), "", None, 5),
                total(month("2027-01"), "", None, 1),
                total(month("2026-12"), "", None, 6),
            ],
            3,
            today(),
        );
        let names: Vec<_> = list.lanes.iter().map(|line| line.name.as_str()).collect();
        assert_eq!(names, ["Dec 2026", "Feb 2027", "No close date"]);
        assert_eq!(list.more, 1);
    }

    #[test]
    fn months_that_are_over_stand_behind() {
        let month = |text: &str| total(Lane::Month(text.parse().unwrap()), "", None, 1);
        let months = ["2026-01", "2027-02", "2026-11", "2026-12", "2025-07"];
        let list = list_of(months.map(month).into(), 9, today());
        let names: Vec<_> = list.lanes.iter().map(|line| line.name.as_str()).collect();
        assert_eq!(
            names,
            ["Nov 2026", "Dec 2026", "Feb 2027", "Jan 2026", "Jul 2025"]
        );
    }
}
