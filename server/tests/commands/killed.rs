//! The server dies in the middle of requests, again and again: nothing that a client was told is lost, and nothing is
//! there by half. `KILL_RUNS` sets how often it dies per engine; 20 if unset.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    sync::mpsc,
    thread,
};

use domain::{DealId, StageId, deals::DealFact, events::Fact};
use store::{Conn, Statement, events};
use testkit::{
    assert_whole,
    kill::{moment, rounds},
};

use crate::{
    client::Client,
    on_both,
    place::{Engine, Place},
    process::PATIENCE,
    seed::{Seed, deal_in},
};

on_both! {
    killed_again_and_again => killed_again_and_again_on_sqlite, killed_again_and_again_on_postgres;
}

/// Clients of each kind.
const CLIENTS: usize = 3;

/// One client, with what it was told over all rounds.
#[derive(Debug)]
enum Work {
    Register {
        name: usize,
        /// The number that was sent and not answered: it is sent again.
        open: Option<usize>,
        told: Vec<DealId>,
    },
    Move {
        card: DealId,
        at: StageId,
        version: i64,
        told: Vec<(i64, StageId)>,
    },
}

fn key(name: usize, number: usize) -> String {
    format!("client-{name}-{number}")
}

fn customer(name: usize, number: usize) -> String {
    format!("Customer {number} of {name}")
}

impl Work {
    fn all(seed: &Seed) -> Vec<Self> {
        let register = (0..CLIENTS).map(|name| Self::Register {
            name,
            open: None,
            told: Vec::new(),
        });
        let cards = seed.cards.iter().map(|card| Self::Move {
            card: *card,
            at: seed.stages[0],
            version: 0,
            told: Vec::new(),
        });
        register.chain(cards).collect()
    }

    /// One request; an error is a server that is gone.
    fn step(&mut self, client: &Client, seed: &Seed) -> io::Result<()> {
        match self {
            Self::Register { name, open, told } => {
                let number = told.len();
                *open = Some(number);
                let input = seed.registration(&key(*name, number), &customer(*name, number));
                let answer = client.call("register_deal", &input)?;
                assert_eq!(answer.status, 200, "{answer:?}");
                *open = None;
                told.push(deal_in(answer.json().as_str().unwrap()));
            }
            Self::Move {
                card,
                at,
                version,
                told,
            } => {
                let to = seed.stages[usize::from(*at == seed.stages[0])];
                let answer = client.call("move_partner_deal", &seed.moving(*card, to, *version))?;
                assert_eq!(answer.status, 200, "{answer:?}");
                *at = to;
                *version = answer.json()[1].as_i64().unwrap();
                told.push((*version, to));
            }
        }
        Ok(())
    }
}

fn killed_again_and_again(engine: Engine) {
    let (place, seed) = Place::filled(engine, async |db| Seed::plant(db, CLIENTS).await);
    let mut work = Work::all(&seed);
    place.look(async |conn| judge(conn, engine, &mut work).await);
    for run in 0..rounds() {
        work = round(&place, &seed, run, work);
        place.look(async |conn| judge(conn, engine, &mut work).await);
    }
    let started = place.serve();
    started.stop();
}

/// Lets all work at once and kills the server some time after each was answered at least once.
fn round(place: &Place, seed: &Seed, run: u32, work: Vec<Work>) -> Vec<Work> {
    let server = place.serve();
    let client = Client::with_session(server.address, &seed.token);
    let (answered, first_answers) = mpsc::channel();
    let working: Vec<_> = work
        .into_iter()
        .map(|mut work| {
            let (client, seed, answered) = (client.clone(), seed.clone(), answered.clone());
            thread::spawn(move || {
                let mut first = true;
                while work.step(&client, &seed).is_ok() {
                    if first {
                        answered.send(()).unwrap();
                    }
                    first = false;
                }
                work
            })
        })
        .collect();
    for _ in &working {
        let answer = first_answers.recv_timeout(PATIENCE);
        assert!(
            answer.is_ok(),
            "run {run}: not everybody was answered: {}",
            server.log()
        );
    }
    thread::sleep(moment(run));
    server.kill();
    working
        .into_iter()
        .map(|work| work.join().unwrap())
        .collect()
}

/// Holds what is kept against what was said, and brings the movers to where their cards are.
async fn judge(conn: &mut Conn, engine: Engine, work: &mut [Work]) {
    if engine == Engine::Postgres {
        // What the dead process had sent last, Postgres may still be doing: this waits for it.
        execute(conn, "BEGIN").await;
        execute(
            conn,
            "LOCK TABLE programs, deals, events, notices IN SHARE MODE",
        )
        .await;
    }
    assert_whole(conn).await;
    let registered = judge_registrations(conn, work).await;
    judge_tellings(conn, registered).await;
    for work in work {
        if let Work::Move {
            card,
            at,
            version,
            told,
        } = work
        {
            (*version, *at) = judge_moves(conn, *card, told, *version).await;
        }
    }
    if engine == Engine::Postgres {
        execute(conn, "ROLLBACK").await;
    }
}

async fn execute(conn: &mut Conn, text: &'static str) {
    Statement::new(text).execute(conn).await.unwrap();
}

/// Whatever was answered is there; of what was not, only the last of each client may be. Gives how many there are.
async fn judge_registrations(conn: &mut Conn, work: &[Work]) -> i64 {
    let rows = Statement::new(
        "SELECT submit_key, id, customer_name FROM deals WHERE number IS NOT NULL AND submit_key LIKE 'client-%'",
    );
    let rows: Vec<(String, DealId, String)> = rows.fetch_all(conn).await.unwrap();
    let mut kept: BTreeMap<String, (DealId, String)> = rows
        .into_iter()
        .map(|(key, deal, customer)| (key, (deal, customer)))
        .collect();
    let mut open_keys = BTreeSet::new();
    let registered = kept.len() + CLIENTS;
    for work in work {
        let Work::Register { name, open, told } = work else {
            continue;
        };
        for (number, deal) in told.iter().enumerate() {
            let found = kept.remove(&key(*name, number));
            assert_eq!(
                found,
                Some((*deal, customer(*name, number))),
                "answered and lost"
            );
        }
        open_keys.extend(open.map(|number| key(*name, number)));
    }
    kept.retain(|key, _| !open_keys.contains(key));
    assert!(kept.is_empty(), "nobody sent these: {kept:?}");
    i64::try_from(registered).unwrap()
}

/// Each registration has its number, its event and the company's notice; nothing has a part of it only.
async fn judge_tellings(conn: &mut Conn, registered: i64) {
    let counted = Statement::new(
        "SELECT count(number), count(*), max(number), (SELECT next_number - 1 FROM programs),
             (SELECT count(*) FROM events WHERE kind = 'deal_submitted'),
             (SELECT count(DISTINCT event_seq) FROM notices WHERE kind = 'deal_submitted')
         FROM deals",
    );
    let counted: Vec<(i64, i64, i64, i64, i64, i64)> = counted.fetch_all(conn).await.unwrap();
    let all = registered;
    assert_eq!(counted, [(all, all, all, all, all, all)]);
}

/// Every answered move is in the history, and after the last one at most one more. Gives where the card is now.
async fn judge_moves(
    conn: &mut Conn,
    card: DealId,
    told: &[(i64, StageId)],
    last: i64,
) -> (i64, StageId) {
    let history = events::list_by_subject(conn, card.uuid(), 0, i64::MAX)
        .await
        .unwrap();
    let moves: BTreeMap<i64, StageId> = history
        .iter()
        .filter_map(|event| match event.fact().unwrap() {
            Fact::Deal(DealFact::StageMoved { to, .. }) => Some((event.subject_version, to.id)),
            _ => None,
        })
        .collect();
    for (version, to) in told {
        assert_eq!(moves.get(version), Some(to), "{card}: answered and lost");
    }
    let mut place = Statement::new("SELECT version, stage_id FROM deals WHERE id = ");
    place.bind(card.uuid());
    let place: Vec<(i64, StageId)> = place.fetch_all(conn).await.unwrap();
    let (version, at) = place[0];
    if last > 0 {
        assert!(
            [last, last + 1].contains(&version),
            "{card} at {version} after {last}"
        );
    }
    if let Some((_, to)) = moves.last_key_value() {
        assert_eq!(at, *to, "{card}: not where its history ends");
    }
    (version, at)
}
