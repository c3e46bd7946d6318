//! The company's columns. Rules look at a stage's kind, never at its name.

mod heads;
mod rules;

pub use heads::{
    EntryRule, FIRST_NAME, Heads, MAX_PIPELINES, MAX_RULE_VALUE, MAX_RULE_VALUES, PipelineHead,
};
pub use rules::{MAX_DESCRIPTION, MAX_ENTRY_FIELDS, MAX_WIP_HINT, Movers, StageRules};

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::people::words;
use crate::{LostReasonId, PipelineId, StageId};

words! {
    /// What a stage means for the deal.
    StageKind {
        Open = "open", "Open";
        Won = "won", "Won";
        Lost = "lost", "Lost";
    }
}

/// Names of the ten stage colours of the palette (`data-hue`).
pub const HUES: [&str; 10] = [
    "slate", "blue", "cyan", "teal", "green", "olive", "amber", "orange", "rose", "violet",
];

/// One column of a program's pipeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    pub id: StageId,
    pub name: String,
    pub kind: StageKind,
    /// One of [`HUES`].
    pub hue: String,
    pub position: i32,
    /// Days in the stage after which a deal counts as stuck.
    pub stuck_days: Option<i32>,
    /// Per cent chance of winning, for forecasts.
    pub probability: i32,
    /// What it means, in the company's words. Partners read it at the column.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// So many deals at once are meant to be enough. Only said, never a block.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wip_hint: Option<i32>,
    #[serde(default, skip_serializing_if = "StageRules::is_none")]
    pub rules: StageRules,
    /// The pipeline that it belongs to; a deal moves within one.
    #[serde(default, skip_serializing_if = "PipelineId::is_first")]
    pub pipeline: PipelineId,
}

/// A reason from the company's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LostReason {
    pub id: LostReasonId,
    pub label: String,
    /// The heading that it stands under in the list; empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub group: String,
}

impl LostReason {
    /// As it is read where no heading stands over it.
    pub fn full(&self) -> String {
        if self.group.is_empty() {
            self.label.clone()
        } else {
            format!("{}: {}", self.group, self.label)
        }
    }
}

/// The stages in use of all the program's pipelines, in order, and the reasons for losing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pipeline {
    pub stages: Vec<Stage>,
    pub lost_reasons: Vec<LostReason>,
    /// What the pipelines are called and which deals enter them, where there are several.
    #[serde(default, skip_serializing_if = "Heads::is_single")]
    pub heads: Heads,
}

impl Pipeline {
    pub fn find(&self, id: StageId) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.id == id)
    }

    pub fn first_open(&self) -> Option<&Stage> {
        self.first_of(StageKind::Open)
    }

    /// The stages of one pipeline.
    pub fn stages_of(&self, pipeline: PipelineId) -> impl Iterator<Item = &Stage> {
        let stages = self.stages.iter();
        stages.filter(move |stage| stage.pipeline == pipeline)
    }

    /// Where a deal that enters the pipeline lies first.
    pub fn first_open_of(&self, pipeline: PipelineId) -> Option<&Stage> {
        self.stages_of(pipeline)
            .find(|stage| stage.kind == StageKind::Open)
    }

    /// The pipeline of a deal that lies in that stage; the first for one that lies nowhere.
    pub fn pipeline_of(&self, stage: Option<StageId>) -> PipelineId {
        let stage = stage.and_then(|id| self.find(id));
        stage.map_or(PipelineId::FIRST, |stage| stage.pipeline)
    }

    /// The same with the stages of that pipeline alone; of the first, where there is no such one.
    #[must_use]
    pub fn only(mut self, pipeline: PipelineId) -> Self {
        let shown = if self.heads.has(pipeline) {
            pipeline
        } else {
            PipelineId::FIRST
        };
        self.stages.retain(|stage| stage.pipeline == shown);
        self
    }

    /// As partners read it: which deals enter which pipeline is the company's own business.
    #[must_use]
    pub fn for_partner(mut self) -> Self {
        for head in &mut self.heads.others {
            head.entry = EntryRule::default();
        }
        self
    }

    pub fn first_of(&self, kind: StageKind) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.kind == kind)
    }

    pub fn has_lost_reason(&self, id: LostReasonId) -> bool {
        self.lost_reasons.iter().any(|reason| reason.id == id)
    }
}

/// Why a set of stages cannot stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum PipelineFault {
    #[error("Keep at least one {} stage", .0.label().to_lowercase())]
    LastOfKind(StageKind),
    #[error("Keep at least one {} stage in the pipeline \u{201c}{}\u{201d}", .0.label().to_lowercase(), .1)]
    LastOfKindIn(StageKind, String),
    #[error("A program can have at most {MAX_PIPELINES} pipelines")]
    TooManyPipelines,
    #[error("Two pipelines are the same one. Reload the page and try again")]
    PipelineTwice,
    #[error("Enter a name with at most {MAX_NAME} characters for every pipeline")]
    PipelineNameUnfit,
    #[error("Two pipelines are called \u{201c}{0}\u{201d}")]
    PipelineNameTwice(String),
    #[error("Say which deals enter the pipeline \u{201c}{0}\u{201d}")]
    RuleMissing(String),
    #[error("The rule of the pipeline \u{201c}{0}\u{201d} compares with too much")]
    RuleTooLong(String),
    #[error("A stage belongs to a pipeline that is gone. Reload the page and try again")]
    StageAstray,
    #[error("Enter a name for every stage")]
    NameMissing,
    #[error("Two stages are called \u{201c}{0}\u{201d}")]
    NameTwice(String),
    #[error("A stage name can have at most {MAX_NAME} characters")]
    NameTooLong,
    #[error("A program can have at most {MAX_STAGES} stages")]
    TooMany,
    #[error("Say where the deals in \u{201c}{0}\u{201d} go")]
    MappingMissing(String),
    #[error("The deals in \u{201c}{0}\u{201d} can only go to a stage of the same kind that stays")]
    MappingUnfit(String),
    #[error(
        "\u{201c}{0}\u{201d} holds deals, so its kind stays as it is. Add another stage instead"
    )]
    KindChanged(String),
    #[error("Two stages are the same one. Reload the page and try again")]
    StageTwice,
    #[error("Two reasons for losing are the same one. Reload the page and try again")]
    LostReasonTwice,
    #[error("A chance of winning is between 0 and 100 per cent")]
    ProbabilityOutOfRange,
    #[error("Days until stuck are between 1 and 3650")]
    StuckDaysOutOfRange,
    #[error("Choose a colour from the list")]
    UnknownHue,
    #[error("A description has at most {MAX_DESCRIPTION} characters")]
    DescriptionTooLong,
    #[error("A hint of how many deals is between 1 and {MAX_WIP_HINT}")]
    WipHintOutOfRange,
    #[error("A stage asks for at most {MAX_ENTRY_FIELDS} fields")]
    TooManyFields,
    #[error("Enter each reason for losing once, with at most {MAX_NAME} characters")]
    LostReasonUnfit,
    #[error("Keep at least one reason for losing")]
    NoLostReason,
}

pub const MAX_STAGES: usize = 30;
pub const MAX_NAME: usize = 60;
pub const MAX_LOST_REASONS: usize = 200;

/// A deal-bearing stage that goes, and the stage that its deals go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageMapping {
    pub from: StageId,
    pub to: StageId,
}

/// Checks the pipeline that is to replace `old`. `in_use` are the stages that hold deals now.
pub fn check_replacement(
    old: &Pipeline,
    new: &Pipeline,
    mappings: &[StageMapping],
    in_use: &[StageId],
) -> Result<(), Vec<PipelineFault>> {
    let mut faults = check_ids(new);
    faults.extend(new.heads.check());
    faults.extend(check_stages(new));
    faults.extend(check_lost_reasons(&new.lost_reasons));
    for stage in old.stages.iter().filter(|stage| in_use.contains(&stage.id)) {
        if let Some(kept) = new.find(stage.id) {
            // Its deals would be won, lost or open of a sudden; a mapping is for a stage that goes.
            if kept.kind != stage.kind {
                faults.push(PipelineFault::KindChanged(stage.name.clone()));
            }
            continue;
        }
        match mappings.iter().find(|mapping| mapping.from == stage.id) {
            None => faults.push(PipelineFault::MappingMissing(stage.name.clone())),
            Some(mapping) if new.find(mapping.to).is_none_or(|to| to.kind != stage.kind) => {
                faults.push(PipelineFault::MappingUnfit(stage.name.clone()));
            }
            Some(_) => {}
        }
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(faults)
    }
}

/// No id stands for two stages, or for two reasons. Asked before placeholders get ids of ours.
pub fn check_ids(pipeline: &Pipeline) -> Vec<PipelineFault> {
    let stages: BTreeSet<StageId> = pipeline.stages.iter().map(|stage| stage.id).collect();
    let reasons: BTreeSet<LostReasonId> = pipeline.lost_reasons.iter().map(|r| r.id).collect();
    let stage = (stages.len() != pipeline.stages.len()).then_some(PipelineFault::StageTwice);
    let reason =
        (reasons.len() != pipeline.lost_reasons.len()).then_some(PipelineFault::LostReasonTwice);
    stage.into_iter().chain(reason).collect()
}

/// Every pipeline has somewhere to begin and both ways to end.
fn check_kinds(pipeline: &Pipeline) -> Vec<PipelineFault> {
    let mut faults = Vec::new();
    for id in pipeline.heads.ids() {
        for kind in StageKind::ALL {
            if pipeline.stages_of(id).any(|stage| stage.kind == *kind) {
                continue;
            }
            faults.push(if pipeline.heads.is_single() {
                PipelineFault::LastOfKind(*kind)
            } else {
                PipelineFault::LastOfKindIn(*kind, pipeline.heads.name(id).to_owned())
            });
        }
    }
    let mut stages = pipeline.stages.iter();
    if stages.any(|stage| !pipeline.heads.has(stage.pipeline)) {
        faults.push(PipelineFault::StageAstray);
    }
    faults
}

fn check_stages(pipeline: &Pipeline) -> Vec<PipelineFault> {
    let mut faults = check_kinds(pipeline);
    let stages = &pipeline.stages;
    if stages.len() > MAX_STAGES {
        faults.push(PipelineFault::TooMany);
    }
    for (index, stage) in stages.iter().enumerate() {
        faults.extend(check_stage(stage));
        let folded = crate::text::fold(&stage.name);
        let twice = stages
            .iter()
            .skip(index + 1)
            .filter(|other| other.pipeline == stage.pipeline)
            .any(|other| crate::text::fold(&other.name) == folded);
        if twice && !folded.is_empty() {
            faults.push(PipelineFault::NameTwice(stage.name.clone()));
        }
    }
    faults
}

/// What is wrong with a stage, whatever the others are.
pub fn check_stage(stage: &Stage) -> Vec<PipelineFault> {
    let mut faults = Vec::new();
    if stage.name.trim().is_empty() {
        faults.push(PipelineFault::NameMissing);
    }
    if stage.name.chars().count() > MAX_NAME {
        faults.push(PipelineFault::NameTooLong);
    }
    if !(0..=100).contains(&stage.probability) {
        faults.push(PipelineFault::ProbabilityOutOfRange);
    }
    if stage
        .stuck_days
        .is_some_and(|days| !(1..=3_650).contains(&days))
    {
        faults.push(PipelineFault::StuckDaysOutOfRange);
    }
    if !HUES.contains(&stage.hue.as_str()) {
        faults.push(PipelineFault::UnknownHue);
    }
    if stage.description.chars().count() > MAX_DESCRIPTION {
        faults.push(PipelineFault::DescriptionTooLong);
    }
    if stage
        .wip_hint
        .is_some_and(|hint| !(1..=MAX_WIP_HINT).contains(&hint))
    {
        faults.push(PipelineFault::WipHintOutOfRange);
    }
    faults.extend(stage.rules.check());
    faults
}

fn check_lost_reasons(reasons: &[LostReason]) -> Option<PipelineFault> {
    if reasons.is_empty() {
        return Some(PipelineFault::NoLostReason);
    }
    // What is said must differ as it is read: a heading and its reason may not say what another reason says alone.
    let folded: BTreeSet<String> = reasons
        .iter()
        .map(|reason| crate::text::fold(&reason.full()))
        .collect();
    let unfit = reasons.len() > MAX_LOST_REASONS
        || folded.len() != reasons.len()
        || reasons.iter().any(|reason| {
            crate::text::fold(&reason.label).is_empty()
                || reason.label.chars().count() > MAX_NAME * 2
                || reason.group.chars().count() > MAX_NAME
        });
    unfit.then_some(PipelineFault::LostReasonUnfit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn stage(number: u128, name: &str, kind: StageKind) -> Stage {
        Stage {
            id: StageId(Uuid::from_u128(number)),
            name: name.into(),
            kind,
            hue: "blue".into(),
            position: i32::try_from(number).unwrap(),
            stuck_days: None,
            probability: 50,
            description: String::new(),
            wip_hint: None,
            rules: StageRules::default(),
            pipeline: crate::PipelineId::FIRST,
        }
    }

    fn pipeline() -> Pipeline {
        Pipeline {
            stages: vec![
                stage(1, "Qualified", StageKind::Open),
                stage(2, "Proposal", StageKind::Open),
                stage(3, "Closed won", StageKind::Won),
                stage(4, "Closed lost", StageKind::Lost),
            ],
            lost_reasons: vec![LostReason {
                id: LostReasonId(Uuid::from_u128(9)),
                label: "Price".into(),
                group: String::new(),
            }],
            heads: Heads::default(),
        }
    }

    #[test]
    fn the_last_of_each_kind_stays() {
        let mut new = pipeline();
        new.stages.retain(|stage| stage.kind != StageKind::Won);
        let faults = check_replacement(&pipeline(), &new, &[], &[]).unwrap_err();
        assert_eq!(faults, vec![PipelineFault::LastOfKind(StageKind::Won)]);
    }

    #[test]
    fn every_pipeline_keeps_the_three_kinds_and_names_of_its_own() {
        let mut new = pipeline();
        let id = PipelineId(Uuid::from_u128(7));
        new.heads.others.push(PipelineHead {
            id,
            name: "Enterprise".into(),
            entry: EntryRule {
                tiers: vec![crate::TierId(Uuid::from_u128(1))],
                answer: None,
            },
        });
        let own = [
            (11, "Qualified", StageKind::Open),
            (12, "Won", StageKind::Won),
        ];
        for (number, name, kind) in own {
            new.stages.push(Stage {
                pipeline: id,
                ..stage(number, name, kind)
            });
        }
        let missing = PipelineFault::LastOfKindIn(StageKind::Lost, "Enterprise".into());
        let check = |new: &Pipeline| check_replacement(&pipeline(), new, &[], &[]);
        assert_eq!(check(&new), Err(vec![missing]));
        new.stages.push(Stage {
            pipeline: id,
            ..stage(13, "Lost", StageKind::Lost)
        });
        assert_eq!(check(&new), Ok(()));
        assert_eq!(new.first_open_of(id).unwrap().name, "Qualified");
        assert_eq!(new.clone().only(id).stages.len(), 3);
        new.heads.others.clear();
        assert!(
            check(&new)
                .unwrap_err()
                .contains(&PipelineFault::StageAstray)
        );
    }

    #[test]
    fn a_stage_in_use_is_retired_only_with_a_mapping_of_its_kind() {
        let (old, mut new) = (pipeline(), pipeline());
        let (gone, kept, won) = (old.stages[1].id, old.stages[0].id, old.stages[2].id);
        new.stages.remove(1);
        let check = |mappings: &[StageMapping]| check_replacement(&old, &new, mappings, &[gone]);
        assert_eq!(
            check(&[]),
            Err(vec![PipelineFault::MappingMissing("Proposal".into())])
        );
        assert_eq!(
            check(&[StageMapping {
                from: gone,
                to: won
            }]),
            Err(vec![PipelineFault::MappingUnfit("Proposal".into())])
        );
        assert_eq!(
            check(&[StageMapping {
                from: gone,
                to: kept
            }]),
            Ok(())
        );
        assert_eq!(check_replacement(&old, &new, &[], &[]), Ok(()));
    }

    #[test]
    fn a_stage_that_holds_deals_keeps_its_kind() {
        let (old, mut new) = (pipeline(), pipeline());
        new.stages[1].kind = StageKind::Lost;
        let id = old.stages[1].id;
        let mapping = StageMapping {
            from: id,
            to: old.stages[0].id,
        };
        let changed = Err(vec![PipelineFault::KindChanged("Proposal".into())]);
        assert_eq!(check_replacement(&old, &new, &[mapping], &[id]), changed);
        assert_eq!(check_replacement(&old, &new, &[], &[id]), changed);
        assert_eq!(check_replacement(&old, &new, &[], &[]), Ok(()));
    }

    #[test]
    fn no_id_stands_twice() {
        let mut new = pipeline();
        new.stages[1].id = new.stages[0].id;
        new.lost_reasons.push(LostReason {
            id: new.lost_reasons[0].id,
            label: "Time".into(),
            group: String::new(),
        });
        let twice = vec![PipelineFault::StageTwice, PipelineFault::LostReasonTwice];
        assert_eq!(check_replacement(&pipeline(), &new, &[], &[]), Err(twice));
    }

    #[test]
    fn names_are_told_apart() {
        let mut new = pipeline();
        new.stages[1].name = "QUALIFIED ".into();
        assert!(check_replacement(&pipeline(), &new, &[], &[]).is_err());
    }

    #[test]
    fn one_reason_stands_under_two_headings() {
        let mut new = pipeline();
        let reason = |number, group: &str, label: &str| LostReason {
            id: LostReasonId(Uuid::from_u128(number)),
            label: label.into(),
            group: group.into(),
        };
        new.lost_reasons = vec![reason(1, "Price", "Other"), reason(2, "Time", "Other")];
        assert_eq!(check_replacement(&pipeline(), &new, &[], &[]), Ok(()));
        assert_eq!(new.lost_reasons[0].full(), "Price: Other");
        new.lost_reasons.push(reason(3, "", "time: other"));
        let unfit = Err(vec![PipelineFault::LostReasonUnfit]);
        assert_eq!(check_replacement(&pipeline(), &new, &[], &[]), unfit);
        new.lost_reasons = vec![reason(1, "Price", " ")];
        assert_eq!(check_replacement(&pipeline(), &new, &[], &[]), unfit);
    }

    #[test]
    fn hints_and_rules_have_their_measure() {
        let mut new = pipeline();
        new.stages[0].wip_hint = Some(0);
        new.stages[0].description = "x".repeat(MAX_DESCRIPTION + 1);
        let key = crate::forms::FieldKey::parse("budget").unwrap();
        new.stages[0].rules.fields = vec![key; MAX_ENTRY_FIELDS + 1];
        let faults = check_replacement(&pipeline(), &new, &[], &[]).unwrap_err();
        let measured = [
            PipelineFault::DescriptionTooLong,
            PipelineFault::WipHintOutOfRange,
            PipelineFault::TooManyFields,
        ];
        assert_eq!(faults, measured);
    }
}
