//! The pipelines of a program: what they are called, and which deals enter which.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{MAX_NAME, PipelineFault};
use crate::forms::{Answers, Condition, Context};
use crate::text::fold;
use crate::{PipelineId, TierId};

/// The most pipelines of one program.
pub const MAX_PIPELINES: usize = 8;
/// The most tiers, and the most values of an answer, that one rule names.
pub const MAX_RULE_VALUES: usize = 100;
/// Characters of a value that a rule compares an answer with.
pub const MAX_RULE_VALUE: usize = 200;
/// What the first pipeline is called until the company says otherwise.
pub const FIRST_NAME: &str = "Main";

impl PipelineId {
    /// The pipeline that every program has, for all deals that no rule leads elsewhere.
    pub const FIRST: Self = Self(uuid::Uuid::nil());

    pub fn is_first(&self) -> bool {
        *self == Self::FIRST
    }
}

impl Default for PipelineId {
    fn default() -> Self {
        Self::FIRST
    }
}

/// Which deals enter a pipeline. Where it names tiers and an answer, both must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EntryRule {
    /// Any of these tiers of the partner.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tiers: Vec<TierId>,
    /// What an answer of the registration must be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<Condition>,
}

impl EntryRule {
    /// A rule that says nothing takes nothing in.
    pub fn holds(&self, answers: &Answers, context: &Context) -> bool {
        let says = !self.tiers.is_empty() || self.answer.is_some();
        let tier =
            self.tiers.is_empty() || context.tier.is_some_and(|tier| self.tiers.contains(&tier));
        let answer = self.answer.as_ref();
        says && tier && answer.is_none_or(|condition| condition.holds(&answers.0, context))
    }

    fn is_too_long(&self) -> bool {
        let values = self
            .answer
            .as_ref()
            .map(|condition| condition.operator.operands())
            .unwrap_or_default();
        let longest = values.iter().map(|value| value.chars().count()).max();
        self.tiers.len() > MAX_RULE_VALUES
            || values.len() > MAX_RULE_VALUES
            || longest.is_some_and(|longest| longest > MAX_RULE_VALUE)
    }
}

/// A pipeline beside the first, without its stages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PipelineHead {
    pub id: PipelineId,
    pub name: String,
    pub entry: EntryRule,
}

/// The names and rules of a program's pipelines. Nothing in it where there is one pipeline, which needs no name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Heads {
    /// The name of the first pipeline.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub first: String,
    /// The others in the order in which their rules are asked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<PipelineHead>,
}

impl Heads {
    /// Whether there is only one pipeline.
    pub fn is_single(&self) -> bool {
        self.others.is_empty()
    }

    /// Every pipeline in order.
    pub fn ids(&self) -> impl Iterator<Item = PipelineId> {
        let others = self.others.iter().map(|head| head.id);
        std::iter::once(PipelineId::FIRST).chain(others)
    }

    pub fn has(&self, id: PipelineId) -> bool {
        self.ids().any(|known| known == id)
    }

    /// What it is called; empty for one that is gone.
    pub fn name(&self, id: PipelineId) -> &str {
        if id.is_first() {
            return if self.first.is_empty() {
                FIRST_NAME
            } else {
                &self.first
            };
        }
        let head = self.others.iter().find(|head| head.id == id);
        head.map_or("", |head| head.name.as_str())
    }

    /// The pipeline that a deal enters: the first whose rule holds, or the one for all else.
    pub fn entered_by(&self, answers: &Answers, context: &Context) -> PipelineId {
        let mut others = self.others.iter();
        let head = others.find(|head| head.entry.holds(answers, context));
        head.map_or(PipelineId::FIRST, |head| head.id)
    }

    pub(super) fn check(&self) -> Vec<PipelineFault> {
        let mut faults = Vec::new();
        if self.is_single() {
            return faults;
        }
        if self.ids().count() > MAX_PIPELINES {
            faults.push(PipelineFault::TooManyPipelines);
        }
        let ids: BTreeSet<PipelineId> = self.ids().collect();
        if ids.len() != self.ids().count() {
            faults.push(PipelineFault::PipelineTwice);
        }
        let first = self.name(PipelineId::FIRST);
        let mut names = BTreeSet::from([fold(first)]);
        if first.chars().count() > MAX_NAME {
            faults.push(PipelineFault::PipelineNameUnfit);
        }
        for head in &self.others {
            let folded = fold(&head.name);
            if folded.is_empty() || head.name.chars().count() > MAX_NAME {
                faults.push(PipelineFault::PipelineNameUnfit);
            } else if !names.insert(folded) {
                faults.push(PipelineFault::PipelineNameTwice(head.name.clone()));
            }
            if head.entry == EntryRule::default() {
                faults.push(PipelineFault::RuleMissing(head.name.clone()));
            }
            if head.entry.is_too_long() {
                faults.push(PipelineFault::RuleTooLong(head.name.clone()));
            }
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::{Answer, FieldKey, Operator};
    use crate::{Date, Timestamp};
    use uuid::Uuid;

    fn tier(number: u128) -> TierId {
        TierId(Uuid::from_u128(number))
    }

    fn head(number: u128, name: &str, entry: EntryRule) -> PipelineHead {
        PipelineHead {
            id: PipelineId(Uuid::from_u128(number)),
            name: name.into(),
            entry,
        }
    }

    fn of_size(word: &str) -> Condition {
        let key = FieldKey::parse("size").unwrap();
        Condition::on(&key, Operator::Is(word.into()))
    }

    fn heads() -> Heads {
        let gold = EntryRule {
            tiers: vec![tier(1)],
            answer: None,
        };
        let large = EntryRule {
            tiers: Vec::new(),
            answer: Some(of_size("large")),
        };
        Heads {
            first: "Standard".into(),
            others: vec![head(1, "Gold", gold), head(2, "Large", large)],
        }
    }

    fn today() -> Date {
        Timestamp::from_seconds(1_800_000_000).date()
    }

    fn entered(heads: &Heads, of: Option<TierId>, size: &str) -> String {
        let mut answers = Answers::default();
        let key = FieldKey::parse("size").unwrap();
        answers.0.insert(key, Answer::Choice(size.into()));
        let context = Context {
            tier: of,
            ..Context::on(today())
        };
        heads.name(heads.entered_by(&answers, &context)).to_owned()
    }

    #[test]
    fn the_first_rule_that_holds_wins_and_the_first_pipeline_takes_the_rest() {
        let mut heads = heads();
        assert_eq!(entered(&heads, Some(tier(1)), "large"), "Gold");
        assert_eq!(entered(&heads, Some(tier(2)), "large"), "Large");
        assert_eq!(entered(&heads, None, "small"), "Standard");
        heads.others.reverse();
        assert_eq!(entered(&heads, Some(tier(1)), "large"), "Large");
    }

    #[test]
    fn tiers_and_an_answer_must_both_hold_and_no_rule_takes_nothing() {
        let mut heads = heads();
        heads.others[0].entry.answer = Some(of_size("large"));
        assert_eq!(entered(&heads, Some(tier(1)), "small"), "Standard");
        heads.others[0].entry = EntryRule::default();
        assert_eq!(entered(&heads, Some(tier(1)), "small"), "Standard");
        let missing = PipelineFault::RuleMissing("Gold".into());
        assert_eq!(heads.check(), vec![missing]);
    }

    #[test]
    fn names_are_told_apart() {
        let mut heads = heads();
        assert_eq!(heads.check(), Vec::new());
        heads.others[1].name = "STANDARD".into();
        let twice = PipelineFault::PipelineNameTwice("STANDARD".into());
        assert_eq!(heads.check(), vec![twice]);
        heads.others[1].name = " ".into();
        assert_eq!(heads.check(), vec![PipelineFault::PipelineNameUnfit]);
    }
}
