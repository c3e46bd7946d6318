//! From the cells of a row to what is done with it.

use std::collections::{BTreeMap, BTreeSet};

use super::cell::{Cell, answer, is_formula, parted_money, shown_cell};
use super::mapping::{Mapping, Target};
use super::names::Names;
use super::problem::{RowFault, RowProblem};
use super::reading::Reading;
use crate::forms::{FieldError, FieldKey, FieldKind, FormDefinition, RawAnswers, problem_text};
use crate::people::{MembershipStatus, PartnerRight, PartnerRole};
use crate::pipeline::Pipeline;
use crate::text::clean_line;
use crate::{Currency, MembershipId};

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
    /// What the row says, and all that is wrong with its cells. The answers are not judged here.
    pub fn read(&self, cells: &[Cell]) -> Reading {
        let (mut faults, unread) = self.unreadable(cells);
        let mut others = Vec::new();
        let membership = self.partner(cells);
        let membership = membership.map_err(|fault| others.push(fault)).ok();
        let landing = self.landing(cells, &mut others);
        // What cannot be read is not missing or unknown as well.
        let is_told =
            |column: &str| !column.is_empty() && faults.iter().any(|fault| fault.column == column);
        others.retain(|fault| !is_told(&fault.column));
        faults.extend(others);
        Reading {
            membership,
            answers: self.answers(cells),
            landing,
            faults,
            unread,
        }
    }

    /// A fault of the form, at the column that gives that answer.
    pub fn field_fault(&self, error: &FieldError) -> RowFault {
        let field = error.field_of(self.form);
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

    /// What is wrong with cells whatever stands in them, and the fields that they were to answer.
    fn unreadable(&self, cells: &[Cell]) -> (Vec<RowFault>, BTreeSet<FieldKey>) {
        let columns = self.headings.len();
        let (mut faults, mut unread) = (Vec::new(), BTreeSet::new());
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
            let Some(problem) = problem else { continue };
            faults.push(RowFault::at(self.heading(place), &problem));
            if let Target::Field(key) | Target::Currency(key) = target {
                unread.insert(key.clone());
            }
        }
        (faults, unread)
    }

    /// The text of that target's cell, and its column.
    pub(super) fn said<'c>(&self, cells: &'c [Cell], target: &Target) -> Option<(String, &'c str)> {
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
    fn name_currencies(&self, raw: &mut RawAnswers, mut named: BTreeMap<FieldKey, String>) {
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
