//! An installation: empty, or set up with one company, one program and its admin.

use std::sync::Arc;

use domain::people::Person;
use domain::views::LinkView;
use domain::{FixedClock, IdSource, ProgramId, SequentialIds};
use services::accounts::{AcceptInvitation, NewPerson, NewSession, Origin, SetUp, SignIn};
use services::{CompanyAccess, PasswordCost, ServiceError, Services, ServicesConfig, SignedIn};
use store::events::EventRow;
use testkit::TestDb;

pub const PASSWORD: &str = "correct horse battery";

pub struct House {
    pub services: Services,
    pub clock: Arc<FixedClock>,
}

impl House {
    pub fn empty(db: &TestDb) -> Self {
        let clock = Arc::new(FixedClock::at(db.now()));
        let config = ServicesConfig {
            base_url: "http://127.0.0.1:3000".into(),
            files_folder: db.files_folder(),
            passwords: PasswordCost::least(),
        };
        let ids = Arc::new(SequentialIds::default());
        // Ids that a world's own do not meet.
        for _ in 0..10_000 {
            ids.next();
        }
        Self {
            services: Services::new(db.db.clone(), clock.clone(), ids, config),
            clock,
        }
    }

    pub async fn set_up(db: &TestDb) -> (Self, Person) {
        let house = Self::empty(db);
        let link = house.services.create_setup_link().await.unwrap().unwrap();
        let session = house.services.set_up(set_up(&token(&link))).await.unwrap();
        (house, session.person)
    }

    pub async fn sign_in(&self, email: &str, password: &str) -> Result<NewSession, ServiceError> {
        self.sign_in_from("10.0.0.1", None, email, password).await
    }

    pub async fn sign_in_from(
        &self,
        address: &str,
        device: Option<&str>,
        email: &str,
        password: &str,
    ) -> Result<NewSession, ServiceError> {
        self.services
            .sign_in(SignIn {
                email: email.into(),
                password: password.into(),
                origin: origin(address),
                previous: None,
                device: device.map(Into::into),
            })
            .await
    }

    pub async fn whose(&self, session: &NewSession) -> Option<SignedIn> {
        self.services.find_signed_in(&session.token).await.unwrap()
    }

    /// The admin's access to the only program of their company.
    pub async fn program(&self, admin: &Person) -> CompanyAccess {
        let home = self.services.home(admin).await.unwrap();
        let program: ProgramId = home.company_programs[0].program.id;
        self.services.company(admin.id, program).await.unwrap()
    }

    /// Somebody makes an account by accepting that invitation.
    pub async fn join(&self, link: &LinkView, name: &str) -> Result<Person, ServiceError> {
        let cmd = AcceptInvitation {
            token: token(link),
            account: Some(person(name, "ignored@example.com")),
            team: None,
            origin: origin("10.0.0.2"),
        };
        let session = self.services.accept_invitation(cmd, None).await?;
        Ok(session.unwrap().person)
    }

    /// Everything that was ever recorded of that subject, by name.
    pub async fn facts(&self, subject: uuid::Uuid) -> Vec<String> {
        let mut conn = self.services.read().await.unwrap();
        let rows = store::events::list_by_subject(&mut conn, subject, 0, 100)
            .await
            .unwrap();
        rows.into_iter().map(|row: EventRow| row.kind).collect()
    }
}

pub fn origin(address: &str) -> Origin {
    Origin {
        address: address.into(),
        agent: "a browser".into(),
    }
}

pub fn token(link: &LinkView) -> String {
    link.path.rsplit('/').next().unwrap().to_owned()
}

pub fn person(name: &str, email: &str) -> NewPerson {
    NewPerson {
        name: name.into(),
        email: email.into(),
        password: PASSWORD.into(),
    }
}

pub fn set_up(token: &str) -> SetUp {
    SetUp {
        token: token.into(),
        person: person("Ada Admin", "ada@alta.test"),
        company: "Alta".into(),
        program: "Resellers".into(),
        currency: "EUR".into(),
        origin: origin("10.0.0.1"),
    }
}

/// The inputs at fault.
pub fn inputs<T: std::fmt::Debug>(outcome: Result<T, ServiceError>) -> Vec<String> {
    match outcome {
        Err(ServiceError::Invalid(faults)) => faults.into_iter().map(|fault| fault.input).collect(),
        other => panic!("not refused at an input: {other:?}"),
    }
}
