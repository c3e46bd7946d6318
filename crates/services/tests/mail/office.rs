//! A world whose services send mail to a mailer that records it.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use domain::commands::{DecideDeal, SubmitDeal};
use domain::deals::Decision;
use domain::people::Person;
use domain::views::OutboxView;
use domain::{Clock, DealId, FixedClock, IdSource, SequentialIds};
use services::mail::{MailFault, Mailer, Outgoing};
use services::{CompanyTeam, PasswordCost, ServiceError, Services, ServicesConfig};
use store::BoxFuture;
use store::accounts::users::User;
use testkit::{TestDb, World};

/// How the next tries end; when none is said, well.
#[derive(Debug, Clone)]
pub enum Answer {
    Taken,
    Later(&'static str),
    Refused(&'static str),
    /// Never comes.
    Silence,
}

#[derive(Debug, Default)]
pub struct Recorder {
    tried: Mutex<Vec<Outgoing>>,
    answers: Mutex<VecDeque<Answer>>,
}

impl Recorder {
    pub fn answers(&self, answers: impl IntoIterator<Item = Answer>) {
        self.answers.lock().unwrap().extend(answers);
    }

    /// All that was tried since the last look, in the order of the addresses: one round tries side by side.
    pub fn tried(&self) -> Vec<Outgoing> {
        let mut tried = std::mem::take(&mut *self.tried.lock().unwrap());
        tried.sort_by(|one, two| one.to.cmp(&two.to));
        tried
    }
}

impl Mailer for Recorder {
    fn send<'m>(&'m self, mail: &'m Outgoing) -> BoxFuture<'m, Result<(), MailFault>> {
        self.tried.lock().unwrap().push(mail.clone());
        let answer = self.answers.lock().unwrap().pop_front();
        Box::pin(async move {
            match answer.unwrap_or(Answer::Taken) {
                Answer::Taken => Ok(()),
                Answer::Later(why) => Err(MailFault::Failed(why.to_owned())),
                Answer::Refused(why) => Err(MailFault::Refused(why.to_owned())),
                Answer::Silence => std::future::pending().await,
            }
        })
    }

    fn patience(&self) -> Duration {
        Duration::from_millis(50)
    }
}

pub struct Office {
    pub world: World,
    pub services: Services,
    /// The same house without a mail server.
    pub without_mail: Services,
    pub mailer: Arc<Recorder>,
    pub clock: Arc<FixedClock>,
}

impl Office {
    pub async fn open(db: &TestDb) -> Self {
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
        let without_mail = Services::new(db.db.clone(), clock.clone(), ids, config);
        let mailer = Arc::new(Recorder::default());
        Self {
            world,
            services: without_mail.clone().with_mailer(mailer.clone()),
            without_mail,
            mailer,
            clock,
        }
    }

    /// Another worker on the same outbox.
    pub fn worker(&self) -> (Services, Arc<Recorder>) {
        let mailer = Arc::new(Recorder::default());
        (self.services.clone().with_mailer(mailer.clone()), mailer)
    }

    pub async fn submit(&self, key: &str, customer: &str) -> DealId {
        self.submit_by(&self.services, key, customer).await
    }

    pub async fn submit_by(&self, services: &Services, key: &str, customer: &str) -> DealId {
        let (owner, membership) = (self.world.owner.id, self.world.membership.id);
        let command = SubmitDeal {
            submit_key: key.into(),
            form_version: self.world.form.id,
            answers: answers(customer),
        };
        let partner = services.partner(owner, membership).await.unwrap();
        partner.submit_deal(command).await.unwrap().deal()
    }

    pub async fn decide(
        &self,
        deal: DealId,
        decision: Decision,
        version: i64,
    ) -> Result<i64, ServiceError> {
        let (admin, program) = (self.world.admin.id, self.world.program.id);
        let company = self.services.company(admin, program).await.unwrap();
        company
            .decide(DecideDeal {
                deal,
                decision,
                version,
            })
            .await
    }

    pub async fn version(&self, deal: DealId) -> i64 {
        let (admin, program) = (self.world.admin.id, self.world.program.id);
        let company = self.services.company(admin, program).await.unwrap();
        company.deal(deal).await.unwrap().deal.version
    }

    pub async fn team(&self) -> CompanyTeam {
        self.team_of(&self.services).await
    }

    pub async fn team_of(&self, services: &Services) -> CompanyTeam {
        let (admin, company) = (self.world.admin.id, self.world.company.id);
        services.company_team(admin, company).await.unwrap()
    }

    pub async fn outbox(&self) -> OutboxView {
        self.team().await.outbox(None, None).await.unwrap()
    }

    /// Delivers until nothing is due, and gives what was tried.
    pub async fn deliver(&self) -> Vec<Outgoing> {
        while self.services.deliver_due().await.unwrap().taken() > 0 {}
        self.mailer.tried()
    }

    /// Nothing waits and nothing was sent that the test did not look at: a test ends with this.
    pub async fn is_empty(&self) {
        let mut conn = self.services.read().await.unwrap();
        let ever = self.clock.now().plus_days(365);
        assert!(
            !store::mail::is_due(&mut conn, ever).await.unwrap(),
            "mail is unsent"
        );
        let unseen = self.mailer.tried();
        assert!(unseen.is_empty(), "nobody looked at {unseen:?}");
    }
}

pub fn person(user: &User) -> Person {
    Person {
        id: user.id,
        name: user.name.clone(),
        email: user.email.clone(),
    }
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
