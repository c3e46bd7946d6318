//! Clients that go away in the middle of a request: a thousand of them leave no transaction open and no deal by half.

use std::{
    collections::BTreeMap,
    io::{Read as _, Write as _},
    thread,
    time::Duration,
};

use domain::deals::RegistrationStatus;
use store::{DbUrl, Statement};
use testkit::{
    assert_whole,
    open::{emptied_log, idle_in_transaction},
};

use crate::{
    client::{Client, JSON},
    on_both,
    place::{Engine, Place},
    process::Running,
    seed::Seed,
};

on_both! {
    clients_that_go_away_leave_nothing_open => clients_that_go_away_on_sqlite, clients_that_go_away_on_postgres;
}

const CLIENTS: u64 = 1_000;
const AT_ONCE: u64 = 8;

/// Where a client goes away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Leaves {
    InItsHead,
    InItsBody,
    /// All is sent, and nothing waited for.
    AtOnce,
    /// Spread over the life of a request.
    AfterAMoment,
    /// The first word of the answer is there.
    AtTheAnswer,
}

impl Leaves {
    fn of(number: u64) -> Self {
        match number % 5 {
            0 => Self::InItsHead,
            1 => Self::InItsBody,
            2 => Self::AtOnce,
            3 => Self::AfterAMoment,
            _ => Self::AtTheAnswer,
        }
    }
}

fn key(number: u64) -> String {
    format!("gone-{number}")
}

fn go(client: &Client, seed: &Seed, number: u64) {
    let input = seed
        .registration(&key(number), &format!("Gone {number}"))
        .to_string();
    let bytes = client.written("POST", "/api/register_deal", JSON, &input);
    let head = bytes.len() - input.len();
    let part = |of: usize| 1 + usize::try_from(number * 53).unwrap() % (of - 1);
    let mut stream = client.connect().unwrap();
    match Leaves::of(number) {
        Leaves::InItsHead => stream.write_all(&bytes[..part(head)]).unwrap(),
        Leaves::InItsBody => stream
            .write_all(&bytes[..head + part(input.len())])
            .unwrap(),
        Leaves::AtOnce => stream.write_all(&bytes).unwrap(),
        Leaves::AfterAMoment => {
            stream.write_all(&bytes).unwrap();
            thread::sleep(Duration::from_micros(number * 97 % 20_000));
        }
        Leaves::AtTheAnswer => {
            stream.write_all(&bytes).unwrap();
            let mut word = [0; 12];
            stream.read_exact(&mut word).unwrap();
            assert_eq!(&word, b"HTTP/1.1 200");
        }
    }
}

fn clients_that_go_away_leave_nothing_open(engine: Engine) {
    let (place, seed) = Place::filled(engine, async |db| Seed::plant(db, 0).await);
    let server = place.serve();
    let client = Client::with_session(server.address, &seed.token);
    thread::scope(|scope| {
        for first in 0..AT_ONCE {
            let (client, seed) = (&client, &seed);
            scope.spawn(move || {
                for number in (first..CLIENTS).step_by(usize::try_from(AT_ONCE).unwrap()) {
                    go(client, seed, number);
                }
            });
        }
    });
    nothing_is_open(&place, &server, &client, &seed);
    server.stop();
    every_deal_is_whole_or_absent(&place);
}

fn register(client: &Client, seed: &Seed, name: &str) {
    let answer = client
        .call("register_deal", &seed.registration(name, name))
        .unwrap();
    assert_eq!(answer.status, 200, "{name}: {answer:?}");
}

/// Asked while the server runs: at its end it would close everything.
fn nothing_is_open(place: &Place, server: &Running, client: &Client, seed: &Seed) {
    // Waits behind whatever still runs, and would wait for ever behind what nobody ends.
    register(client, seed, "afterwards");
    match &place.url {
        DbUrl::Sqlite(path) => {
            let emptied = place.runtime.block_on(emptied_log(path));
            assert_eq!(emptied, (0, 0, 0), "{}", server.log());
        }
        DbUrl::Postgres(url) => {
            // Whoever stays in the transaction of the first look has been left there.
            let mut open = place.runtime.block_on(idle_in_transaction(url));
            for number in 0..200 {
                if open.is_empty() {
                    break;
                }
                register(client, seed, &format!("afterwards-{number}"));
                let now = place.runtime.block_on(idle_in_transaction(url));
                open.retain(|one| now.contains(one));
            }
            assert!(open.is_empty(), "{open:?}: {}", server.log());
        }
    }
}

fn every_deal_is_whole_or_absent(place: &Place) {
    let kept: Vec<(String, RegistrationStatus, i64)> = place.look(async |conn| {
        assert_whole(conn).await;
        let rows = Statement::new(
            "SELECT submit_key, registration, (SELECT count(*) FROM events
                 WHERE events.subject_id = deals.id AND events.kind = 'deal_submitted') FROM deals",
        );
        rows.fetch_all(conn).await.unwrap()
    });
    for (key, registration, submitted) in &kept {
        let whole = (*registration, *submitted) == (RegistrationStatus::Submitted, 1);
        assert!(
            whole,
            "{key} is there by half: {registration:?}, {submitted} times"
        );
    }
    let kept: BTreeMap<&str, i64> = kept
        .iter()
        .map(|(key, _, times)| (key.as_str(), *times))
        .collect();
    for number in 0..CLIENTS {
        let there = kept.contains_key(key(number).as_str());
        match Leaves::of(number) {
            Leaves::InItsHead | Leaves::InItsBody => assert!(!there, "{number} was never sent"),
            Leaves::AtTheAnswer => assert!(there, "{number} was answered and is lost"),
            Leaves::AtOnce | Leaves::AfterAMoment => {}
        }
    }
}
