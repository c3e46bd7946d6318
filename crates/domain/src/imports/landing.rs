//! Where a deal is to lie after it was registered.

use super::cell::Cell;
use super::mapping::Target;
use super::problem::{RowFault, RowProblem};
use super::row::Reader;
use crate::deals::{Refusal, RegistrationStatus};
use crate::pipeline::{Pipeline, Stage, StageKind};
use crate::text::{clean_line, fold};
use crate::{LostReasonId, StageId};

/// What is to become of the deal after it was registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Landing {
    /// It waits for review.
    Submitted,
    Approved,
    /// Approved, and moved there.
    Stage {
        stage: StageId,
        lost_reason: Option<LostReasonId>,
    },
    Declined {
        reason: String,
    },
    Ineligible {
        reason: String,
    },
}

impl Landing {
    /// Where people will find the deal: the stage's name and hue, or how its registration stands, without a hue.
    pub fn shown(&self, pipeline: &Pipeline) -> (String, String) {
        let status = match self {
            Self::Approved if pipeline.heads.is_single() => return named(pipeline.first_open()),
            // The approval itself finds the pipeline.
            Self::Approved => RegistrationStatus::Approved,
            Self::Stage { stage, .. } => return named(pipeline.find(*stage)),
            Self::Submitted => RegistrationStatus::Submitted,
            Self::Declined { .. } => RegistrationStatus::Declined,
            Self::Ineligible { .. } => RegistrationStatus::Ineligible,
        };
        (status.label().to_owned(), String::new())
    }
}

fn named(stage: Option<&Stage>) -> (String, String) {
    stage
        .map(|stage| (stage.name.clone(), stage.hue.clone()))
        .unwrap_or_default()
}

impl Reader<'_> {
    /// Adds all that is wrong with the cells that say it.
    pub(super) fn landing(&self, cells: &[Cell], faults: &mut Vec<RowFault>) -> Option<Landing> {
        let (column, text) = self.said(cells, &Target::Stage).unwrap_or_default();
        let name = clean_line(text);
        let status = self.status(cells);
        let found = match &status {
            Ok(Some(RegistrationStatus::Declined)) => Ok(Landing::Declined {
                reason: self.reason(cells),
            }),
            Ok(Some(RegistrationStatus::Ineligible)) => Ok(Landing::Ineligible {
                reason: self.reason(cells),
            }),
            Ok(Some(RegistrationStatus::Submitted)) if !name.is_empty() => {
                Err(RowFault::at(&column, &RowProblem::StageUnfit))
            }
            Ok(Some(RegistrationStatus::Approved)) if name.is_empty() => Ok(Landing::Approved),
            _ if name.is_empty() => Ok(Landing::Submitted),
            // Also beside a status that is none: both are told at once.
            _ => self.stage(cells, &column, name),
        };
        faults.extend(status.err());
        found.map_err(|fault| faults.push(fault)).ok()
    }

    fn reason(&self, cells: &[Cell]) -> String {
        let said = self.said(cells, &Target::Reason).unwrap_or_default().1;
        if said.trim().is_empty() {
            "Decided before the deal was imported".to_owned()
        } else {
            said.to_owned()
        }
    }

    fn stage(&self, cells: &[Cell], column: &str, name: String) -> Result<Landing, RowFault> {
        let folded = fold(&name);
        let stages = &self.pipeline.stages;
        // Where two pipelines have a stage of that name, the pipeline stands before it.
        let full = |stage: &Stage| {
            let pipeline = self.pipeline.heads.name(stage.pipeline);
            fold(&format!("{pipeline}: {}", stage.name))
        };
        let full = stages.iter().find(|stage| full(stage) == folded);
        let found = full.or_else(|| stages.iter().find(|stage| fold(&stage.name) == folded));
        let Some(stage) = found else {
            return Err(RowFault::at(column, &RowProblem::StageUnknown { name }));
        };
        let lost_reason = match stage.kind {
            StageKind::Lost => Some(self.lost_reason(cells)?),
            StageKind::Open | StageKind::Won => None,
        };
        Ok(Landing::Stage {
            stage: stage.id,
            lost_reason,
        })
    }

    /// As it is stored, or as people read it. `None`: no column says it.
    fn status(&self, cells: &[Cell]) -> Result<Option<RegistrationStatus>, RowFault> {
        let (column, text) = self.said(cells, &Target::Status).unwrap_or_default();
        let word = clean_line(text);
        if word.is_empty() {
            return Ok(None);
        }
        let folded = fold(&word);
        let found = [
            RegistrationStatus::Submitted,
            RegistrationStatus::Approved,
            RegistrationStatus::Declined,
            RegistrationStatus::Ineligible,
        ]
        .into_iter()
        .find(|status| fold(status.as_str()) == folded || fold(status.label()) == folded);
        found
            .map(Some)
            .ok_or_else(|| RowFault::at(&column, &RowProblem::StatusUnknown { word }))
    }

    fn lost_reason(&self, cells: &[Cell]) -> Result<LostReasonId, RowFault> {
        let (column, text) = self.said(cells, &Target::LostReason).unwrap_or_default();
        let word = clean_line(text);
        let folded = fold(&word);
        let reasons = &self.pipeline.lost_reasons;
        // As exports write it; or alone, as people do.
        let whole = reasons.iter().find(|reason| fold(&reason.full()) == folded);
        let found = whole.or_else(|| reasons.iter().find(|r| fold(&r.label) == folded));
        found.map(|reason| reason.id).ok_or_else(|| {
            let problem = if word.is_empty() {
                RowProblem::Refused(Refusal::LostReasonMissing)
            } else {
                RowProblem::LostReasonUnknown { word }
            };
            RowFault::at(&column, &problem)
        })
    }
}
