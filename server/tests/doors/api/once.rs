//! An Idempotency-Key: a command is carried out once and answered alike, on both engines.

use axum::http::StatusCode;
use domain::keys::KeyScope;
use serde_json::{Value, json};
use testkit::{TestDb, World, both_engines};

use super::{get, partner_key, post, problem};
use crate::support::House;

struct Desk {
    house: House,
    key: String,
    program: String,
    form: Value,
}

impl Desk {
    async fn open(db: &TestDb) -> Self {
        let world = World::build(db).await;
        let house = House::over(db, &[("api-pace", "1000000")]);
        let key = partner_key(
            &house,
            world.owner.id,
            world.partner.id,
            KeyScope::OF_PARTNER,
        )
        .await;
        let program = format!("/api/v1/programs/{}", world.program.id);
        let form = house
            .send(get(&format!("{program}/form"), &key))
            .await
            .json();
        Self {
            house,
            key,
            program,
            form,
        }
    }

    fn body(&self, customer: &str) -> String {
        let answers = json!({
            "customer": customer,
            "website": "tern.example",
            "country": "DE",
            "contact_name": "Ann Lee",
            "contact_email": "ann@tern.example",
            "value": {"amount": "12000.50", "currency": "EUR"},
            "close_date": "2027-03-01",
        });
        let known = self.form["json_schema"]["properties"].as_object().unwrap();
        let answers: serde_json::Map<String, Value> = answers
            .as_object()
            .unwrap()
            .iter()
            .filter(|(name, _)| known.contains_key(*name))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        json!({"form": self.form["id"], "answers": answers}).to_string()
    }

    async fn deals(&self) -> usize {
        let page = self
            .house
            .send(get(&format!("{}/deals", self.program), &self.key))
            .await
            .json();
        page["items"].as_array().unwrap().len()
    }
}

both_engines! {
    async fn a_repetition_is_answered_alike_and_does_nothing(db: &TestDb) {
        let desk = Desk::open(db).await;
        let path = format!("{}/deals", desk.program);
        let send = |body: String| post(&path, &desk.key, &body).with("idempotency-key", "order-7");
        let first = desk.house.send(send(desk.body("Tern Labs"))).await;
        assert_eq!(first.status, 201, "{}", first.body);
        let again = desk.house.send(send(desk.body("Tern Labs"))).await;
        assert_eq!((again.status, &again.body), (StatusCode::CREATED, &first.body));
        for name in ["etag", "location"] {
            assert_eq!(again.header(name), first.header(name));
        }
        let deal = desk.house.send(get(first.header("location"), &desk.key)).await;
        assert_eq!(deal.json()["number"], first.json()["number"]);
        assert_eq!(deal.json()["answers"]["value"], json!({"amount": "12000.50", "currency": "EUR"}));
        let other = desk.house.send(send(desk.body("Hale & Moss"))).await;
        assert_eq!(other.status, 422);
        assert_eq!(problem(&other)["errors"][0]["header"], "Idempotency-Key");
        let none = post(&path, &desk.key, &desk.body("Tern Labs")).with("idempotency-key", "");
        assert_eq!(desk.house.send(none).await.status, 400);
        assert_eq!(desk.deals().await, 1);
    }

    async fn a_refused_command_is_judged_anew(db: &TestDb) {
        let desk = Desk::open(db).await;
        let path = format!("{}/deals", desk.program);
        let deal = desk.house.send(post(&path, &desk.key, &desk.body("Tern Labs"))).await.json();
        let path = format!("{path}/{}/withdrawals", deal["id"].as_str().unwrap());
        let send = |version: &str| post(&path, &desk.key, "").with("idempotency-key", "w").with("if-match", version);
        assert_eq!(desk.house.send(send("\"1\"")).await.status, 412);
        let etag = format!("\"{}\"", deal["version"]);
        let done = desk.house.send(send(&etag)).await;
        assert_eq!(done.status, 200, "{}", done.body);
        let again = desk.house.send(send(&etag)).await;
        assert_eq!((again.status.as_u16(), again.body), (200, done.body));
    }

    async fn a_thousand_races_of_one_key_are_one_deal(db: &TestDb) {
        let desk = std::sync::Arc::new(Desk::open(db).await);
        let mut races = tokio::task::JoinSet::new();
        for _ in 0..1_000 {
            let desk = desk.clone();
            races.spawn(async move {
                let path = format!("{}/deals", desk.program);
                let call = post(&path, &desk.key, &desk.body("Tern Labs"));
                desk.house.send(call.with("idempotency-key", "race")).await
            });
        }
        let answers = races.join_all().await;
        let made: Vec<_> = answers.iter().filter(|answer| answer.status == 201).collect();
        assert!(!made.is_empty());
        assert!(made.iter().all(|answer| answer.body == made[0].body));
        for answer in answers.iter().filter(|answer| answer.status != 201) {
            assert_eq!((answer.status.as_u16(), &problem(answer)["code"]), (409, &json!("running")));
        }
        assert_eq!(desk.deals().await, 1);
    }

    async fn processes_that_race_wait_for_each_other(db: &TestDb) {
        // Each of these has its own memory of what runs; only the database is shared.
        let first = Desk::open(db).await;
        let others: Vec<House> = (0..8).map(|_| House::over(db, &[])).collect();
        let (path, body) = (format!("{}/deals", first.program), first.body("Tern Labs"));
        let calls = others.iter().map(|house| {
            house.send(post(&path, &first.key, &body).with("idempotency-key", "race"))
        });
        let answers = futures_util::future::join_all(calls).await;
        for answer in &answers {
            assert_eq!((answer.status.as_u16(), &answer.body), (201, &answers[0].body));
        }
        assert_eq!(first.deals().await, 1);
    }
}
