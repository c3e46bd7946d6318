//! Endpoints, the queue of their messages, and the log of tries.

use domain::webhooks::{DeliveryState, EndpointState, EventPicker, Message, WebhookEvent};
use domain::{CompanyId, DeliveryId, EndpointId, Timestamp};
use store::StoreError;
use store::webhooks::Secret;
use store::webhooks::attempts::{self, AttemptRow};
use store::webhooks::deliveries::{self, DeliveryRow, Failed};
use store::webhooks::endpoints::{self, EndpointRow, Failing};
use store::webhooks::failing;
use testkit::{TestDb, World, both_engines, in_write};

/// The endpoints' address.
const HERE: &str = "https://a.example/hook";

fn endpoint(db: &TestDb, company: CompanyId) -> EndpointRow {
    EndpointRow {
        id: db.id(),
        company_id: company,
        url: HERE.to_owned(),
        description: "The CRM".to_owned(),
        events: EventPicker::Only([WebhookEvent::Lost, WebhookEvent::Approved].into()),
        state: EndpointState::Enabled,
        secret: Secret("whsec_new".to_owned()),
        old_secret: Some(Secret("whsec_old".to_owned())),
        old_secret_until: Some(db.now().plus_days(1)),
        failing_since: None,
        failures: 0,
        created_at: db.now(),
        version: 1,
    }
}

async fn added(db: &TestDb, company: CompanyId) -> EndpointRow {
    let row = endpoint(db, company);
    assert!(in_write!(db, |tx| [row] endpoints::insert(tx, &row).await).unwrap());
    row
}

fn delivery(db: &TestDb, endpoint: &EndpointRow) -> DeliveryRow {
    let now = db.now();
    DeliveryRow {
        id: db.id(),
        company_id: endpoint.company_id,
        endpoint_id: endpoint.id,
        kind: "deal.lost".to_owned(),
        about: "ALT-7".to_owned(),
        payload: "{}".to_owned(),
        state: DeliveryState::Queued,
        attempts: 0,
        unsettled: 0,
        last_error: String::new(),
        created_at: now,
        available_at: now,
        changed_at: now,
    }
}

async fn queued(db: &TestDb, endpoint: &EndpointRow, number: usize) -> Vec<DeliveryRow> {
    let rows: Vec<DeliveryRow> = (0..number).map(|_| delivery(db, endpoint)).collect();
    in_write!(db, |tx| [rows] deliveries::insert_all(tx, &rows).await).unwrap();
    rows
}

async fn take(
    db: &TestDb,
    endpoint: EndpointId,
    now: Timestamp,
    lease: Timestamp,
) -> Vec<DeliveryRow> {
    in_write!(db, |tx| [] deliveries::take(tx, endpoint, now, lease, 10).await).unwrap()
}

async fn found(db: &TestDb, endpoint: &EndpointRow, id: DeliveryId) -> DeliveryRow {
    let mut conn = db.read().await.unwrap();
    let of = (endpoint.company_id, endpoint.id);
    deliveries::find(&mut conn, of, id).await.unwrap().unwrap()
}

async fn due(db: &TestDb, now: Timestamp, busy: &[EndpointId]) -> Vec<EndpointId> {
    let mut conn = db.read().await.unwrap();
    let rows = deliveries::list_due_endpoints(&mut conn, now, busy, (10, 10)).await;
    rows.unwrap()
        .into_iter()
        .map(|row| row.endpoint_id)
        .collect()
}

both_engines! {
    async fn an_endpoint_is_kept_whole_and_is_one_companys(db: &TestDb) {
        let world = World::build(db).await;
        let foreign = World::build_named(db, "borea").await.company.id;
        let company = world.company.id;
        let row = added(db, company).await;
        assert!(!in_write!(db, |tx| [row] endpoints::insert(tx, &row).await).unwrap());
        let mut conn = db.read().await.unwrap();
        assert_eq!(endpoints::find(&mut conn, company, row.id).await.unwrap(), Some(row.clone()));
        assert_eq!(endpoints::find(&mut conn, foreign, row.id).await.unwrap(), None);
        assert_eq!(endpoints::list(&mut conn, company).await.unwrap(), std::slice::from_ref(&row));
        assert_eq!(endpoints::count(&mut conn, foreign).await.unwrap(), 0);
        let listening = endpoints::list_listening(&mut conn, company).await.unwrap();
        assert_eq!(listening, [(row.id, row.events.clone())]);
        drop(conn);
        let off = EndpointRow { state: EndpointState::Disabled, events: EventPicker::All, ..row.clone() };
        assert_eq!(in_write!(db, |tx| [off] endpoints::save(tx, &off).await).unwrap(), 2);
        let late = in_write!(db, |tx| [off] endpoints::save(tx, &off).await);
        assert!(matches!(late, Err(StoreError::Conflict)), "{late:?}");
        let mut conn = db.read().await.unwrap();
        assert_eq!(endpoints::find_any(&mut conn, row.id).await.unwrap(), Some(EndpointRow { version: 2, ..off }));
        assert!(endpoints::list_listening(&mut conn, company).await.unwrap().is_empty());
        drop(conn);
        let id = row.id;
        assert!(!in_write!(db, |tx| [] endpoints::delete(tx, foreign, id).await).unwrap());
        assert!(in_write!(db, |tx| [] endpoints::delete(tx, company, id).await).unwrap());
    }

    async fn failures_are_counted_from_the_first_and_a_success_ends_them(db: &TestDb) {
        let company = World::build(db).await.company.id;
        let (id, now) = (added(db, company).await.id, db.now());
        let fail = async |url: &'static str, at: Timestamp| in_write!(db, |tx| [] endpoints::save_failure(tx, id, url, at).await).unwrap();
        let failing = |failing_since, failures| Some(Failing { failing_since, failures });
        assert_eq!(fail(HERE, now).await, failing(now, 1));
        assert_eq!(fail(HERE, now.plus_days(1)).await, failing(now, 2));
        // What another address does says nothing of this one.
        let elsewhere = "https://b.example/hook";
        assert_eq!(fail(elsewhere, now).await, None);
        in_write!(db, |tx| [] endpoints::save_success(tx, id, elsewhere).await).unwrap();
        assert_eq!(fail(HERE, now.plus_days(1)).await, failing(now, 3));
        in_write!(db, |tx| [] endpoints::save_success(tx, id, HERE).await).unwrap();
        assert_eq!(fail(HERE, now.plus_days(2)).await, failing(now.plus_days(2), 1));
        assert!(in_write!(db, |tx| [] endpoints::save_stopped(tx, id).await).unwrap());
        assert!(!in_write!(db, |tx| [] endpoints::save_stopped(tx, id).await).unwrap(), "once");
        let later = now.plus_days(1);
        assert_eq!(in_write!(db, |tx| [] endpoints::delete_old_secrets(tx, now).await).unwrap(), 0);
        assert_eq!(in_write!(db, |tx| [] endpoints::delete_old_secrets(tx, later).await).unwrap(), 1);
        let kept = endpoints::find_any(&mut db.read().await.unwrap(), id).await.unwrap().unwrap();
        assert_eq!((kept.old_secret, kept.old_secret_until, kept.state), (None, None, EndpointState::Stopped));
        let gone = db.id();
        assert_eq!(in_write!(db, |tx| [] endpoints::save_failure(tx, gone, HERE, now).await).unwrap(), None);
    }

    async fn failures_go_with_the_address_and_with_a_switch_and_else_stay(db: &TestDb) {
        let row = added(db, World::build(db).await.company.id).await;
        let (id, now) = (row.id, db.now());
        let fail = async || in_write!(db, |tx| [] endpoints::save_failure(tx, id, HERE, now).await).unwrap();
        let save = async |row: EndpointRow| {
            in_write!(db, |tx| [row] endpoints::save(tx, &row).await).unwrap();
            let kept = endpoints::find_any(&mut db.read().await.unwrap(), id).await.unwrap().unwrap();
            (kept.failing_since, kept.failures)
        };
        fail().await;
        // Read before it failed: what a try noted meanwhile is not undone.
        let described = EndpointRow { description: "The ERP".to_owned(), ..row };
        assert_eq!(save(described.clone()).await, (Some(now), 1));
        let off = EndpointRow { state: EndpointState::Disabled, version: 2, ..described };
        assert_eq!(save(off.clone()).await, (None, 0));
        fail().await;
        let moved = EndpointRow { url: "https://b.example/hook".to_owned(), version: 3, ..off };
        assert_eq!(save(moved).await, (None, 0));
    }

    async fn what_an_endpoint_did_not_take_is_told_without_tests(db: &TestDb) {
        let (now, company) = (db.now(), World::build(db).await.company.id);
        let endpoint = added(db, company).await;
        let waiting = queued(db, &endpoint, 2).await;
        let test = DeliveryRow { kind: Message::TEST.to_owned(), ..delivery(db, &endpoint) };
        let failed_ids = [waiting[0].id, test.id];
        in_write!(db, |tx| [test] deliveries::insert_all(tx, &[test]).await).unwrap();
        take(db, endpoint.id, now, now.plus_days(1)).await;
        for id in failed_ids {
            let failed = Failed { id, attempt: 1, error: "no".to_owned(), again_at: None, now };
            assert!(in_write!(db, |tx| [failed] deliveries::save_failed(tx, &failed).await).unwrap());
        }
        let mut conn = db.read().await.unwrap();
        let of = (company, endpoint.id);
        assert_eq!(failing::list_tries(&mut conn, of, now, 10).await.unwrap(), [1]);
        assert!(failing::list_tries(&mut conn, of, now.plus_days(1), 10).await.unwrap().is_empty());
        let foreign = (db.id(), endpoint.id);
        assert!(failing::list_tries(&mut conn, foreign, now, 10).await.unwrap().is_empty());
    }

    async fn a_message_is_taken_under_a_lease_and_comes_back_when_it_ends(db: &TestDb) {
        let now = db.now();
        let endpoint = added(db, World::build(db).await.company.id).await;
        let row = queued(db, &endpoint, 1).await.remove(0);
        let lease = now.plus_seconds(60);
        let taken = take(db, endpoint.id, now, lease).await;
        let expected = DeliveryRow { state: DeliveryState::Sending, attempts: 1, unsettled: 1, available_at: lease, ..row.clone() };
        assert_eq!(taken, [expected]);
        assert!(take(db, endpoint.id, now, lease).await.is_empty());
        assert!(due(db, now, &[]).await.is_empty());
        assert_eq!(due(db, lease, &[]).await, [endpoint.id]);
        let again = take(db, endpoint.id, lease, lease.plus_seconds(60)).await.remove(0);
        assert_eq!((again.attempts, again.unsettled), (2, 2));
        // The first worker comes late with a failure, and does not undo what the second has in hand.
        let failed = |attempt, again_at| Failed { id: row.id, attempt, error: "It answered 500".to_owned(), again_at, now: lease };
        let (first, second) = (failed(1, None), failed(2, Some(lease.plus_seconds(5))));
        assert!(!in_write!(db, |tx| [first] deliveries::save_failed(tx, &first).await).unwrap());
        assert!(in_write!(db, |tx| [second] deliveries::save_failed(tx, &second).await).unwrap());
        let kept = found(db, &endpoint, row.id).await;
        assert_eq!((kept.state, kept.last_error.as_str(), kept.available_at), (DeliveryState::Queued, "It answered 500", lease.plus_seconds(5)));
        assert_eq!((kept.attempts, kept.unsettled), (2, 0), "a try came to an end");
        let id = row.id;
        in_write!(db, |tx| [] deliveries::save_delivered(tx, id, lease).await).unwrap();
        assert_eq!(found(db, &endpoint, id).await.state, DeliveryState::Delivered);
    }

    async fn endpoints_that_answer_come_before_those_that_fail(db: &TestDb) {
        let (now, company) = (db.now(), World::build(db).await.company.id);
        let (failing, healthy, off) = (added(db, company).await, added(db, company).await, added(db, company).await);
        for one in [&failing, &healthy, &off] {
            queued(db, one, 3).await;
        }
        let (id, other) = (failing.id, off.id);
        in_write!(db, |tx| [] endpoints::save_failure(tx, id, HERE, now).await).unwrap();
        in_write!(db, |tx| [] endpoints::save_stopped(tx, other).await).unwrap();
        assert_eq!(due(db, now, &[]).await, [healthy.id, failing.id]);
        assert_eq!(due(db, now, &[healthy.id]).await, [failing.id]);
        assert_eq!(in_write!(db, |tx| [] deliveries::save_all_dead(tx, id, "off", now).await).unwrap(), 3);
        assert_eq!(due(db, now, &[]).await, [healthy.id]);
    }

    async fn of_one_company_only_so_many_endpoints_are_named(db: &TestDb) {
        let (now, company) = (db.now(), World::build(db).await.company.id);
        let other = World::build_named(db, "borea").await.company.id;
        let mut ours = Vec::new();
        for _ in 0..4 {
            ours.push(added(db, company).await);
        }
        let theirs = added(db, other).await;
        for one in ours.iter().chain([&theirs]) {
            queued(db, one, 2).await;
        }
        let failing = ours[0].id;
        in_write!(db, |tx| [] endpoints::save_failure(tx, failing, HERE, now).await).unwrap();
        let mut conn = db.read().await.unwrap();
        let mut asked = async |limits| {
            let rows = deliveries::list_due_endpoints(&mut conn, now, &[], limits).await.unwrap();
            rows.into_iter().map(|row| (row.endpoint_id, row.company_id)).collect::<Vec<_>>()
        };
        let line = |row: &EndpointRow| (row.id, row.company_id);
        let (one, two, fails, foreign) = (line(&ours[1]), line(&ours[2]), line(&ours[0]), line(&theirs));
        // Ids are given in order, and all have waited as long.
        assert_eq!(asked((2, 10)).await, [one, two, foreign, fails]);
        assert_eq!(asked((1, 10)).await, [one, foreign, fails]);
        assert_eq!(asked((2, 3)).await, [one, two, foreign]);
    }

    async fn workers_side_by_side_take_each_message_once(db: &TestDb) {
        let now = db.now();
        let endpoint = added(db, World::build(db).await.company.id).await;
        let rows = queued(db, &endpoint, 40).await;
        let mut workers = tokio::task::JoinSet::new();
        for _ in 0..4 {
            let (db, id) = (db.db.clone(), endpoint.id);
            workers.spawn(async move {
                let mut mine = Vec::new();
                loop {
                    let batch = in_write!(db, |tx| [] deliveries::take(tx, id, now, now.plus_hours(1), 3).await).unwrap();
                    if batch.is_empty() {
                        return mine;
                    }
                    mine.extend(batch.into_iter().map(|row| row.id));
                }
            });
        }
        let mut taken = workers.join_all().await.concat();
        taken.sort();
        assert_eq!(taken, rows.iter().map(|row| row.id).collect::<Vec<_>>());
    }

    async fn a_log_is_one_endpoints_in_pages_and_by_state(db: &TestDb) {
        let (now, company) = (db.now(), World::build(db).await.company.id);
        let (endpoint, other) = (added(db, company).await, added(db, company).await);
        let rows = queued(db, &endpoint, 5).await;
        queued(db, &other, 1).await;
        let of = (company, endpoint.id);
        let dead = rows[2].id;
        take(db, endpoint.id, now, now.plus_days(1)).await;
        let failed = Failed { id: dead, attempt: 1, error: "no".to_owned(), again_at: None, now };
        in_write!(db, |tx| [failed] deliveries::save_failed(tx, &failed).await).unwrap();
        let mut conn = db.read().await.unwrap();
        let ids = |rows: Vec<DeliveryRow>| rows.into_iter().map(|row| row.id).collect::<Vec<_>>();
        let first = ids(deliveries::list(&mut conn, of, None, None, 3).await.unwrap());
        assert_eq!(first, [rows[4].id, rows[3].id, dead]);
        let second = ids(deliveries::list(&mut conn, of, None, Some(dead), 3).await.unwrap());
        assert_eq!(second, [rows[1].id, rows[0].id]);
        let only = deliveries::list(&mut conn, of, Some(DeliveryState::Dead), None, 3).await.unwrap();
        assert_eq!(ids(only), [dead]);
        assert!(deliveries::find(&mut conn, (company, other.id), dead).await.unwrap().is_none());
        drop(conn);
        let (wrong, sending) = ((company, other.id), rows[0].id);
        assert!(!in_write!(db, |tx| [] deliveries::save_replayed(tx, wrong, dead, now).await).unwrap());
        assert!(!in_write!(db, |tx| [] deliveries::save_replayed(tx, of, sending, now).await).unwrap());
        assert!(in_write!(db, |tx| [] deliveries::save_replayed(tx, of, dead, now).await).unwrap());
        assert_eq!(found(db, &endpoint, dead).await.state, DeliveryState::Queued);
    }

    async fn tries_are_kept_with_their_message_and_go_with_it(db: &TestDb) {
        let now = db.now();
        let endpoint = added(db, World::build(db).await.company.id).await;
        let row = queued(db, &endpoint, 1).await.remove(0);
        let attempt = |number, status| AttemptRow {
            delivery_id: row.id,
            number,
            at: now,
            took: 12,
            status,
            answer: "oh".to_owned(),
            error: "It answered 500".to_owned(),
        };
        let (one, two) = (attempt(1, Some(500)), attempt(2, None));
        for attempt in [one.clone(), two.clone(), two.clone()] {
            in_write!(db, |tx| [attempt] attempts::insert(tx, &attempt).await).unwrap();
        }
        let stray = AttemptRow { delivery_id: db.id(), ..one.clone() };
        in_write!(db, |tx| [stray] attempts::insert(tx, &stray).await).unwrap();
        assert_eq!(attempts::list(&mut db.read().await.unwrap(), row.id, 10).await.unwrap(), [two, one]);
        let (id, later) = (row.id, now.plus_days(1));
        assert_eq!(in_write!(db, |tx| [] deliveries::delete_settled(tx, later).await).unwrap(), 0, "it still waits");
        in_write!(db, |tx| [] deliveries::save_delivered(tx, id, now).await).unwrap();
        assert_eq!(in_write!(db, |tx| [] deliveries::delete_settled(tx, now).await).unwrap(), 0);
        assert_eq!(in_write!(db, |tx| [] deliveries::delete_settled(tx, later).await).unwrap(), 1);
        assert!(attempts::list(&mut db.read().await.unwrap(), id, 10).await.unwrap().is_empty());
        let again = queued(db, &endpoint, 1).await.remove(0).id;
        let (company, endpoint_id) = (endpoint.company_id, endpoint.id);
        in_write!(db, |tx| [] endpoints::delete(tx, company, endpoint_id).await).unwrap();
        let of = (company, endpoint_id);
        assert!(deliveries::find(&mut db.read().await.unwrap(), of, again).await.unwrap().is_none());
    }
}
