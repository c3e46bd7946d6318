//! What the editor edits: rows of text, as inputs hold them, and what they add up to.

use domain::commands::ReplacePipeline;
use domain::forms::{Field, FieldKey};
use domain::pipeline::{
    LostReason, Movers, Pipeline, PipelineFault, Stage, StageKind, StageMapping, StageRules,
    check_replacement,
};
use domain::program::Tier;
use domain::text::{clean_line, clean_text};
use domain::{PipelineId, StageId};
use leptos::prelude::*;

use super::heads::Head;
use super::server_fns::StagesView;
use super::{faults, reasons};
use crate::drag::carry::{Drag, Input, Told, place_in_gap};
use crate::ui::{FieldMessage, focus_by_id};

/// The id of a row's grip.
pub fn grip_id(stage: StageId) -> String {
    format!("grip-{stage}")
}

/// One stage, as its inputs hold it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    pub id: StageId,
    pub name: RwSignal<String>,
    pub kind: RwSignal<String>,
    pub hue: RwSignal<String>,
    pub stuck_days: RwSignal<String>,
    pub probability: RwSignal<String>,
    pub description: RwSignal<String>,
    pub wip_hint: RwSignal<String>,
    pub moves_in: RwSignal<String>,
    pub moves_out: RwSignal<String>,
    /// The fields that it asks for; one that the form does not have any more stays.
    pub fields: RwSignal<Vec<FieldKey>>,
    pub note: RwSignal<bool>,
    pub file: RwSignal<bool>,
}

impl Row {
    pub(super) fn of(stage: &Stage) -> Self {
        Self {
            id: stage.id,
            name: RwSignal::new(stage.name.clone()),
            kind: RwSignal::new(stage.kind.as_str().to_owned()),
            hue: RwSignal::new(stage.hue.clone()),
            stuck_days: RwSignal::new(text(stage.stuck_days)),
            probability: RwSignal::new(stage.probability.to_string()),
            description: RwSignal::new(stage.description.clone()),
            wip_hint: RwSignal::new(text(stage.wip_hint)),
            moves_in: RwSignal::new(stage.rules.moves_in.as_str().to_owned()),
            moves_out: RwSignal::new(stage.rules.moves_out.as_str().to_owned()),
            fields: RwSignal::new(stage.rules.fields.clone()),
            note: RwSignal::new(stage.rules.note),
            file: RwSignal::new(stage.rules.file),
        }
    }

    pub fn shown_name(&self) -> String {
        match self.name.get() {
            name if name.is_empty() => "New stage".to_owned(),
            name => name,
        }
    }

    fn rules(&self) -> StageRules {
        StageRules {
            moves_in: self.moves_in.get().parse().unwrap_or_default(),
            moves_out: self.moves_out.get().parse().unwrap_or_default(),
            fields: self.fields.get(),
            note: self.note.get(),
            file: self.file.get(),
        }
    }

    /// What its rules come to, while they are closed; empty where there are none.
    pub fn rules_in_words(&self) -> String {
        in_words(&self.rules())
    }

    fn stage(&self, position: usize) -> Stage {
        Stage {
            id: self.id,
            name: clean_line(&self.name.get()),
            kind: self.kind.get().parse().unwrap_or(StageKind::Open),
            hue: self.hue.get(),
            position: i32::try_from(position).unwrap_or(i32::MAX),
            // What is no number is out of range, and so named by the rules.
            stuck_days: number_or_none(&self.stuck_days.get()),
            probability: number(&self.probability.get()),
            description: clean_text(&self.description.get()),
            wip_hint: number_or_none(&self.wip_hint.get()),
            rules: self.rules(),
            pipeline: PipelineId::FIRST,
        }
    }
}

fn text(number: Option<i32>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

fn number_or_none(text: &str) -> Option<i32> {
    (!text.trim().is_empty()).then(|| number(text))
}

fn in_words(rules: &StageRules) -> String {
    let movers = |movers: Movers, way: &str| match movers {
        Movers::Both => None,
        Movers::Partner => Some(format!("Only the partner moves deals {way}")),
        Movers::Company => Some(format!("Only the company moves deals {way}")),
    };
    let fields = match rules.fields.len() {
        0 => None,
        1 => Some("1 field".to_owned()),
        many => Some(format!("{many} fields")),
    };
    let note = rules.note.then(|| "a note".to_owned());
    let file = rules.file.then(|| "a file".to_owned());
    let asked: Vec<String> = fields.into_iter().chain(note).chain(file).collect();
    let asked = (!asked.is_empty()).then(|| format!("Asks for {}", asked.join(", ")));
    let ways = [movers(rules.moves_in, "in"), movers(rules.moves_out, "out")];
    let parts: Vec<String> = asked
        .into_iter()
        .chain(ways.into_iter().flatten())
        .collect();
    parts.join(". ")
}

fn number(text: &str) -> i32 {
    text.trim().parse().unwrap_or(-1)
}

/// The editor's state.
#[derive(Clone, Copy)]
pub struct Draft {
    old: StoredValue<StagesView>,
    /// The stages that are shown: those of the chosen pipeline.
    pub rows: RwSignal<Vec<Row>>,
    /// The stages of the other pipelines.
    pub aside: RwSignal<Vec<(PipelineId, Row)>>,
    pub chosen: RwSignal<PipelineId>,
    /// The name of the first pipeline, which stands there where there are several.
    pub first: RwSignal<String>,
    /// The others, in the order of their rules.
    pub heads: RwSignal<Vec<Head>>,
    /// One reason a line.
    pub lost_reasons: RwSignal<String>,
    /// Where the deals of a stage that goes shall go, by the stage's id.
    pub mappings: RwSignal<Vec<(StageId, RwSignal<String>)>>,
    /// What the pointer does to the order.
    pub drag: RwSignal<Drag<StageId>>,
    /// The sentence for screen readers.
    pub said: RwSignal<String>,
    next: StoredValue<u128>,
    /// The editor's own scope: what a press of a row's button makes outlives the row.
    owner: StoredValue<Owner>,
}

impl Draft {
    pub fn of(view: StagesView) -> Self {
        let (heads, stages) = (&view.pipeline.heads, &view.pipeline.stages);
        let aside = stages.iter().filter(|stage| !stage.pipeline.is_first());
        let first = view.pipeline.stages_of(PipelineId::FIRST);
        Self {
            rows: RwSignal::new(first.map(Row::of).collect()),
            aside: RwSignal::new(
                aside
                    .map(|stage| (stage.pipeline, Row::of(stage)))
                    .collect(),
            ),
            chosen: RwSignal::new(PipelineId::FIRST),
            first: RwSignal::new(heads.first.clone()),
            heads: RwSignal::new(heads.others.iter().map(Head::of).collect()),
            lost_reasons: RwSignal::new(reasons::write(&view.pipeline.lost_reasons)),
            drag: RwSignal::new(Drag::default()),
            said: RwSignal::new(String::new()),
            mappings: RwSignal::new(Vec::new()),
            next: StoredValue::new(1),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
            old: StoredValue::new(view),
        }
    }

    /// Makes something that lives as long as the editor.
    pub(super) fn lasting<T>(self, make: impl FnOnce() -> T) -> T {
        self.owner.get_value().with(make)
    }

    /// A placeholder: the server gives the real id.
    pub(super) fn placeholder(self) -> StageId {
        let number = self.next.get_value();
        self.next.set_value(number + 1);
        StageId::from(uuid::Uuid::from_u128(number))
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
            if stage.pipeline.is_first() || untrack(|| self.head(stage.pipeline)).is_some() {
                self.choose(stage.pipeline);
            }
            let row = self.lasting(|| Row::of(&stage));
            self.rows.update(|rows| rows.push(row));
        }
    }

    /// Takes the drag one step on, and gives what to do.
    pub fn feed(self, input: Input<StageId>) -> Told<StageId> {
        let (next, told) = self.drag.get_untracked().step(input);
        if self.drag.with_untracked(|drag| *drag != next) {
            self.drag.set(next);
        }
        if told == Told::PutBack {
            self.said.set("Nothing was moved".to_owned());
        }
        told
    }

    /// One place up or down.
    pub fn step(self, id: StageId, down: bool) {
        let at = self.place(id);
        let gap = at.and_then(|at| {
            if down {
                Some(at + 2)
            } else {
                at.checked_sub(1)
            }
        });
        // The gap before itself is where it stands.
        if let Some(gap) = gap.or(at) {
            self.move_to_gap(id, gap);
        }
    }

    /// Moves the stage into the gap before the one at that place; says where it stands then, and keeps the focus.
    pub fn move_to_gap(self, id: StageId, gap: usize) {
        let count = self.rows.with_untracked(Vec::len);
        let to = self.place(id).and_then(|at| place_in_gap(at, gap, count));
        let (Some(at), Some(to)) = (self.place(id), to) else {
            self.said.set("Nothing was moved".to_owned());
            return;
        };
        self.rows.update(|rows| {
            let row = rows.remove(at);
            rows.insert(to, row);
        });
        let name = self.rows.with_untracked(|rows| {
            rows.get(to)
                .map_or_else(String::new, |row| untrack(|| row.shown_name()))
        });
        self.said
            .set(format!("{name} is now stage {} of {count}", to + 1));
        // The row was taken out and put back elsewhere; the focus goes with it.
        request_animation_frame(move || focus_by_id(&grip_id(id)));
    }

    fn place(self, id: StageId) -> Option<usize> {
        self.rows
            .with_untracked(|rows| rows.iter().position(|row| row.id == id))
    }

    /// The fields of the form in use that partners answer, with their labels.
    pub fn fields(self) -> Vec<(FieldKey, String)> {
        self.old.with_value(|old| old.fields.clone())
    }

    /// The program's tiers.
    pub fn tiers(self) -> Vec<Tier> {
        self.old.with_value(|old| old.tiers.clone())
    }

    /// The fields of the form in use that a rule of entry may look at.
    pub fn compared(self) -> Vec<Field> {
        self.old.with_value(|old| old.compared.clone())
    }

    pub fn old_stage(self, id: StageId) -> Option<Stage> {
        self.old.with_value(|old| old.pipeline.find(id).cloned())
    }

    pub fn pipeline(self) -> Pipeline {
        let rows = self.all_rows().into_iter().enumerate();
        let stages = rows.map(|(position, (pipeline, row))| Stage {
            pipeline,
            ..row.stage(position)
        });
        Pipeline {
            stages: stages.collect(),
            lost_reasons: self.reasons(),
            heads: self.heads_written(),
        }
    }

    fn reasons(self) -> Vec<LostReason> {
        let text = self.lost_reasons.get();
        self.old
            .with_value(|old| reasons::read(&text, &old.pipeline.lost_reasons))
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
        let mut messages = self.unfinished_rules();
        messages.extend(self.at_fields(&found));
        messages
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
