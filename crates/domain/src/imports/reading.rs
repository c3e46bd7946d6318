//! What a row says as far as it can be read, with all that is wrong with it together.

use std::collections::BTreeSet;

use super::landing::Landing;
use super::problem::RowFault;
use super::row::Reader;
use crate::MembershipId;
use crate::forms::{FieldError, FieldErrors, FieldKey, FieldProblem, RawAnswers, Requirement};

/// What a row says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadRow {
    pub membership: MembershipId,
    pub answers: RawAnswers,
    pub landing: Landing,
}

/// What a row says as far as its cells can be read. The answers are not judged yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// `None`: it is nobody's whose deal it could be.
    pub membership: Option<MembershipId>,
    pub answers: RawAnswers,
    pub landing: Option<Landing>,
    /// What is wrong with the cells.
    pub faults: Vec<RowFault>,
    /// Fields whose answer stands in a cell that cannot be read.
    pub(super) unread: BTreeSet<FieldKey>,
}

impl Reading {
    /// The row, or all that is wrong with its cells.
    pub fn whole(self) -> Result<ReadRow, Vec<RowFault>> {
        match (self.membership, self.landing) {
            (Some(membership), Some(landing)) if self.faults.is_empty() => Ok(ReadRow {
                membership,
                answers: self.answers,
                landing,
            }),
            _ => Err(self.faults),
        }
    }
}

impl Reader<'_> {
    /// What the form refuses, each at the column that gives the answer. Nothing that could be as it should be once the
    /// cells that cannot be read are mended: what is asked may depend on them, and on whose deal it is.
    pub fn answer_faults(&self, reading: &Reading, errors: &FieldErrors) -> Vec<RowFault> {
        let is_clear = reading.membership.is_some() && reading.unread.is_empty();
        let sure = errors
            .iter()
            .filter(|error| is_clear || self.is_sure(reading, error));
        sure.map(|error| self.field_fault(error)).collect()
    }

    fn is_sure(&self, reading: &Reading, error: &FieldError) -> bool {
        let field = error.field_of(self.form);
        field.is_some_and(|field| {
            let is_asked = self.form.always_shows(field);
            let is_needed = error.problem != FieldProblem::Missing
                || matches!(field.required, Requirement::Always);
            is_asked && is_needed && !reading.unread.contains(&field.key)
        })
    }
}
