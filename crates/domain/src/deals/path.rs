//! The way of a deal through the stages, as its history tells it.

use serde::{Deserialize, Serialize};

use super::deal::Placement;
use super::facts::{DealFact, StageRef};
use crate::pipeline::Pipeline;
use crate::{StageId, Timestamp};

/// The names of the facts that a path is told from.
pub const PATH_FACTS: [&str; 7] = [
    "deal_approved",
    "stage_moved",
    "deal_lost",
    "win_marked",
    "win_rejected",
    "stage_retired",
    "deal_withdrawn",
];

/// A stage that the deal lay in, and for how long.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PathStep {
    pub stage: StageId,
    /// As the stage is called now; one that is gone, as it was called then.
    pub name: String,
    pub seconds: i64,
    /// The deal lies there still.
    pub present: bool,
}

/// A step while the history is read. Without seconds the deal has not left it yet.
struct Stay {
    stage: StageRef,
    since: Timestamp,
    seconds: Option<i64>,
}

/// What a fact says about where the deal lay, and where it lies after it.
pub(super) struct Passage<'a> {
    pub(super) from: Option<&'a StageRef>,
    pub(super) to: Option<&'a StageRef>,
}

impl<'a> Passage<'a> {
    pub(super) fn of(fact: &'a DealFact) -> Option<Self> {
        let (from, to) = match fact {
            DealFact::DealApproved { stage, .. } => (None, Some(stage)),
            DealFact::StageMoved { from, to, .. }
            | DealFact::DealLost { from, to, .. }
            | DealFact::WinMarked { from, to, .. }
            | DealFact::StageRetired { from, to } => (Some(from), Some(to)),
            DealFact::WinRejected { to, .. } => (None, Some(to)),
            DealFact::DealWithdrawn => (None, None),
            _ => return None,
        };
        Some(Self { from, to })
    }
}

/// The stages that the deal lay in, in its own order: a stage to which it came back stands there twice. The history comes oldest
/// first; where its beginning is missing, the path begins with the first stage that is known.
pub fn path(
    history: &[(Timestamp, DealFact)],
    placement: Option<&Placement>,
    pipeline: &Pipeline,
    now: Timestamp,
) -> Vec<PathStep> {
    let mut stays: Vec<Stay> = Vec::new();
    for (at, fact) in history {
        let Some(Passage { from, to }) = Passage::of(fact) else {
            continue;
        };
        leave(&mut stays, *at, from, fact.seconds_in_stage());
        if let Some(to) = to {
            stays.push(Stay {
                stage: to.clone(),
                since: *at,
                seconds: None,
            });
        }
    }
    let name = |id: StageId| pipeline.find(id).map(|stage| stage.name.clone());
    let mut steps: Vec<PathStep> = Vec::with_capacity(stays.len());
    for stay in stays {
        let here = placement.filter(|p| stay.seconds.is_none() && p.stage == stay.stage.id);
        steps.push(PathStep {
            stage: stay.stage.id,
            name: name(stay.stage.id).unwrap_or(stay.stage.name),
            seconds: stay.seconds.unwrap_or_else(|| between(stay.since, now)),
            present: here.is_some(),
        });
    }
    if let Some(placement) = placement
        && !steps.iter().any(|step| step.present)
    {
        steps.push(PathStep {
            stage: placement.stage,
            name: name(placement.stage).unwrap_or_default(),
            seconds: between(placement.entered_at, now),
            present: true,
        });
    }
    steps
}

/// The deal leaves where it lay. `seconds` is what the fact itself says, for a stage whose beginning is not known.
fn leave(stays: &mut Vec<Stay>, at: Timestamp, from: Option<&StageRef>, seconds: Option<i64>) {
    match stays.last_mut() {
        Some(last) if last.seconds.is_none() => last.seconds = Some(between(last.since, at)),
        Some(_) => {}
        None => {
            if let (Some(from), Some(seconds)) = (from, seconds) {
                stays.push(Stay {
                    stage: from.clone(),
                    since: at.plus_seconds(-seconds),
                    seconds: Some(seconds.max(0)),
                });
            }
        }
    }
}

fn between(from: Timestamp, until: Timestamp) -> i64 {
    (until.seconds() - from.seconds()).max(0)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::deals::Given;
    use crate::pipeline::{Stage, StageKind, StageRules};
    use crate::{CustomerId, Rank};

    const DAY: i64 = 86_400;

    fn day(number: i64) -> Timestamp {
        Timestamp::from_seconds(number * DAY)
    }

    fn id(number: u128) -> StageId {
        StageId(Uuid::from_u128(number))
    }

    fn stage(number: u128, then: &str) -> StageRef {
        StageRef {
            id: id(number),
            name: then.into(),
        }
    }

    fn pipeline() -> Pipeline {
        let stage = |number: u128, name: &str, kind| Stage {
            id: id(number),
            name: name.into(),
            kind,
            hue: "blue".into(),
            position: 0,
            stuck_days: None,
            probability: 50,
            description: String::new(),
            wip_hint: None,
            rules: StageRules::default(),
            pipeline: crate::PipelineId::FIRST,
        };
        Pipeline {
            stages: vec![
                stage(1, "Qualify", StageKind::Open),
                stage(2, "Proposal", StageKind::Open),
                stage(3, "Won", StageKind::Won),
            ],
            lost_reasons: Vec::new(),
            heads: crate::pipeline::Heads::default(),
        }
    }

    fn lies_in(number: u128, since: Timestamp) -> Placement {
        Placement {
            stage: id(number),
            entered_at: since,
            rank: Rank("a".into()),
            lost: None,
        }
    }

    fn approved(number: u128) -> DealFact {
        DealFact::DealApproved {
            message: String::new(),
            protected_until: day(90),
            stage: stage(number, "Then"),
        }
    }

    fn moved(from: u128, to: u128, days: i64) -> DealFact {
        DealFact::StageMoved {
            from: stage(from, "Then"),
            to: stage(to, "Then"),
            seconds_in_stage: days * DAY,
            override_reason: None,
            given: Given::default(),
        }
    }

    fn read(history: &[(Timestamp, DealFact)], lies: Option<(u128, i64)>) -> Vec<(String, i64)> {
        let placement = lies.map(|(number, since)| lies_in(number, day(since)));
        let steps = path(history, placement.as_ref(), &pipeline(), day(20));
        let present = steps.iter().filter(|step| step.present).count();
        assert_eq!(present, usize::from(lies.is_some()));
        assert_eq!(steps.last().is_some_and(|s| s.present), lies.is_some());
        let steps = steps.into_iter();
        steps.map(|step| (step.name, step.seconds / DAY)).collect()
    }

    fn told(steps: &[(&str, i64)]) -> Vec<(String, i64)> {
        let steps = steps.iter();
        steps
            .map(|(name, days)| ((*name).to_owned(), *days))
            .collect()
    }

    #[test]
    fn each_stage_is_told_with_its_time_and_a_way_back_is_a_step_of_its_own() {
        let history = [
            (day(1), DealFact::DealDrafted),
            (day(2), approved(1)),
            (day(5), moved(1, 2, 3)),
            (day(17), moved(2, 1, 12)),
        ];
        let expected = told(&[("Qualify", 3), ("Proposal", 12), ("Qualify", 3)]);
        assert_eq!(read(&history, Some((1, 17))), expected);
    }

    #[test]
    fn a_stage_that_is_gone_keeps_its_name_and_its_time_is_counted_once() {
        let retired = DealFact::StageRetired {
            from: stage(9, "Then"),
            to: stage(2, "Then"),
        };
        // The deal keeps the day on which it came into the old one.
        let history = [(day(2), approved(9)), (day(6), retired)];
        let expected = told(&[("Then", 4), ("Proposal", 14)]);
        assert_eq!(read(&history, Some((2, 2))), expected);
    }

    #[test]
    fn a_win_that_is_rejected_leads_on_and_a_withdrawal_ends_it() {
        let won = DealFact::WinMarked {
            from: stage(1, "Then"),
            to: stage(3, "Then"),
            seconds_in_stage: DAY,
            customer: CustomerId(Uuid::from_u128(1)),
            override_reason: None,
            given: Given::default(),
        };
        let rejected = DealFact::WinRejected {
            reason: "No order".into(),
            to: stage(2, "Then"),
        };
        let history = [
            (day(1), approved(1)),
            (day(2), won),
            (day(4), rejected),
            (day(9), DealFact::DealWithdrawn),
        ];
        let expected = told(&[("Qualify", 1), ("Won", 2), ("Proposal", 5)]);
        assert_eq!(read(&history, None), expected);
    }

    #[test]
    fn where_the_beginning_is_missing_the_first_known_stage_begins_it() {
        let history = [(day(9), moved(1, 2, 4))];
        assert_eq!(
            read(&history, Some((2, 9))),
            told(&[("Qualify", 4), ("Proposal", 11)])
        );
        assert_eq!(read(&[], Some((2, 15))), told(&[("Proposal", 5)]));
        assert_eq!(read(&[], None), told(&[]));
    }

    #[test]
    fn every_fact_that_tells_of_the_path_is_asked_for() {
        for fact in [
            approved(1),
            moved(1, 2, 1),
            DealFact::DealWithdrawn,
            DealFact::StageRetired {
                from: stage(1, ""),
                to: stage(2, ""),
            },
        ] {
            assert!(PATH_FACTS.contains(&fact.name()), "{}", fact.name());
        }
    }
}
