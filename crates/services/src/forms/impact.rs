//! What a new version of the form meets: answers that are stored, drafts, deals, imports.

use std::collections::BTreeMap;

use domain::{
    CompanyId, DealId, ProgramId,
    commands::PublishForm,
    forms::{
        Change, DefinitionFault, Fault, Field, FieldKey, FieldKind, FormDefinition, FormVersion,
        RawAnswers, Requirement, archived, check_keys, converts, diff,
    },
    imports::{Mapping, Target},
    people::CompanyRight,
    pipeline::Stage,
    views::{FieldImpact, FormImpact, ImportImpact, Meeting, RetypeCheck},
};
use store::{Conn, forms::FormVersionRow, forms::answers};
use uuid::Uuid;

use super::no_form;
use crate::{CompanyAccess, ServiceError};

/// Deals that are read at once.
const PAGE: i64 = 500;
/// Imports that are looked at: the newest.
const IMPORTS: i64 = 100;

impl CompanyAccess {
    /// What publishing the draft of that version would meet.
    pub async fn form_impact(&self, command: PublishForm) -> Result<FormImpact, ServiceError> {
        self.require(CompanyRight::DesignProgram)?;
        let of = (self.company, self.program.id);
        let mut conn = self.services.read().await?;
        let conn = &mut conn;
        let draft = store::forms::find_draft(conn, of.0, of.1).await?;
        let draft = draft.filter(|draft| draft.version == command.version);
        let form = draft.ok_or(ServiceError::Stale)?.definition.0;
        let versions = store::forms::list_versions(conn, of.0, of.1).await?;
        let current = versions.first().ok_or_else(no_form)?;
        let changes = diff(&current.definition.0, &form);
        Ok(FormImpact {
            open_drafts: store::forms::count_open_drafts(conn, of.0, of.1).await?,
            open_deals: answers::count_open_deals(conn, of).await?,
            fields: field_impacts(conn, of, &changes).await?,
            imports: import_impacts(conn, of, &changes).await?,
            faults: stored_faults(conn, of, &versions, &form).await?,
        })
    }

    /// Whether the stored answers to a field could be answers of another kind.
    pub async fn check_retype(
        &self,
        key: FieldKey,
        kind: FieldKind,
    ) -> Result<RetypeCheck, ServiceError> {
        self.require(CompanyRight::DesignProgram)?;
        let mut conn = self.services.read().await?;
        let field = Field::new(key, kind, "");
        count_fitting(&mut conn, (self.company, self.program.id), &field).await
    }
}

/// Faults of a form in what was published and answered before it.
pub(super) async fn stored_faults(
    conn: &mut Conn,
    of: (CompanyId, ProgramId),
    versions: &[FormVersionRow],
    form: &FormDefinition,
) -> Result<Vec<DefinitionFault>, ServiceError> {
    let versions: Vec<FormVersion> = versions.iter().cloned().map(FormVersion::from).collect();
    let current = versions.first().ok_or_else(no_form)?;
    let mut faults = check_keys(form, &archived(&versions, &current.definition));
    for field in &form.fields {
        let kind = field.kind.name();
        let before = current.definition.field(&field.key);
        if before.is_none_or(|before| before.kind.name() == kind) {
            continue;
        }
        let RetypeCheck { answers, unfit } = count_fitting(conn, of, field).await?;
        if unfit > 0 {
            faults.push(DefinitionFault {
                field: Some(field.key.clone()),
                label: field.label.clone(),
                fault: Fault::AnswersDoNotFit {
                    kind,
                    unfit,
                    of: answers,
                },
                place: None,
            });
        }
    }
    Ok(faults)
}

/// The answers that registered deals have to the field's key, their partners' and the company's own, and those that it
/// could not take.
async fn count_fitting(
    conn: &mut Conn,
    of: (CompanyId, ProgramId),
    field: &Field,
) -> Result<RetypeCheck, ServiceError> {
    let mut count = RetypeCheck {
        answers: 0,
        unfit: 0,
    };
    for own in [false, true] {
        let mut after = 0;
        loop {
            let page = if own {
                answers::list_own_naming(conn, of, &field.key, after, PAGE).await?
            } else {
                answers::list_naming(conn, of, &field.key, after, PAGE).await?
            };
            let Some((last, _)) = page.last() else {
                break;
            };
            after = *last;
            for (_, answers) in &page {
                let answer = answers.0.get(&field.key);
                if let Some(answer) = answer.filter(|answer| !answer.is_blank()) {
                    count.answers += 1;
                    count.unfit += u64::from(!converts(answer, field));
                }
            }
        }
    }
    Ok(count)
}

/// How a change meets answers, if it does.
fn meeting(change: &Change) -> Option<Meeting> {
    let needed = |field: &Field| field.required == Requirement::Always;
    match (&change.before, &change.after) {
        (Some(before), None) => before.kind.has_answer().then_some(Meeting::Removed),
        (Some(before), Some(after)) if before.kind.name() != after.kind.name() => {
            Some(Meeting::Retyped)
        }
        (Some(before), Some(after)) if before.asks_partner() && !after.asks_partner() => {
            Some(Meeting::NotAsked)
        }
        (before, Some(after)) => {
            let was = before.as_ref().is_some_and(needed);
            (needed(after) && !was).then_some(Meeting::MadeMandatory)
        }
        (None, None) => None,
    }
}

async fn field_impacts(
    conn: &mut Conn,
    of: (CompanyId, ProgramId),
    changes: &[Change],
) -> Result<Vec<FieldImpact>, ServiceError> {
    let met: Vec<(&Change, Meeting)> = changes
        .iter()
        .filter_map(|change| Some((change, meeting(change)?)))
        .collect();
    if met.is_empty() {
        return Ok(Vec::new());
    }
    let drafts = count_drafts(conn, of, &met).await?;
    let stages = store::pipelines::get(conn, of.0, of.1).await?.stages;
    let mut impacts = Vec::new();
    for (change, meets) in met {
        let deals = match &change.before {
            Some(before) if meets != Meeting::MadeMandatory => {
                count_fitting(conn, of, before).await?.answers
            }
            _ => 0,
        };
        impacts.push(FieldImpact {
            label: change.label.clone(),
            meets,
            drafts: drafts.get(&change.field).copied().unwrap_or(0),
            deals,
            stages: match meets {
                Meeting::MadeMandatory => Vec::new(),
                _ => names_of_asking(&stages, &change.field),
            },
        });
    }
    Ok(impacts)
}

/// The stages that ask for the field of a deal that is moved in, in their order.
fn names_of_asking(stages: &[Stage], key: &FieldKey) -> Vec<String> {
    let asking = stages.iter().filter(|s| s.rules.fields.contains(key));
    asking.map(|stage| stage.name.clone()).collect()
}

/// Drafts that each change meets: with an answer to what goes, without one to what becomes mandatory.
async fn count_drafts(
    conn: &mut Conn,
    of: (CompanyId, ProgramId),
    met: &[(&Change, Meeting)],
) -> Result<BTreeMap<FieldKey, u64>, ServiceError> {
    let mut counts = BTreeMap::new();
    let mut after = DealId(Uuid::nil());
    loop {
        let page = answers::list_drafted(conn, of, after, PAGE).await?;
        let Some((last, _)) = page.last() else {
            return Ok(counts);
        };
        after = *last;
        for (_, raw) in &page {
            for (change, meets) in met {
                let field = change.before.as_ref().or(change.after.as_ref());
                let answered = field.is_some_and(|field| has_answer(&raw.0, field));
                if answered != (*meets == Meeting::MadeMandatory) {
                    *counts.entry(change.field.clone()).or_insert(0) += 1;
                }
            }
        }
    }
}

/// A currency alone says nothing, and neither does an empty row.
fn has_answer(raw: &RawAnswers, field: &Field) -> bool {
    let said = |value: &String| !value.trim().is_empty();
    if field.kind.rows().is_some() {
        raw.pairs_of(field).iter().any(|(_, value)| said(value))
    } else {
        raw.values(&field.key).iter().any(said)
    }
}

/// Imports that wait to be started, with a column for a field that goes or becomes another kind.
async fn import_impacts(
    conn: &mut Conn,
    (company, program): (CompanyId, ProgramId),
    changes: &[Change],
) -> Result<Vec<ImportImpact>, ServiceError> {
    let gone: Vec<&Change> = changes
        .iter()
        .filter(|change| matches!(meeting(change), Some(Meeting::Removed | Meeting::Retyped)))
        .collect();
    if gone.is_empty() {
        return Ok(Vec::new());
    }
    let imports = store::imports::list(conn, company, program, IMPORTS).await?;
    let waiting = imports.into_iter().map(|listed| listed.import);
    let waiting = waiting.filter(|import| import.state.is_before_start());
    let impacts = waiting.filter_map(|import| {
        let met = gone
            .iter()
            .filter(|change| names(&import.mapping.0, &change.field));
        let fields: Vec<String> = met.map(|change| change.label.clone()).collect();
        (!fields.is_empty()).then_some(ImportImpact {
            import: import.id,
            file: import.file_name,
            fields,
        })
    });
    Ok(impacts.collect())
}

fn names(mapping: &Mapping, key: &FieldKey) -> bool {
    let targets = [Target::Field(key.clone()), Target::Currency(key.clone())];
    targets
        .iter()
        .any(|target| mapping.column(target).is_some())
}
