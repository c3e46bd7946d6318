//! What the company answers on the deal's page, after the registration: its own fields, and those that both sides see.

use std::collections::BTreeSet;

use super::{
    Answers, Context, FieldError, FieldErrors, FieldKey, FieldProblem, FormDefinition, RawAnswers,
    ValidAnswers,
    validate::{judge, says},
    walk::{Source, walk},
};

/// The company's own answers about a deal that has been answered with `given`. What is posted for other fields is not looked
/// at: a page without scripts sends it along.
pub fn validate_company(
    form: &FormDefinition,
    given: &Answers,
    raw: &RawAnswers,
    context: &Context,
) -> Result<Answers, FieldErrors> {
    let (whole, own) = (form.for_company(), form.company_keys());
    let mut posted = given.to_raw();
    for field in form.fields.iter().filter(|f| own.contains(&f.key)) {
        posted.remove(&field.key);
        posted.copy(field, raw);
    }
    let source = Source::Reopened {
        posted: &posted,
        open: &own,
        kept: given,
    };
    let (mut answers, mut errors) = (Answers::default(), Vec::new());
    for state in walk(&whole, source, context) {
        let key = &state.field.key;
        if !own.contains(key) {
            continue;
        }
        match judge(&state, &posted, context) {
            Ok(()) => {
                if let Ok(Some(answer)) = state.answer {
                    answers.0.insert(key.clone(), answer);
                }
            }
            // A file of deals need not say what the company fills in later.
            Err(FieldProblem::Missing) if context.imported => {}
            Err(problem) => errors.extend(FieldError::each(key, problem)),
        }
    }
    if errors.is_empty() {
        Ok(answers)
    } else {
        Err(FieldErrors(errors))
    }
}

/// The answers of a deal that was answered with `given`, where the company puts others in the fields that both sides see.
/// Only what it changes is judged: what the partner answered once stands, whatever the day and the limits are by now. An answer
/// that is hidden by the change goes, as anywhere. What is posted for other fields is not looked at.
pub fn validate_shared(
    form: &FormDefinition,
    given: &Answers,
    raw: &RawAnswers,
    context: &Context,
) -> Result<ValidAnswers, FieldErrors> {
    let shared = form.shared_keys();
    let whole = form.for_partner().for_company();
    let mut posted = given.to_raw();
    let mut open: BTreeSet<FieldKey> = BTreeSet::new();
    for field in whole.fields.iter().filter(|f| shared.contains(&f.key)) {
        if says(field, raw, given.get(&field.key), context) {
            continue;
        }
        open.insert(field.key.clone());
        posted.remove(&field.key);
        posted.copy(field, raw);
    }
    if open.is_empty() {
        return ValidAnswers::of(&whole, given.clone());
    }
    let source = Source::Reopened {
        posted: &posted,
        open: &open,
        kept: given,
    };
    let (mut answers, mut errors) = (Answers::default(), Vec::new());
    for state in walk(&whole, source, context) {
        let key = &state.field.key;
        // What comes into view by the change is the partner's to answer: an empty box says no before anybody saw it.
        let answered = open.contains(key) || state.kept || state.field.is_only_shown();
        if open.contains(key)
            && let Err(problem) = judge(&state, &posted, context)
        {
            errors.extend(FieldError::each(key, problem));
        } else if let (true, Ok(Some(answer))) = (answered, state.answer) {
            answers.0.insert(key.clone(), answer);
        }
    }
    if errors.is_empty() {
        ValidAnswers::of(&whole, answers)
    } else {
        Err(FieldErrors(errors))
    }
}
