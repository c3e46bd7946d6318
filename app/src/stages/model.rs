//! What the editor edits: rows of text, as inputs hold them, and what they add up to.

use domain::commands::ReplacePipeline;
use domain::pipeline::{
    HUES, LostReason, Pipeline, PipelineFault, Stage, StageKind, StageMapping, check_replacement,
};
use domain::text::{clean_line, fold};
use domain::{LostReasonId, StageId};
use leptos::prelude::*;

use super::faults;
use super::server_fns::StagesView;
use crate::ui::FieldMessage;

/// One stage, as its inputs hold it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    pub id: StageId,
    pub name: RwSignal<String>,
    pub kind: RwSignal<String>,
    pub hue: RwSignal<String>,
    pub stuck_days: RwSignal<String>,
    pub probability: RwSignal<String>,
}

impl Row {
    fn of(stage: &Stage) -> Self {
        Self {
            id: stage.id,
            name: RwSignal::new(stage.name.clone()),
            kind: RwSignal::new(stage.kind.as_str().to_owned()),
            hue: RwSignal::new(stage.hue.clone()),
            stuck_days: RwSignal::new(
                stage
                    .stuck_days
                    .map(|days| days.to_string())
                    .unwrap_or_default(),
            ),
            probability: RwSignal::new(stage.probability.to_string()),
        }
    }

    fn stage(&self, position: usize) -> Stage {
        Stage {
            id: self.id,
            name: clean_line(&self.name.get()),
            kind: self.kind.get().parse().unwrap_or(StageKind::Open),
            hue: self.hue.get(),
            position: i32::try_from(position).unwrap_or(i32::MAX),
            // What is no number is out of range, and so named by the rules.
            stuck_days: Some(self.stuck_days.get())
                .filter(|days| !days.trim().is_empty())
                .map(|days| number(&days)),
            probability: number(&self.probability.get()),
        }
    }
}

fn number(text: &str) -> i32 {
    text.trim().parse().unwrap_or(-1)
}

/// The editor's state.
#[derive(Clone, Copy)]
pub struct Draft {
    old: StoredValue<StagesView>,
    pub rows: RwSignal<Vec<Row>>,
    /// One reason a line.
    pub lost_reasons: RwSignal<String>,
    /// Where the deals of a stage that goes shall go, by the stage's id.
    pub mappings: RwSignal<Vec<(StageId, RwSignal<String>)>>,
    next: StoredValue<u128>,
    /// The editor's own scope: what a press of a row's button makes outlives the row.
    owner: StoredValue<Owner>,
}

impl Draft {
    pub fn of(view: StagesView) -> Self {
        let reasons: Vec<&str> = view
            .pipeline
            .lost_reasons
            .iter()
            .map(|reason| reason.label.as_str())
            .collect();
        Self {
            rows: RwSignal::new(view.pipeline.stages.iter().map(Row::of).collect()),
            lost_reasons: RwSignal::new(reasons.join("\n")),
            mappings: RwSignal::new(Vec::new()),
            next: StoredValue::new(1),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
            old: StoredValue::new(view),
        }
    }

    /// Makes something that lives as long as the editor.
    fn lasting<T>(self, make: impl FnOnce() -> T) -> T {
        self.owner.get_value().with(make)
    }

    /// A placeholder: the server gives the real id.
    fn placeholder(self) -> StageId {
        let number = self.next.get_value();
        self.next.set_value(number + 1);
        StageId::from(uuid::Uuid::from_u128(number))
    }

    /// A new open stage, before the first won or lost one.
    pub fn add(self) -> StageId {
        let id = self.placeholder();
        self.rows.update(|rows| {
            let hue = HUES
                .get(rows.len() % HUES.len())
                .copied()
                .unwrap_or("slate");
            let stage = Stage {
                id,
                name: String::new(),
                kind: StageKind::Open,
                hue: hue.to_owned(),
                position: 0,
                stuck_days: Some(14),
                probability: 50,
            };
            let row = self.lasting(|| Row::of(&stage));
            let end = rows
                .iter()
                .position(|row| row.kind.get_untracked() != StageKind::Open.as_str());
            rows.insert(end.unwrap_or(rows.len()), row);
        });
        id
    }

    /// Takes a stage out; if it holds deals, asks where they go.
    pub fn remove(self, id: StageId) {
        self.rows.update(|rows| rows.retain(|row| row.id != id));
        if self.old.with_value(|old| old.in_use.contains(&id)) {
            self.mappings.update(|mappings| {
                mappings.push((id, self.lasting(|| RwSignal::new(String::new()))));
            });
        }
    }

    /// Puts a stage that was taken out back at its end.
    pub fn restore(self, id: StageId) {
        self.mappings
            .update(|mappings| mappings.retain(|(from, _)| *from != id));
        let stage = self.old.with_value(|old| old.pipeline.find(id).cloned());
        if let Some(stage) = stage {
            let row = self.lasting(|| Row::of(&stage));
            self.rows.update(|rows| rows.push(row));
        }
    }

    /// One place up or down; `false` at the end of the list.
    pub fn shift(self, id: StageId, down: bool) -> bool {
        self.rows
            .try_update(|rows| {
                let Some(at) = rows.iter().position(|row| row.id == id) else {
                    return false;
                };
                let to = if down { at + 1 } else { at.wrapping_sub(1) };
                if to >= rows.len() {
                    return false;
                }
                rows.swap(at, to);
                true
            })
            .unwrap_or(false)
    }

    pub fn old_stage(self, id: StageId) -> Option<Stage> {
        self.old.with_value(|old| old.pipeline.find(id).cloned())
    }

    pub fn pipeline(self) -> Pipeline {
        let stages = self
            .rows
            .get()
            .iter()
            .enumerate()
            .map(|(position, row)| row.stage(position))
            .collect();
        Pipeline {
            stages,
            lost_reasons: self.reasons(),
        }
    }

    /// A line that says what a known reason says is that reason; any other is a new one.
    fn reasons(self) -> Vec<LostReason> {
        let text = self.lost_reasons.get();
        let lines = text.lines().map(clean_line).filter(|line| !line.is_empty());
        lines
            .enumerate()
            .map(|(place, label)| {
                let known = self.old.with_value(|old| {
                    let same = |reason: &&LostReason| fold(&reason.label) == fold(&label);
                    old.pipeline
                        .lost_reasons
                        .iter()
                        .find(same)
                        .map(|reason| reason.id)
                });
                let placeholder = || LostReasonId::from(uuid::Uuid::from_u128(place as u128 + 1));
                LostReason {
                    id: known.unwrap_or_else(placeholder),
                    label,
                }
            })
            .collect()
    }

    fn chosen_mappings(self) -> Vec<StageMapping> {
        let mappings = self.mappings.get();
        mappings
            .iter()
            .filter_map(|(from, to)| {
                Some(StageMapping {
                    from: *from,
                    to: to.get().parse().ok()?,
                })
            })
            .collect()
    }

    /// What keeps it from being saved, by the rules that the server follows too.
    pub fn faults(self) -> Vec<FieldMessage> {
        let new = self.pipeline();
        let mappings = self.chosen_mappings();
        let found = self.old.with_value(|old| {
            check_replacement(&old.pipeline, &new, &mappings, &old.in_use)
                .err()
                .unwrap_or_default()
        });
        self.at_fields(&found)
    }

    /// Those faults at the fields that they are about.
    pub fn at_fields(self, faults: &[PipelineFault]) -> Vec<FieldMessage> {
        let new = self.pipeline();
        self.old
            .with_value(|old| faults::messages(faults, &new, old))
    }

    /// Why the stage cannot be of the kind that is chosen: it holds deals, which would be won, lost or open of a sudden.
    pub fn kind_kept(self, row: Row) -> Option<String> {
        let old = self.old_stage(row.id)?;
        let in_use = self.old.with_value(|view| view.in_use.contains(&row.id));
        let changed = row.kind.get() != old.kind.as_str();
        (in_use && changed).then(|| PipelineFault::KindChanged(old.name).to_string())
    }

    pub fn command(self) -> ReplacePipeline {
        ReplacePipeline {
            pipeline: self.pipeline(),
            mappings: self.chosen_mappings(),
            version: self.old.with_value(|old| old.version),
        }
    }
}
