//! From the cells of a row to what is done with it.

use std::collections::BTreeMap;

use super::cell::{Cell, answer, is_formula, parted_money, shown_cell};
use super::mapping::{Mapping, Target};
use super::names::Names;
use super::problem::{RowFault, RowProblem};
use crate::deals::RegistrationStatus;
use crate::forms::{FieldError, FieldKind, FormDefinition, RawAnswers, problem_text};
use crate::people::{MembershipStatus, PartnerRight, PartnerRole};
use crate::pipeline::{Pipeline, StageKind};
use crate::text::{clean_line, fold};
use crate::{Currency, LostReasonId, MembershipId, StageId};

/// A partner of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub membership: MembershipId,
    /// Its id as people may write it, `part_...`.
    pub partner: String,
    pub name: String,
    pub status: MembershipStatus,
    /// Whether somebody of its team can work a deal.
    pub has_owner: bool,
}

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

/// What a row says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadRow {
    pub membership: MembershipId,
    pub answers: RawAnswers,
    pub landing: Landing,
}

/// Everything that a row is read by.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    pub form: &'a FormDefinition,
    pub pipeline: &'a Pipeline,
    /// Of that form, and of the program's partners.
    pub names: &'a Names,
    pub mapping: &'a Mapping,
    pub headings: &'a [String],
    /// The program's own, for amounts that name none.
    pub currency: Currency,
}

impl Reader<'_> {
    /// What the row says, or all that is wrong with its cells. The answers are not judged here.
    pub fn read(&self, cells: &[Cell]) -> Result<ReadRow, Vec<RowFault>> {
        let mut faults = self.unreadable(cells);
        let membership = self.partner(cells).map_err(|fault| faults.push(fault)).ok();
        let landing = self.landing(cells).map_err(|fault| faults.push(fault)).ok();
        match (membership, landing) {
            (Some(membership), Some(landing)) if faults.is_empty() => Ok(ReadRow {
                membership,
                answers: self.answers(cells),
                landing,
            }),
            _ => Err(faults),
        }
    }

    /// A fault of the form, at the column that gives that answer.
    pub fn field_fault(&self, error: &FieldError) -> RowFault {
        let field = self
            .form
            .fields
            .iter()
            .find(|field| field.key.as_str() == error.field);
        let column = field
            .and_then(|field| self.mapping.column(&Target::Field(field.key.clone())))
            .and_then(|place| self.headings.get(place));
        let label = field.map_or(error.field.as_str(), |field| field.label.as_str());
        RowFault {
            column: column.map_or(label, String::as_str).to_owned(),
            text: problem_text(field, &error.problem),
        }
    }

    fn heading(&self, place: usize) -> &str {
        self.headings.get(place).map_or("", String::as_str)
    }

    fn unreadable(&self, cells: &[Cell]) -> Vec<RowFault> {
        let columns = self.headings.len();
        let mut faults = Vec::new();
        if cells.iter().skip(columns).any(|cell| !cell.is_blank()) {
            faults.push(RowFault::of_row(&RowProblem::TooManyCells { columns }));
        }
        for (place, (cell, target)) in cells.iter().zip(&self.mapping.targets).enumerate() {
            let problem = match cell {
                _ if *target == Target::Ignore => None,
                Cell::NotText => Some(RowProblem::NotText),
                Cell::TooLong => Some(RowProblem::CellTooLong),
                Cell::Text(text) if is_formula(text) => Some(RowProblem::Formula),
                Cell::Text(_) => None,
            };
            faults.extend(problem.map(|problem| RowFault::at(self.heading(place), &problem)));
        }
        faults
    }

    /// The text of that target's cell, and its column.
    fn said<'c>(&self, cells: &'c [Cell], target: &Target) -> Option<(String, &'c str)> {
        let place = self.mapping.column(target)?;
        let text = cells.get(place).map_or("", Cell::text);
        Some((self.heading(place).to_owned(), shown_cell(text)))
    }

    fn partner(&self, cells: &[Cell]) -> Result<MembershipId, RowFault> {
        let (column, text) = self.said(cells, &Target::Partner).unwrap_or_default();
        let name = clean_line(text);
        let at = |problem: &RowProblem| RowFault::at(&column, problem);
        let named: Vec<&Member> = if name.is_empty() {
            let chosen = self
                .mapping
                .partner
                .ok_or_else(|| at(&RowProblem::PartnerMissing))?;
            self.names.member(chosen).into_iter().collect()
        } else {
            self.names.partners(&name)
        };
        let member = match named.as_slice() {
            [] => return Err(at(&RowProblem::PartnerUnknown { name })),
            [member] => *member,
            _ => return Err(at(&RowProblem::PartnerTwice { name })),
        };
        let name = member.name.clone();
        if !PartnerRole::Owner.may(PartnerRight::Register, member.status) {
            return Err(at(&RowProblem::PartnerNotActive { name }));
        }
        if !member.has_owner {
            return Err(at(&RowProblem::PartnerEmpty { name }));
        }
        Ok(member.membership)
    }

    fn landing(&self, cells: &[Cell]) -> Result<Landing, RowFault> {
        let status = self.status(cells)?;
        let (column, text) = self.said(cells, &Target::Stage).unwrap_or_default();
        let name = clean_line(text);
        let reason = || {
            let said = self.said(cells, &Target::Reason).unwrap_or_default().1;
            if said.trim().is_empty() {
                "Decided before the deal was imported".to_owned()
            } else {
                said.to_owned()
            }
        };
        match status {
            Some(RegistrationStatus::Declined) => Ok(Landing::Declined { reason: reason() }),
            Some(RegistrationStatus::Ineligible) => Ok(Landing::Ineligible { reason: reason() }),
            Some(RegistrationStatus::Submitted) if !name.is_empty() => {
                Err(RowFault::at(&column, &RowProblem::StageUnfit))
            }
            Some(RegistrationStatus::Approved) if name.is_empty() => Ok(Landing::Approved),
            _ if name.is_empty() => Ok(Landing::Submitted),
            _ => self.stage(cells, &column, name),
        }
    }

    fn stage(&self, cells: &[Cell], column: &str, name: String) -> Result<Landing, RowFault> {
        let folded = fold(&name);
        let stages = &self.pipeline.stages;
        let found = stages.iter().find(|stage| fold(&stage.name) == folded);
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
        let found = reasons.iter().find(|reason| fold(&reason.label) == folded);
        found.map(|reason| reason.id).ok_or_else(|| {
            let problem = if word.is_empty() {
                RowProblem::Refused(crate::deals::Refusal::LostReasonMissing)
            } else {
                RowProblem::LostReasonUnknown { word }
            };
            RowFault::at(&column, &problem)
        })
    }

    fn answers(&self, cells: &[Cell]) -> RawAnswers {
        let mut raw = RawAnswers::default();
        let mut currencies = BTreeMap::new();
        for (cell, target) in cells.iter().zip(&self.mapping.targets) {
            let text = shown_cell(cell.text());
            match target {
                Target::Currency(key) if !text.trim().is_empty() => {
                    currencies.insert(key.clone(), text.trim().to_owned());
                }
                Target::Field(key) => {
                    let Some(field) = self.form.field(key) else {
                        continue;
                    };
                    if let FieldKind::Money { .. } = field.kind {
                        let (amount, currency) = parted_money(text);
                        answer(field, amount, self.names, &mut raw);
                        if let Some(currency) = currency {
                            let currency = currency.to_owned();
                            currencies.entry(key.clone()).or_insert(currency);
                        }
                    } else {
                        answer(field, text, self.names, &mut raw);
                    }
                }
                _ => {}
            }
        }
        self.name_currencies(&mut raw, currencies);
        raw
    }

    /// An amount that names no currency is in the program's own, where the field takes it.
    fn name_currencies(
        &self,
        raw: &mut RawAnswers,
        mut named: BTreeMap<crate::forms::FieldKey, String>,
    ) {
        for field in &self.form.fields {
            let FieldKind::Money { currencies } = &field.kind else {
                continue;
            };
            if raw.first(&field.key).is_empty() {
                continue;
            }
            let own = currencies
                .contains(&self.currency)
                .then(|| self.currency.code().to_owned());
            let currency = named.remove(&field.key).or(own);
            if let Some(currency) = currency {
                raw.replace(&RawAnswers::currency_name(&field.key), vec![currency]);
            }
        }
    }
}
