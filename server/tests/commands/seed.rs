//! A program with a partner in it, whose people are signed in and whose cards lie on the board.

use std::path::PathBuf;

use domain::{
    DealId, FormVersionId, MembershipId, StageId,
    commands::{DecideDeal, SubmitDeal},
    deals::Decision,
    forms::RawAnswers,
};
use serde_json::{Value, json};
use services::{
    PasswordCost, Services, ServicesConfig,
    accounts::{Origin, SignIn},
};
use testkit::{TestDb, World};

const PASSWORD: &str = "a horse and its battery";
/// What the starter form must be told beside the customer.
const ANSWERS: [(&str, &str); 4] = [
    ("country", "DE"),
    ("value", "12000"),
    ("value.currency", "EUR"),
    ("close_date", "2099-01-31"),
];

#[derive(Debug, Clone)]
pub struct Seed {
    pub membership: MembershipId,
    form: FormVersionId,
    /// Two columns between which a card may go to and fro.
    pub stages: [StageId; 2],
    /// Approved, in the first of them.
    pub cards: Vec<DealId>,
    /// The session of the partner's owner.
    pub token: String,
}

impl Seed {
    /// A world with that many cards, made by the use cases themselves.
    pub async fn plant(db: &TestDb, cards: usize) -> Self {
        let world = World::build(db).await;
        let services = Services::system(
            db.db.clone(),
            ServicesConfig {
                base_url: String::new(),
                files_folder: PathBuf::new(),
                passwords: PasswordCost::least(),
            },
        );
        let partner = services.partner(world.owner.id, world.membership.id);
        let partner = partner.await.unwrap();
        let mut planted = Vec::new();
        for number in 0..cards {
            let command = SubmitDeal {
                submit_key: format!("card-{number}"),
                form_version: world.form.id,
                answers: answers(&format!("Card {number} Ltd")),
            };
            planted.push(partner.submit_deal(command).await.unwrap().deal());
        }
        let company = services.company(world.admin.id, world.program.id);
        let company = company.await.unwrap();
        for waiting in company.review_queue().await.unwrap().items {
            let command = DecideDeal {
                deal: waiting.id,
                decision: Decision::Approve {
                    message: String::new(),
                },
                version: waiting.version,
            };
            company.decide(command).await.unwrap();
        }
        let stages = &world.pipeline.stages;
        Self {
            membership: world.membership.id,
            form: world.form.id,
            stages: [stages[0].id, stages[1].id],
            cards: planted,
            token: sign_in(&services, &world.owner.email).await,
        }
    }

    /// What `register_deal` takes. The key makes it one deal, however often it is sent.
    pub fn registration(&self, key: &str, customer: &str) -> Value {
        json!({
            "membership": self.membership,
            "command": { "submit_key": key, "form_version": self.form, "answers": answers(customer) },
        })
    }

    /// What `move_partner_deal` takes.
    pub fn moving(&self, card: DealId, to: StageId, version: i64) -> Value {
        let command =
            json!({ "deal": card, "to_stage": to, "place": "bottom", "version": version });
        json!({ "membership": self.membership, "command": command })
    }
}

fn answers(customer: &str) -> RawAnswers {
    [("customer", customer)]
        .into_iter()
        .chain(ANSWERS)
        .collect()
}

/// As somebody who was sent a link comes in.
async fn sign_in(services: &Services, email: &str) -> String {
    let link = services.create_reset_link(email).await.unwrap();
    let token = link.path.rsplit('/').next().unwrap();
    services.reset_password(token, PASSWORD).await.unwrap();
    let signed_in = services.sign_in(SignIn {
        email: email.to_owned(),
        password: PASSWORD.to_owned(),
        origin: Origin::default(),
        previous: None,
        device: None,
    });
    signed_in.await.unwrap().token
}

/// The deal that an address speaks of.
pub fn deal_in(path: &str) -> DealId {
    let found = path.split('/').find_map(|part| part.parse().ok());
    found.unwrap_or_else(|| panic!("no deal in {path}"))
}
