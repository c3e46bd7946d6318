//! Two people type into one draft: what each of them changed is put together, field by field.

use super::{Field, FieldKey, FieldKind, FormDefinition, RawAnswers};

/// What came of two people's typing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// What either of them changed. Where both changed a field, what `theirs` says of it.
    pub answers: RawAnswers,
    /// The fields that only the other one changed, in the order of the form.
    pub theirs: Vec<FieldKey>,
    /// The fields that both changed, each to something else, in the order of the form.
    pub both: Vec<FieldKey>,
}

/// `base` is what both began with. Nothing of `theirs` is lost, and nothing of `mine` but where both changed one field: that
/// is for somebody to decide. What is said about fields that the form does not have stays as `mine` has it.
pub fn merge_answers(
    form: &FormDefinition,
    base: &RawAnswers,
    mine: &RawAnswers,
    theirs: &RawAnswers,
) -> Merged {
    let mut merged = Merged {
        answers: mine.clone(),
        ..Merged::default()
    };
    for field in form.fields.iter().filter(|field| field.kind.is_asked()) {
        let (was, own, other) = (said(field, base), said(field, mine), said(field, theirs));
        if own == other || other == was {
            continue;
        }
        if own == was {
            merged.theirs.push(field.key.clone());
        } else {
            merged.both.push(field.key.clone());
        }
        merged.answers.take(field, theirs);
    }
    merged
}

/// Whether both say the same of the field.
pub fn says_alike(field: &Field, one: &RawAnswers, other: &RawAnswers) -> bool {
    said(field, one) == said(field, other)
}

/// What is typed into the field, without what says nothing: empty inputs, and a currency without its amount.
pub(super) fn said(field: &Field, raw: &RawAnswers) -> Vec<(String, String)> {
    let money = matches!(field.kind, FieldKind::Money { .. });
    if money && raw.first(&field.key).is_empty() {
        return Vec::new();
    }
    let pairs = raw.pairs_of(field).into_iter();
    pairs.filter(|(_, value)| !value.is_empty()).collect()
}

impl RawAnswers {
    /// Says of the field what the other says of it, which may be nothing.
    pub fn take(&mut self, field: &Field, from: &Self) {
        self.remove(&field.key);
        self.copy(field, from);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Currency, forms::starter_form};

    fn raw(pairs: &[(&str, &str)]) -> RawAnswers {
        pairs.iter().copied().collect()
    }

    fn keys(keys: &[FieldKey]) -> Vec<&str> {
        keys.iter().map(FieldKey::as_str).collect()
    }

    #[test]
    fn what_only_one_changed_stays() {
        let form = starter_form(Currency::EUR);
        let base = raw(&[("customer", "Hale"), ("value.currency", "EUR")]);
        let mine = raw(&[("customer", "Hale & Moss"), ("value.currency", "EUR")]);
        let theirs = raw(&[
            ("customer", "Hale"),
            ("value", "900"),
            ("value.currency", "EUR"),
        ]);
        let merged = merge_answers(&form, &base, &mine, &theirs);
        let whole = [
            ("customer", "Hale & Moss"),
            ("value", "900"),
            ("value.currency", "EUR"),
        ];
        assert_eq!(merged.answers, raw(&whole));
        assert_eq!(
            (keys(&merged.theirs), keys(&merged.both)),
            (vec!["value"], vec![])
        );
    }

    #[test]
    fn what_both_changed_is_asked_about_unless_they_agree() {
        let form = starter_form(Currency::EUR);
        let base = raw(&[("customer", "Hale")]);
        let (mine, theirs) = (
            raw(&[("customer", "Hale A")]),
            raw(&[("customer", "Hale B")]),
        );
        let merged = merge_answers(&form, &base, &mine, &theirs);
        assert_eq!(merged.answers, theirs);
        assert_eq!(
            (keys(&merged.theirs), keys(&merged.both)),
            (vec![], vec!["customer"])
        );
        let agreed = merge_answers(&form, &base, &mine, &mine);
        assert_eq!(
            (agreed.answers, agreed.theirs, agreed.both),
            (mine, vec![], vec![])
        );
    }

    #[test]
    fn an_answer_that_was_emptied_is_a_change() {
        let form = starter_form(Currency::EUR);
        let base = raw(&[
            ("customer", "Hale"),
            ("value", "1"),
            ("value.currency", "EUR"),
        ]);
        let emptied = raw(&[("customer", ""), ("value", "1"), ("value.currency", "EUR")]);
        let merged = merge_answers(&form, &base, &base, &emptied);
        assert_eq!(keys(&merged.theirs), ["customer"]);
        assert_eq!(
            merged.answers.first(&FieldKey::parse("customer").unwrap()),
            ""
        );
        // Nothing said is nothing changed, however it is written.
        let blank = raw(&[
            ("customer", "Hale"),
            ("value", ""),
            ("value.currency", "USD"),
        ]);
        let none = raw(&[("customer", "Hale")]);
        assert!(merge_answers(&form, &none, &none, &blank).theirs.is_empty());
    }
}
