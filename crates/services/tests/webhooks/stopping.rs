//! An endpoint that only fails is switched off, and its company's admins are told.

use std::sync::Arc;
use std::time::Duration;

use domain::Clock;
use domain::people::CompanyRole;
use domain::webhooks::{
    DeliveryState, EndpointState, EventPicker, STOP_AFTER_SECONDS, STOP_AFTER_TRIES,
};
use testkit::{World, both_engines, in_write};
use tokio::sync::Barrier;

use crate::house::{Answer, House, at};

both_engines! {
    async fn after_three_days_of_failures_it_is_off_and_the_admins_know(db: &TestDb) {
        let house = House::open(db).await;
        let id = house.add("a.example").await;
        let (company, now) = (house.world.company.id, db.now());
        let seller = World::build_named(db, "borea").await.owner.id;
        in_write!(db, |tx| [] store::companies::insert_member(tx, company, seller, CompanyRole::Seller, now).await).unwrap();
        house.courier.answers("a.example", (0..100).map(|_| Answer::NoConnection));
        for number in 0..5 {
            house.submit(&format!("key-{number}")).await;
        }
        house.deliver().await;
        house.clock.advance_seconds(STOP_AFTER_SECONDS - 1);
        house.deliver().await;
        let team = house.team().await;
        assert_eq!(team.endpoint(id).await.unwrap().state, EndpointState::Enabled);
        let test = team.test_endpoint(id).await.unwrap();
        house.clock.advance_seconds(1);
        house.deliver().await;
        let endpoint = team.endpoint(id).await.unwrap();
        assert_eq!(endpoint.state, EndpointState::Stopped);
        let log = house.log(id).await.deliveries;
        assert!(log.iter().all(|line| line.state == DeliveryState::Dead), "{log:?}");
        let notices = house.services.notices(house.world.admin.id).await.unwrap();
        let told = "The webhook at a.example was switched off: no message reached it for three days: No connection";
        assert_eq!((notices[0].text.as_str(), notices[0].href.clone()), (told, format!("/company/{company}/webhooks/{id}")));
        assert!(house.services.notices(seller).await.unwrap().iter().all(|line| !line.text.contains("webhook")));
        let mails = team.outbox(None, None).await.unwrap().mails;
        let mails: Vec<_> = mails.into_iter().filter(|mail| mail.subject == "A webhook was switched off").collect();
        let [mail] = &mails[..] else { panic!("not one mail: {mails:?}") };
        assert_eq!(mail.to, "admin@alta.test");
        assert!(mail.text.contains("The webhook at a.example was") && mail.text.contains("/webhooks/hook_"));
        assert!(!mail.text.contains("a.example/"), "path and query may hold what is secret: {}", mail.text);
        assert_eq!(house.facts().await, ["webhook_added", "webhook_tested", "webhook_stopped"]);

        // Nothing is told to it until somebody switches it on; then what was missed can be sent.
        house.submit("key-late").await;
        assert!(house.deliver().await.is_empty());
        assert!(team.replay_delivery(id, test).await.is_err());
        team.switch_endpoint(id, true).await.unwrap();
        house.courier.answers("a.example", []);
        team.replay_delivery(id, test).await.unwrap();
        house.deliver().await;
        let endpoint = team.endpoint(id).await.unwrap();
        assert_eq!(endpoint.state, EndpointState::Enabled);
        assert_eq!(endpoint.failing_since, Some(house.clock.now()), "its time begins anew");
    }

    async fn a_few_tries_however_far_apart_are_no_proof(db: &TestDb) {
        let house = House::open(db).await;
        let id = house.add("a.example").await;
        house.courier.answers("a.example", (0..100).map(|_| Answer::Status(500)));
        let team = house.team().await;
        team.test_endpoint(id).await.unwrap();
        for tries in 1..=STOP_AFTER_TRIES {
            assert_eq!(team.endpoint(id).await.unwrap().state, EndpointState::Enabled, "before try {tries}");
            assert_eq!(house.deliver().await.len(), 1);
            house.clock.advance_seconds(2 * 86_400);
        }
        assert_eq!(team.endpoint(id).await.unwrap().state, EndpointState::Stopped);
    }

    async fn a_test_that_fails_is_no_message_that_was_missed(db: &TestDb) {
        let house = House::open(db).await;
        let id = house.add("a.example").await;
        house.courier.answers("a.example", (0..100).map(|_| Answer::Status(500)));
        let team = house.team().await;
        team.test_endpoint(id).await.unwrap();
        house.deliver().await;
        let endpoint = team.endpoint(id).await.unwrap();
        assert_eq!((endpoint.failing_since, endpoint.failures), (Some(house.clock.now()), 0));
        house.submit("key-1").await;
        house.deliver().await;
        assert_eq!(house.log(id).await.endpoint.failures, 1);
        // Its second try.
        house.clock.advance_seconds(6);
        house.deliver().await;
        assert_eq!(team.endpoints().await.unwrap().endpoints[0].failures, 2);
        team.switch_endpoint(id, false).await.unwrap();
        team.switch_endpoint(id, true).await.unwrap();
        let endpoint = team.endpoint(id).await.unwrap();
        assert_eq!((endpoint.failing_since, endpoint.failures), (None, 0), "its time begins anew");
    }

    async fn a_try_at_an_address_that_was_changed_meanwhile_says_nothing_of_the_new_one(db: &TestDb) {
        let house = House::patient(db, Some(Duration::from_hours(1))).await;
        let team = house.team().await;
        for status in [500, 410] {
            let id = house.add("old.example").await;
            let gate = Arc::new(Barrier::new(2));
            house.courier.answers("old.example", [Answer::Held(gate.clone(), status)]);
            let test = team.test_endpoint(id).await.unwrap();
            let mut couriers = house.services.couriers();
            assert_eq!(couriers.send_out().await.unwrap(), 1);
            gate.wait().await;
            team.save_endpoint(id, 1, at("new.example", EventPicker::All)).await.unwrap();
            gate.wait().await;
            assert_eq!(couriers.one_back().await.unwrap().failed, 1);
            let endpoint = team.endpoint(id).await.unwrap();
            assert_eq!((endpoint.state, endpoint.failing_since), (EndpointState::Enabled, None), "{status}");
            house.courier.carried();
            house.clock.advance_seconds(5);
            let [parcel] = &house.deliver().await[..] else { panic!("not one message") };
            assert_eq!((parcel.id, parcel.url.host()), (test, "new.example"));
        }
    }

    async fn one_success_and_the_time_begins_anew(db: &TestDb) {
        let house = House::open(db).await;
        let id = house.add("a.example").await;
        house.courier.answers("a.example", [Answer::Status(500), Answer::Status(200), Answer::Status(500)]);
        let team = house.team().await;
        team.test_endpoint(id).await.unwrap();
        house.deliver().await;
        house.clock.advance_seconds(STOP_AFTER_SECONDS - 60);
        house.deliver().await;
        house.clock.advance_seconds(120);
        team.test_endpoint(id).await.unwrap();
        house.deliver().await;
        assert_eq!(team.endpoint(id).await.unwrap().state, EndpointState::Enabled);
    }

    async fn who_says_that_it_is_gone_is_asked_no_more(db: &TestDb) {
        let house = House::open(db).await;
        let id = house.add("a.example").await;
        house.courier.answers("a.example", [Answer::Status(410)]);
        let team = house.team().await;
        team.test_endpoint(id).await.unwrap();
        assert_eq!(house.deliver().await.len(), 1);
        assert_eq!(team.endpoint(id).await.unwrap().state, EndpointState::Stopped);
        assert_eq!(house.log(id).await.deliveries[0].state, DeliveryState::Dead);
        let notices = house.services.notices(house.world.admin.id).await.unwrap();
        assert!(notices[0].text.ends_with("it answered that it is gone (410)"), "{}", notices[0].text);
    }
}
