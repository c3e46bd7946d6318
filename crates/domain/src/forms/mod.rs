//! The registration form: what a company asks, and what a partner answers.
//!
//! A [`FormDefinition`] is a list of fields. [`check_publishable`] says by name what keeps it from being published; [`diff`] says
//! in plain words what a new version changes. [`validate`] turns what a browser posted ([`RawAnswers`]) into [`ValidAnswers`], and
//! is the same function in the browser and on the server. [`hints`] say what could be better, and forbid nothing.
//!
//! Rules that hold everywhere:
//! - A condition looks only at earlier fields, so one pass from top to bottom decides visibility, and no cycle can exist.
//! - The condition of a page break holds for every field of its page.
//! - Conditions stand alone or in groups (all, any, none of these), groups in groups: a [`Rule`], of bounded size.
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
mod field_rules;
mod hint;
pub mod interchange;
mod key;
mod kind;
mod limits;
mod lint;
mod lint_condition;
mod lint_options;
mod mask;
mod pages;
mod problem;
mod problem_text;
mod raw;
mod read;
mod rule;
mod rule_json;
mod sentence;
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
pub use condition::{Condition, Operator, OperatorKind, Subject};
pub use country::{COUNTRIES, country_name};
pub use decimal::Decimal;
pub use definition::{
    Field, FormDefinition, FormVersion, LONG_TEXT_CAP, Limits, Requirement, TEXT_CAP,
};
pub use diff::{Change, diff};
pub use fault::{DefinitionFault, Fault, RulePlace};
pub use field_rules::RulePart;
pub use hint::{Hint, HintKind};
pub use key::{BadFieldKey, FieldKey};
pub use kind::{Choice, FieldKind, KindName};
pub use limits::{MAX_FILES, check_file};
pub use lint::hints;
pub use mask::{BadMask, Mask};
pub use pages::{Page, pages, pages_shown};
pub use problem::{FieldError, FieldErrors, FieldProblem};
pub use problem_text::problem_text;
pub use raw::{RawAnswers, TooMuchInput};
pub use rule::{Combine, MAX_CONDITIONS, MAX_LEVELS, Rule};
pub use sentence::{clause_with, sentence, sentence_with};
pub use starter::starter_form;
pub use system::{SystemAnswers, SystemField};
pub use validate::{ValidAnswers, problem_at, validate, validate_only};
pub use walk::{Context, FieldState, UploadedFile, initial, required_now, states, visible};

#[cfg(test)]
mod tests;
