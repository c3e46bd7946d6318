//! The designer's pipelines: names and rules as inputs hold them, and whose stages are shown.

use domain::forms::{Bound, Condition, Operator, OperatorKind, Subject};
use domain::pipeline::{
    EntryRule, FIRST_NAME, HUES, Heads, PipelineHead, Stage, StageKind, StageRules,
};
use domain::{PipelineId, StageId, TierId};
use leptos::prelude::*;

use super::model::{Draft, Row};
use crate::drag::carry::Drag;
use crate::ui::FieldMessage;

/// A pipeline beside the first, as its inputs hold it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    pub id: PipelineId,
    pub name: RwSignal<String>,
    pub tiers: RwSignal<Vec<TierId>>,
    /// What is looked at, as a condition writes it; empty where no answer is.
    pub field: RwSignal<String>,
    /// One of [`OPERATORS`].
    pub operator: RwSignal<String>,
    pub value: RwSignal<String>,
}

/// Operators with the words that the select holds.
pub const OPERATORS: [(&str, OperatorKind); 7] = [
    ("is", OperatorKind::Is),
    ("is_not", OperatorKind::IsNot),
    ("one_of", OperatorKind::OneOf),
    ("filled", OperatorKind::Filled),
    ("empty", OperatorKind::Empty),
    ("at_least", OperatorKind::AtLeast),
    ("at_most", OperatorKind::AtMost),
];

pub fn word_of(kind: OperatorKind) -> &'static str {
    let found = OPERATORS.iter().find(|(_, known)| *known == kind);
    found.map_or("is", |(word, _)| word)
}

pub fn kind_of(word: &str) -> Option<OperatorKind> {
    let found = OPERATORS.iter().find(|(known, _)| *known == word);
    found.map(|(_, kind)| *kind)
}

/// The condition that the three inputs say; nothing while they are not complete.
fn condition(field: &str, word: &str, value: &str) -> Option<Condition> {
    let subject = Subject::try_from(field.to_owned()).ok()?;
    let kind = kind_of(word)?;
    let value = value.trim();
    let compares = !matches!(kind, OperatorKind::Filled | OperatorKind::Empty);
    if compares && value.is_empty() {
        return None;
    }
    let operator = match kind {
        OperatorKind::Is => Operator::Is(value.to_owned()),
        OperatorKind::IsNot => Operator::IsNot(value.to_owned()),
        OperatorKind::OneOf => {
            let values = value.split(',').map(|value| value.trim().to_owned());
            Operator::OneOf(values.filter(|value| !value.is_empty()).collect())
        }
        OperatorKind::Filled => Operator::Filled,
        OperatorKind::Empty => Operator::Empty,
        OperatorKind::AtLeast => Operator::AtLeast(Bound::parse(value)?),
        OperatorKind::AtMost => Operator::AtMost(Bound::parse(value)?),
    };
    Some(Condition { subject, operator })
}

impl Head {
    pub fn of(head: &PipelineHead) -> Self {
        let answer = head.entry.answer.as_ref();
        let field = answer.map(|condition| condition.subject.to_string());
        let word = answer.map(|condition| word_of(condition.operator.kind()).to_owned());
        let value = answer.map(|condition| condition.operator.operands().join(", "));
        Self {
            id: head.id,
            name: RwSignal::new(head.name.clone()),
            tiers: RwSignal::new(head.entry.tiers.clone()),
            field: RwSignal::new(field.unwrap_or_default()),
            operator: RwSignal::new(word.unwrap_or_default()),
            value: RwSignal::new(value.unwrap_or_default()),
        }
    }

    fn answer(self) -> Option<Condition> {
        condition(&self.field.get(), &self.operator.get(), &self.value.get())
    }

    fn written(self) -> PipelineHead {
        PipelineHead {
            id: self.id,
            name: domain::text::clean_line(&self.name.get()),
            entry: EntryRule {
                tiers: self.tiers.get(),
                answer: self.answer(),
            },
        }
    }

    /// A field is chosen and what it is compared with is missing, or is no number.
    fn is_unfinished(self) -> bool {
        !self.field.get().is_empty() && self.answer().is_none()
    }
}

impl Draft {
    /// The names and rules; nothing of them while there is one pipeline.
    pub fn heads_written(self) -> Heads {
        let heads = self.heads.get();
        if heads.is_empty() {
            return Heads::default();
        }
        Heads {
            first: domain::text::clean_line(&self.first.get()),
            others: heads.into_iter().map(Head::written).collect(),
        }
    }

    /// Every row with its pipeline, in the order of the pipelines.
    pub fn all_rows(self) -> Vec<(PipelineId, Row)> {
        let chosen = self.chosen.get();
        let shown = self.rows.get().into_iter().map(|row| (chosen, row));
        let all: Vec<(PipelineId, Row)> = shown.chain(self.aside.get()).collect();
        let heads = self.heads.get().into_iter().map(|head| head.id);
        let ids = std::iter::once(PipelineId::FIRST).chain(heads);
        ids.flat_map(|id| all.iter().copied().filter(move |(of, _)| *of == id))
            .collect()
    }

    pub fn head(self, id: PipelineId) -> Option<Head> {
        let heads = self.heads.get();
        heads.into_iter().find(|head| head.id == id)
    }

    /// Shows the stages of that pipeline. Not while a stage is in the hand: it would be put down among others.
    pub fn choose(self, id: PipelineId) {
        let now = self.chosen.get_untracked();
        if now == id || !self.drag.with_untracked(Drag::is_idle) {
            return;
        }
        let mut aside = self.aside.get_untracked();
        let left = self.rows.get_untracked().into_iter();
        aside.extend(left.map(|row| (now, row)));
        let (shown, rest): (Vec<_>, Vec<_>) = aside.into_iter().partition(|(of, _)| *of == id);
        self.aside.set(rest);
        self.rows
            .set(shown.into_iter().map(|(_, row)| row).collect());
        self.chosen.set(id);
    }

    fn new_row(self, name: &str, kind: StageKind) -> Row {
        let id = self.placeholder();
        let count = self.rows.with_untracked(Vec::len);
        let hue = HUES.get(count % HUES.len()).copied().unwrap_or("slate");
        let open = kind == StageKind::Open;
        let stage = Stage {
            id,
            name: name.to_owned(),
            kind,
            hue: hue.to_owned(),
            position: 0,
            stuck_days: open.then_some(14),
            probability: match kind {
                StageKind::Open => 50,
                StageKind::Won => 100,
                StageKind::Lost => 0,
            },
            description: String::new(),
            wip_hint: None,
            rules: StageRules::default(),
            pipeline: PipelineId::FIRST,
        };
        self.lasting(|| Row::of(&stage))
    }

    /// A new open stage, before the first won or lost one.
    pub fn add(self) -> StageId {
        let row = self.new_row("", StageKind::Open);
        self.rows.update(|rows| {
            let end = rows
                .iter()
                .position(|row| row.kind.get_untracked() != StageKind::Open.as_str());
            rows.insert(end.unwrap_or(rows.len()), row);
        });
        row.id
    }

    /// A pipeline with one stage of each kind, which is shown; gives its placeholder.
    pub fn add_pipeline(self) -> PipelineId {
        let id = PipelineId::from(self.placeholder().uuid());
        if self.first.with_untracked(String::is_empty) {
            self.first.set(FIRST_NAME.to_owned());
        }
        let head = PipelineHead {
            id,
            name: String::new(),
            entry: EntryRule::default(),
        };
        let head = self.lasting(|| Head::of(&head));
        self.heads.update(|heads| heads.push(head));
        self.choose(id);
        let stages = [
            ("New", StageKind::Open),
            ("Closed won", StageKind::Won),
            ("Closed lost", StageKind::Lost),
        ];
        for (name, kind) in stages {
            let row = self.new_row(name, kind);
            self.rows.update(|rows| rows.push(row));
        }
        id
    }

    /// Takes a pipeline out with its stages; asks where their deals go.
    pub fn remove_pipeline(self, id: PipelineId) {
        self.choose(PipelineId::FIRST);
        self.heads
            .update(|heads| heads.retain(|head| head.id != id));
        let aside = self.aside.get_untracked();
        let (gone, kept): (Vec<_>, Vec<_>) = aside.into_iter().partition(|(of, _)| *of == id);
        self.aside.set(kept);
        for (_, row) in gone {
            self.remove(row.id);
        }
    }

    /// Asks its rule one place earlier or later.
    pub fn step_pipeline(self, id: PipelineId, later: bool) {
        self.heads.update(|heads| {
            let at = heads.iter().position(|head| head.id == id);
            let other = at.and_then(|at| {
                if later {
                    Some(at + 1)
                } else {
                    at.checked_sub(1)
                }
            });
            if let (Some(at), Some(other)) = (at, other)
                && other < heads.len()
            {
                heads.swap(at, other);
            }
        });
    }

    /// Rules that are begun and not complete: left as they are they would say less than they seem to.
    pub fn unfinished_rules(self) -> Vec<FieldMessage> {
        let heads = self.heads.get().into_iter();
        heads
            .filter(|head| head.is_unfinished())
            .map(|head| {
                let text = "Say what the answer is compared with";
                FieldMessage::new(format!("rule-value-{}", head.id), text.to_owned())
            })
            .collect()
    }

    /// Shows the pipeline that the first of these messages is about.
    pub fn show(self, messages: &[FieldMessage]) {
        let Some(first) = messages.first() else {
            return;
        };
        let about = |id: String| first.field_id.ends_with(&id);
        let of_row = self.aside.with_untracked(|aside| {
            let row = aside.iter().find(|(_, row)| about(row.id.to_string()));
            row.map(|(of, _)| *of)
        });
        let of_head = self.heads.with_untracked(|heads| {
            let head = heads.iter().find(|head| about(head.id.to_string()));
            head.map(|head| head.id)
        });
        if let Some(id) = of_row.or(of_head) {
            self.choose(id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_inputs_make_a_condition_once_they_are_complete() {
        assert_eq!(condition("", "is", "x"), None);
        assert_eq!(condition("size", "", "x"), None);
        assert_eq!(condition("size", "is", " "), None);
        assert_eq!(condition("budget", "at_least", "much"), None);
        let filled = condition("size", "filled", "").unwrap();
        assert_eq!(filled.operator, Operator::Filled);
        let many = condition("country", "one_of", "DE, AT,").unwrap();
        assert_eq!(many.operator.operands(), ["DE", "AT"]);
        let least = condition("budget", "at_least", "10000").unwrap();
        assert_eq!(least.operator.operands(), ["10000"]);
    }

    #[test]
    fn every_operator_has_a_word_of_its_own() {
        for (word, kind) in OPERATORS {
            assert_eq!((kind_of(word), word_of(kind)), (Some(kind), word));
        }
    }
}
