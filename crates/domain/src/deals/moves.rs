//! A deal goes to another column, or to another place in its own.

use serde::{Deserialize, Serialize};

use super::check::{MoveGate, Mover, asks_on_entry, check_move};
use super::deal::{Deal, Lost, Placement, Step};
use super::entry::Entry;
use super::facts::{DealFact, StageRef};
use super::given::Given;
use super::refusal::Refusal;
use super::reviews::{MAX_REASON, checked_reason};
use super::wins::Win;
use crate::forms::RawAnswers;
use crate::pipeline::{LostReason, Pipeline, Stage};
use crate::text::clean_text;
use crate::{CustomerId, LostReasonId, Rank, StageId, Timestamp, UserId};

/// What the drop's dialog asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoveDetails {
    /// For a stage of kind lost.
    #[serde(default)]
    pub lost_reason: Option<LostReasonId>,
    #[serde(default)]
    pub note: String,
    /// For a stage of kind won: "yes, it is won".
    #[serde(default)]
    pub win_confirmed: bool,
    /// For the company: why it overrides.
    #[serde(default)]
    pub override_reason: Option<String>,
    /// The answers that the stage asks for and the deal lacks, as a form posts them.
    #[serde(default, skip_serializing_if = "RawAnswers::is_empty")]
    pub answers: RawAnswers,
}

/// A move, with all that the rules need.
#[derive(Debug, Clone)]
pub struct Move<'a> {
    pub pipeline: &'a Pipeline,
    pub to: StageId,
    pub rank: Rank,
    pub mover: Mover,
    pub details: &'a MoveDetails,
    /// The customer that a win refers to: found or created by the caller.
    pub customer: CustomerId,
    /// What the deal brings along; must be there where the stage's own rules ask the mover for something.
    pub entry: Option<&'a Entry>,
}

impl Deal {
    /// Moves the deal to a stage or to a place within its stage. Into a stage of kind won it marks the win and locks.
    pub fn move_to_stage(&self, step: &Move<'_>, by: UserId, now: Timestamp) -> Step {
        let to = step.pipeline.find(step.to).ok_or(Refusal::StageGone)?;
        let present = self.placement.as_ref();
        let from = present.and_then(|placement| step.pipeline.find(placement.stage));
        let gate = check_move(self.move_facts(), from, to, step.mover, now)?;
        let placement = present.ok_or(Refusal::NotApproved)?;
        let mut deal = self.changed(by, now);
        let leaving = Leaving::of(step, placement, now)?;
        if placement.stage == to.id {
            deal.placement = Some(Placement {
                rank: step.rank.clone(),
                ..placement.clone()
            });
            return Ok((
                deal,
                DealFact::DealReordered {
                    stage: StageRef::of(to),
                    override_reason: leaving.override_reason,
                },
            ));
        }
        if asks_on_entry(to, step.mover) && step.entry.is_none() {
            return Err(Refusal::EntryMissing);
        }
        let given = given(step)?;
        if let Some(answers) = step.entry.and_then(Entry::answers) {
            deal.take_answers(answers.clone());
        }
        let lost = lost_details(gate, step)?;
        deal.placement = Some(Placement {
            stage: to.id,
            entered_at: now,
            rank: step.rank.clone(),
            lost: lost.clone(),
        });
        let fact = match gate {
            MoveGate::Free | MoveGate::AskEntry => leaving.moved(to, given),
            MoveGate::AskLostReason => leaving.lost(to, step, lost, given),
            MoveGate::ConfirmWin => {
                if !step.details.win_confirmed {
                    return Err(Refusal::WinUnconfirmed);
                }
                deal.win = Win::Pending {
                    by,
                    at: now,
                    customer: step.customer,
                };
                leaving.won(to, step.customer, given)
            }
        };
        Ok((deal, fact))
    }

    /// The company retired the deal's stage: the deal goes to the mapped one, whatever its state.
    pub fn follow_retired_stage(
        &self,
        from: &Stage,
        to: &Stage,
        rank: Rank,
        by: UserId,
        now: Timestamp,
    ) -> Step {
        let placement = self
            .placement
            .as_ref()
            .filter(|placement| placement.stage == from.id)
            .ok_or(Refusal::StageGone)?;
        let mut deal = self.changed(by, now);
        deal.placement = Some(Placement {
            stage: to.id,
            rank,
            ..placement.clone()
        });
        Ok((
            deal,
            DealFact::StageRetired {
                from: StageRef::of(from),
                to: StageRef::of(to),
            },
        ))
    }
}

/// What comes along with the move, for the history.
fn given(step: &Move<'_>) -> Result<Given, Refusal> {
    let note = clean_text(&step.details.note);
    if note.chars().count() > MAX_REASON {
        return Err(Refusal::ReasonTooLong);
    }
    let fields = step.entry.map(|entry| entry.fields().to_vec());
    Ok(Given {
        note,
        fields: fields.unwrap_or_default(),
    })
}

fn lost_details(gate: MoveGate, step: &Move<'_>) -> Result<Option<Lost>, Refusal> {
    if gate != MoveGate::AskLostReason {
        return Ok(None);
    }
    let reason = step.details.lost_reason.ok_or(Refusal::LostReasonMissing)?;
    if !step.pipeline.has_lost_reason(reason) {
        return Err(Refusal::LostReasonUnknown);
    }
    let note = clean_text(&step.details.note);
    if note.chars().count() > MAX_REASON {
        return Err(Refusal::ReasonTooLong);
    }
    Ok(Some(Lost { reason, note }))
}

/// What the history says of the stage that is left.
struct Leaving {
    from: StageRef,
    seconds_in_stage: i64,
    override_reason: Option<String>,
}

impl Leaving {
    fn of(step: &Move<'_>, placement: &Placement, now: Timestamp) -> Result<Self, Refusal> {
        let reason = step.details.override_reason.as_deref().unwrap_or_default();
        let override_reason = step
            .mover
            .is_override()
            .then(|| checked_reason(reason))
            .transpose()?;
        let from = step.pipeline.find(placement.stage).map_or_else(
            || StageRef {
                id: placement.stage,
                name: String::new(),
            },
            StageRef::of,
        );
        Ok(Self {
            from,
            seconds_in_stage: (now.seconds() - placement.entered_at.seconds()).max(0),
            override_reason,
        })
    }

    fn moved(self, to: &Stage, given: Given) -> DealFact {
        DealFact::StageMoved {
            from: self.from,
            to: StageRef::of(to),
            seconds_in_stage: self.seconds_in_stage,
            override_reason: self.override_reason,
            given,
        }
    }

    /// The note is the loss's own.
    fn lost(self, to: &Stage, step: &Move<'_>, lost: Option<Lost>, given: Given) -> DealFact {
        let label = lost
            .as_ref()
            .and_then(|lost| {
                step.pipeline
                    .lost_reasons
                    .iter()
                    .find(|reason| reason.id == lost.reason)
            })
            .map(LostReason::full)
            .unwrap_or_default();
        DealFact::DealLost {
            from: self.from,
            to: StageRef::of(to),
            seconds_in_stage: self.seconds_in_stage,
            reason: label,
            note: lost.map(|lost| lost.note).unwrap_or_default(),
            override_reason: self.override_reason,
            given: Given {
                note: String::new(),
                ..given
            },
        }
    }

    fn won(self, to: &Stage, customer: CustomerId, given: Given) -> DealFact {
        DealFact::WinMarked {
            from: self.from,
            to: StageRef::of(to),
            seconds_in_stage: self.seconds_in_stage,
            customer,
            override_reason: self.override_reason,
            given,
        }
    }
}
