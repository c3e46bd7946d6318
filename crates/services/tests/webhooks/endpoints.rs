//! Who sets endpoints up, and what is refused.

use std::collections::BTreeSet;

use domain::people::CompanyRole;
use domain::webhooks::{EndpointState, EventPicker, WebhookEvent};
use services::ServiceError;
use testkit::{World, both_engines, in_write};

use crate::house::{House, at, only};

fn inputs(error: &ServiceError) -> Vec<&str> {
    match error {
        ServiceError::Invalid(faults) => faults.iter().map(|fault| fault.input.as_str()).collect(),
        other => panic!("not refused at inputs: {other:?}"),
    }
}

both_engines! {
    async fn every_verb_has_one_event_and_a_secret_is_shown_once(db: &TestDb) {
        let house = House::open(db).await;
        let team = house.team().await;
        let (id, secret) = house.add_for("a.example", EventPicker::All).await;
        assert!(secret.starts_with("whsec_"));
        let shown = format!("{:?}", (team.endpoints().await.unwrap(), house.log(id).await));
        assert!(!shown.contains(&secret));
        let mut changed = at("b.example", only(WebhookEvent::Lost));
        " The \u{202e}ERP ".clone_into(&mut changed.description);
        team.save_endpoint(id, 1, changed.clone()).await.unwrap();
        team.save_endpoint(id, 2, changed).await.unwrap();
        let endpoint = team.endpoint(id).await.unwrap();
        assert_eq!((endpoint.url.as_str(), endpoint.description.as_str()), ("https://b.example/hook", "The ERP"));
        assert_eq!(endpoint.events, only(WebhookEvent::Lost));
        let new = team.rotate_secret(id, 2).await.unwrap();
        assert_ne!(new.secret, secret);
        assert!(team.endpoint(id).await.unwrap().old_secret_until.is_some());
        team.switch_endpoint(id, false).await.unwrap();
        team.switch_endpoint(id, false).await.unwrap();
        assert!(matches!(team.test_endpoint(id).await, Err(ServiceError::Invalid(_))));
        team.switch_endpoint(id, true).await.unwrap();
        let test = team.test_endpoint(id).await.unwrap();
        house.deliver().await;
        team.replay_delivery(id, test).await.unwrap();
        team.remove_endpoint(id).await.unwrap();
        assert!(matches!(team.endpoint(id).await, Err(ServiceError::NotFound)));
        assert_eq!(house.facts().await, [
            "webhook_added", "webhook_changed", "webhook_secret_rotated", "webhook_disabled", "webhook_enabled",
            "webhook_tested", "webhook_replayed", "webhook_removed",
        ]);
        assert!(house.deliver().await.is_empty(), "what was in the queue went with it");
    }

    async fn a_form_that_is_sent_twice_adds_one_and_shows_the_same_secret_for_moments(db: &TestDb) {
        let house = House::open(db).await;
        let (team, id) = (house.team().await, house.services.id());
        let form = || at("a.example", EventPicker::All);
        let (one, two) = tokio::join!(team.add_endpoint(id, form()), team.add_endpoint(id, form()));
        assert_eq!(one.unwrap(), two.unwrap());
        assert_eq!(team.endpoints().await.unwrap().endpoints.len(), 1);
        house.clock.advance_seconds(61);
        let late = team.add_endpoint(id, form()).await.unwrap_err();
        assert_eq!(inputs(&late), ["url"]);
        let foreign = World::build_named(db, "borea").await;
        let other = house.team_of(foreign.admin.id, foreign.company.id).await;
        let taken = other.add_endpoint(id, form()).await;
        assert!(matches!(taken, Err(ServiceError::NotFound)), "another tenant's id is nobody's");
    }

    async fn bad_input_stands_at_its_field(db: &TestDb) {
        let house = House::open(db).await;
        let team = house.team().await;
        let mut form = at("a.example", EventPicker::Only(BTreeSet::new()));
        "http://a.example".clone_into(&mut form.url);
        form.description = "x".repeat(201);
        let refused = team.add_endpoint(house.services.id(), form.clone()).await.unwrap_err();
        assert_eq!(inputs(&refused), ["url", "description", "events"]);
        let ServiceError::Invalid(faults) = &refused else { panic!("{refused:?}") };
        assert!(faults[0].text.starts_with("Begin the address with https:// in place of http://: "), "{faults:?}");
        for url in ["https://127.0.0.1/", "https://[::ffff:10.0.0.1]/", "https://169.254.169.254/", "https://a.example:25/"] {
            form = at("a.example", EventPicker::All);
            form.url = url.to_owned();
            let refused = team.add_endpoint(house.services.id(), form.clone()).await.unwrap_err();
            assert_eq!(inputs(&refused), ["url"], "{url}");
        }
        for number in 0..20 {
            house.add(&format!("host{number}.example")).await;
        }
        let many = team.add_endpoint(house.services.id(), at("a.example", EventPicker::All)).await.unwrap_err();
        assert_eq!(inputs(&many), ["url"]);
    }

    async fn who_comes_second_is_told_so(db: &TestDb) {
        let house = House::open(db).await;
        let (team, id) = (house.team().await, house.add("a.example").await);
        team.save_endpoint(id, 1, at("b.example", EventPicker::All)).await.unwrap();
        let late = team.save_endpoint(id, 1, at("c.example", EventPicker::All)).await;
        assert!(matches!(late, Err(ServiceError::Stale)), "{late:?}");
        let late = team.rotate_secret(id, 1).await;
        assert!(matches!(late, Err(ServiceError::Stale)), "a double click makes one new secret: {late:?}");
        assert_eq!(team.endpoint(id).await.unwrap().url, "https://b.example/hook");
    }

    async fn only_the_companys_admins_and_only_their_own(db: &TestDb) {
        let house = House::open(db).await;
        let foreign = World::build_named(db, "borea").await;
        let id = house.add("a.example").await;
        let test = house.team().await.test_endpoint(id).await.unwrap();
        let (company, other, now) = (house.world.company.id, foreign.owner.id, db.now());
        for role in [CompanyRole::Reviewer, CompanyRole::Finance, CompanyRole::Seller] {
            in_write!(db, |tx| [] store::companies::insert_member(tx, company, other, role, now).await).unwrap();
            in_write!(db, |tx| [] store::companies::save_role(tx, company, other, role).await).unwrap();
            let team = house.team_of(other, company).await;
            let form = at("b.example", EventPicker::All);
            let outcomes = [
                team.endpoints().await.map(drop),
                team.endpoint(id).await.map(drop),
                team.endpoint_log(id, None, None).await.map(drop),
                team.delivery(id, test).await.map(drop),
                team.add_endpoint(house.services.id(), form.clone()).await.map(drop),
                team.save_endpoint(id, 1, form).await,
                team.switch_endpoint(id, false).await,
                team.rotate_secret(id, 1).await.map(drop),
                team.test_endpoint(id).await.map(drop),
                team.replay_delivery(id, test).await,
                team.remove_endpoint(id).await,
            ];
            for (number, outcome) in outcomes.into_iter().enumerate() {
                assert!(matches!(outcome, Err(ServiceError::Forbidden)), "{role:?} {number}: {outcome:?}");
            }
        }
        let team = house.team_of(foreign.admin.id, foreign.company.id).await;
        let form = at("b.example", EventPicker::All);
        let outcomes = [
            team.endpoint(id).await.map(drop),
            team.endpoint_log(id, None, None).await.map(drop),
            team.delivery(id, test).await.map(drop),
            team.save_endpoint(id, 1, form).await,
            team.switch_endpoint(id, false).await,
            team.rotate_secret(id, 1).await.map(drop),
            team.test_endpoint(id).await.map(drop),
            team.replay_delivery(id, test).await,
            team.remove_endpoint(id).await,
        ];
        for (number, outcome) in outcomes.into_iter().enumerate() {
            assert!(matches!(outcome, Err(ServiceError::NotFound)), "{number}: {outcome:?}");
        }
        assert!(team.endpoints().await.unwrap().endpoints.is_empty());
        assert_eq!(house.team().await.endpoint(id).await.unwrap().state, EndpointState::Enabled);
    }

    async fn who_is_demoted_meanwhile_is_refused_inside_the_write(db: &TestDb) {
        let house = House::open(db).await;
        let id = house.add("a.example").await;
        let team = house.team().await;
        let (company, admin) = (house.world.company.id, house.world.admin.id);
        in_write!(db, |tx| [] store::companies::save_role(tx, company, admin, CompanyRole::Seller).await).unwrap();
        let refused = team.remove_endpoint(id).await;
        assert!(matches!(refused, Err(ServiceError::Forbidden)), "{refused:?}");
        in_write!(db, |tx| [] store::companies::delete_member(tx, company, admin).await).unwrap();
        let refused = team.rotate_secret(id, 1).await;
        assert!(matches!(refused, Err(ServiceError::NotFound)), "{refused:?}");
    }
}
