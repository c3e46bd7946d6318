//! What the board or list is narrowed to, read from the address and written back into it.

use std::collections::BTreeMap;

use domain::deals::RegistrationStatus;
use domain::views::{Card, DealFilter, DealSort};
use domain::{Currency, Locale, Money, Timestamp};
use leptos_router::params::ParamsMap;

use super::column_order;

/// The least value, and how it is written, by name.
const VALUE: &str = "value";
const LOCALE: &str = "_locale";

/// Minor units of a whole unit, for the amount in the address: programs mix currencies, most have two digits.
const MINOR: i64 = 100;

pub fn read(query: &ParamsMap) -> DealFilter {
    let text = |key: &str| query.get(key).unwrap_or_default().trim().to_owned();
    let on = |key: &str| query.get(key).is_some_and(|value| value == "1");
    DealFilter {
        mine: on("mine"),
        search: text("search"),
        stage: text("stage").parse().ok(),
        pipeline: text("pipeline").parse().ok(),
        registration: text("registration").parse().ok(),
        stage_kind: text("kind").parse().ok(),
        partner: text("partner"),
        min_value: least_value(&text(VALUE), written_in(query)).unwrap_or_default(),
        expiring: on("expiring"),
        stuck: on("stuck"),
        closing: on("closing"),
        sort: sort_of(&text("sort")),
        orders: column_order::read(&text("order")),
        lanes: text("lanes").parse().ok(),
        lane: text("lane").parse().ok(),
    }
}

/// What the pairs of an address narrow to, for a door that is no page.
pub fn filter_of(pairs: Vec<(String, String)>) -> DealFilter {
    read(&pairs.into_iter().collect())
}

/// `?mine=1&view=list`, or nothing when nothing is narrowed.
pub fn write(filter: &DealFilter, list: bool) -> String {
    let mut query = ParamsMap::new();
    for (key, value) in pairs(filter, list) {
        query.insert(key, value);
    }
    query.to_query_string()
}

/// Names and values, only of what is set.
pub fn pairs(filter: &DealFilter, list: bool) -> Vec<(&'static str, String)> {
    let flag = |on: bool| on.then(|| "1".to_owned());
    let all = [
        ("mine", flag(filter.mine)),
        ("stuck", flag(filter.stuck)),
        ("expiring", flag(filter.expiring)),
        ("closing", flag(filter.closing)),
        ("search", Some(filter.search.clone())),
        ("partner", Some(filter.partner.clone())),
        (VALUE, whole_units(filter.min_value)),
        ("stage", filter.stage.map(|stage| stage.to_string())),
        (
            "pipeline",
            filter.pipeline.map(|pipeline| pipeline.to_string()),
        ),
        (
            "registration",
            filter.registration.map(|status| status.as_str().to_owned()),
        ),
        (
            "kind",
            filter.stage_kind.map(|kind| kind.as_str().to_owned()),
        ),
        ("sort", sort_word(filter.sort).map(ToOwned::to_owned)),
        ("order", Some(column_order::write(&filter.orders))),
        ("lanes", filter.lanes.map(|kind| kind.as_str().to_owned())),
        ("lane", filter.lane.map(|lane| lane.to_string())),
        ("view", list.then(|| "list".to_owned())),
    ];
    let set = all
        .into_iter()
        .filter_map(|(key, value)| Some((key, value?)));
    set.filter(|(_, value)| !value.is_empty()).collect()
}

/// What people are told about a least value that is none.
pub const NO_VALUE: &str = "Enter a whole amount, like 10,000";

/// How the least value in the address is written; plainly, where the address does not say.
pub fn written_in(query: &ParamsMap) -> Option<Locale> {
    query.get(LOCALE).and_then(|tag| Locale::of_tag(&tag))
}

/// The least value as people write it, in minor units; nothing when nothing is written. Or what they are told.
pub fn least_value(text: &str, locale: Option<Locale>) -> Result<Option<i64>, String> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let plain = match locale {
        Some(locale) => locale.plain_amount(text, Currency::EUR),
        None => Ok(text.to_owned()),
    };
    let plain = plain.map_err(|two| two.text())?;
    let minor = Money::parse(&plain, Currency::EUR).map_or(0, |amount| amount.minor);
    if minor <= 0 || minor % MINOR != 0 {
        return Err(NO_VALUE.to_owned());
    }
    Ok(Some(minor))
}

/// The same address without what is empty, and with a plain least value: a plain form posts its empty inputs too, and the value as
/// it was typed. `None` when it is so already. A value that is none stays as it is, to be said.
pub fn tidied(query: &ParamsMap) -> Option<String> {
    let typed = query.get(VALUE).unwrap_or_default();
    let least = written_in(query).and_then(|locale| least_value(&typed, Some(locale)).ok());
    let mut kept = ParamsMap::new();
    let mut changed = least.is_some();
    for (key, value) in query.latest_values() {
        let replaced = least.is_some() && (key == VALUE || key == LOCALE);
        if value.trim().is_empty() {
            changed = true;
        } else if !replaced {
            kept.insert(key.clone(), value.to_owned());
        }
    }
    if let Some(units) = least.and_then(whole_units) {
        kept.insert(VALUE, units);
    }
    changed.then(|| kept.to_query_string())
}

/// How many filters are set, besides orders and the pipeline, which stands above them.
pub fn count(filter: &DealFilter) -> u64 {
    let set = pairs(filter, false).into_iter();
    set.fold(0, |count, (key, _)| {
        count + u64::from(!["sort", "order", "pipeline", "lanes"].contains(&key))
    })
}

/// A least value as the address has it.
pub fn whole_units(minor: Option<i64>) -> Option<String> {
    minor.map(|minor| (minor / MINOR).to_string())
}

pub fn is_narrowed(filter: &DealFilter) -> bool {
    DealFilter {
        sort: DealSort::default(),
        orders: BTreeMap::new(),
        lanes: None,
        pipeline: None,
        ..filter.clone()
    } != DealFilter::default()
}

fn sort_of(word: &str) -> DealSort {
    match word {
        "customer" => DealSort::Customer,
        "value" => DealSort::Value,
        "close" => DealSort::CloseDate,
        _ => DealSort::Changed,
    }
}

fn sort_word(sort: DealSort) -> Option<&'static str> {
    match sort {
        DealSort::Changed => None,
        DealSort::Customer => Some("customer"),
        DealSort::Value => Some("value"),
        DealSort::CloseDate => Some("close"),
    }
}

/// Whole days that the card has been in its stage.
pub fn days_in_stage(entered_at: Timestamp, now: Timestamp) -> i64 {
    now.days_since(entered_at).max(0)
}

/// Days in the stage, when they are more than the stage allows.
pub fn stuck_for(card: &Card, stuck_days: Option<i32>, now: Timestamp) -> Option<i64> {
    let days = days_in_stage(card.entered_at, now);
    stuck_days
        .filter(|allowed| days > i64::from(*allowed))
        .map(|_| days)
}

/// Protection shown on cards and rows once it ends within this many days.
const EXPIRING_DAYS: i64 = 14;

/// `8 d left`, and whether that is soon.
pub fn protection_left(
    registration: RegistrationStatus,
    until: Option<Timestamp>,
    now: Timestamp,
) -> Option<(String, bool)> {
    if registration == RegistrationStatus::Expired {
        return Some(("expired".to_owned(), true));
    }
    let days = until?.days_since(now);
    Some(if days < 0 {
        ("expired".to_owned(), true)
    } else {
        (format!("{days} d left"), days <= EXPIRING_DAYS)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::pipeline::StageKind;

    #[test]
    fn the_address_keeps_the_filter() {
        let filter = DealFilter {
            mine: true,
            search: "Hale & Moss".into(),
            min_value: Some(1_000_000),
            stage_kind: Some(StageKind::Open),
            stuck: true,
            sort: DealSort::CloseDate,
            ..DealFilter::default()
        };
        let mut query = ParamsMap::new();
        for pair in write(&filter, true).trim_start_matches('?').split('&') {
            let (key, value) = pair.split_once('=').unwrap();
            query.insert(
                key.to_owned(),
                value.replace("%20", " ").replace("%26", "&"),
            );
        }
        assert_eq!(query.get("view").as_deref(), Some("list"));
        assert_eq!(read(&query), filter);
    }

    #[test]
    fn nonsense_in_the_address_narrows_nothing() {
        let mut query = ParamsMap::new();
        query.insert("value", "-4".to_owned());
        query.insert("stage", "x".to_owned());
        query.insert("sort", "name".to_owned());
        query.insert("mine", "yes".to_owned());
        assert!(!is_narrowed(&read(&query)));
        assert_eq!(write(&read(&query), false), "");
    }

    #[test]
    fn the_least_value_is_read_as_people_write_it() {
        let least = |text: &str| least_value(text, None);
        assert_eq!(least(" "), Ok(None));
        assert_eq!(least("12,000"), Ok(Some(1_200_000)));
        assert_eq!(least("12 000.00"), Ok(Some(1_200_000)));
        for nonsense in ["a lot", "-4", "0", "1.5", "EUR 5"] {
            for locale in [None, Some(Locale::default())] {
                let refused = least_value(nonsense, locale);
                assert_eq!(refused.as_ref().unwrap_err(), NO_VALUE, "{nonsense}");
            }
        }
        let german = Locale::of_tag("de");
        assert_eq!(least_value("12.000", german), Ok(Some(1_200_000)));
        let unclear = least_value("12,000", german).unwrap_err();
        assert!(unclear.contains("two ways"), "{unclear}");
    }

    fn address(pairs: &[(&'static str, &str)]) -> ParamsMap {
        let mut query = ParamsMap::new();
        for (key, value) in pairs {
            query.insert(*key, (*value).to_owned());
        }
        query
    }

    #[test]
    fn what_is_empty_does_not_stay_in_the_address() {
        assert_eq!(tidied(&address(&[("search", "tern")])), None);
        let posted = address(&[("search", "tern"), ("value", ""), ("partner", " ")]);
        assert_eq!(tidied(&posted).as_deref(), Some("?search=tern"));
    }

    #[test]
    fn the_address_has_a_plain_value_that_everybody_reads_alike() {
        let posted = address(&[("_locale", "de"), ("value", "12.000")]);
        assert_eq!(read(&posted).min_value, Some(1_200_000));
        assert_eq!(tidied(&posted).as_deref(), Some("?value=12000"));
        let without = address(&[("_locale", "de"), ("value", "")]);
        assert_eq!(tidied(&without).as_deref(), Some(""));
        // What is said of it is said of how it was written.
        let unclear = address(&[("_locale", "de"), ("value", "12,000")]);
        assert_eq!((read(&unclear).min_value, tidied(&unclear)), (None, None));
    }

    #[test]
    fn the_order_is_no_filter() {
        let filter = DealFilter {
            stuck: true,
            search: "tern".into(),
            sort: DealSort::Value,
            orders: column_order::read("stage_00000000000000000000000007:value"),
            ..DealFilter::default()
        };
        assert!(!is_narrowed(&DealFilter {
            orders: filter.orders.clone(),
            ..DealFilter::default()
        }));
        assert_eq!((count(&filter), count(&DealFilter::default())), (2, 0));
    }

    #[test]
    fn lanes_are_no_filter_and_one_of_them_is() {
        let laned = read(&address(&[("lanes", "month")]));
        assert_eq!(write(&laned, false), "?lanes=month");
        assert!(!is_narrowed(&laned) && count(&laned) == 0);
        let one = read(&address(&[("lanes", "month"), ("lane", "2027-03")]));
        assert!(is_narrowed(&one) && count(&one) == 1);
        assert_eq!(write(&one, false), "?lanes=month&lane=2027%2D03");
        assert_eq!(read(&address(&[("lanes", "stage")])), DealFilter::default());
    }

    #[test]
    fn protection_is_counted_in_days() {
        let now = Timestamp(0).plus_days(100);
        assert_eq!(
            protection_left(RegistrationStatus::Approved, Some(now.plus_days(8)), now),
            Some(("8 d left".into(), true))
        );
        assert_eq!(
            protection_left(RegistrationStatus::Approved, Some(now.plus_days(40)), now),
            Some(("40 d left".into(), false))
        );
        assert_eq!(
            protection_left(RegistrationStatus::Approved, Some(Timestamp(0)), now),
            Some(("expired".into(), true))
        );
        assert_eq!(
            protection_left(RegistrationStatus::Approved, None, now),
            None
        );
        assert_eq!(
            protection_left(RegistrationStatus::Expired, None, now),
            Some(("expired".into(), true))
        );
    }
}
