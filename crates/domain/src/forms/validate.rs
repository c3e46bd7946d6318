//! The one gate between what was posted and what is stored.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{
    Answer, Answers, Context, Field, FieldError, FieldErrors, FieldKey, FieldKind, FieldProblem,
    FieldState, FormDefinition, RawAnswers, SystemAnswers, limits,
    merge::said,
    raw::{CURRENCY, cell_part},
    read::{Posted, read},
    rows, system,
    walk::{Source, walk},
};

/// Names that are refused one by one; after these the rest is not worth naming.
const MAX_REFUSED_NAMES: usize = 20;

/// Answers that this form accepts. Only [`validate`], [`validate_only`], [`super::validate_shared`] and
/// [`super::validate_amended`] make them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ValidAnswers {
    answers: Answers,
    #[serde(skip)]
    system: SystemAnswers,
}

impl ValidAnswers {
    /// Answers that were judged one by one, with what the deal itself keeps of them.
    pub(super) fn of(form: &FormDefinition, answers: Answers) -> Result<Self, FieldErrors> {
        match system::collect(form, &answers) {
            Ok(system) => Ok(Self { answers, system }),
            Err(missing) => Err(FieldErrors(vec![FieldError {
                field: missing.name().to_owned(),
                problem: FieldProblem::NotAsked { system: missing },
            }])),
        }
    }

    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    pub fn into_answers(self) -> Answers {
        self.answers
    }

    /// The fields whose answer is another than before, or is gone, by key.
    pub fn changed_from(&self, before: &Answers) -> Vec<FieldKey> {
        let keys: BTreeSet<&FieldKey> = self.answers.0.keys().chain(before.0.keys()).collect();
        keys.into_iter()
            .filter(|key| self.answers.get(key) != before.get(key))
            .cloned()
            .collect()
    }

    /// The answers that every registration has, whatever the company asks besides.
    pub fn system(&self) -> &SystemAnswers {
        &self.system
    }
}

/// Accepts the answers, or says at each field what is wrong, in the order of the form.
pub fn validate(
    form: &FormDefinition,
    raw: &RawAnswers,
    context: &Context,
) -> Result<ValidAnswers, FieldErrors> {
    let refused = refused_names(form, raw, context);
    decide(form, Source::Posted(raw), refused, context)
}

/// For a registration that came back with questions: only `open` fields (and fields that have no answer yet) may be posted; the others
/// keep their answer, and are not judged again by limits that may have moved since, such as a date counted from today.
pub fn validate_only(
    form: &FormDefinition,
    open: &BTreeSet<FieldKey>,
    kept: &Answers,
    raw: &RawAnswers,
    context: &Context,
) -> Result<ValidAnswers, FieldErrors> {
    let open = &form.opened(open);
    let mut refused = refused_names(form, raw, context);
    for field in &form.fields {
        let closed = !open.contains(&field.key) && kept.get(&field.key).is_some();
        if closed && field.kind.is_asked() && raw.mentions(&field.key) {
            refused.push(FieldError::at(&field.key, FieldProblem::NotOpen));
        }
    }
    decide(
        form,
        Source::Reopened {
            posted: raw,
            open,
            kept,
        },
        refused,
        context,
    )
}

/// What is wrong at one field as the answers stand: for the page, while people type.
pub fn problem_at(
    form: &FormDefinition,
    raw: &RawAnswers,
    key: &FieldKey,
    context: &Context,
) -> Option<FieldProblem> {
    let states = walk(form, Source::Posted(raw), context);
    let state = states.iter().find(|s| s.field.key == *key)?;
    judge(state, raw, context).err()
}

fn decide(
    form: &FormDefinition,
    source: Source<'_>,
    refused: Vec<FieldError>,
    context: &Context,
) -> Result<ValidAnswers, FieldErrors> {
    let mut answers = Answers::default();
    let mut errors = Vec::new();
    for state in walk(form, source, context) {
        let field = state.field;
        if says_another(&state, source.posted(), context) {
            let known = refused.iter().any(|e| e.field == field.key.as_str());
            if !known {
                errors.push(FieldError::at(&field.key, FieldProblem::NotOpen));
            }
            continue;
        }
        match judge(&state, source.posted(), context) {
            Err(problem) => errors.extend(FieldError::each(&field.key, problem)),
            Ok(()) => {
                if let Ok(Some(answer)) = state.answer {
                    answers.0.insert(field.key.clone(), answer);
                }
            }
        }
    }
    errors.extend(refused);
    if !errors.is_empty() {
        return Err(FieldErrors(errors));
    }
    ValidAnswers::of(form, answers)
}

/// Whether a partner gives an answer that is the company's to give. To send back what was read changes nothing.
fn says_another(state: &FieldState<'_>, raw: &RawAnswers, context: &Context) -> bool {
    let field = state.field;
    let companys = state.visible && field.kind.is_asked() && !field.partner_edits();
    if !companys || context.imported || !raw.mentions(&field.key) {
        return false;
    }
    !says(
        field,
        raw,
        state.answer.as_ref().ok().and_then(Option::as_ref),
        context,
    )
}

/// Whether what was posted for the field reads as that answer.
pub fn says(field: &Field, raw: &RawAnswers, answer: Option<&Answer>, context: &Context) -> bool {
    let kept = answer.map(|answer| Answers([(field.key.clone(), answer.clone())].into()).to_raw());
    let kept = kept.unwrap_or_default();
    if said(field, raw) == said(field, &kept) {
        return true;
    }
    let read = read(field, Posted::of(field, raw), context);
    read.is_ok_and(|read| read.as_ref() == answer)
}

pub(super) fn judge(
    state: &FieldState<'_>,
    raw: &RawAnswers,
    context: &Context,
) -> Result<(), FieldProblem> {
    // What cannot be read of some rows does not keep the others from being looked at.
    if let FieldKind::Rows(shape) = &state.field.kind
        && matches!(state.answer, Ok(Some(_)) | Err(FieldProblem::Cells { .. }))
        && !state.kept
    {
        let shown = shown_rows(state, raw, context);
        let rows = shown.as_ref().unwrap_or(raw);
        return rows::check(&state.field.key, shape, rows, context);
    }
    match &state.answer {
        Err(problem) => Err(problem.clone()),
        Ok(Some(answer)) if state.required && answer.is_blank() => Err(FieldProblem::Missing),
        Ok(Some(_)) if state.kept => Ok(()),
        Ok(Some(answer)) => limits::check(state.field, answer, context),
        Ok(None) if state.required => Err(FieldProblem::Missing),
        Ok(None) => Ok(()),
    }
}

/// The rows of a field that is only shown, which are not those that were posted for it.
fn shown_rows(state: &FieldState<'_>, raw: &RawAnswers, context: &Context) -> Option<RawAnswers> {
    let key = &state.field.key;
    if !state.field.traits.read_only || (context.imported && raw.mentions(key)) {
        return None;
    }
    let answer = state.answer.clone().ok()??;
    Some(Answers([(key.clone(), answer)].into()).to_raw())
}

fn takes_part(kind: &FieldKind, part: &str) -> bool {
    match kind {
        FieldKind::Rows(shape) => {
            cell_part(part).is_some_and(|(_, column)| shape.column(column).is_some())
        }
        // What was worked out is sent back by whoever read it; it is worked out again.
        FieldKind::Computed { .. } => part == CURRENCY,
        _ => kind.parts().contains(&part),
    }
}

/// Names that the form does not ask for. Hidden fields may be posted: a browser without scripts sends them, and they are dropped.
/// The company's own fields do not exist for a partner; a file of deals may say them.
pub(super) fn refused_names(
    form: &FormDefinition,
    raw: &RawAnswers,
    context: &Context,
) -> Vec<FieldError> {
    let asked = |key: &str, part: Option<&str>| {
        form.fields.iter().any(|f| {
            f.key.as_str() == key
                && f.kind.has_answer()
                && (context.imported || !f.is_company_only())
                && part.is_none_or(|part| takes_part(&f.kind, part))
        })
    };
    raw.names()
        .filter(|(_, key, part)| !asked(key, *part))
        .take(MAX_REFUSED_NAMES)
        .map(|(name, _, _)| FieldError {
            field: name.chars().filter(|c| !c.is_control()).take(60).collect(),
            problem: FieldProblem::UnknownField,
        })
        .collect()
}
