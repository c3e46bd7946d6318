//! The company replaces its stages and reasons for losing. Deals in a stage that goes follow the mapping.

use domain::commands::{Place, ReplacePipeline};
use domain::deals::StageRef;
use domain::events::ProgramFact;
use domain::forms::{Field, FieldKind};
use domain::people::CompanyRight;
use domain::pipeline::{Pipeline, Stage, StageMapping, check_ids, check_replacement};
use domain::program::Tier;
use domain::{DealId, Rank};
use store::Tx;
use store::deals::Follower;

use super::notes::Note;
use super::record::Recorder;
use crate::{CompanyAccess, ServiceError};

/// Deals moved in one statement's worth of memory.
const BATCH: i64 = 500;

impl CompanyAccess {
    /// The stages and reasons in use, and which stages hold deals.
    pub async fn pipeline(&self) -> Result<(Pipeline, Vec<domain::StageId>), ServiceError> {
        self.require(CompanyRight::ViewDeals)?;
        let mut conn = self.services.read().await?;
        let pipeline = store::pipelines::get(&mut conn, self.company, self.program.id).await?;
        let in_use = store::deals::stages_in_use(&mut conn, self.company, self.program.id).await?;
        Ok((pipeline, in_use))
    }

    /// What a pipeline's rule of entry may look at: the program's tiers, and fields of the form in use that hold one plain answer.
    pub async fn entry_terms(&self) -> Result<(Vec<Tier>, Vec<Field>), ServiceError> {
        self.require(CompanyRight::ViewDeals)?;
        let mut conn = self.services.read().await?;
        let tiers = store::programs::list_tiers(&mut conn, self.company, self.program.id).await?;
        let form = store::forms::find_current(&mut conn, self.program.id).await?;
        let fields = form
            .map(|form| form.definition.0.fields)
            .unwrap_or_default();
        let compared = fields.into_iter().filter(is_compared).collect();
        Ok((tiers, compared))
    }

    /// Replaces the pipeline; a stage that holds deals goes only with a mapping. Gives the program's new version.
    pub async fn replace_pipeline(&self, command: ReplacePipeline) -> Result<i64, ServiceError> {
        let right = CompanyRight::DesignProgram;
        self.write(right, command, |tx, recorder, command| {
            Box::pin(async move { replace_in(tx, &recorder, &command).await })
        })
        .await
    }
}

fn is_compared(field: &Field) -> bool {
    let plain = matches!(
        field.kind,
        FieldKind::Select { .. }
            | FieldKind::Radio { .. }
            | FieldKind::MultiSelect { .. }
            | FieldKind::YesNo
            | FieldKind::Checkbox
            | FieldKind::Number { .. }
            | FieldKind::Percent { .. }
            | FieldKind::Money { .. }
            | FieldKind::Country
    );
    plain && field.asks_partner()
}

async fn replace_in(
    tx: &mut Tx,
    recorder: &Recorder,
    command: &ReplacePipeline,
) -> Result<i64, ServiceError> {
    let (company, id) = (recorder.program.company, recorder.program.id);
    let twice = check_ids(&command.pipeline);
    if !twice.is_empty() {
        return Err(ServiceError::Pipeline(twice));
    }
    // No deal moves meanwhile into a stage that goes.
    store::programs::lock(tx, id).await?;
    let program = store::programs::find(tx, id)
        .await?
        .ok_or(ServiceError::NotFound)?;
    if program.version != command.version {
        return Err(ServiceError::Stale);
    }
    let old = store::pipelines::get(tx, company, id).await?;
    let (new, mappings) = with_our_ids(recorder, &old, command);
    let in_use = store::deals::stages_in_use(tx, company, id).await?;
    check_replacement(&old, &new, &mappings, &in_use).map_err(ServiceError::Pipeline)?;
    store::pipelines::save(tx, company, id, &new, recorder.now).await?;
    let retired: Vec<&Stage> = old
        .stages
        .iter()
        .filter(|stage| new.find(stage.id).is_none())
        .collect();
    let retirements: Vec<Retirement> = retired
        .iter()
        .filter_map(|from| {
            let mapping = mappings.iter().find(|mapping| mapping.from == from.id)?;
            Some((*from, new.find(mapping.to)?))
        })
        .collect();
    empty_stages(tx, recorder, &retirements).await?;
    let version = store::programs::save(tx, &program).await?;
    let retired = retired.into_iter().map(StageRef::of).collect();
    recorder
        .note_program(tx, version, ProgramFact::PipelineReplaced { retired })
        .await?;
    Ok(version)
}

/// Names cleaned, positions counted anew, and ids of ours for what is new: a browser's own are only placeholders.
fn with_our_ids(
    recorder: &Recorder,
    old: &Pipeline,
    command: &ReplacePipeline,
) -> (Pipeline, Vec<StageMapping>) {
    let mut pipeline = command.pipeline.clone();
    let mut mappings = command.mappings.clone();
    heads_with_our_ids(recorder, old, &mut pipeline);
    for (position, stage) in pipeline.stages.iter_mut().enumerate() {
        stage.position = i32::try_from(position).unwrap_or(i32::MAX);
        stage.name = domain::text::clean_line(&stage.name);
        stage.description = domain::text::clean_text(&stage.description);
        if old.find(stage.id).is_none() {
            let (placeholder, id) = (stage.id, recorder.id());
            stage.id = id;
            for mapping in mappings
                .iter_mut()
                .filter(|mapping| mapping.to == placeholder)
            {
                mapping.to = id;
            }
        }
    }
    for reason in &mut pipeline.lost_reasons {
        reason.label = domain::text::clean_line(&reason.label);
        reason.group = domain::text::clean_line(&reason.group);
        if !old.has_lost_reason(reason.id) {
            reason.id = recorder.id();
        }
    }
    (pipeline, mappings)
}

/// The same of the pipelines' names and rules; one pipeline alone has none.
fn heads_with_our_ids(recorder: &Recorder, old: &Pipeline, pipeline: &mut Pipeline) {
    let heads = &mut pipeline.heads;
    heads.first = domain::text::clean_line(&heads.first);
    if heads.is_single() {
        heads.first = String::new();
    }
    for head in &mut heads.others {
        head.name = domain::text::clean_line(&head.name);
        if old.heads.has(head.id) {
            continue;
        }
        let (placeholder, id) = (head.id, recorder.id());
        head.id = id;
        let stages = pipeline.stages.iter_mut();
        for stage in stages.filter(|stage| stage.pipeline == placeholder) {
            stage.pipeline = id;
        }
    }
}

/// A stage that goes, and the one that takes its deals.
type Retirement<'p> = (&'p Stage, &'p Stage);

/// Moves the deals of retired stages to the end of the stages that take them. In sets, deals first and what is told of
/// them last: a stage may hold tens of thousands, and others wait for this one write.
async fn empty_stages(
    tx: &mut Tx,
    recorder: &Recorder,
    retirements: &[Retirement<'_>],
) -> Result<(), ServiceError> {
    let (company, program) = (recorder.program.company, recorder.program.id);
    for (from, _) in retirements {
        store::deals::lock_stage(tx, company, program, from.id).await?;
    }
    let mut notes = Vec::new();
    for retirement in retirements {
        empty_stage(tx, recorder, *retirement, &mut notes).await?;
    }
    recorder.note_all(tx, notes).await
}

async fn empty_stage(
    tx: &mut Tx,
    recorder: &Recorder,
    (from, to): Retirement<'_>,
    notes: &mut Vec<Note>,
) -> Result<(), ServiceError> {
    let (company, program) = (recorder.program.company, recorder.program.id);
    let (by, now) = (recorder.user()?, recorder.now);
    // No deal has this id: all that lie there count.
    let nobody = DealId(uuid::Uuid::nil());
    let mut rank = recorder.rank(tx, to.id, nobody, Place::Bottom).await?;
    loop {
        let deals = store::deals::list_in_stage(tx, company, program, from.id, BATCH).await?;
        if deals.is_empty() {
            return Ok(());
        }
        let mut followers = Vec::with_capacity(deals.len());
        for deal in deals {
            let (deal, fact) = deal.follow_retired_stage(from, to, rank.clone(), by, now)?;
            notes.push(recorder.note_of(&deal, deal.version + 1, fact));
            let next = Rank::between(Some(&rank), None);
            followers.push(Follower {
                deal: deal.id,
                version: deal.version,
                rank: std::mem::replace(&mut rank, next),
            });
        }
        store::deals::follow_stage(tx, to.id, &followers, by, now).await?;
    }
}
