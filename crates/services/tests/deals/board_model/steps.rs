//! What clients do. A step means something whatever was done before it, so that any of them can be left out: a deal or a
//! stage is the so-manieth of those that there are then, counted round.

use domain::deals::RegistrationStatus;
use domain::pipeline::StageKind;
use domain::{Currency, Money};
use testkit::Chance;

/// Two people of one partner, one of another, one of the company.
pub const CLIENTS: usize = 4;
pub const COMPANY: usize = 3;
/// What customers are called after.
pub const WORDS: [&str; 4] = ["Tern", "Hale", "Moss", "Brook"];

#[derive(Debug, Clone)]
pub enum Step {
    Register {
        by: usize,
        word: usize,
        value: Money,
        closes_in: i32,
    },
    Decide {
        deal: Pick,
        verdict: Verdict,
        stale: bool,
    },
    /// Edits the value of a deal about which the company asked.
    Answer {
        by: usize,
        deal: Pick,
        value: Money,
        stale: bool,
    },
    Move {
        by: usize,
        deal: Pick,
        to: usize,
        place: At,
        /// Whether what the drop asks for is answered: the reason, the win, why the company overrides.
        answered: bool,
        stale: bool,
    },
    JudgeWin {
        deal: Pick,
        /// Rejects it, and reopens the deal there.
        reopen_at: Option<usize>,
        stale: bool,
    },
    Withdraw {
        by: usize,
        deal: Pick,
        stale: bool,
    },
    Extend {
        deal: Pick,
        stale: bool,
    },
    RetireStage {
        stage: usize,
        to: usize,
        mapped: bool,
    },
    AddStage {
        kind: StageKind,
        at: usize,
    },
    Filter {
        by: usize,
        narrow: Narrow,
    },
    Later {
        hours: i64,
    },
    /// What the clock does.
    Sweep,
}

/// One of the deals for which the step is meant, or of all if there is none such or any will do.
#[derive(Debug, Clone, Copy)]
pub struct Pick {
    pub number: usize,
    pub any: bool,
}

#[derive(Debug, Clone, Copy)]
pub enum Verdict {
    Approve,
    Decline,
    Ineligible,
    AskInfo,
}

#[derive(Debug, Clone, Copy)]
pub enum At {
    Top,
    Bottom,
    /// Another deal, or the same, wherever it is.
    After(usize),
}

/// What a client's board is narrowed to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Narrow {
    pub mine: bool,
    pub word: Option<usize>,
    pub partner: Option<usize>,
    pub least: Option<i64>,
    pub kind: Option<StageKind>,
    pub status: Option<RegistrationStatus>,
    pub expiring: bool,
    pub stuck: bool,
    pub closing: bool,
}

/// The steps of a seed.
pub fn steps(seed: usize, count: usize) -> Vec<Step> {
    let mut chance = Chance::new(seed);
    (0..count).map(|_| step(&mut chance)).collect()
}

fn step(chance: &mut Chance) -> Step {
    match chance.below(100) {
        0..14 => Step::Register {
            by: chance.below(COMPANY),
            word: chance.below(WORDS.len()),
            value: money(chance),
            closes_in: i32::try_from(chance.below(60)).unwrap(),
        },
        14..78 => of_deal(chance),
        78..82 => Step::RetireStage {
            stage: chance.below(100),
            to: chance.below(100),
            mapped: !one_in(chance, 6),
        },
        82..85 => Step::AddStage {
            kind: *chance.one_of(StageKind::ALL),
            at: chance.below(100),
        },
        85..93 => Step::Filter {
            by: chance.below(CLIENTS),
            narrow: narrow(chance),
        },
        93..97 => Step::Later {
            hours: i64::try_from(1 + chance.below(40 * 24)).unwrap(),
        },
        _ => Step::Sweep,
    }
}

/// Something that is done with a deal; now and then by somebody whose page is old.
fn of_deal(chance: &mut Chance) -> Step {
    let (deal, stale) = (pick(chance), one_in(chance, 12));
    match chance.below(64) {
        0..16 => Step::Decide {
            deal,
            verdict: *chance.one_of(&[
                Verdict::Approve,
                Verdict::Approve,
                Verdict::Approve,
                Verdict::AskInfo,
                Verdict::AskInfo,
                Verdict::Decline,
                Verdict::Ineligible,
            ]),
            stale,
        },
        16..22 => Step::Answer {
            by: chance.below(COMPANY),
            deal,
            value: money(chance),
            stale,
        },
        22..50 => Step::Move {
            by: chance.below(CLIENTS),
            deal,
            to: chance.below(100),
            place: match chance.below(4) {
                0 => At::Top,
                1 => At::Bottom,
                _ => At::After(chance.below(100)),
            },
            answered: !one_in(chance, 8),
            stale,
        },
        50..58 => Step::JudgeWin {
            deal,
            reopen_at: one_in(chance, 2).then(|| chance.below(100)),
            stale,
        },
        58..61 => Step::Withdraw {
            by: chance.below(COMPANY),
            deal,
            stale,
        },
        _ => Step::Extend { deal, stale },
    }
}

fn one_in(chance: &mut Chance, number: usize) -> bool {
    chance.below(number) == 0
}

fn pick(chance: &mut Chance) -> Pick {
    Pick {
        number: chance.below(1_000),
        any: one_in(chance, 5),
    }
}

fn money(chance: &mut Chance) -> Money {
    let currency = *chance.one_of(&[Currency::EUR, Currency::EUR, Currency::USD, Currency::GBP]);
    Money::new(
        i64::try_from(1 + chance.below(5_000_000)).unwrap(),
        currency,
    )
}

fn narrow(chance: &mut Chance) -> Narrow {
    if one_in(chance, 4) {
        return Narrow::default();
    }
    let mut narrow = Narrow::default();
    // One thing, and sometimes two.
    for _ in 0..=usize::from(one_in(chance, 3)) {
        match chance.below(9) {
            0 => narrow.mine = true,
            1 => narrow.word = Some(chance.below(WORDS.len())),
            2 => narrow.partner = Some(chance.below(2)),
            3 => narrow.least = Some(i64::try_from(chance.below(5_000_000)).unwrap()),
            4 => narrow.kind = Some(*chance.one_of(StageKind::ALL)),
            5 => narrow.status = Some(*chance.one_of(RegistrationStatus::ALL)),
            6 => narrow.expiring = true,
            7 => narrow.stuck = true,
            _ => narrow.closing = true,
        }
    }
    narrow
}
