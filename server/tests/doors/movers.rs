//! One deal under many movers at once, through every door that moves: each is told that it moved, or who was first.
//!
//! `MOVES` says how often they try in all: 500 if unset, `MOVES=10000` for the whole proof.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use axum::http::StatusCode;
use domain::{
    DealId, StageId, deals::RegistrationStatus, keys::KeyScope, pipeline::StageKind,
    views::DealFilter,
};
use serde_json::{Value, json};
use testkit::{Chance, TestDb, asked, both_engines};

use crate::{
    api::{get, partner_key, post},
    authorisation::actors::{Cast, Place},
    support::{Answer, Call, House},
};

const MOVERS: usize = 32;

/// The doors that move a deal.
#[derive(Debug, Clone, Copy)]
enum Door {
    /// The board's, for a person of the partner's team.
    Partner(usize),
    /// The board's, for a person of the company.
    Company,
    /// The API's.
    Api,
}

const DOORS: [Door; 4] = [Door::Partner(0), Door::Partner(1), Door::Company, Door::Api];

struct Race {
    house: House,
    own: Place,
    deal: DealId,
    stages: Vec<StageId>,
    partners: [String; 2],
    admin: String,
    key: String,
    /// The newest version that somebody was told of.
    told: AtomicI64,
}

/// What a door said, read alike whichever it was.
#[derive(Debug)]
enum Said {
    Moved(i64),
    Late { current: i64, who: String },
}

impl Race {
    async fn open(db: &TestDb) -> Self {
        let house = House::over(db, &[("api-pace", "1000000")]);
        house.services.load_demo(120).await.unwrap();
        let cast = Cast::gather(&house).await;
        let own = cast.own.clone();
        let token = |name: &str| {
            let mut actors = cast.actors.iter();
            let actor = actors.find(|actor| actor.name == name).unwrap();
            actor.token.clone().unwrap()
        };
        let access = house.services.partner(own.owner, own.membership);
        let movable = DealFilter {
            registration: Some(RegistrationStatus::Approved),
            stage_kind: Some(StageKind::Open),
            ..DealFilter::default()
        };
        let board = access.await.unwrap().board(&movable).await.unwrap();
        let mut cards = board.columns.iter().flat_map(|column| &column.cards);
        let card = cards
            .find(|card| {
                !card.win.locks() && card.protected_until.is_some_and(|until| until > board.now)
            })
            .unwrap();
        let open = board.pipeline.stages.iter();
        let open = open.filter(|stage| stage.kind == StageKind::Open);
        Self {
            deal: card.id,
            told: AtomicI64::new(card.version),
            stages: open.map(|stage| stage.id).collect(),
            partners: [token("partner owner"), token("partner member")],
            admin: token("admin"),
            key: partner_key(&house, own.owner, own.partner, KeyScope::OF_PARTNER).await,
            house,
            own,
        }
    }

    fn path(&self) -> String {
        let program = self.own.program;
        format!("/api/v1/programs/{program}/deals/{}", self.deal)
    }

    async fn version(&self) -> i64 {
        let answer = self.house.send(get(&self.path(), &self.key)).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()["version"].as_i64().unwrap()
    }

    fn call(&self, door: Door, to: StageId, version: i64) -> Call {
        let mut command = json!({
            "deal": self.deal, "to_stage": to, "place": "top", "details": {}, "version": version,
        });
        let kind = "application/json";
        match door {
            Door::Partner(person) => {
                let input = json!({ "membership": self.own.membership, "command": command });
                Call::post("/api/move_partner_deal", kind, input.to_string())
                    .signed_in(Some(&self.partners[person]))
            }
            Door::Company => {
                command["details"] = json!({ "override_reason": "They asked us to" });
                let input = json!({ "program": self.own.program, "command": command });
                Call::post("/api/override_stage", kind, input.to_string())
                    .signed_in(Some(&self.admin))
            }
            Door::Api => {
                let body = json!({ "to_stage": to, "place": "top" }).to_string();
                let path = format!("{}/moves", self.path());
                post(&path, &self.key, &body).with("if-match", &format!("\"{version}\""))
            }
        }
    }

    /// Reads the deal and moves it, so often.
    async fn run(&self, door: Door, times: usize, mut chance: Chance) -> Vec<Said> {
        let mut said = Vec::new();
        for _ in 0..times {
            let floor = self.told.load(Ordering::SeqCst);
            let seen = self.version().await;
            assert!(seen >= floor, "read {seen} after somebody was told {floor}");
            let to = *chance.one_of(&self.stages);
            let answer = self.house.send(self.call(door, to, seen)).await;
            let one = read(door, &answer);
            match &one {
                Said::Moved(version) => {
                    assert_eq!(*version, seen + 1);
                    self.told.fetch_max(*version, Ordering::SeqCst);
                }
                Said::Late { current, .. } => {
                    assert!(*current > seen && *current >= floor, "{one:?} after {seen}");
                }
            }
            said.push(one);
        }
        said
    }
}

/// A success, or a conflict that says who and when; whatever else it is ends the test.
fn read(door: Door, answer: &Answer) -> Said {
    let told = format!("{door:?}: {} {}", answer.status, answer.body);
    let body = answer.json();
    if answer.status == StatusCode::OK {
        let version = match door {
            Door::Partner(_) | Door::Company => &body[1],
            Door::Api => &body["version"],
        };
        return Said::Moved(version.as_i64().expect(&told));
    }
    let conflict = match door {
        Door::Partner(_) | Door::Company => StatusCode::CONFLICT,
        // What the request named in If-Match is not so any more.
        Door::Api => StatusCode::PRECONDITION_FAILED,
    };
    assert_eq!(answer.status, conflict, "{told}");
    let view = conflict_in(&body).expect(&told);
    assert!(!view["at"].is_null(), "{told}");
    assert!(view["what"].as_str().is_some_and(|what| !what.is_empty()));
    Said::Late {
        current: view["current_version"].as_i64().expect(&told),
        who: view["who"].as_str().expect(&told).to_owned(),
    }
}

/// The part of a refusal that says who was first.
fn conflict_in(body: &Value) -> Option<&Value> {
    let parts = body.as_object()?;
    if parts.contains_key("current_version") {
        return Some(body);
    }
    parts.values().find_map(conflict_in)
}

both_engines! {
    async fn every_door_says_that_it_moved_the_deal_or_who_was_first(db: &TestDb) {
        let race = Arc::new(Race::open(db).await);
        let first = race.version().await;
        // What a browser kept for one person is not done for the next who signs in there.
        for (viewer, status) in [(race.own.admin, 401_u16), (race.own.owner, 200)] {
            let command = json!({
                "deal": race.deal, "to_stage": race.stages[0], "place": "top", "details": {}, "version": first,
            });
            let input = json!({ "membership": race.own.membership, "command": command, "viewer": viewer });
            let call = Call::post("/api/move_partner_deal", "application/json", input.to_string());
            let answer = race.house.send(call.signed_in(Some(&race.partners[0]))).await;
            assert_eq!(answer.status, status, "{}", answer.body);
        }
        let first = race.version().await;
        let moves = asked("MOVES", 500);
        let mut chance = Chance::new(1);
        let mut running = tokio::task::JoinSet::new();
        for number in 0..MOVERS {
            let (race, own) = (race.clone(), chance.branch());
            let times = moves / MOVERS + usize::from(number < moves % MOVERS);
            let door = DOORS[number % DOORS.len()];
            running.spawn(async move { race.run(door, times, own).await });
        }
        let said: Vec<Said> = running.join_all().await.into_iter().flatten().collect();
        assert_eq!(said.len(), moves);
        let mut versions: Vec<i64> = said
            .iter()
            .filter_map(|one| match one {
                Said::Moved(version) => Some(*version),
                Said::Late { .. } => None,
            })
            .collect();
        versions.sort_unstable();
        let expected: Vec<i64> = (first + 1..).take(versions.len()).collect();
        assert_eq!(versions, expected, "a version was skipped, or given twice");
        assert!(!versions.is_empty() && versions.len() < moves, "nobody met anybody");

        // Each version has one fact, by whom the others were told.
        let mut conn = race.house.services.read().await.unwrap();
        let mut authors = BTreeMap::new();
        for version in versions {
            let entry = store::deals::fact_of_version(&mut conn, race.deal, version).await;
            let entry = entry.unwrap().unwrap();
            assert!(matches!(entry.fact.name(), "stage_moved" | "deal_reordered"), "{entry:?}");
            authors.insert(version, entry.who);
        }
        for one in &said {
            if let Said::Late { current, who } = one {
                assert_eq!(Some(who), authors.get(current), "{one:?}");
            }
        }
        drop(conn);
        let people: BTreeSet<&String> = authors.values().collect();
        assert!(people.len() > 1, "only one person ever moved it: {people:?}");
        race.house.services.verify().await.unwrap().unwrap();
    }
}
