//! What a deal brings into a stage that asks for something: answers of its form, a note, a file. Decided here for every door.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::moves::MoveDetails;
use crate::forms::{
    Answer, Answers, Context, Field, FieldError, FieldErrors, FieldKey, FieldKind, FieldProblem,
    FieldState, FormDefinition, RawAnswers, ValidAnswers, says, states, validate_only,
};
use crate::pipeline::StageRules;
use crate::text::clean_text;

/// What is looked at: the deal's own form version, what was answered, and whether one of its messages has a file.
#[derive(Debug, Clone, Copy)]
pub struct EntryFacts<'a> {
    pub form: &'a FormDefinition,
    pub answers: &'a Answers,
    pub context: &'a Context,
    pub file_in_messages: bool,
}

/// What a stage asks for that the deal does not have.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    /// In the order of the form.
    pub fields: Vec<FieldKey>,
    pub note: bool,
    pub file: bool,
}

impl Missing {
    pub fn is_nothing(&self) -> bool {
        self.fields.is_empty() && !self.note && !self.file
    }
}

/// What is missing, or wrong in what was brought.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryFault {
    pub fields: FieldErrors,
    pub note: bool,
    pub file: bool,
}

impl EntryFault {
    pub const NOTE: &'static str = "Enter a note";
    pub const FILE: &'static str = "Add a file";

    /// One sentence: how much is asked for. What exactly stands at the inputs.
    pub fn text(&self) -> String {
        let answers = match self.fields.0.len() {
            0 => None,
            1 => Some("an answer".to_owned()),
            many => Some(format!("{many} answers")),
        };
        let note = self.note.then(|| "a note".to_owned());
        let file = self.file.then(|| "a file".to_owned());
        let parts: Vec<String> = answers.into_iter().chain(note).chain(file).collect();
        format!("This stage asks for more: {}.", parts.join(", "))
    }
}

/// What a deal brings along. Only [`enter`] makes it, so it is all that the stage asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    answers: Option<ValidAnswers>,
    fields: Vec<FieldKey>,
}

impl Entry {
    /// The answers with those that were filled in, where any were.
    pub fn answers(&self) -> Option<&ValidAnswers> {
        self.answers.as_ref()
    }

    /// The fields that were filled in, by key.
    pub fn fields(&self) -> &[FieldKey] {
        &self.fields
    }
}

/// What the stage's rules ask for that the deal, with that note, does not have. A field that its form version does not have,
/// does not show, or answers itself, is not asked, and neither is one of whose options none is offered.
pub fn missing(rules: &StageRules, deal: &EntryFacts<'_>, note: &str) -> Missing {
    let raw = deal.answers.to_raw();
    let asked = states(deal.form, &raw, deal.context)
        .into_iter()
        .filter(|state| state.visible && state.field.asks_partner() && is_offered(state))
        .map(|state| &state.field.key);
    let fields = asked
        .filter(|key| rules.fields.contains(key) && is_open(deal.answers, key))
        .cloned()
        .collect();
    let has_file = deal.file_in_messages || deal.answers.0.values().any(is_file);
    Missing {
        fields,
        note: rules.note && clean_text(note).is_empty(),
        file: rules.file && !has_file,
    }
}

/// The fields that may be answered with the move: what is missing (for a missing file every field that takes one), what only
/// these answers bring into view, and what the form itself has come to require since.
pub fn open_for_entry(missing: &Missing, deal: &EntryFacts<'_>) -> BTreeSet<FieldKey> {
    let raw = deal.answers.to_raw();
    let states = states(deal.form, &raw, deal.context);
    let first: BTreeSet<FieldKey> = states
        .iter()
        .filter(|state| {
            let takes_file = matches!(state.field.kind, FieldKind::File { .. });
            missing.fields.contains(&state.field.key)
                || (missing.file && takes_file && state.visible)
        })
        .map(|state| state.field.key.clone())
        .collect();
    if first.is_empty() {
        return first;
    }
    let required = states.iter().filter(|state| state.required);
    let mut open = deal.form.with_dependants(&first);
    open.extend(required.map(|state| state.field.key.clone()));
    open.retain(|key| {
        let field = deal.form.field(key);
        field.is_some_and(Field::asks_partner) && is_open(deal.answers, key)
    });
    open
}

/// Takes what was brought with the move, or says all that is missing or wrong in it. Answers that the deal has stay as they are.
pub fn enter(
    rules: &StageRules,
    deal: &EntryFacts<'_>,
    details: &MoveDetails,
) -> Result<Entry, EntryFault> {
    let open = open_for_entry(&missing(rules, deal, &details.note), deal);
    let (raw, mut errors) = only_open(deal, &open, &details.answers);
    let mut answers = None;
    if !raw.is_empty() {
        match validate_only(deal.form, &open, deal.answers, &raw, deal.context) {
            Ok(valid) => answers = Some(valid),
            Err(wrong) => errors.extend(wrong.0),
        }
    }
    let now = EntryFacts {
        answers: answers.as_ref().map_or(deal.answers, ValidAnswers::answers),
        ..*deal
    };
    let left = missing(rules, &now, &details.note);
    // Of answers that could not be taken, what is wrong is said already; where they were, what is still blank is missing.
    let judged = raw.is_empty() || answers.is_some();
    for key in left
        .fields
        .iter()
        .filter(|key| judged || !raw.mentions(key))
    {
        let said = |error: &FieldError| RawAnswers::key_of(&error.field).as_ref() == Some(key);
        if !errors.iter().any(said) {
            errors.push(FieldError::at(key, FieldProblem::Missing));
        }
    }
    let file = left.file && (judged || !brings_file(deal.form, &raw));
    if !errors.is_empty() || left.note || file {
        return Err(EntryFault {
            fields: FieldErrors(errors),
            note: left.note,
            file,
        });
    }
    let fields = answers.as_ref().map(|new| new.changed_from(deal.answers));
    Ok(Entry {
        fields: fields.unwrap_or_default(),
        answers,
    })
}

/// What nobody can answer would stop the deal for ever.
fn is_offered(state: &FieldState<'_>) -> bool {
    let options = state.field.kind.options();
    options.is_empty() || options.iter().any(|o| !state.withheld.contains(&o.value))
}

fn is_open(answers: &Answers, key: &FieldKey) -> bool {
    answers.get(key).is_none_or(Answer::is_blank)
}

fn is_file(answer: &Answer) -> bool {
    matches!(answer, Answer::Files(files) if !files.is_empty())
}

fn brings_file(form: &FormDefinition, raw: &RawAnswers) -> bool {
    let takes = |kind: &FieldKind| matches!(kind, FieldKind::File { .. });
    let mut fields = form.fields.iter().filter(|field| takes(&field.kind));
    fields.any(|field| raw.mentions(&field.key))
}

/// What was posted for open fields, and what is wrong with the rest: a closed field that is sent with the answer it has is no
/// change, because a plain form sends all that it shows.
fn only_open(
    deal: &EntryFacts<'_>,
    open: &BTreeSet<FieldKey>,
    posted: &RawAnswers,
) -> (RawAnswers, Vec<FieldError>) {
    let mut raw = posted.without_blanks();
    let mut errors = Vec::new();
    for field in &deal.form.fields {
        if open.contains(&field.key) || !raw.mentions(&field.key) {
            continue;
        }
        // However it is written: browsers end lines otherwise than answers do.
        let kept = deal.answers.get(&field.key);
        if field.asks_partner() && !says(field, &raw, kept, deal.context) {
            errors.push(FieldError::at(&field.key, FieldProblem::NotOpen));
        }
        raw.remove(&field.key);
    }
    (raw, errors)
}
