//! How a replay is told: each fact in its turn, while it is remembered where every deal lies.

use std::collections::BTreeMap;

use super::{Replay, ReplayDeal, ReplayFact, ReplayStage, ReplayStep, StepKind};
use crate::deals::facts::StageRef;
use crate::deals::path::Passage;
use crate::pipeline::Pipeline;
use crate::{DealId, Timestamp};

/// The hue of a stage that is gone.
const GONE: &str = "slate";

/// Where a deal lies while the history is read.
#[derive(Debug, Clone, Copy)]
struct Lies {
    /// The event that says so.
    seq: i64,
    stage: Option<usize>,
}

/// A replay while it is told.
pub(super) struct Telling {
    known: BTreeMap<DealId, ReplayDeal>,
    /// Those that were told of, by their places.
    places: BTreeMap<DealId, usize>,
    lies: BTreeMap<DealId, Lies>,
    start: Vec<(Timestamp, usize, usize)>,
    replay: Replay,
}

impl Telling {
    pub(super) fn new(pipeline: &Pipeline, known: Vec<ReplayDeal>) -> Self {
        let stages = pipeline.stages.iter().map(|stage| ReplayStage {
            id: stage.id,
            name: stage.name.clone(),
            hue: stage.hue.clone(),
            retired: false,
        });
        Self {
            known: known.into_iter().map(|deal| (deal.id, deal)).collect(),
            places: BTreeMap::new(),
            lies: BTreeMap::new(),
            start: Vec::new(),
            replay: Replay {
                stages: stages.collect(),
                ..Replay::default()
            },
        }
    }

    /// Where the deal lay when the span began.
    pub(super) fn begin(&mut self, fact: &ReplayFact) {
        let Some(passage) = Passage::of(&fact.fact) else {
            return;
        };
        let stage = passage.to.map(|stage| self.stage(stage));
        if let Some(stage) = stage {
            self.lay(fact.deal, fact.at, stage);
        }
        self.note(fact, stage);
    }

    pub(super) fn go_on(&mut self, fact: &ReplayFact) {
        let before = self.lies.get(&fact.deal).copied();
        // The clocks of two processes differ a little: what lies in the history before the beginning is no step.
        if before.is_some_and(|lies| lies.seq >= fact.seq) {
            return;
        }
        let Some(passage) = Passage::of(&fact.fact) else {
            return;
        };
        let from = match (before, passage.from) {
            (Some(lies), _) => lies.stage,
            // Where the history begins in its middle, the deal lay from the start where it was moved away from.
            (None, Some(from)) => {
                let stage = self.stage(from);
                let seconds = fact.fact.seconds_in_stage().unwrap_or_default();
                self.lay(fact.deal, fact.at.plus_seconds(-seconds), stage);
                Some(stage)
            }
            (None, None) => None,
        };
        let to = passage.to.map(|stage| self.stage(stage));
        self.note(fact, to);
        if from.is_none() && to.is_none() {
            return;
        }
        if let Some(deal) = self.deal(fact.deal) {
            self.replay.steps.push(ReplayStep {
                deal,
                from,
                to,
                at: fact.at,
                who: fact.who.clone(),
                kind: StepKind::of(&fact.fact),
            });
        }
    }

    fn lay(&mut self, deal: DealId, at: Timestamp, stage: usize) {
        if let Some(deal) = self.deal(deal) {
            self.start.push((at, deal, stage));
        }
    }

    fn note(&mut self, fact: &ReplayFact, stage: Option<usize>) {
        let seq = fact.seq;
        self.lies.insert(fact.deal, Lies { seq, stage });
    }

    /// The deal's place in the list, into which it comes when it is told of first.
    fn deal(&mut self, id: DealId) -> Option<usize> {
        if let Some(place) = self.places.get(&id) {
            return Some(*place);
        }
        let deal = self.known.remove(&id)?;
        let place = self.replay.deals.len();
        self.replay.deals.push(deal);
        self.places.insert(id, place);
        Some(place)
    }

    /// The stage's place in the list; one that is gone comes behind the others.
    fn stage(&mut self, stage: &StageRef) -> usize {
        let stages = &mut self.replay.stages;
        let found = stages.iter().position(|one| one.id == stage.id);
        found.unwrap_or_else(|| {
            stages.push(ReplayStage {
                id: stage.id,
                name: stage.name.clone(),
                hue: GONE.to_owned(),
                retired: true,
            });
            stages.len() - 1
        })
    }

    pub(super) fn told(mut self) -> Replay {
        self.start.sort_unstable();
        let start = self.start.into_iter();
        self.replay.start = start.map(|(_, deal, stage)| (deal, stage)).collect();
        self.replay
    }
}
