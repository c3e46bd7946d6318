//! Writes what was told: people and programs first, then deals by their numbers, then the history in the order of time.

mod hooks;
mod money;
mod talk;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use domain::customer::BusinessKey;
use domain::deals::DealFact;
use domain::events::{ProgramFact, TeamFact};
use domain::people::{Actor, MembershipStatus};
use domain::{ClaimId, Timestamp, UserId};
use store::accounts::users;
use store::claims::NewClaim;
use store::customers::NewCustomer;
use store::deals::Scope;
use store::forms::FormVersionRow;
use store::{JsonText, Tx, companies, memberships, partners, pipelines, programs};

use super::cast::{Cast, CompanyCast};
use super::ids::Ids;
use super::random::Random;
use super::story::Story;
use super::talk::{Talk, talks};
use super::{MARKER, Marker, names};
use crate::deals::Recorder;
use crate::facts::Scribe;
use crate::{ServiceError, Services};

/// Deals of one transaction: short enough that others wait for less than a second.
const DEALS_AT_ONCE: usize = 250;
const EVENTS_AT_ONCE: usize = 1_000;
const TALKS_AT_ONCE: usize = 50;
const TALK_SEED: u64 = 29;
/// Only of what is this new do people find a line under their bell.
const NOTICE_DAYS: i64 = 3;
/// Customers that each company's own team works.
const CLAIMS: usize = 30;
/// Invented customers beyond those of any deal.
const CLAIMED_FROM: usize = 5_000_000;

/// Everything that is to be written.
struct Book {
    cast: Cast,
    stories: Vec<Story>,
    talks: Vec<Talk>,
    ids: Arc<Ids>,
    names: BTreeMap<UserId, String>,
    now: Timestamp,
    /// Story and step, by time.
    order: Vec<(usize, usize)>,
}

impl Services {
    pub(super) async fn write_demo(
        &self,
        cast: Cast,
        stories: Vec<Story>,
        ids: Arc<Ids>,
        now: Timestamp,
    ) -> Result<(), ServiceError> {
        let mut order: Vec<(Timestamp, usize, usize)> = Vec::new();
        for (story, told) in stories.iter().enumerate() {
            let steps = told.history.iter().enumerate();
            order.extend(steps.map(|(step, happened)| (happened.at, story, step)));
        }
        order.sort_unstable();
        let mut random = Random::seeded(TALK_SEED);
        let talks = talks(&cast, &stories, now, &mut random);
        let names = cast.users.iter().map(|user| (user.id, user.name.clone()));
        let book = Arc::new(Book {
            names: names.collect(),
            order: order
                .into_iter()
                .map(|(_, story, step)| (story, step))
                .collect(),
            cast,
            stories,
            talks,
            ids,
            now,
        });
        self.write(book.clone(), |tx, book| {
            Box::pin(async move { book.write_cast(tx).await })
        })
        .await?;
        for range in ranges(book.stories.len(), DEALS_AT_ONCE) {
            self.write((book.clone(), range), |tx, (book, range)| {
                Box::pin(async move { book.write_deals(tx, range).await })
            })
            .await?;
        }
        for range in ranges(book.order.len(), EVENTS_AT_ONCE) {
            self.write((book.clone(), range), |tx, (book, range)| {
                Box::pin(async move { book.write_history(tx, range).await })
            })
            .await?;
        }
        for range in ranges(book.talks.len(), TALKS_AT_ONCE) {
            self.write((book.clone(), range), |tx, (book, range)| {
                Box::pin(async move {
                    for talk in book.talks.get(range).unwrap_or_default() {
                        book.write_talk(tx, talk).await?;
                    }
                    Ok(())
                })
            })
            .await?;
        }
        Ok(())
    }
}

fn ranges(count: usize, at_once: usize) -> impl Iterator<Item = Range<usize>> {
    (0..count)
        .step_by(at_once)
        .map(move |from| from..(from + at_once).min(count))
}

impl Book {
    async fn write_cast(&self, tx: &mut Tx) -> Result<(), ServiceError> {
        let cast = &self.cast;
        let marker = Marker {
            companies: cast.companies.iter().map(|cast| cast.company.id).collect(),
            partners: cast.partners.iter().map(|cast| cast.partner.id).collect(),
            users: cast.users.iter().map(|user| user.id).collect(),
        };
        let marker = serde_json::to_string(&marker)
            .map_err(|error| ServiceError::Internal(error.to_string()))?;
        store::settings::save(tx, MARKER, &marker).await?;
        for user in &cast.users {
            if !users::insert(tx, user).await? {
                return Err(taken(&user.email));
            }
        }
        for partner in &cast.partners {
            let row = &partner.partner;
            partners::insert(tx, row).await?;
            for (user, role) in &partner.team {
                partners::insert_member(tx, row.id, *user, *role, row.created_at).await?;
            }
            if let Some((owner, _)) = partner.team.first() {
                let name = row.name.clone();
                let scribe = self.scribe(Actor::partner(*owner), row.created_at);
                scribe
                    .partner(tx, row.id, TeamFact::PartnerCreated { name })
                    .await?;
            }
        }
        for company in &cast.companies {
            self.write_company(tx, company).await?;
            self.write_claims(tx, company).await?;
        }
        Ok(())
    }

    async fn write_company(&self, tx: &mut Tx, cast: &CompanyCast) -> Result<(), ServiceError> {
        let (company, program, at) = (&cast.company, &cast.program, cast.founded);
        if !companies::insert(tx, company).await? {
            return Err(taken(&company.name));
        }
        for (user, role) in &cast.team {
            companies::insert_member(tx, company.id, *user, *role, at).await?;
        }
        programs::insert(tx, program, at).await?;
        for tier in &cast.tiers {
            programs::insert_tier(tx, company.id, program.id, tier).await?;
        }
        let pipeline = super::pipelines::with_rules(&cast.pipeline);
        pipelines::save(tx, company.id, program.id, &pipeline, at).await?;
        let admin = cast.team.first().map(|(user, _)| *user);
        let form = FormVersionRow {
            id: cast.form_id,
            company_id: company.id,
            program_id: program.id,
            number: 1,
            definition: JsonText(cast.form.clone()),
            published_by: admin,
            published_at: at,
        };
        store::forms::insert_version(tx, &form).await?;

        let actor = admin.map_or(Actor::system(), Actor::company);
        let scribe = self.scribe(actor, at);
        let name = company.name.clone();
        scribe
            .company(tx, company.id, TeamFact::CompanyCreated { name })
            .await?;
        let of = (company.id, program.id);
        let name = program.name.clone();
        let facts = [
            ProgramFact::ProgramCreated { name },
            ProgramFact::FormPublished {
                form: cast.form_id,
                number: 1,
                changes: cast.form.fields.len(),
            },
            ProgramFact::SubmissionsOpened,
        ];
        for fact in facts {
            scribe.program(tx, of, None, 1, fact).await?;
        }
        self.write_offers(tx, cast, &scribe).await?;
        let whose = (company.id, company.name.as_str(), at);
        self.write_endpoint(tx, whose, &scribe).await?;
        for (membership, partner) in &cast.members {
            memberships::insert(tx, membership).await?;
            let (id, status) = (membership.partner_id, membership.status);
            let partner = self.cast.partners.get(*partner);
            let name = partner
                .map(|cast| cast.partner.name.clone())
                .unwrap_or_default();
            let joined = ProgramFact::PartnerJoined { partner: id, name };
            scribe.program(tx, of, Some(id), 1, joined).await?;
            if status != MembershipStatus::Active {
                let changed = ProgramFact::MembershipChanged {
                    partner: id,
                    status,
                };
                scribe.program(tx, of, Some(id), 1, changed).await?;
            }
        }
        Ok(())
    }

    /// The own team's customers: some that partners met, and some that nobody registered.
    async fn write_claims(&self, tx: &mut Tx, cast: &CompanyCast) -> Result<(), ServiceError> {
        let Some((by, _)) = cast.team.first() else {
            return Ok(());
        };
        let met = self.stories.iter().filter(|story| {
            story.deal.company == cast.company.id
                && story.deal.status() == domain::deals::RegistrationStatus::Ineligible
        });
        let mut customers: Vec<String> = met
            .take(CLAIMS / 2)
            .map(|story| story.deal.summary.customer.clone())
            .collect();
        customers.extend((0..CLAIMS / 2).map(|index| names::customer(CLAIMED_FROM + index)));
        for customer in customers {
            let site = format!("{}.example", domain::text::slug(&customer));
            let claim = NewClaim {
                id: self.ids.id::<ClaimId>(),
                company: cast.company.id,
                customer: &customer,
                business: &BusinessKey::new(&customer, Some(&site)),
                note: "Account team",
                by: *by,
                at: cast.founded,
            };
            store::claims::insert(tx, &claim).await?;
        }
        Ok(())
    }

    async fn write_deals(&self, tx: &mut Tx, range: Range<usize>) -> Result<(), ServiceError> {
        for story in self.stories.get(range).unwrap_or_default() {
            let deal = &story.deal;
            if let Some(number) = deal.number {
                let next = store::deals::take_number(tx, deal.program).await?;
                if next != number {
                    return Err(taken(&format!("number {number}")));
                }
            }
            if !store::deals::insert(tx, deal, &deal.id.to_string()).await? {
                return Err(taken(&deal.id.to_string()));
            }
            if let Some((id, business, confirmed)) = &story.customer {
                let customer = NewCustomer {
                    id: *id,
                    company: deal.company,
                    name: &deal.summary.customer,
                    business,
                    deal: deal.id,
                    at: won_at(story).unwrap_or(deal.changed_at),
                };
                let (_, new) = store::customers::find_or_insert(tx, &customer).await?;
                if !new {
                    return Err(taken(&deal.summary.customer));
                }
                if *confirmed {
                    store::customers::confirm(tx, deal.company, *id).await?;
                }
            }
            self.write_money(tx, story).await?;
        }
        Ok(())
    }

    async fn write_history(&self, tx: &mut Tx, range: Range<usize>) -> Result<(), ServiceError> {
        let noticed_from = self.now.plus_days(-NOTICE_DAYS);
        for (story, step) in self.order.get(range).unwrap_or_default() {
            let Some(story) = self.stories.get(*story) else {
                continue;
            };
            let Some(happened) = story.history.get(*step) else {
                continue;
            };
            let Some(home) = self.cast.companies.get(story.company) else {
                continue;
            };
            let who = happened.actor.user.and_then(|user| self.names.get(&user));
            let recorder = Recorder {
                ids: self.ids.clone(),
                now: happened.at,
                program: home.program.clone(),
                scope: Scope::Program(home.company.id, home.program.id),
                actor: happened.actor,
                who: who.cloned().unwrap_or_default(),
                // Made-up people have made-up addresses.
                post: None,
                key: None,
                resent: None,
                quiet: false,
            };
            let fact = happened.fact.clone();
            let wins = matches!(fact, DealFact::WinMarked { .. });
            let told = if happened.at >= noticed_from {
                recorder
                    .note(tx, &story.deal, happened.version, fact)
                    .await?
            } else {
                let event = recorder.event(&story.deal, happened.version, fact);
                let id = event.id;
                store::events::append(tx, event).await?;
                id
            };
            self.book(tx, story, happened, told).await?;
            if wins {
                let name = story.deal.summary.customer.clone();
                let created = ProgramFact::CustomerCreated { name };
                recorder
                    .note_program(tx, home.program.version, created)
                    .await?;
            }
        }
        Ok(())
    }

    fn scribe(&self, actor: Actor, now: Timestamp) -> Scribe {
        Scribe {
            ids: self.ids.clone(),
            now,
            actor,
        }
    }
}

fn won_at(story: &Story) -> Option<Timestamp> {
    let won = story.history.iter().rev();
    won.into_iter()
        .find(|step| matches!(step.fact, DealFact::WinMarked { .. }))
        .map(|step| step.at)
}

fn taken(what: &str) -> ServiceError {
    ServiceError::input(
        "demo",
        &format!("There is {what} already, and it is not the demo\u{2019}s"),
    )
}
