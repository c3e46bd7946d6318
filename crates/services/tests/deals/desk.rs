//! A world with its services: who does what in these tests.

use std::sync::Arc;

use domain::commands::{DecideDeal, JudgeWin, MoveDeal, Place, SubmitDeal};
use domain::deals::{Decision, MoveDetails, WinVerdict};
use domain::forms::RawAnswers;
use domain::people::CompanyRole;
use domain::{DealId, FixedClock, SequentialIds, StageId};
use services::{CompanyAccess, PartnerAccess, ServiceError, Services, ServicesConfig};
use testkit::{TestDb, World};

pub struct Desk {
    pub world: World,
    pub services: Services,
    pub clock: Arc<FixedClock>,
}

impl Desk {
    pub async fn open(db: &TestDb) -> Self {
        let world = World::build(db).await;
        Self::of(db, world)
    }

    /// Another company of the same installation, at the same clock.
    pub fn beside(other: &Self, world: World) -> Self {
        Self {
            world,
            services: other.services.clone(),
            clock: other.clock.clone(),
        }
    }

    /// The admin, in another role.
    pub async fn company_as(&self, role: CompanyRole) -> CompanyAccess {
        let (company, user) = (self.world.company.id, self.world.admin.id);
        self.services
            .db()
            .write::<_, store::StoreError, _>(move |tx| {
                Box::pin(async move { store::companies::save_role(tx, company, user, role).await })
            })
            .await
            .unwrap();
        self.company().await
    }

    pub async fn judge(&self, deal: DealId, verdict: WinVerdict) -> Result<i64, ServiceError> {
        let version = self.version(deal).await;
        let command = JudgeWin {
            deal,
            verdict,
            version,
        };
        self.company().await.judge_win(command).await
    }

    pub fn of(db: &TestDb, world: World) -> Self {
        let (services, clock) = open_services(db);
        Self {
            world,
            services,
            clock,
        }
    }

    pub async fn partner(&self) -> PartnerAccess {
        self.services
            .partner(self.world.owner.id, self.world.membership.id)
            .await
            .unwrap()
    }

    pub async fn company(&self) -> CompanyAccess {
        self.services
            .company(self.world.admin.id, self.world.program.id)
            .await
            .unwrap()
    }

    pub fn stage(&self, name: &str) -> StageId {
        self.world
            .pipeline
            .stages
            .iter()
            .find(|stage| stage.name == name)
            .unwrap()
            .id
    }

    pub fn submission(&self, key: &str, customer: &str) -> SubmitDeal {
        SubmitDeal {
            submit_key: key.into(),
            form_version: self.world.form.id,
            answers: answers(customer),
        }
    }

    pub async fn submit(&self, key: &str, customer: &str) -> DealId {
        self.partner()
            .await
            .submit_deal(self.submission(key, customer))
            .await
            .unwrap()
            .deal()
    }

    pub async fn version(&self, deal: DealId) -> i64 {
        self.company().await.deal(deal).await.unwrap().deal.version
    }

    pub async fn decide(&self, deal: DealId, decision: Decision) -> Result<i64, ServiceError> {
        let version = self.version(deal).await;
        self.company()
            .await
            .decide(DecideDeal {
                deal,
                decision,
                version,
            })
            .await
    }

    pub async fn approved(&self, key: &str, customer: &str) -> DealId {
        let deal = self.submit(key, customer).await;
        self.decide(
            deal,
            Decision::Approve {
                message: String::new(),
            },
        )
        .await
        .unwrap();
        deal
    }

    pub async fn move_to(
        &self,
        deal: DealId,
        stage: &str,
        details: MoveDetails,
    ) -> Result<i64, ServiceError> {
        let command = MoveDeal {
            deal,
            to_stage: self.stage(stage),
            place: Place::Top,
            details,
            version: self.version(deal).await,
        };
        self.partner()
            .await
            .move_deal(command)
            .await
            .map(|moved| moved.version)
    }

    pub async fn win(&self, deal: DealId) {
        let details = MoveDetails {
            win_confirmed: true,
            ..MoveDetails::default()
        };
        self.move_to(deal, "Closed won", details).await.unwrap();
    }

    /// What happened to the deal, oldest first.
    pub async fn history(&self, deal: DealId) -> Vec<&'static str> {
        let mut conn = self.services.read().await.unwrap();
        let scope = store::deals::Scope::Membership(self.world.membership.id);
        let mut entries = store::deals::timeline(&mut conn, scope, deal, 100)
            .await
            .unwrap();
        entries.reverse();
        entries.iter().map(|entry| entry.fact.name()).collect()
    }
}

/// The services of an installation, with a clock that stands still.
pub fn open_services(db: &TestDb) -> (Services, Arc<FixedClock>) {
    let clock = Arc::new(FixedClock::at(db.now()));
    let config = ServicesConfig {
        base_url: "http://127.0.0.1:3000".into(),
        files_folder: db.files_folder(),
        passwords: services::PasswordCost::least(),
    };
    // Ids that the world's own do not meet.
    let ids = Arc::new(SequentialIds::default());
    for _ in 0..10_000 {
        domain::IdSource::next(ids.as_ref());
    }
    let services = Services::new(db.db.clone(), clock.clone(), ids, config);
    (services, clock)
}

/// Answers to the form that a new program ships with.
pub fn answers(customer: &str) -> RawAnswers {
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
