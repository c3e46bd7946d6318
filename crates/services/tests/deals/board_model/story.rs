//! One board on which all happens once that can become of a deal.

use domain::pipeline::StageKind;
use domain::{Currency, Money};

use super::steps::{At, COMPANY, Narrow, Pick, Step, Verdict};

/// The first of those that the step is meant for.
const FIRST: Pick = Pick {
    number: 0,
    any: false,
};

fn decide(verdict: Verdict) -> Step {
    Step::Decide {
        deal: FIRST,
        verdict,
        stale: false,
    }
}

fn register(by: usize) -> Step {
    Step::Register {
        by,
        word: by,
        value: Money::new(120_000, Currency::EUR),
        closes_in: 30,
    }
}

fn to_stage(by: usize, to: usize) -> Step {
    Step::Move {
        by,
        deal: FIRST,
        to,
        place: At::Top,
        answered: true,
        stale: false,
    }
}

fn narrow(by: usize, narrow: Narrow) -> Step {
    Step::Filter { by, narrow }
}

fn days(days: i64) -> Step {
    Step::Later { hours: days * 24 }
}

/// All that can become of a deal on a board, once: the first is won after a win was rejected, the second runs out twice.
pub fn story() -> Vec<Step> {
    let (stale, mapped) = (false, true);
    let judge = |reopen_at| Step::JudgeWin {
        deal: FIRST,
        reopen_at,
        stale,
    };
    let stuck = Narrow {
        stuck: true,
        ..Narrow::default()
    };
    let expiring = Narrow {
        expiring: true,
        ..Narrow::default()
    };
    vec![
        register(0),
        decide(Verdict::Approve),
        register(2),
        decide(Verdict::AskInfo),
        Step::Answer {
            by: 2,
            deal: FIRST,
            value: Money::new(5_000, Currency::USD),
            stale,
        },
        decide(Verdict::Approve),
        to_stage(0, 3),
        judge(Some(1)),
        to_stage(0, 3),
        judge(None),
        to_stage(2, 1),
        Step::AddStage {
            kind: StageKind::Open,
            at: 0,
        },
        Step::RetireStage {
            stage: 2,
            to: 3,
            mapped,
        },
        narrow(COMPANY, stuck),
        days(20),
        narrow(2, expiring),
        days(60),
        days(20),
        to_stage(2, 0),
        Step::Sweep,
        Step::Extend {
            deal: Pick {
                number: 1,
                any: true,
            },
            stale,
        },
        days(61),
        Step::Sweep,
        register(1),
        decide(Verdict::Decline),
        register(1),
        Step::Withdraw {
            by: 1,
            deal: Pick {
                number: 3,
                any: true,
            },
            stale,
        },
    ]
}
