//! Made-up data to look at and to measure with: three companies with truly different programs, forty partner teams, and
//! deals whose histories the domain's own transitions told. The same number of deals gives the same data, counted back
//! from the day of loading, so that what is open is always some hours to some weeks old.

mod answers;
mod cast;
mod forms;
mod ids;
mod names;
mod offers;
mod pipelines;
mod plan;
mod random;
mod story;
mod talk;
mod words;
mod write;

use std::sync::Arc;

use domain::{CompanyId, PartnerId, Timestamp, UserId};
use serde::{Deserialize, Serialize};

use self::cast::Cast;
use self::ids::Ids;
use self::random::Random;
use self::story::{Story, Teller};
use crate::{ServiceError, Services};

/// How many deals without a number.
pub const USUAL_DEALS: usize = 2_000;
/// Everybody's. It is printed, and so no secret: made-up people belong on no server that others reach.
pub const PASSWORD: &str = "dealboard-demo";
const SEED: u64 = 20_261_122;
/// Under this key the installation remembers what was loaded.
const MARKER: &str = "demo";
/// A day in microseconds.
const DAY: i64 = 86_400_000_000;

/// What was loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoLoaded {
    pub deals: usize,
    pub events: usize,
    /// Who to sign in as, and what they are.
    pub sign_ins: Vec<(String, String)>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Marker {
    companies: Vec<CompanyId>,
    partners: Vec<PartnerId>,
    users: Vec<UserId>,
}

impl Services {
    /// Loads the made-up data, once.
    pub async fn load_demo(&self, deals: usize) -> Result<DemoLoaded, ServiceError> {
        if store::settings::find(&mut self.read().await?, MARKER)
            .await?
            .is_some()
        {
            return Err(ServiceError::input(
                "demo",
                "The demo data is loaded already. Clear it first",
            ));
        }
        let now = self.now();
        let now = Timestamp(now.0 - now.0.rem_euclid(DAY));
        let ids = Arc::new(Ids::seeded(SEED));
        let mut random = Random::seeded(SEED);
        let hash = self.hash_password(PASSWORD).await?;
        let cast = cast::cast(now, &hash, &ids, &mut random);
        let stories = tell(&cast, deals, now, &ids, &random)?;
        let events = stories.iter().map(|story| story.history.len()).sum();
        let sign_ins = sign_ins(&cast);
        self.write_demo(cast, stories, ids, now).await?;
        Ok(DemoLoaded {
            deals,
            events,
            sign_ins,
        })
    }

    /// Takes the made-up data away again, with all that was added to it since. False: there was none.
    pub async fn clear_demo(&self) -> Result<bool, ServiceError> {
        let found = store::settings::find(&mut self.read().await?, MARKER).await?;
        let Some(text) = found else { return Ok(false) };
        let marker: Marker = serde_json::from_str(&text)
            .map_err(|error| ServiceError::Internal(format!("the demo's marker: {error}")))?;
        self.write(marker, |tx, marker| {
            Box::pin(async move {
                let Marker {
                    companies,
                    partners,
                    users,
                } = marker;
                store::maintenance::erase(tx, &companies, &partners, &users).await?;
                Ok(store::settings::delete(tx, MARKER).await?)
            })
        })
        .await?;
        Ok(true)
    }
}

fn tell(
    cast: &Cast,
    deals: usize,
    now: Timestamp,
    ids: &Ids,
    random: &Random,
) -> Result<Vec<Story>, ServiceError> {
    let plans = plan::plans(deals, cast, now, random);
    let told = plans.iter().enumerate();
    told.map(|(card, plan)| {
        Teller::tell(cast, plan, now, ids, card)
            .map_err(|broken| ServiceError::Internal(format!("demo deal {card}: {broken:?}")))
    })
    .collect()
}

/// The first partner team, and each company's people.
fn sign_ins(cast: &Cast) -> Vec<(String, String)> {
    let name = |id: &UserId| cast.users.iter().find(|user| user.id == *id);
    let mut lines = Vec::new();
    for partner in cast.partners.iter().take(1) {
        for (user, role) in &partner.team {
            let what = format!("{} of {}", role.label(), partner.partner.name);
            lines.extend(name(user).map(|user| (user.email.clone(), what)));
        }
    }
    for company in &cast.companies {
        for (user, role) in &company.team {
            let what = format!("{} of {}", role.label(), company.company.name);
            lines.extend(name(user).map(|user| (user.email.clone(), what)));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use domain::Currency;
    use domain::commissions::CommissionStatus;
    use domain::deals::{RegistrationStatus, Win, WinStatus};

    use super::*;

    const NOW: Timestamp = Timestamp(1_795_305_600_000_000);

    fn told() -> Vec<Story> {
        let ids = Ids::seeded(SEED);
        let mut random = Random::seeded(SEED);
        let cast = cast::cast(NOW, "hash", &ids, &mut random);
        tell(&cast, USUAL_DEALS, NOW, &ids, &random).unwrap()
    }

    /// How many hours late what waits for a company will be at the end of the day of loading; less than none is early.
    fn lateness(story: &Story) -> Option<i64> {
        let (submission, win) = (story.deal.registration.submission()?, &story.deal.win);
        let waits = story.deal.status() == RegistrationStatus::Submitted;
        let due = match win {
            Win::Pending { at, .. } => at.plus_hours(72),
            _ if waits => submission.due_at,
            _ => return None,
        };
        Some(NOW.plus_days(1).hours_since(due))
    }

    #[test]
    fn what_waits_for_a_company_is_rarely_late_and_never_by_more_than_five_days() {
        let late: Vec<i64> = told().iter().filter_map(lateness).collect();
        assert!(late.iter().all(|hours| *hours <= 5 * 24), "{late:?}");
        let by_a_day = late.iter().filter(|hours| **hours >= 24).count();
        assert!((2..=late.len() / 3).contains(&by_a_day), "{late:?}");
        assert!(late.len() >= 12, "{late:?}");
    }

    #[test]
    fn what_is_open_has_been_so_for_some_weeks_at_most() {
        for story in told() {
            let (deal, latest) = (&story.deal, story.history.last().unwrap().at);
            let moved = deal
                .placement
                .as_ref()
                .map(|placement| placement.entered_at);
            let open = matches!(deal.win, Win::None | Win::Rejected { .. });
            let days = match deal.status() {
                RegistrationStatus::Draft => NOW.days_since(deal.created_at),
                RegistrationStatus::Submitted | RegistrationStatus::NeedsInfo => {
                    NOW.days_since(latest)
                }
                RegistrationStatus::Approved | RegistrationStatus::Expired
                    if open && !story.is_lost() =>
                {
                    NOW.days_since(moved.unwrap_or(latest))
                }
                _ => 0,
            };
            assert!(days <= 45, "{} days: {:?}", days, deal.registration);
        }
    }

    #[test]
    fn the_same_seed_tells_the_same_stories() {
        let (one, two) = (told(), told());
        assert!(one.iter().zip(&two).all(|(one, two)| one.deal == two.deal));
    }

    #[test]
    fn every_state_of_a_commission_occurs_but_none_that_contradicts_its_win() {
        let mut seen: BTreeMap<CommissionStatus, usize> = BTreeMap::new();
        let mut currencies: BTreeMap<Currency, usize> = BTreeMap::new();
        for story in told() {
            for commission in &story.commissions {
                *seen.entry(commission.status()).or_default() += 1;
                *currencies.entry(commission.amount().currency).or_default() += 1;
                let owed = commission.status().counts()
                    && commission.status() != CommissionStatus::Pending;
                assert!(!owed || story.deal.win.status() == WinStatus::Confirmed);
            }
        }
        for status in CommissionStatus::ALL {
            assert!(
                seen.get(status).is_some_and(|count| *count >= 3),
                "{seen:?}"
            );
        }
        assert_eq!(currencies.len(), 3, "{currencies:?}");
    }

    #[test]
    fn every_state_of_a_deal_occurs() {
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for story in told() {
            *seen.entry(story.deal.status().as_str()).or_default() += 1;
            *seen.entry(story.deal.win.status().label()).or_default() += 1;
            let of_deal = story.history.iter();
            let of_deal = of_deal.filter(|step| !step.fact.is_of_commissions());
            let steps: Vec<i64> = of_deal.map(|step| step.version).collect();
            assert_eq!(steps, (1..=story.deal.version).collect::<Vec<_>>());
            assert!(
                story
                    .history
                    .windows(2)
                    .all(|pair| pair[0].at <= pair[1].at)
            );
        }
        for status in RegistrationStatus::ALL {
            assert!(
                seen.get(status.as_str()).is_some_and(|count| *count >= 3),
                "{seen:?}"
            );
        }
        for status in WinStatus::ALL {
            assert!(
                seen.get(status.label()).is_some_and(|count| *count >= 3),
                "{seen:?}"
            );
        }
    }
}
