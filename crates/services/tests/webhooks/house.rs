//! A world whose services call webhooks by a courier that records what it carries.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use domain::commands::{DecideDeal, SaveDraft, SaveEndpoint, SubmitDeal};
use domain::deals::Decision;
use domain::views::EndpointLog;
use domain::webhooks::{EventPicker, Reach, WebhookEvent};
use domain::{CompanyId, DealId, EndpointId, FixedClock, IdSource, SequentialIds, UserId};
use services::webhooks::{Courier, Parcel, Reply};
use services::{CompanyTeam, PasswordCost, Services, ServicesConfig};
use store::BoxFuture;
use testkit::{TestDb, World};
use tokio::sync::Barrier;

/// How the next tries at a host end; when none is said, well.
#[derive(Debug, Clone)]
pub enum Answer {
    Status(u16),
    NoConnection,
    /// And when it wants to be asked again.
    Busy(u16, &'static str),
    /// Once both have met there twice: that it was asked, and that it may answer.
    Held(Arc<Barrier>, u16),
    /// Never comes.
    Silence,
}

#[derive(Debug, Default)]
pub struct Recorder {
    carried: Mutex<Vec<Parcel>>,
    answers: Mutex<BTreeMap<String, VecDeque<Answer>>>,
    patience: Option<Duration>,
    reach: Reach,
}

impl Recorder {
    pub fn answers(&self, host: &str, answers: impl IntoIterator<Item = Answer>) {
        let mut all = self.answers.lock().unwrap();
        all.entry(host.to_owned()).or_default().extend(answers);
    }

    /// All that was carried since the last look, in the order of the ids.
    pub fn carried(&self) -> Vec<Parcel> {
        let mut carried = std::mem::take(&mut *self.carried.lock().unwrap());
        carried.sort_by_key(|parcel| (parcel.id, parcel.timestamp));
        carried
    }
}

impl Courier for Recorder {
    fn carry<'c>(&'c self, parcel: &'c Parcel) -> BoxFuture<'c, Result<Reply, String>> {
        self.carried.lock().unwrap().push(parcel.clone());
        let mut answers = self.answers.lock().unwrap();
        let answer = answers
            .get_mut(parcel.url.host())
            .and_then(VecDeque::pop_front);
        Box::pin(async move {
            match answer.unwrap_or(Answer::Status(204)) {
                Answer::Status(status) => Ok(reply(status)),
                Answer::Busy(status, retry_after) => Ok(Reply {
                    retry_after: Some(retry_after.to_owned()),
                    ..reply(status)
                }),
                Answer::Held(gate, status) => {
                    gate.wait().await;
                    gate.wait().await;
                    Ok(reply(status))
                }
                Answer::NoConnection => Err("No connection".to_owned()),
                Answer::Silence => std::future::pending().await,
            }
        })
    }

    fn patience(&self) -> Duration {
        self.patience.unwrap_or(Duration::from_millis(200))
    }

    fn reach(&self) -> &Reach {
        &self.reach
    }
}

fn reply(status: u16) -> Reply {
    Reply {
        status,
        text: format!("status {status}"),
        retry_after: None,
    }
}

pub struct House {
    pub world: World,
    pub services: Services,
    pub courier: Arc<Recorder>,
    pub clock: Arc<FixedClock>,
}

impl House {
    pub async fn open(db: &TestDb) -> Self {
        Self::patient(db, None).await
    }

    pub async fn patient(db: &TestDb, patience: Option<Duration>) -> Self {
        let world = World::build(db).await;
        let clock = Arc::new(FixedClock::at(db.now()));
        let config = ServicesConfig {
            base_url: "https://deals.example".into(),
            files_folder: db.files_folder(),
            passwords: PasswordCost::least(),
        };
        // Ids that the world's own do not meet.
        let ids = Arc::new(SequentialIds::default());
        for _ in 0..10_000 {
            ids.next();
        }
        let courier = Arc::new(Recorder {
            patience,
            ..Recorder::default()
        });
        let services = Services::new(db.db.clone(), clock.clone(), ids, config);
        Self {
            world,
            services: services.with_courier(courier.clone()),
            courier,
            clock,
        }
    }

    pub async fn team(&self) -> CompanyTeam {
        self.team_of(self.world.admin.id, self.world.company.id)
            .await
    }

    pub async fn team_of(&self, user: UserId, company: CompanyId) -> CompanyTeam {
        self.services.company_team(user, company).await.unwrap()
    }

    /// An endpoint at that host, told of everything.
    pub async fn add(&self, host: &str) -> EndpointId {
        self.add_for(host, EventPicker::All).await.0
    }

    /// The endpoint and its secret.
    pub async fn add_for(&self, host: &str, events: EventPicker) -> (EndpointId, String) {
        let id = self.services.id();
        let team = self.team().await;
        let made = team.add_endpoint(id, at(host, events)).await.unwrap();
        (id, made.secret)
    }

    pub async fn submit(&self, key: &str) -> DealId {
        let command = SubmitDeal {
            submit_key: key.into(),
            form_version: self.world.form.id,
            answers: answers("Hale & Moss"),
        };
        let partner = self.partner().await;
        partner.submit_deal(command).await.unwrap().deal()
    }

    pub async fn save_draft(&self, key: &str) -> DealId {
        let command = SaveDraft {
            submit_key: key.into(),
            answers: answers("Hale & Moss"),
        };
        let partner = self.partner().await;
        partner.save_draft(command).await.unwrap();
        let mut conn = self.services.read().await.unwrap();
        let membership = self.world.membership.id;
        let found = store::deals::find_by_key(&mut conn, membership, key).await;
        found.unwrap().unwrap().id
    }

    pub async fn partner(&self) -> services::PartnerAccess {
        let (owner, membership) = (self.world.owner.id, self.world.membership.id);
        self.services.partner(owner, membership).await.unwrap()
    }

    /// As somebody who saw the deal so many versions ago.
    pub async fn approve(&self, deal: DealId, ago: i64) -> Result<i64, services::ServiceError> {
        let (admin, program) = (self.world.admin.id, self.world.program.id);
        let company = self.services.company(admin, program).await.unwrap();
        let version = company.deal(deal).await.unwrap().deal.version - ago;
        let decision = Decision::Approve {
            message: "Well done, secretly".to_owned(),
        };
        let command = DecideDeal {
            deal,
            decision,
            version,
        };
        company.decide(command).await
    }

    pub async fn log(&self, endpoint: EndpointId) -> EndpointLog {
        let team = self.team().await;
        team.endpoint_log(endpoint, None, None).await.unwrap()
    }

    /// Delivers until nothing is due, and gives what was carried.
    pub async fn deliver(&self) -> Vec<Parcel> {
        while self.services.deliver_hooks().await.unwrap().taken() > 0 {}
        self.courier.carried()
    }

    /// What the company's history says of its team.
    pub async fn facts(&self) -> Vec<String> {
        let mut conn = self.services.read().await.unwrap();
        let company = self.world.company.id.uuid();
        let rows = store::events::list_by_subject(&mut conn, company, 0, 100).await;
        rows.unwrap().into_iter().map(|row| row.kind).collect()
    }
}

pub fn at(host: &str, events: EventPicker) -> SaveEndpoint {
    SaveEndpoint {
        url: format!("https://{host}/hook"),
        description: "The CRM".to_owned(),
        events,
    }
}

pub fn only(event: WebhookEvent) -> EventPicker {
    EventPicker::Only([event].into())
}

/// Answers to the form that a new program ships with.
fn answers(customer: &str) -> domain::forms::RawAnswers {
    [
        ("customer", customer),
        ("country", "DE"),
        ("contact_name", "Ada Quist"),
        ("contact_email", "ada@quist.example"),
        ("value", "12,000.50"),
        ("value.currency", "EUR"),
        ("close_date", "2027-01-31"),
    ]
    .into_iter()
    .collect()
}
