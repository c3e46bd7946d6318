//! Real processes that call webhooks and are killed in the middle, again and again: no message is lost, and one that goes
//! out twice goes out under the same id.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Child;
use std::time::{Duration, Instant};

use domain::webhooks::{DeliveryState, EndpointState, EventPicker};
use domain::{CompanyId, DeliveryId, EndpointId, Timestamp};
use store::webhooks::Secret;
use store::webhooks::deliveries::{self, DeliveryRow};
use store::webhooks::endpoints::{self, EndpointRow};
use testkit::{TestDb, World, both_engines, in_write};

use crate::process::{self, folder, kill, stop};
use crate::webhooks::sink::{Sink, Taken};

const ROUNDS: usize = 8;
const MESSAGES: usize = 10;
/// The processes have the machine's clock: due whatever it says.
const LONG_AGO: Timestamp = Timestamp(0);
/// A message that has not come by then never will.
const LONGEST: Duration = Duration::from_mins(2);
/// How often the database is looked at while no message comes.
const LOOK: Duration = Duration::from_millis(200);

fn serve(db: &TestDb, folder: &Path) -> Child {
    let own = [
        "--webhooks-allow-private",
        "127.0.0.1",
        "--webhooks-timeout",
        "1 s",
    ];
    process::serve(db, folder, &own)
}

async fn next(sink: &mut Sink) -> DeliveryId {
    let taken = tokio::time::timeout(LONGEST, sink.taken.recv()).await;
    id(&taken.expect("a message was lost").unwrap())
}

/// The id that the message came under.
fn id(taken: &Taken) -> DeliveryId {
    let header = taken.header("webhook-id");
    header
        .parse()
        .unwrap_or_else(|_| panic!("no id of ours: {header}"))
}

async fn endpoint(db: &TestDb, company: CompanyId, url: String) -> EndpointId {
    let row = EndpointRow {
        id: db.id(),
        company_id: company,
        url,
        description: String::new(),
        events: EventPicker::All,
        state: EndpointState::Enabled,
        secret: Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned()),
        old_secret: None,
        old_secret_until: None,
        failing_since: None,
        failures: 0,
        created_at: db.now(),
        version: 1,
    };
    in_write!(db, |tx| [row] endpoints::insert(tx, &row).await).unwrap();
    row.id
}

async fn queue(
    db: &TestDb,
    company: CompanyId,
    endpoint: EndpointId,
    messages: usize,
) -> BTreeSet<DeliveryId> {
    let row = |_| DeliveryRow {
        id: db.id(),
        company_id: company,
        endpoint_id: endpoint,
        kind: "webhook.test".to_owned(),
        about: String::new(),
        payload: "{}".to_owned(),
        state: DeliveryState::Queued,
        attempts: 0,
        unsettled: 0,
        last_error: String::new(),
        created_at: LONG_AGO,
        available_at: LONG_AGO,
        changed_at: LONG_AGO,
    };
    let rows: Vec<DeliveryRow> = (0..messages).map(row).collect();
    in_write!(db, |tx| [rows] deliveries::insert_all(tx, &rows).await).unwrap();
    rows.iter().map(|row| row.id).collect()
}

async fn undelivered(db: &TestDb, company: CompanyId, endpoint: EndpointId) -> usize {
    let mut conn = db.read().await.unwrap();
    let rows = deliveries::list(&mut conn, (company, endpoint), None, None, 1_000).await;
    let rows = rows.unwrap().into_iter();
    rows.filter(|row| row.state != DeliveryState::Delivered)
        .count()
}

both_engines! {
    async fn a_message_survives_the_death_of_its_worker(db: &TestDb) {
        let company = World::build(db).await.company.id;
        let (folder, mut sink) = (folder(), Sink::open().await);
        let endpoint = endpoint(db, company, sink.url("/ok")).await;
        for round in 0..ROUNDS {
            let queued = queue(db, company, endpoint, MESSAGES).await;
            let mut came: BTreeMap<DeliveryId, usize> = BTreeMap::new();
            let child = serve(db, folder.path());
            // Killed when so many had come: between the endpoint's yes to the last one and our noting it, or near it.
            for _ in 0..=round {
                *came.entry(next(&mut sink).await).or_default() += 1;
            }
            kill(child).await;
            let child = serve(db, folder.path());
            // What the dead one had in hand and could not note comes once more, when its lease has ended.
            let ended = Instant::now() + LONGEST;
            while undelivered(db, company, endpoint).await > 0 {
                assert!(Instant::now() < ended, "round {round}: a message is never noted as delivered");
                if let Ok(taken) = tokio::time::timeout(LOOK, sink.taken.recv()).await {
                    *came.entry(id(&taken.unwrap())).or_default() += 1;
                }
            }
            stop(child).await;
            while let Ok(taken) = sink.taken.try_recv() {
                *came.entry(id(&taken)).or_default() += 1;
            }
            assert_eq!(came.keys().copied().collect::<BTreeSet<_>>(), queued, "round {round}");
        }
    }
}

/// Two processes on one database; only Postgres takes two.
#[tokio::test(flavor = "multi_thread")]
async fn two_processes_deliver_each_message_once() {
    let db = TestDb::postgres().await;
    let company = World::build(&db).await.company.id;
    let (folder, mut sink) = (folder(), Sink::open().await);
    let endpoint = endpoint(&db, company, sink.url("/ok")).await;
    let queued = queue(&db, company, endpoint, 60).await;
    let children = [serve(&db, folder.path()), serve(&db, folder.path())];
    let mut came = Vec::new();
    for _ in 0..60 {
        came.push(next(&mut sink).await);
    }
    let ended = Instant::now() + LONGEST;
    while undelivered(&db, company, endpoint).await > 0 {
        assert!(
            Instant::now() < ended,
            "a message is never noted as delivered"
        );
        tokio::time::sleep(LOOK).await;
    }
    for child in children {
        stop(child).await;
    }
    while let Ok(more) = sink.taken.try_recv() {
        came.push(id(&more));
    }
    came.sort();
    assert_eq!(came, queued.into_iter().collect::<Vec<_>>());
    db.close().await;
}
