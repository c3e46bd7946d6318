//! At least once, under one id, by workers that share the work; backing off, and ending.

use std::time::Duration;

use domain::Clock;
use domain::webhooks::{
    DeliveryState, EventPicker, LAST_TRY, SECRET_OVERLAP_SECONDS, next_try_after,
};
use services::webhooks::Delivered;
use testkit::{World, both_engines, in_write};

use crate::house::{Answer, House, at};

both_engines! {
    async fn a_message_that_is_taken_over_is_delivered_and_its_try_is_in_the_log(db: &TestDb) {
        let house = House::open(db).await;
        let id = house.add("a.example").await;
        house.submit("key-1").await;
        let [parcel] = &house.deliver().await[..] else { panic!("not one message") };
        assert_eq!((parcel.url.as_str(), parcel.timestamp), ("https://a.example/hook", db.now().seconds()));
        assert!(parcel.signature.starts_with("v1,") && !parcel.signature.contains(' '));
        let detail = house.team().await.delivery(id, parcel.id).await.unwrap();
        assert_eq!((detail.delivery.state, detail.body.as_str()), (DeliveryState::Delivered, parcel.body.as_str()));
        let [attempt] = &detail.attempts[..] else { panic!("not one try") };
        assert_eq!((attempt.number, attempt.status, attempt.answer.as_str(), attempt.error.as_str()), (1, Some(204), "status 204", ""));
    }

    async fn a_failed_message_is_tried_again_later_and_later_and_then_no_more(db: &TestDb) {
        let house = House::open(db).await;
        let (id, healthy) = (house.add("a.example").await, house.add("b.example").await);
        house.courier.answers("a.example", (0..LAST_TRY).map(|_| Answer::Status(500)));
        house.submit("key-1").await;
        let first = house.deliver().await.into_iter().find(|parcel| parcel.url.host() == "a.example").unwrap();
        for tries in 1..LAST_TRY {
            let line = house.log(id).await.deliveries.remove(0);
            assert_eq!((line.state, line.attempts, line.last_error.as_str()), (DeliveryState::Queued, tries, "It answered 500"));
            let pause = next_try_after(first.id, tries).unwrap();
            assert_eq!(line.next_try_at, Some(house.clock.now().plus_seconds(pause)));
            house.clock.advance_seconds(pause - 1);
            assert!(house.deliver().await.is_empty(), "too early");
            house.clock.advance_seconds(1);
            // A success between the failures: this endpoint is not given up.
            in_write!(db, |tx| [] store::webhooks::endpoints::save_success(tx, id, "https://a.example/hook").await).unwrap();
            let [again] = &house.deliver().await[..] else { panic!("not one message") };
            assert_eq!((again.id, &again.body), (first.id, &first.body), "the same message under the same id");
            assert_eq!(again.timestamp, house.clock.now().seconds(), "signed for this try");
            assert_ne!(again.signature, first.signature);
        }
        let line = house.log(id).await.deliveries.remove(0);
        assert_eq!((line.state, line.attempts, line.next_try_at), (DeliveryState::Dead, LAST_TRY, None));
        let team = house.team().await;
        assert_eq!(team.delivery(id, first.id).await.unwrap().attempts.len(), 10);
        assert_eq!(team.endpoint_log(id, Some(DeliveryState::Dead), None).await.unwrap().deliveries.len(), 1);
        assert!(team.endpoint_log(healthy, Some(DeliveryState::Dead), None).await.unwrap().deliveries.is_empty());
        house.clock.advance_seconds(400 * 86_400);
        assert!(house.deliver().await.is_empty());
        team.replay_delivery(id, first.id).await.unwrap();
        let [again] = &house.deliver().await[..] else { panic!("not one message") };
        assert_eq!(again.id, first.id);
        assert_eq!(house.log(id).await.deliveries[0].state, DeliveryState::Delivered);
        team.replay_delivery(id, first.id).await.unwrap();
        assert_eq!(house.deliver().await[0].id, first.id, "what was delivered can be sent again, too");
    }

    async fn an_endpoint_that_is_busy_says_when_it_wants_more(db: &TestDb) {
        let house = House::open(db).await;
        let id = house.add("a.example").await;
        let team = house.team().await;
        for (answer, seconds) in [
            (Answer::Busy(429, "120"), Some(120)),
            (Answer::Busy(503, "120"), Some(120)),
            (Answer::Busy(503, "31536000"), Some(86_400)),
            // Never sooner than our own step; and only these two answers are asked.
            (Answer::Busy(503, "0"), None),
            (Answer::Busy(503, "soon"), None),
            (Answer::Busy(500, "120"), None),
        ] {
            house.courier.answers("a.example", [answer.clone()]);
            let test = team.test_endpoint(id).await.unwrap();
            assert_eq!(house.deliver().await.len(), 1);
            let line = team.delivery(id, test).await.unwrap().delivery;
            let pause = seconds.or(next_try_after(test, 1)).unwrap();
            assert_eq!(line.next_try_at, Some(house.clock.now().plus_seconds(pause)), "{answer:?}");
            team.replay_delivery(id, test).await.unwrap();
            assert_eq!(house.deliver().await.len(), 1, "who sends it again does not wait");
        }
    }

    async fn what_is_answered_is_said_in_words(db: &TestDb) {
        let house = House::open(db).await;
        let id = house.add("a.example").await;
        for (answer, words) in [
            (Answer::Status(302), "It answered 302, which leads elsewhere: redirects are not followed"),
            (Answer::Status(404), "It answered 404"),
            (Answer::NoConnection, "No connection"),
            (Answer::Silence, "It did not answer within 0.2 seconds"),
        ] {
            house.courier.answers("a.example", [answer]);
            let test = house.team().await.test_endpoint(id).await.unwrap();
            assert_eq!(house.deliver().await.len(), 1);
            let detail = house.team().await.delivery(id, test).await.unwrap();
            assert_eq!((detail.delivery.last_error.as_str(), detail.attempts[0].error.as_str()), (words, words));
        }
        let endpoint = house.team().await.endpoint(id).await.unwrap();
        assert_eq!(endpoint.failing_since, Some(db.now()));
        house.clock.advance_seconds(5);
        house.deliver().await;
        assert_eq!(house.team().await.endpoint(id).await.unwrap().failing_since, None);
    }

    async fn a_dead_endpoint_holds_up_no_other(db: &TestDb) {
        let house = House::patient(db, Some(Duration::from_hours(1))).await;
        house.add("dead.example").await;
        house.add("alive.example").await;
        house.courier.answers("dead.example", (0..100).map(|_| Answer::Silence));
        for number in 0..10 {
            house.submit(&format!("key-{number}")).await;
        }
        let mut couriers = house.services.couriers();
        let mut sent = 0;
        couriers.send_out().await.unwrap();
        // The one at the dead endpoint never comes back; the other goes again and again.
        while sent < 10 {
            sent += couriers.one_back().await.unwrap().sent;
            couriers.send_out().await.unwrap();
        }
        let carried = house.courier.carried();
        let dead = carried.iter().filter(|parcel| parcel.url.host() == "dead.example").count();
        assert_eq!((carried.len() - dead, dead), (10, 4), "and no more than four wait at the dead one");
    }

    async fn endpoints_that_fail_do_not_take_all_the_couriers(db: &TestDb) {
        let house = House::patient(db, Some(Duration::from_hours(1))).await;
        for company in ["borea", "cetus", "dorado", "eridanus"] {
            let world = World::build_named(db, company).await;
            let team = house.team_of(world.admin.id, world.company.id).await;
            for number in 0..5 {
                let host = format!("{company}{number}.example");
                let id = house.services.id();
                team.add_endpoint(id, at(&host, EventPicker::All)).await.unwrap();
                house.courier.answers(&host, [Answer::Status(500), Answer::Silence]);
                team.test_endpoint(id).await.unwrap();
            }
        }
        while house.services.deliver_hooks().await.unwrap().failed > 0 {}
        house.clock.advance_seconds(5);
        house.courier.carried();
        // All twenty are due and hang; and there is one that answers.
        let mut couriers = house.services.couriers();
        assert_eq!(couriers.send_out().await.unwrap(), 12);
        let id = house.add("alive.example").await;
        house.team().await.test_endpoint(id).await.unwrap();
        assert_eq!(couriers.send_out().await.unwrap(), 1);
        assert_eq!(couriers.one_back().await.unwrap(), Delivered { sent: 1, failed: 0, dead: 0 });
    }

    async fn a_company_whose_systems_are_slow_does_not_take_all_the_couriers(db: &TestDb) {
        let house = House::patient(db, Some(Duration::from_hours(1))).await;
        let world = World::build_named(db, "borea").await;
        let slow = house.team_of(world.admin.id, world.company.id).await;
        for number in 0..20 {
            let (host, id) = (format!("slow{number}.example"), house.services.id());
            slow.add_endpoint(id, at(&host, EventPicker::All)).await.unwrap();
            house.courier.answers(&host, [Answer::Silence]);
            slow.test_endpoint(id).await.unwrap();
        }
        let mut couriers = house.services.couriers();
        assert_eq!(couriers.send_out().await.unwrap(), 8, "none of them has failed yet");
        let id = house.add("alive.example").await;
        house.team().await.test_endpoint(id).await.unwrap();
        assert_eq!(couriers.send_out().await.unwrap(), 1);
        assert_eq!(couriers.one_back().await.unwrap(), Delivered { sent: 1, failed: 0, dead: 0 });
        assert_eq!(couriers.send_out().await.unwrap(), 0);
    }

    async fn endpoints_that_fail_do_not_hold_up_their_companys_others(db: &TestDb) {
        let house = House::patient(db, Some(Duration::from_hours(1))).await;
        let team = house.team().await;
        for number in 0..10 {
            let host = format!("dead{number}.example");
            let id = house.add(&host).await;
            house.courier.answers(&host, [Answer::Status(500), Answer::Silence]);
            team.test_endpoint(id).await.unwrap();
        }
        while house.services.deliver_hooks().await.unwrap().failed > 0 {}
        house.clock.advance_seconds(5);
        let mut couriers = house.services.couriers();
        assert_eq!(couriers.send_out().await.unwrap(), 4);
        let id = house.add("alive.example").await;
        team.test_endpoint(id).await.unwrap();
        assert_eq!(couriers.send_out().await.unwrap(), 1);
        assert_eq!(couriers.one_back().await.unwrap(), Delivered { sent: 1, failed: 0, dead: 0 });
    }

    async fn while_a_rotation_lasts_there_are_two_signatures(db: &TestDb) {
        let house = House::open(db).await;
        let id = house.add("a.example").await;
        let team = house.team().await;
        let carry = async || {
            let test = team.test_endpoint(id).await.unwrap();
            let parcel = house.deliver().await.remove(0);
            assert_eq!(parcel.id, test);
            parcel.signature
        };
        assert_eq!(carry().await.split(' ').count(), 1);
        team.rotate_secret(id, 1).await.unwrap();
        assert_eq!(carry().await.split(' ').count(), 2);
        house.clock.advance_seconds(SECRET_OVERLAP_SECONDS - 1);
        assert_eq!(carry().await.split(' ').count(), 2);
        house.clock.advance_seconds(1);
        assert_eq!(carry().await.split(' ').count(), 1);
        house.services.forget_expired().await.unwrap();
        assert_eq!(team.endpoint(id).await.unwrap().old_secret_until, None, "and the old one is forgotten");
    }

    async fn what_a_dead_worker_had_in_hand_is_delivered_by_another(db: &TestDb) {
        let house = House::open(db).await;
        let id = house.add("a.example").await;
        house.submit("key-1").await;
        // As a worker that is killed between taking the message and the answer: nothing is noted.
        let now = house.clock.now();
        let lease = now.plus_seconds(60);
        let taken = in_write!(db, |tx| [] store::webhooks::deliveries::take(tx, id, now, lease, 10).await).unwrap();
        assert!(house.deliver().await.is_empty());
        let busy = house.team().await.replay_delivery(id, taken[0].id).await;
        assert!(busy.is_err(), "what is being sent is not sent again: {busy:?}");
        house.clock.advance_seconds(60);
        let [parcel] = &house.deliver().await[..] else { panic!("not one message") };
        assert_eq!(parcel.id, taken[0].id);
    }

    async fn a_message_that_ends_its_workers_is_given_up_but_not_one_that_was_often_sent(db: &TestDb) {
        let house = House::open(db).await;
        let id = house.add("a.example").await;
        let team = house.team().await;
        let test = team.test_endpoint(id).await.unwrap();
        // As if each of many workers was killed with it in hand.
        let lost = async |times: usize| {
            for _ in 0..times {
                let now = house.clock.now();
                let lease = now.plus_seconds(60);
                let taken = in_write!(db, |tx| [] store::webhooks::deliveries::take(tx, id, now, lease, 10).await).unwrap();
                assert_eq!(taken.len(), 1);
                house.clock.advance_seconds(60);
            }
        };
        lost(99).await;
        assert_eq!(house.deliver().await.len(), 1, "the hundredth worker lives");
        team.replay_delivery(id, test).await.unwrap();
        assert_eq!(house.deliver().await.len(), 1, "and its tries before do not count");
        team.replay_delivery(id, test).await.unwrap();
        lost(100).await;
        assert!(house.deliver().await.is_empty());
        let line = house.log(id).await.deliveries.remove(0);
        assert_eq!((line.state, line.attempts), (DeliveryState::Dead, 202));
        assert!(line.last_error.contains("no try came to an end"), "{line:?}");
        team.replay_delivery(id, test).await.unwrap();
        assert_eq!(house.deliver().await.len(), 1, "what ended them may be mended");
    }

    async fn workers_side_by_side_deliver_each_message_once(db: &TestDb) {
        let house = House::open(db).await;
        let id = house.add("a.example").await;
        for number in 0..24 {
            house.submit(&format!("key-{number}")).await;
        }
        let mut workers = tokio::task::JoinSet::new();
        for _ in 0..4 {
            let services = house.services.clone();
            workers.spawn(async move {
                while services.deliver_hooks().await.unwrap().taken() > 0 {}
            });
        }
        workers.join_all().await;
        house.deliver().await;
        let team = house.team().await;
        let log = team.endpoint_log(id, Some(DeliveryState::Delivered), None).await.unwrap();
        assert_eq!(log.deliveries.len(), 24);
        assert!(log.deliveries.iter().all(|line| line.attempts == 1), "{log:?}");
    }

    async fn old_messages_are_forgotten_with_their_tries(db: &TestDb) {
        let house = House::open(db).await;
        let id = house.add("a.example").await;
        house.submit("key-1").await;
        let parcel = house.deliver().await.remove(0);
        house.clock.advance_seconds(30 * 86_400);
        house.services.forget_expired().await.unwrap();
        assert_eq!(house.log(id).await.deliveries.len(), 1);
        house.clock.advance_seconds(1);
        house.services.forget_expired().await.unwrap();
        assert!(house.log(id).await.deliveries.is_empty());
        let mut conn = house.services.read().await.unwrap();
        assert!(store::webhooks::attempts::list(&mut conn, parcel.id, 10).await.unwrap().is_empty());
    }
}
