//! The fields that are the company's own: filled in on the deal's page, after the registration.

use super::{
    Answers, Context, FieldError, FieldErrors, FieldProblem, FormDefinition, RawAnswers,
    validate::judge,
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
