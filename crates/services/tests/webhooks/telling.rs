//! What is told, to whom, and in the transaction of what it tells of.

use domain::webhooks::{EventPicker, WebhookEvent};
use serde_json::{Value, json};
use testkit::{World, both_engines};

use crate::house::{House, at, only};

fn body(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

both_engines! {
    async fn each_fact_is_told_once_to_each_endpoint_that_wants_it(db: &TestDb) {
        let house = House::open(db).await;
        house.add("all.example").await;
        house.add_for("approvals.example", only(WebhookEvent::Approved)).await;
        let deal = house.submit("key-1").await;
        let version = house.approve(deal, 0).await.unwrap();
        let carried = house.deliver().await;
        let told: Vec<(&str, Value)> = carried.iter().map(|parcel| (parcel.url.host(), body(&parcel.body))).collect();
        let kinds: Vec<(&str, &str)> = told.iter().map(|(host, body)| (*host, body["type"].as_str().unwrap())).collect();
        assert_eq!(kinds, [
            ("all.example", "deal.submitted"),
            ("all.example", "deal.approved"),
            ("approvals.example", "deal.approved"),
        ]);
        let stage = house.world.pipeline.stages[0].id;
        let mut approved = told[1].1.clone();
        assert!(approved["data"]["event"].take().as_str().unwrap().starts_with("evt_"));
        assert_eq!(approved, json!({
            "type": "deal.approved",
            "timestamp": db.now().rfc3339(),
            "data": {
                "event": null,
                "company": house.world.company.id,
                "program": house.world.program.id,
                "partner": house.world.partner.id,
                "deal": deal,
                "number": "ALT-1",
                "version": version,
                "registration": "approved",
                "stage": stage,
                "win": "none",
                "by": "company",
            }
        }));
        assert_eq!(told[1].1["data"]["event"], told[2].1["data"]["event"], "the fact is the same");
        assert_ne!(carried[1].id, carried[2].id, "the messages are two");
        assert!(carried.iter().all(|parcel| !parcel.body.contains("Hale") && !parcel.body.contains("secretly")), "ids and words only");
        assert!(house.deliver().await.is_empty());
    }

    async fn a_draft_is_told_to_nobody(db: &TestDb) {
        let house = House::open(db).await;
        let endpoint = house.add("all.example").await;
        let draft = house.save_draft("key-1").await;
        house.partner().await.delete_draft(draft).await.unwrap();
        assert!(house.deliver().await.is_empty());
        assert!(house.log(endpoint).await.deliveries.is_empty());
    }

    async fn what_is_refused_is_told_to_nobody(db: &TestDb) {
        let house = House::open(db).await;
        let endpoint = house.add("all.example").await;
        let deal = house.submit("key-1").await;
        // The deal had moved on, so that the whole transaction is undone.
        assert!(house.approve(deal, 1).await.is_err());
        let log = house.log(endpoint).await.deliveries;
        assert_eq!(log.iter().map(|line| line.kind.as_str()).collect::<Vec<_>>(), ["deal.submitted"]);
        assert_eq!(log[0].about, "ALT-1");
    }

    async fn another_company_and_an_endpoint_that_is_off_hear_nothing(db: &TestDb) {
        let house = House::open(db).await;
        let foreign = World::build_named(db, "borea").await;
        let other = house.team_of(foreign.admin.id, foreign.company.id).await;
        other.add_endpoint(house.services.id(), at("foreign.example", EventPicker::All)).await.unwrap();
        let off = house.add("off.example").await;
        house.team().await.switch_endpoint(off, false).await.unwrap();
        house.submit("key-1").await;
        assert!(house.deliver().await.is_empty());
        house.team().await.switch_endpoint(off, true).await.unwrap();
        house.submit("key-2").await;
        assert_eq!(house.deliver().await.len(), 1, "what happened while it was off is not made up for");
    }
}
