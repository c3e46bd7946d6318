//! One answer that both sides see is put otherwise, and every other one stays.

use super::{
    Answers, Context, FieldError, FieldErrors, FieldProblem, FormDefinition, RawAnswers,
    ValidAnswers, validate_shared,
};

/// Accepts what the company posts for single fields of a deal that was answered with `given`: by the rules of [`validate_shared`],
/// with all that is not mentioned left as it is.
///
/// # Errors
/// What is wrong at those fields. One that is not the company's to answer is not open.
pub fn validate_change(
    form: &FormDefinition,
    given: &Answers,
    changes: &RawAnswers,
    context: &Context,
) -> Result<ValidAnswers, FieldErrors> {
    let shared = form.shared_keys();
    let mentioned = form.fields.iter().filter(|f| changes.mentions(&f.key));
    let closed = mentioned.filter(|f| !shared.contains(&f.key));
    let closed: Vec<FieldError> = closed
        .map(|field| FieldError::at(&field.key, FieldProblem::NotOpen))
        .collect();
    if !closed.is_empty() {
        return Err(FieldErrors(closed));
    }
    let raw = with_changes(form, given, changes);
    validate_shared(form, given, &raw, context)
}

/// All that was answered, with the fields that are mentioned answered as the changes say.
pub fn with_changes(form: &FormDefinition, given: &Answers, changes: &RawAnswers) -> RawAnswers {
    let mut raw = given.to_raw();
    for field in form.fields.iter().filter(|f| changes.mentions(&f.key)) {
        raw.remove(&field.key);
        raw.copy(field, changes);
    }
    raw
}

#[cfg(test)]
mod tests {
    use super::super::{EditedBy, FieldKey, SystemField, starter_form, validate};
    use super::*;
    use crate::{Currency, Date};

    fn key(name: &str) -> FieldKey {
        FieldKey::parse(name).unwrap()
    }

    /// The starter form, whose value both sides edit, with the answers of a deal.
    fn deal() -> (FormDefinition, Answers, Context) {
        let mut form = starter_form(Currency::EUR);
        for field in &mut form.fields {
            if field.system == Some(SystemField::Value) {
                field.traits.edited_by = EditedBy::Both;
            }
        }
        let context = Context::on(Date::new(2026, 11, 22).unwrap());
        let raw: RawAnswers = [
            ("customer", "Hale & Moss"),
            ("country", "DE"),
            ("contact_name", "Ada Quist"),
            ("value", "12000"),
            ("value.currency", "EUR"),
            ("close_date", "2027-01-31"),
        ]
        .into_iter()
        .collect();
        let given = validate(&form, &raw, &context).unwrap().into_answers();
        (form, given, context)
    }

    fn raw(pairs: &[(&str, &str)]) -> RawAnswers {
        pairs.iter().copied().collect()
    }

    #[test]
    fn what_is_not_mentioned_stays() {
        let (form, given, context) = deal();
        let change = raw(&[("value", "15000.5"), ("value.currency", "EUR")]);
        let changed = validate_change(&form, &given, &change, &context).unwrap();
        assert_eq!(changed.changed_from(&given), [key("value")]);
        assert_eq!(changed.system().value.minor, 1_500_050);
        assert_eq!(changed.answers().0.len(), given.0.len());
        // Nothing is a change as well.
        let same = validate_change(&form, &given, &RawAnswers::default(), &context).unwrap();
        assert_eq!(same.answers(), &given);
    }

    #[test]
    fn what_is_wrong_is_said_at_its_field() {
        let (form, given, context) = deal();
        let problem = |pairs: &[(&str, &str)], name: &str| {
            let errors = validate_change(&form, &given, &raw(pairs), &context).unwrap_err();
            assert_eq!(errors.0.len(), 1, "{errors:?}");
            errors.of(&key(name)).cloned()
        };
        let emptied = [("value", ""), ("value.currency", "EUR")];
        assert_eq!(problem(&emptied, "value"), Some(FieldProblem::Missing));
        let nonsense = [("value", "a lot"), ("value.currency", "EUR")];
        assert!(problem(&nonsense, "value").is_some());
        let partners = [("close_date", "2027-02-28")];
        assert_eq!(
            problem(&partners, "close_date"),
            Some(FieldProblem::NotOpen)
        );
    }
}
