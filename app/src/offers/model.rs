//! What the pages decide without a browser: where an offer stands, what a new version changes, and the address that
//! carries what was typed.

use domain::offers::{OfferDraft, OfferTerms, Rate, StepDraft};
use domain::program::Tier;
use domain::views::OfferView;
use domain::{Date, Money, OfferId, ProgramId};
use leptos_router::params::ParamsMap;

/// Where an offer stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    InForce,
    /// It begins on that day.
    Scheduled(Date),
    Ended,
}

pub fn standing(offer: &OfferView, today: Date) -> Standing {
    if offer.ended_at.is_some() {
        return Standing::Ended;
    }
    if offer.in_force.is_some() {
        return Standing::InForce;
    }
    match offer.versions.first() {
        Some(newest) if newest.from() > today => Standing::Scheduled(newest.from()),
        _ => Standing::Ended,
    }
}

/// The newest version's first day, while an older one still counts.
pub fn next_begins(offer: &OfferView, today: Date) -> Option<(i32, Date)> {
    let newest = offer.versions.first()?;
    let waits = newest.from() > today && offer.in_force.is_some_and(|id| id != newest.id);
    waits.then(|| (newest.number, newest.from()))
}

/// One term that a new version changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub what: &'static str,
    pub from: String,
    pub to: String,
}

pub fn changes(from: &OfferTerms, to: &OfferTerms, tiers: &[Tier]) -> Vec<Change> {
    let pairs = facts(from, tiers).into_iter().zip(facts(to, tiers));
    pairs
        .filter(|((_, from), (_, to))| from != to)
        .map(|((what, from), (_, to))| Change { what, from, to })
        .collect()
}

fn facts(terms: &OfferTerms, tiers: &[Tier]) -> [(&'static str, String); 8] {
    let amount = |money: Option<Money>| money.map_or_else(|| "none".to_owned(), Money::display);
    let day = |date: Option<Date>, none: &str| date.map_or_else(|| none.to_owned(), Date::display);
    [
        ("Name", terms.name.clone()),
        ("For", terms.audience(tiers)),
        ("Earned on", terms.trigger.label().to_owned()),
        ("Rate", rate_text(&terms.rate)),
        ("Minimum", amount(terms.minimum)),
        ("Cap per deal", amount(terms.cap)),
        ("First day", day(terms.starts_on, "the day of publishing")),
        ("Last day", day(terms.ends_on, "open")),
    ]
}

fn rate_text(rate: &Rate) -> String {
    match rate {
        Rate::Flat { amount } => amount.display(),
        Rate::Percent { rate } => rate.to_string(),
        Rate::Steps { steps } => {
            let steps = steps.iter().map(|step| match step.above.minor {
                0 => step.rate.to_string(),
                _ => format!("{} above {}", step.rate, step.above.display()),
            });
            steps.collect::<Vec<_>>().join(", ")
        }
    }
}

/// Without the empty rows at the end of the steps: they were offered, not asked for.
pub fn trimmed(mut draft: OfferDraft) -> OfferDraft {
    let is_empty =
        |step: &StepDraft| step.above.trim().is_empty() && step.percent.trim().is_empty();
    while draft.steps.last().is_some_and(is_empty) {
        draft.steps.pop();
    }
    draft
}

/// What was posted, as the page shows it again, and as it is published if it can be.
#[cfg(feature = "ssr")]
pub fn read_terms(
    tag: &str,
    terms: OfferDraft,
) -> (OfferDraft, Result<OfferDraft, crate::error::ActionError>) {
    let typed = trimmed(terms);
    let read = read_in(tag, &typed);
    (typed, read)
}

/// The draft with plain numbers, if it can be published. Without a locale the text is plain.
#[cfg(feature = "ssr")]
fn read_in(tag: &str, typed: &OfferDraft) -> Result<OfferDraft, crate::error::ActionError> {
    let faults = match domain::Locale::of_tag(tag) {
        Some(locale) => match typed.check_in(locale) {
            Ok(_) => return Ok(typed.plainly(locale).0),
            Err(faults) => faults,
        },
        None => match typed.check() {
            Ok(_) => return Ok(typed.clone()),
            Err(faults) => faults,
        },
    };
    Err(domain::AppError::inputs(faults).into())
}

pub fn editor_path(program: ProgramId, offer: Option<OfferId>) -> String {
    let path = format!("/c/{program}/offers/new");
    match offer {
        Some(offer) => format!("{path}?offer={offer}"),
        None => path,
    }
}

/// The editor with what was typed, and with what is wrong with it.
#[cfg(feature = "ssr")]
pub fn checked_address(program: ProgramId, offer: Option<OfferId>, draft: &OfferDraft) -> String {
    let mut query = ParamsMap::new();
    if let Some(offer) = offer {
        query.insert("offer", offer.to_string());
    }
    query.insert("check", "1".to_owned());
    for (key, value) in written(draft) {
        query.insert(key, value);
    }
    format!("/c/{program}/offers/new{}", query.to_query_string())
}

/// The draft as a form posts it.
#[cfg(feature = "ssr")]
fn written(draft: &OfferDraft) -> Vec<(String, String)> {
    let texts = [
        ("name", &draft.name),
        ("currency", &draft.currency),
        ("amount", &draft.amount),
        ("percent", &draft.percent),
        ("minimum", &draft.minimum),
        ("cap", &draft.cap),
        ("starts_on", &draft.starts_on),
        ("ends_on", &draft.ends_on),
    ];
    let mut pairs: Vec<(String, String)> = texts
        .into_iter()
        .map(|(key, text)| (format!("terms[{key}]"), text.clone()))
        .collect();
    pairs.push(("terms[trigger]".into(), draft.trigger.as_str().into()));
    pairs.push(("terms[rate]".into(), draft.rate.as_str().into()));
    pairs.extend(
        draft
            .tiers
            .iter()
            .map(|tier| ("terms[tiers][]".to_owned(), tier.to_string())),
    );
    for (place, step) in draft.steps.iter().enumerate() {
        pairs.push((format!("terms[steps][{place}][above]"), step.above.clone()));
        pairs.push((
            format!("terms[steps][{place}][percent]"),
            step.percent.clone(),
        ));
    }
    pairs
}

/// What the address carries; `None` when it carries no draft.
pub fn read(query: &ParamsMap, empty: OfferDraft) -> Option<OfferDraft> {
    let text = |key: &str| query.get(&format!("terms[{key}]"));
    let name = text("name")?;
    let or_empty = |key: &str| text(key).unwrap_or_default();
    let tiers = query.get_all("terms[tiers][]").unwrap_or_default();
    Some(OfferDraft {
        name,
        tiers: tiers.iter().filter_map(|id| id.parse().ok()).collect(),
        trigger: or_empty("trigger").parse().unwrap_or(empty.trigger),
        rate: or_empty("rate").parse().unwrap_or(empty.rate),
        currency: text("currency").unwrap_or(empty.currency),
        amount: or_empty("amount"),
        percent: or_empty("percent"),
        steps: read_steps(query),
        minimum: or_empty("minimum"),
        cap: or_empty("cap"),
        starts_on: or_empty("starts_on"),
        ends_on: or_empty("ends_on"),
    })
}

fn read_steps(query: &ParamsMap) -> Vec<StepDraft> {
    let input = |place: usize, name: &str| query.get(&format!("terms[steps][{place}][{name}]"));
    (0..domain::offers::MAX_STEPS)
        .map_while(|place| {
            let percent = input(place, "percent")?;
            let above = input(place, "above").unwrap_or_default();
            Some(StepDraft { above, percent })
        })
        .collect()
}

#[cfg(feature = "ssr")]
pub fn editor_view(
    view: domain::views::OffersView,
    offer: Option<OfferId>,
) -> Result<super::server_fns::EditorView, crate::error::ActionError> {
    let chosen = match offer {
        Some(id) => {
            let found = view.offers.into_iter().find(|offer| offer.id == id);
            let unknown = || domain::AppError::new(domain::ErrorCode::NotFound);
            Some(found.ok_or_else(unknown)?)
        }
        None => None,
    };
    Ok(super::server_fns::EditorView {
        offer: chosen,
        tiers: view.tiers,
        currency: view.currency,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Currency;
    use domain::offers::{RateKind, Trigger};

    fn draft() -> OfferDraft {
        OfferDraft {
            name: "Growth & more".into(),
            trigger: Trigger::Transaction,
            rate: RateKind::Steps,
            steps: vec![
                StepDraft {
                    above: String::new(),
                    percent: "5".into(),
                },
                StepDraft {
                    above: "10,000".into(),
                    percent: "12.5".into(),
                },
            ],
            cap: "1,200".into(),
            starts_on: "2026-01-01".into(),
            ..OfferDraft::empty(Currency::EUR)
        }
    }

    #[test]
    fn what_was_typed_survives_the_address() {
        let pairs = written(&draft());
        let query: ParamsMap = pairs.into_iter().collect();
        assert_eq!(
            read(&query, OfferDraft::empty(Currency::EUR)),
            Some(draft())
        );
        assert_eq!(
            read(&ParamsMap::new(), OfferDraft::empty(Currency::EUR)),
            None
        );
    }

    #[test]
    fn empty_rows_at_the_end_were_not_asked_for() {
        let mut typed = draft();
        typed.steps.push(StepDraft::default());
        assert_eq!(trimmed(typed), draft());
        let mut gap = draft();
        gap.steps.insert(1, StepDraft::default());
        assert_eq!(trimmed(gap.clone()), gap);
    }

    #[test]
    fn only_what_differs_is_a_change() {
        let old = draft().check().unwrap();
        let new = OfferDraft {
            cap: String::new(),
            ..draft()
        };
        let new = new.check().unwrap();
        let found = changes(&old, &new, &[]);
        assert_eq!(
            found,
            [Change {
                what: "Cap per deal",
                from: old.cap.unwrap().display(),
                to: "none".into(),
            }]
        );
        assert!(changes(&old, &old, &[]).is_empty());
    }
}
