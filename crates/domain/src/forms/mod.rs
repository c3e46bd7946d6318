//! The registration form: what a company asks, and what a partner answers.
//!
//! A [`FormDefinition`] is a list of fields. [`check_publishable`] says by name what keeps it from being published; [`diff`] says
//! in plain words what a new version changes. [`validate`] turns what a browser posted ([`RawAnswers`]) into [`ValidAnswers`], and
//! is the same function in the browser and on the server. While somebody types, [`Standings`] judges again only what looks at the
//! answer that changed. [`hints`] say what could be better, and forbid nothing.
//!
//! Rules that hold everywhere:
//! - A condition looks only at earlier fields, so one pass from top to bottom decides visibility, and no cycle can exist.
//! - The condition of a page break holds for every field of its page. A group stands between two marks, [`FieldKind::Group`] and
//!   [`FieldKind::GroupEnd`]: the condition of the first holds for every field between them.
//! - Of a customer that was chosen, the browser knows no better than that it was chosen: the server says whether whoever answers
//!   may know it ([`Context::customers`]).
//! - Conditions stand alone or in groups (all, any, none of these), groups in groups: a [`Rule`], of bounded size.
//! - A hidden field neither blocks nor stores, and counts as unanswered for the conditions below it.
//! - Without an answer only the operator `empty` holds; `is not` needs an answer to differ from.
//! - Text: control characters (NUL among them) are refused; bidirectional controls and invisible characters are taken out, because a
//!   name that reads differently from what is stored is a way to deceive a reviewer. Joiners stay where scripts need them.
//! - Patterns are [`Mask`]s, not regular expressions: the same few lines match in the browser and on the server, in linear time.
//! - What is computed is worked out by `validate` and by nobody else: what is posted for it is not looked at.
//! - A region is one of the country that is answered above it; with another country it is wrong.
//! - A repeating group ([`Rows`]) is one answer: its cells are judged each for itself, and their problems say the row. Its columns are
//!   plain, so that nothing nests.
//! - A default is only what the empty form shows; it is never filled in behind the partner's back. It may depend on earlier
//!   answers, and then follows them until somebody changes the field.
//! - A read-only field has what the form fills in, whatever is posted.
//! - What is typed is written as the person's [`Locale`](crate::Locale) writes it; [`RawAnswers`] hold numbers and days plainly
//!   ([`to_plain`]), and inputs show them again in the locale ([`to_spoken`]).
//! - A field of the company's own is asked nobody who registers: [`validate_company`] takes it, and for partners
//!   ([`FormDefinition::for_partner`]) it does not exist.
//! - A field that both sides see and only the company edits has for partners the answer that the company gave: they are asked nothing,
//!   and are refused another answer. [`validate_shared`] takes the company's, and judges only what it changed.

mod address;
mod address_spread;
mod answer;
mod answer_text;
mod archived;
mod bound;
mod bounded;
mod card;
mod check;
mod check_condition;
mod check_field;
mod check_groups;
mod check_lists;
mod check_rows;
mod check_traits;
mod clean;
mod condition;
mod country;
mod customer;
mod decimal;
mod definition;
mod dependants;
mod diff;
mod diff_kind;
mod diff_order;
mod diff_properties;
mod diff_words;
mod expression;
mod fault;
mod fault_groups;
mod fault_parts;
mod fault_rows;
mod fault_text;
mod field_rules;
mod filled;
#[cfg(any(test, feature = "fuzzing"))]
pub mod fuzzed;
mod group;
mod hint;
pub mod interchange;
mod key;
mod kind;
mod limits;
mod lint;
mod lint_clash;
mod lint_condition;
mod lint_options;
mod markup;
mod mask;
mod merge;
mod news;
mod pages;
mod postcode;
mod problem;
mod problem_text;
mod raw;
mod read;
mod region;
mod region_table;
mod replaced;
mod row_table;
mod rows;
mod rows_paste;
mod rule;
mod rule_json;
mod sentence;
mod spoken;
mod standings;
mod starter;
mod syntax;
mod system;
pub mod templates;
mod traits;
mod unique;
mod validate;
mod validate_amended;
mod validate_change;
mod validate_company;
mod walk;

pub use address::{Address, AddressPart, PartFault, PartProblem, part_texts};
pub use address_spread::spread;
pub use answer::{Answer, Answers};
pub use answer_text::{answer_text, answer_text_in};
pub use archived::{ArchivedField, archived, check_keys, converts};
pub use bound::Bound;
pub use card::MAX_CARD_FIELDS;
pub use check::{
    MAX_FIELDS, MAX_HELP, MAX_LABEL, MAX_OPTIONS, MAX_OPTIONS_IN_FORM, MAX_TEXT_BLOCK,
    check_publishable, check_sizes, group_faults,
};
pub use check_rows::{MAX_CELLS_IN_FORM, MAX_COLUMN_OPTIONS, MAX_COLUMNS, MAX_ROWS};
pub(crate) use clean::{Lines, clean};
pub use condition::{Condition, Operator, OperatorKind, Subject};
pub use country::{COUNTRIES, country_name};
pub use decimal::Decimal;
pub use definition::{
    Field, FormDefinition, FormVersion, LONG_TEXT_CAP, Limits, Requirement, TEXT_CAP,
};
pub use diff::{Change, What, apply, diff};
pub use diff_words::{ChangeTag, Difference, change_summary};
pub use expression::{
    ExpressionFault, ExpressionProblem, MAX_EXPRESSION, ResultKind, check_expression, operand_kind,
};
pub use fault::{DefinitionFault, Fault, RulePlace};
pub use fault_groups::GroupFault;
pub use fault_rows::{ColumnFault, RowsFault};
pub use field_rules::{DefaultRule, OptionRule, RulePart};
pub use filled::{Known, follow_defaults, initial, known_answers};
pub use group::{FieldBlock, blocks};
pub use hint::{Hint, HintKind};
pub use key::{BadFieldKey, FieldKey};
pub use kind::{Choice, FieldKind, KindName};
pub use limits::{MAX_FILES, USUAL_FILES, check_file};
pub use lint::{hints, hints_among};
pub use markup::{Block, Inline, markup};
pub use mask::{BadMask, Mask};
pub use merge::{Merged, merge_answers, says_alike};
pub use news::{FormNews, NewsMark};
pub use pages::{Page, pages, pages_shown};
pub use problem::{FieldError, FieldErrors, FieldProblem};
pub use problem_text::{problem_text, problem_text_in};
pub use raw::{RawAnswers, TooMuchInput};
pub use region::{all_regions, region_choices, region_name, regions};
pub use region_table::Regions;
pub use replaced::{MappedAnswer, Replaces, carried_over};
pub use row_table::{RowHead, RowTable, row_table, row_table_in};
pub use rows::Rows;
pub use rows_paste::{Pasted, paste_rows};
pub use rule::{Combine, MAX_CONDITIONS, MAX_LEVELS, MAX_OPTION_CONDITIONS, Rule};
pub use sentence::{clause_with, sentence, sentence_with};
pub use spoken::{
    ReadBack, plain_value, read_back, spoken_in, spoken_value, to_plain, to_spoken, written_under,
};
pub use standings::{Followed, Standing, Standings};
pub use starter::starter_form;
pub use system::{SystemAnswers, SystemField};
pub use traits::{EditedBy, Prefill, SeenBy, Traits};
pub use unique::unique_answers;
pub use validate::{ValidAnswers, problem_at, says, validate, validate_only};
pub use validate_amended::validate_amended;
pub use validate_change::{validate_change, with_changes};
pub use validate_company::{validate_company, validate_shared};
pub use walk::{Context, FieldState, KnownCustomer, UploadedFile, required_now, states, visible};

#[cfg(test)]
mod tests;
