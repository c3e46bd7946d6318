//! The registration form: what a company asks, and what a partner answers.
//!
//! A [`FormDefinition`] is a list of fields. [`check_publishable`] says by name what keeps it from being published; [`diff`] says
//! in plain words what a new version changes. [`validate`] turns what a browser posted ([`RawAnswers`]) into [`ValidAnswers`], and
//! is the same function in the browser and on the server.
//!
//! Rules that hold everywhere:
//! - A condition looks only at earlier fields, so one pass from top to bottom decides visibility, and no cycle can exist.
//! - A hidden field neither blocks nor stores, and counts as unanswered for the conditions below it.
//! - Without an answer only the operator `empty` holds; `is not` needs an answer to differ from.
//! - Text: control characters (NUL among them) are refused; bidirectional controls and invisible characters are taken out, because a
//!   name that reads differently from what is stored is a way to deceive a reviewer. Joiners stay where scripts need them.
//! - Patterns are [`Mask`]s, not regular expressions: the same few lines match in the browser and on the server, in linear time.
//! - A default is only what the empty form shows; it is never filled in behind the partner's back.

mod answer;
mod answer_text;
mod bound;
mod check;
mod check_condition;
mod check_field;
mod clean;
mod condition;
mod country;
mod decimal;
mod definition;
mod diff;
mod fault;
pub mod interchange;
mod key;
mod limits;
mod mask;
mod problem;
mod problem_text;
mod raw;
mod read;
mod starter;
mod syntax;
mod system;
pub mod templates;
mod validate;
mod walk;

pub use answer::{Answer, Answers};
pub use answer_text::answer_text;
pub use bound::Bound;
pub use check::{
    MAX_FIELDS, MAX_HELP, MAX_LABEL, MAX_OPTIONS, MAX_OPTIONS_IN_FORM, check_publishable,
    check_sizes,
};
pub(crate) use clean::{Lines, clean};
pub use condition::{Condition, Operator, OperatorKind, Subject, sentence};
pub use country::{COUNTRIES, country_name};
pub use decimal::Decimal;
pub use definition::{
    Choice, Field, FieldKind, FormDefinition, FormVersion, KindName, LONG_TEXT_CAP, Limits,
    Requirement, TEXT_CAP,
};
pub use diff::{Change, diff};
pub use fault::{DefinitionFault, Fault};
pub use key::{BadFieldKey, FieldKey};
pub use limits::{MAX_FILES, check_file};
pub use mask::{BadMask, Mask};
pub use problem::{FieldError, FieldErrors, FieldProblem};
pub use problem_text::problem_text;
pub use raw::{RawAnswers, TooMuchInput};
pub use starter::starter_form;
pub use system::{SystemAnswers, SystemField};
pub use validate::{ValidAnswers, problem_at, validate, validate_only};
pub use walk::{Context, FieldState, UploadedFile, initial, required_now, states, visible};

#[cfg(test)]
mod tests;
