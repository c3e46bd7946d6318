//! One deal under many movers at once: its history is that of people who moved it one after another.
//!
//! `MOVES` says how often each seed's movers try (500 if unset; `MOVES=10000` is the whole proof), `MOVE_SEEDS` how many
//! seeds there are (2 if unset). A failure names its seed.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use domain::commands::{MoveDeal, Place};
use domain::deals::{DealFact, MoveDetails, StageRef};
use domain::errors::ConflictView;
use domain::events::TimelineEntry;
use domain::people::{CompanyRole, PartnerRole, Side};
use domain::pipeline::StageKind;
use domain::views::{BoardView, Card, DealFilter};
use domain::{DealId, FixedClock, LostReasonId, StageId, Timestamp};
use services::deals::Moved;
use services::{CompanyAccess, PartnerAccess, ServiceError};
use store::accounts::users::{self, User};
use store::{companies, partners};
use testkit::{Chance, TestDb, asked, both_engines};

use crate::desk::Desk;

const MOVERS: usize = 32;
/// Every eighth of them is of the company, and overrides.
const EIGHTH: usize = 8;

/// By what somebody moves the deal.
#[derive(Clone)]
enum Hand {
    Partner(PartnerAccess),
    Company(CompanyAccess),
}

impl Hand {
    async fn board(&self) -> BoardView {
        let whole = DealFilter::default();
        match self {
            Self::Partner(access) => access.board(&whole).await.unwrap(),
            Self::Company(access) => access.board(&whole).await.unwrap().board,
        }
    }

    async fn move_deal(&self, command: MoveDeal) -> Result<Moved, ServiceError> {
        match self {
            Self::Partner(access) => access.move_deal(command).await,
            Self::Company(access) => access.override_stage(command).await,
        }
    }

    fn override_reason(&self) -> Option<String> {
        matches!(self, Self::Company(_)).then(|| "They asked us to".to_owned())
    }
}

/// Somebody with a name of their own.
#[derive(Clone)]
struct Mover {
    name: String,
    hand: Hand,
}

/// A move that was done.
#[derive(Debug, Clone)]
struct Done {
    by: usize,
    to: StageId,
    place: Place,
    seen: i64,
    version: i64,
}

/// One that came too late.
#[derive(Debug)]
struct Late {
    seen: i64,
    /// The newest version that somebody had been told of when this one began.
    floor: i64,
    conflict: ConflictView,
}

/// What all movers of a race share.
struct Race {
    deal: DealId,
    movers: Vec<Mover>,
    stages: Vec<StageId>,
    lost_stage: StageId,
    lost_reason: LostReasonId,
    /// The newest version that somebody was told of.
    told: AtomicI64,
    clock: Arc<FixedClock>,
    start: Timestamp,
    ticks: AtomicI64,
}

impl Race {
    fn command(&self, by: usize, to: StageId, place: Place, version: i64) -> MoveDeal {
        MoveDeal {
            deal: self.deal,
            to_stage: to,
            place,
            details: MoveDetails {
                lost_reason: (to == self.lost_stage).then_some(self.lost_reason),
                override_reason: self.movers[by].hand.override_reason(),
                ..MoveDetails::default()
            },
            version,
        }
    }

    /// The version of the deal on a board, on which it lies once and is counted once.
    fn version_on(&self, board: &BoardView) -> i64 {
        let cards: Vec<&Card> = board.columns.iter().flat_map(|one| &one.cards).collect();
        let counts: i64 = board.columns.iter().map(|column| column.count).sum();
        assert_eq!((cards.len(), counts), (1, 1), "{:?}", board.columns);
        let column = board.columns.iter().find(|column| column.count == 1);
        assert_eq!(column.unwrap().cards.len(), 1, "counted where it is not");
        assert_eq!(cards[0].id, self.deal);
        cards[0].version
    }

    /// Looks at the board and moves the card, so often.
    async fn run(&self, by: usize, times: usize, mut chance: Chance) -> (Vec<Done>, Vec<Late>) {
        let (mut done, mut late) = (Vec::new(), Vec::new());
        for _ in 0..times {
            let second = self.ticks.fetch_add(1, Ordering::SeqCst);
            self.clock.set(self.start.plus_seconds(second));
            let floor = self.told.load(Ordering::SeqCst);
            let hand = &self.movers[by].hand;
            let seen = self.version_on(&hand.board().await);
            assert!(seen >= floor, "saw {seen} after somebody was told {floor}");
            let to = *chance.one_of(&self.stages);
            let place = *chance.one_of(&[Place::Top, Place::Bottom]);
            match hand.move_deal(self.command(by, to, place, seen)).await {
                Ok(moved) => {
                    assert_eq!((moved.deal, moved.stage), (self.deal, to));
                    let version = moved.version;
                    self.told.fetch_max(version, Ordering::SeqCst);
                    done.push(Done {
                        by,
                        to,
                        place,
                        seen,
                        version,
                    });
                }
                Err(ServiceError::Conflict(conflict)) => late.push(Late {
                    seen,
                    floor,
                    conflict,
                }),
                Err(error) => panic!("neither moved nor too late: {error:?}"),
            }
        }
        (done, late)
    }
}

/// Thirty-two people, who all may move the deals of this world's partner.
async fn movers(desk: &Desk, db: &TestDb) -> Vec<Mover> {
    let person = |number: usize| User {
        id: db.id(),
        email: format!("mover{number}@alta.test"),
        email_folded: format!("mover{number}@alta.test"),
        name: format!("Mover {number}"),
        password_hash: None,
        created_at: db.now(),
        disabled_at: None,
    };
    let people: Vec<User> = (0..MOVERS).map(person).collect();
    let (company, partner) = (desk.world.company.id, desk.world.partner.id);
    let at = db.now();
    testkit::in_write!(db, |tx| [people] {
        for (number, user) in people.iter().enumerate() {
            users::insert(tx, user).await?;
            if number.is_multiple_of(EIGHTH) {
                companies::insert_member(tx, company, user.id, CompanyRole::Reviewer, at).await?;
            } else {
                partners::insert_member(tx, partner, user.id, PartnerRole::Member, at).await?;
            }
        }
        Ok(())
    })
    .unwrap();
    let (program, membership) = (desk.world.program.id, desk.world.membership.id);
    let mut movers = Vec::new();
    for (number, user) in people.into_iter().enumerate() {
        let services = &desk.services;
        let hand = if number.is_multiple_of(EIGHTH) {
            Hand::Company(services.company(user.id, program).await.unwrap())
        } else {
            Hand::Partner(services.partner(user.id, membership).await.unwrap())
        };
        let name = user.name;
        movers.push(Mover { name, hand });
    }
    movers
}

/// The deal's moves, oldest first: all that happened to it after it was registered and approved.
async fn history(desk: &Desk, deal: DealId) -> Vec<TimelineEntry> {
    let scope = store::deals::Scope::Membership(desk.world.membership.id);
    let mut conn = desk.services.read().await.unwrap();
    let all = store::deals::timeline(&mut conn, scope, deal, 1_000_000).await;
    let mut all = all.unwrap();
    all.reverse();
    let before: Vec<&str> = all.iter().take(2).map(|one| one.fact.name()).collect();
    assert_eq!(before, ["deal_submitted", "deal_approved"]);
    all.split_off(2)
}

fn from_to(fact: &DealFact) -> (&StageRef, &StageRef) {
    match fact {
        DealFact::StageMoved { from, to, .. } | DealFact::DealLost { from, to, .. } => (from, to),
        DealFact::DealReordered { stage, .. } => (stage, stage),
        other => panic!("no move: {other:?}"),
    }
}

/// Who did what, without when.
fn lines(history: &[TimelineEntry]) -> Vec<(String, Side, String)> {
    let line = |one: &TimelineEntry| (one.who.clone(), one.side, one.fact.sentence());
    history.iter().map(line).collect()
}

/// Each success is one fact, in the order of versions, and each fact is one success.
fn told_once(race: &Race, first: i64, done: &[Done], history: &[TimelineEntry], start: StageId) {
    let versions: Vec<i64> = done.iter().map(|one| one.version).collect();
    let expected: Vec<i64> = (first + 1..).take(done.len()).collect();
    assert_eq!(versions, expected, "a version was skipped, or given twice");
    assert_eq!(history.len(), done.len());
    let mut lies = start;
    for (entry, one) in history.iter().zip(done) {
        assert_eq!(one.seen + 1, one.version, "{one:?}");
        assert_eq!(entry.who, race.movers[one.by].name, "{one:?}");
        let (from, to) = from_to(&entry.fact);
        assert_eq!((from.id, to.id), (lies, one.to), "{one:?}: {entry:?}");
        lies = to.id;
    }
    assert!(history.is_sorted_by(|one, next| one.seq < next.seq));
}

/// Whoever came too late was told of the move that was first: by whom, when and what it was.
fn told_why(first: i64, late: &[Late], history: &[TimelineEntry]) {
    for one in late {
        let current = one.conflict.current_version;
        assert!(current > one.seen && current >= one.floor, "{one:?}");
        let at = usize::try_from(current - first - 1).unwrap();
        let entry = &history[at];
        let told = (&one.conflict.who, one.conflict.at, &one.conflict.what);
        assert_eq!(told, (&entry.who, entry.at, &entry.fact.sentence()));
    }
}

async fn race(desk: &Desk, movers: Vec<Mover>, key: &str, seed: usize) {
    let deal = desk.approved(key, &format!("Tern Labs {seed}")).await;
    let first = desk.version(deal).await;
    let stages = &desk.world.pipeline.stages;
    let free = stages.iter().filter(|stage| stage.kind != StageKind::Won);
    let race = Arc::new(Race {
        deal,
        movers,
        stages: free.map(|stage| stage.id).collect(),
        lost_stage: desk.stage("Closed lost"),
        lost_reason: desk.world.pipeline.lost_reasons[0].id,
        told: AtomicI64::new(first),
        clock: desk.clock.clone(),
        start: domain::Clock::now(desk.clock.as_ref()),
        ticks: AtomicI64::new(1),
    });
    let mut chance = Chance::new(seed);
    let mut running = tokio::task::JoinSet::new();
    let moves = asked("MOVES", 500);
    for by in 0..MOVERS {
        let (race, own) = (race.clone(), chance.branch());
        let times = moves / MOVERS + usize::from(by < moves % MOVERS);
        running.spawn(async move { race.run(by, times, own).await });
    }
    let (mut done, mut late) = (Vec::new(), Vec::new());
    for (own_done, own_late) in running.join_all().await {
        done.extend(own_done);
        late.extend(own_late);
    }
    assert_eq!(done.len() + late.len(), moves);
    assert!(
        !done.is_empty() && !late.is_empty(),
        "nobody met anybody: {} done, {} late",
        done.len(),
        late.len()
    );
    done.sort_by_key(|one| one.version);
    let history = history(desk, deal).await;
    told_once(&race, first, &done, &history, desk.stage("Qualified"));
    told_why(first, &late, &history);
    let board = race.movers[1].hand.board().await;
    let last = done.last().map(|one| one.version);
    assert_eq!(Some(race.version_on(&board)), last);
    one_after_another(desk, &race, &done, &history).await;
}

/// The same people do the same with another deal, each after the one before: the history reads the same.
async fn one_after_another(desk: &Desk, race: &Race, done: &[Done], history: &[TimelineEntry]) {
    let deal = desk.approved(&format!("again-{}", race.deal), "Tern").await;
    let mut version = desk.version(deal).await;
    for one in done {
        let command = MoveDeal {
            deal,
            ..race.command(one.by, one.to, one.place, version)
        };
        let moved = race.movers[one.by].hand.move_deal(command).await.unwrap();
        assert_eq!(moved.version, version + 1);
        version = moved.version;
    }
    assert_eq!(lines(&self::history(desk, deal).await), lines(history));
    // The next race has the board to itself.
    for deal in [deal, race.deal] {
        let version = desk.version(deal).await;
        let command = domain::commands::WithdrawDeal { deal, version };
        desk.partner().await.withdraw_deal(command).await.unwrap();
    }
}

both_engines! {
    async fn a_deal_under_many_movers_has_the_history_of_one_after_another(db: &TestDb) {
        let desk = Desk::open(db).await;
        let movers = movers(&desk, db).await;
        for seed in 1..=asked("MOVE_SEEDS", 2) {
            testkit::say(&format!("seed {seed}"));
            race(&desk, movers.clone(), &format!("key-{seed}"), seed).await;
        }
        desk.services.verify().await.unwrap().unwrap();
        testkit::assert_whole(&mut db.read().await.unwrap()).await;
    }
}
