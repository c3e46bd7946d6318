//! What can be wrong with an answer.

use serde::{Deserialize, Serialize};

use super::{Decimal, Field, FieldKey, FormDefinition, PartFault, RawAnswers, SystemField};
use crate::Date;

/// Sent as `{"code": "too_long", "max": 500}`; codes never change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum FieldProblem {
    Missing,
    /// In characters.
    TooShort {
        min: u32,
    },
    /// In characters.
    TooLong {
        max: u32,
    },
    ForbiddenCharacter,
    /// A name that may be posted once was posted several times.
    SeveralValues,
    NotANumber,
    TooManyDecimals {
        max: u8,
    },
    TooSmall {
        min: Decimal,
    },
    TooLarge {
        max: Decimal,
    },
    NotAnAmount,
    CurrencyMissing,
    UnknownCurrency,
    NotADate,
    /// One day of a range without the other.
    HalfARange,
    EndsBeforeItBegins,
    TooEarly {
        min: Date,
    },
    TooLate {
        max: Date,
    },
    UnknownChoice,
    /// An option that the answers above do not leave.
    NotOffered,
    UnknownCountry,
    /// Not one of the regions of the country that is answered above; by its name.
    UnknownRegion {
        country: String,
    },
    /// A region of another country than the one that is answered above; both by name.
    RegionElsewhere {
        region: String,
        country: String,
    },
    NotAnEmail,
    NotAPhone,
    NotAUrl,
    NotASite,
    DoesNotMatch {
        example: String,
    },
    /// Of single inputs of an address. [`FieldErrors`] have these one by one, each at its input.
    AddressParts {
        faults: Vec<PartFault>,
    },
    /// A customer was chosen that whoever answers does not know: another's, or none.
    UnknownCustomer,
    UnknownFile,
    TooManyFiles {
        max: u8,
    },
    FileTooLarge {
        max_bytes: u64,
    },
    FileTypeRefused {
        accept: Vec<String>,
    },
    /// The browser still sends it; no server says this.
    FileUnderWay {
        name: String,
    },
    /// The browser could not send it, and it was neither tried again nor given up; no server says this.
    FileNotSent {
        name: String,
    },
    /// Another deal of the program has this answer, and the field is unique.
    Taken,
    /// What was sent for a repeating group is no rows.
    NotRows,
    TooFewRows {
        min: u8,
    },
    TooManyRows {
        max: u8,
    },
    /// In one cell of a repeating group; `row` counts from 1.
    InRow {
        row: usize,
        column: FieldKey,
        problem: Box<FieldProblem>,
    },
    /// Everything that is wrong with a repeating group, at its cells. [`FieldErrors`] have these one by one instead.
    Cells {
        errors: Vec<FieldError>,
    },
    /// The form has no such field.
    UnknownField,
    /// Only other fields were asked about.
    NotOpen,
    /// The form itself lacks what every registration needs; the partner cannot mend that.
    NotAsked {
        system: SystemField,
    },
}

/// `field` is a key of the form, or the name of a cell (`lines.2.quantity`) or of a part (`office.city`), except for names that the form does not know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    pub field: String,
    pub problem: FieldProblem,
}

impl FieldError {
    pub fn at(key: &FieldKey, problem: FieldProblem) -> Self {
        Self {
            field: key.to_string(),
            problem,
        }
    }

    /// The same one by one, where it is about several cells or parts.
    pub fn each(key: &FieldKey, problem: FieldProblem) -> Vec<Self> {
        match problem {
            FieldProblem::Cells { errors } => errors,
            FieldProblem::AddressParts { faults } => faults
                .into_iter()
                .map(|fault| Self {
                    field: RawAnswers::part_name(key, fault.part),
                    problem: FieldProblem::AddressParts {
                        faults: vec![fault],
                    },
                })
                .collect(),
            problem => vec![Self::at(key, problem)],
        }
    }

    /// The field of this form that it is about.
    pub fn field_of<'a>(&self, form: &'a FormDefinition) -> Option<&'a Field> {
        form.field(&RawAnswers::key_of(&self.field)?)
    }
}

/// Never empty when it is an error; in the order of the form, names it does not know last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(transparent)]
#[error("{} fields need another answer", self.0.len())]
pub struct FieldErrors(pub Vec<FieldError>);

impl FieldErrors {
    pub fn of(&self, key: &FieldKey) -> Option<&FieldProblem> {
        self.0
            .iter()
            .find(|e| e.field == key.as_str())
            .map(|e| &e.problem)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = &FieldError> {
        self.0.iter()
    }
}
