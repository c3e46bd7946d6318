//! What the list is narrowed to, read from the address and written back into it.

use domain::commissions::CommissionStatus;
use domain::views::CommissionFilter;
use leptos_router::params::ParamsMap;

pub fn read(query: &ParamsMap) -> CommissionFilter {
    let text = |key: &str| query.get(key).unwrap_or_default();
    CommissionFilter {
        status: text("status").parse().ok(),
        partner: text("partner").parse().ok(),
    }
}

/// `?status=approved&partner=...`, or nothing when nothing is narrowed.
pub fn write(filter: &CommissionFilter) -> String {
    let mut query = ParamsMap::new();
    if let Some(status) = filter.status {
        query.insert("status", status.as_str().to_owned());
    }
    if let Some(partner) = filter.partner {
        query.insert("partner", partner.to_string());
    }
    query.to_query_string()
}

/// The same, from the line after that place on.
pub fn older(filter: &CommissionFilter, after: &str) -> String {
    let mut query = ParamsMap::new();
    query.insert("after", after.to_owned());
    let after = query.to_query_string();
    match write(filter) {
        narrowed if narrowed.is_empty() => after,
        narrowed => format!("{narrowed}&{}", after.trim_start_matches('?')),
    }
}

pub fn with_status(
    filter: &CommissionFilter,
    status: Option<CommissionStatus>,
) -> CommissionFilter {
    CommissionFilter {
        status,
        ..filter.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(text: &str) -> ParamsMap {
        text.split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .collect()
    }

    #[test]
    fn a_filter_survives_the_address() {
        let filter = CommissionFilter {
            status: Some(CommissionStatus::Held),
            partner: None,
        };
        assert_eq!(write(&filter), "?status=held");
        assert_eq!(read(&query("status=held")), filter);
        assert_eq!(write(&CommissionFilter::default()), "");
        assert_eq!(
            read(&query("status=never&partner=x")),
            CommissionFilter::default()
        );
    }

    #[test]
    fn older_lines_keep_the_filter() {
        let filter = with_status(&CommissionFilter::default(), Some(CommissionStatus::Paid));
        assert_eq!(older(&filter, "12"), "?status=paid&after=12");
        assert_eq!(older(&CommissionFilter::default(), "12"), "?after=12");
    }
}
