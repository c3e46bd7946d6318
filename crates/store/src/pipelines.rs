//! A program's stages and reasons for losing.

use crate::{
    JsonText,
    conn::{Conn, sql},
    error::StoreError,
};
use domain::{
    CompanyId, LostReasonId, PipelineId, ProgramId, StageId, Timestamp,
    pipeline::{Heads, LostReason, Pipeline, Stage, StageKind, StageRules},
};
use sqlx::{query, query_as, query_scalar};

#[derive(sqlx::FromRow)]
struct StageRow {
    id: StageId,
    name: String,
    kind: StageKind,
    hue: String,
    position: i32,
    stuck_days: Option<i32>,
    probability: i32,
    description: String,
    wip_hint: Option<i32>,
    rules: JsonText<StageRules>,
    pipeline_id: Option<PipelineId>,
}

impl From<StageRow> for Stage {
    fn from(row: StageRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            kind: row.kind,
            hue: row.hue,
            position: row.position,
            stuck_days: row.stuck_days,
            probability: row.probability,
            description: row.description,
            wip_hint: row.wip_hint,
            rules: row.rules.0,
            pipeline: row.pipeline_id.unwrap_or_default(),
        }
    }
}

/// The stages in use, in order, and the reasons for losing.
pub async fn get(
    conn: &mut Conn,
    company: CompanyId,
    program: ProgramId,
) -> Result<Pipeline, StoreError> {
    Ok(Pipeline {
        stages: list_stages(conn, company, program).await?,
        lost_reasons: list_lost_reasons(conn, company, program).await?,
        heads: heads(conn, company, program).await?,
    })
}

async fn heads(
    conn: &mut Conn,
    company: CompanyId,
    program: ProgramId,
) -> Result<Heads, StoreError> {
    let heads: Option<JsonText<Heads>> = sql!(
        conn.fetch_optional,
        query_scalar("SELECT pipelines FROM programs WHERE company_id = $1 AND id = $2")
            .bind(company)
            .bind(program)
    )?;
    Ok(heads.map(|heads| heads.0).unwrap_or_default())
}

async fn save_heads(
    conn: &mut Conn,
    company: CompanyId,
    program: ProgramId,
    heads: &Heads,
) -> Result<(), StoreError> {
    sql!(
        conn.execute,
        query("UPDATE programs SET pipelines = $3 WHERE company_id = $1 AND id = $2")
            .bind(company)
            .bind(program)
            .bind(JsonText(heads))
    )?;
    Ok(())
}

/// As [`get`], with the reasons for losing only if `to` is a stage where deals are lost, and without names of pipelines: all that a
/// move there asks.
pub async fn get_for_move(
    conn: &mut Conn,
    company: CompanyId,
    program: ProgramId,
    to: StageId,
) -> Result<Pipeline, StoreError> {
    let mut pipeline = Pipeline {
        stages: list_stages(conn, company, program).await?,
        lost_reasons: Vec::new(),
        heads: Heads::default(),
    };
    if pipeline
        .find(to)
        .is_some_and(|stage| stage.kind == StageKind::Lost)
    {
        pipeline.lost_reasons = list_lost_reasons(conn, company, program).await?;
    }
    Ok(pipeline)
}

async fn list_stages(
    conn: &mut Conn,
    company: CompanyId,
    program: ProgramId,
) -> Result<Vec<Stage>, StoreError> {
    let stages: Vec<StageRow> = sql!(
        conn.fetch_all,
        query_as(
            "SELECT id, name, kind, hue, position, stuck_days, probability, description, wip_hint, rules,
                 pipeline_id FROM stages
             WHERE company_id = $1 AND program_id = $2 AND retired_at IS NULL ORDER BY position, id"
        )
        .bind(company)
        .bind(program)
    )?;
    Ok(stages.into_iter().map(Stage::from).collect())
}

async fn list_lost_reasons(
    conn: &mut Conn,
    company: CompanyId,
    program: ProgramId,
) -> Result<Vec<LostReason>, StoreError> {
    let reasons: Vec<(LostReasonId, String, String)> = sql!(
        conn.fetch_all,
        query_as(
            "SELECT id, label, heading FROM lost_reasons
             WHERE company_id = $1 AND program_id = $2 AND retired_at IS NULL ORDER BY position, id"
        )
        .bind(company)
        .bind(program)
    )?;
    let reason = |(id, label, group)| LostReason { id, label, group };
    Ok(reasons.into_iter().map(reason).collect())
}

/// One stage, retired ones included.
pub async fn find_stage(
    conn: &mut Conn,
    company: CompanyId,
    id: StageId,
) -> Result<Option<Stage>, StoreError> {
    let row: Option<StageRow> = sql!(
        conn.fetch_optional,
        query_as(
            "SELECT id, name, kind, hue, position, stuck_days, probability, description, wip_hint, rules,
                 pipeline_id FROM stages
             WHERE company_id = $1 AND id = $2"
        )
        .bind(company)
        .bind(id)
    )?;
    Ok(row.map(Stage::from))
}

/// What a reason for losing says, retired ones included.
pub async fn find_lost_reason(
    conn: &mut Conn,
    company: CompanyId,
    id: LostReasonId,
) -> Result<Option<LostReason>, StoreError> {
    let row: Option<(LostReasonId, String, String)> = sql!(
        conn.fetch_optional,
        query_as("SELECT id, label, heading FROM lost_reasons WHERE company_id = $1 AND id = $2")
            .bind(company)
            .bind(id)
    )?;
    Ok(row.map(|(id, label, group)| LostReason { id, label, group }))
}

/// Makes the program's pipeline this one: new rows come, known ones change, missing ones are retired. Deals are moved
/// out of retired stages by the caller, in the same transaction.
pub async fn save(
    conn: &mut Conn,
    company: CompanyId,
    program: ProgramId,
    pipeline: &Pipeline,
    now: Timestamp,
) -> Result<(), StoreError> {
    let old = get(conn, company, program).await?;
    for stage in &pipeline.stages {
        save_stage(conn, company, program, stage).await?;
    }
    for gone in old
        .stages
        .iter()
        .filter(|stage| pipeline.find(stage.id).is_none())
    {
        sql!(
            conn.execute,
            query(
                "UPDATE stages SET retired_at = $3, version = version + 1 WHERE company_id = $1 AND id = $2"
            )
            .bind(company)
            .bind(gone.id)
            .bind(now)
        )?;
    }
    if pipeline.heads != old.heads {
        save_heads(conn, company, program, &pipeline.heads).await?;
    }
    for (position, reason) in (1..).zip(&pipeline.lost_reasons) {
        save_lost_reason(conn, company, program, reason, position).await?;
    }
    for gone in old
        .lost_reasons
        .iter()
        .filter(|reason| !pipeline.has_lost_reason(reason.id))
    {
        sql!(
            conn.execute,
            query("UPDATE lost_reasons SET retired_at = $3 WHERE company_id = $1 AND id = $2")
                .bind(company)
                .bind(gone.id)
                .bind(now)
        )?;
    }
    Ok(())
}

/// The tenant stands in the update's condition: an id of another program changes nothing and is a conflict.
async fn save_stage(
    conn: &mut Conn,
    company: CompanyId,
    program: ProgramId,
    stage: &Stage,
) -> Result<(), StoreError> {
    let rows = sql!(
        conn.execute,
        query(
            "INSERT INTO stages (id, company_id, program_id, name, kind, hue, position, stuck_days, probability,
                 description, wip_hint, rules, pipeline_id)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, hue = excluded.hue,
                 position = excluded.position, stuck_days = excluded.stuck_days,
                 probability = excluded.probability, description = excluded.description,
                 wip_hint = excluded.wip_hint, rules = excluded.rules, pipeline_id = excluded.pipeline_id,
                 retired_at = NULL, version = stages.version + 1
             WHERE stages.company_id = excluded.company_id AND stages.program_id = excluded.program_id"
        )
        .bind(stage.id)
        .bind(company)
        .bind(program)
        .bind(&stage.name)
        .bind(stage.kind)
        .bind(&stage.hue)
        .bind(stage.position)
        .bind(stage.stuck_days)
        .bind(stage.probability)
        .bind(&stage.description)
        .bind(stage.wip_hint)
        .bind(JsonText(&stage.rules))
        .bind(Some(stage.pipeline).filter(|pipeline| !pipeline.is_first()))
    )?;
    if rows == 0 {
        Err(StoreError::Conflict)
    } else {
        Ok(())
    }
}

async fn save_lost_reason(
    conn: &mut Conn,
    company: CompanyId,
    program: ProgramId,
    reason: &LostReason,
    position: i32,
) -> Result<(), StoreError> {
    let rows = sql!(
        conn.execute,
        query(
            "INSERT INTO lost_reasons (id, company_id, program_id, label, position, heading)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (id) DO UPDATE SET label = excluded.label, position = excluded.position,
                 heading = excluded.heading, retired_at = NULL
             WHERE lost_reasons.company_id = excluded.company_id
                 AND lost_reasons.program_id = excluded.program_id"
        )
        .bind(reason.id)
        .bind(company)
        .bind(program)
        .bind(&reason.label)
        .bind(position)
        .bind(&reason.group)
    )?;
    if rows == 0 {
        Err(StoreError::Conflict)
    } else {
        Ok(())
    }
}
