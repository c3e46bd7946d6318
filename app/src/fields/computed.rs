//! A number that the form works out while it is filled.

use std::collections::BTreeMap;

use domain::forms::{
    Context, FieldKey, FieldKind, FormDefinition, RawAnswers, answer_text, states,
};
use leptos::prelude::*;

/// What the computed fields come to, as people read it; those without a result are left out.
pub fn results(
    form: &FormDefinition,
    answers: &RawAnswers,
    context: &Context,
) -> BTreeMap<FieldKey, String> {
    let computed = |kind: &FieldKind| matches!(kind, FieldKind::Computed { .. });
    if !form.fields.iter().any(|field| computed(&field.kind)) {
        return BTreeMap::new();
    }
    states(form, answers, context)
        .into_iter()
        .filter(|state| computed(&state.field.kind))
        .filter_map(|state| {
            let answer = state.answer.ok().flatten()?;
            Some((state.field.key.clone(), answer_text(state.field, &answer)))
        })
        .collect()
}

#[component]
pub fn ComputedField(
    id: String,
    label: String,
    hint: Option<String>,
    /// Empty while there is none.
    #[prop(into)]
    result: Signal<String>,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    let described = hint.is_some().then(|| hint_id.clone());
    let for_id = id.clone();
    let text = move || {
        let result = result.get();
        if result.is_empty() {
            "Not worked out yet".to_owned()
        } else {
            result
        }
    };
    let none = move || result.with(String::is_empty).then_some("");
    view! {
        <div class="field">
            <label class="field__label" for=for_id>{label}</label>
            {hint.map(|hint| view! { <p class="field__hint" id=hint_id>{hint}</p> })}
            <output class="computed" id=id aria-live="polite" aria-describedby=described data-none=none>{text}</output>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use domain::forms::{Field, ResultKind, starter_form};

    use super::*;

    #[test]
    fn results_are_read_as_they_are_stored() {
        let mut form = starter_form(domain::Currency::EUR);
        let kind = FieldKind::Computed {
            expression: "value * 2".to_owned(),
            gives: ResultKind::Money,
            decimals: 0,
        };
        let key = FieldKey::parse("twice").unwrap();
        form.fields.push(Field::new(key.clone(), kind, "Twice"));
        let context = Context::on("2026-11-22".parse().unwrap());
        assert!(results(&form, &RawAnswers::default(), &context).is_empty());
        let said = [("value", "1,000"), ("value.currency", "EUR")];
        let found = results(&form, &said.into_iter().collect(), &context);
        assert_eq!(found.get(&key).map(String::as_str), Some("EUR 2,000.00"));
    }
}
