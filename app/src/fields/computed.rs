//! A number that the form works out while it is filled.

use domain::Locale;
use domain::forms::{Field, FieldKind, Standings, answer_text_in};
use leptos::prelude::*;

use crate::locale::use_locale;

/// What a computed field comes to, as people read it; empty while that is nothing, and for any other field.
pub fn use_result(field: &Field, standings: Memo<Standings>) -> Signal<String> {
    if !matches!(field.kind, FieldKind::Computed { .. }) {
        return Signal::stored(String::new());
    }
    let (field, locale) = (field.clone(), use_locale());
    Memo::new(move |_| standings.with(|standings| result(&field, standings, locale))).into()
}

fn result(field: &Field, standings: &Standings, locale: Locale) -> String {
    let standing = standings.get(&field.key);
    let answer = standing.and_then(|standing| standing.fixed);
    answer.map_or_else(String::new, |answer| answer_text_in(field, &answer, locale))
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
    use std::sync::Arc;

    use domain::forms::{Context, FieldKey, RawAnswers, ResultKind, starter_form};

    use super::*;

    #[test]
    fn results_are_read_as_they_are_stored() {
        let mut form = starter_form(domain::Currency::EUR);
        let kind = FieldKind::Computed {
            expression: "value * 2".to_owned(),
            gives: ResultKind::Money,
            decimals: 0,
        };
        let twice = Field::new(FieldKey::parse("twice").unwrap(), kind, "Twice");
        form.fields.push(twice.clone());
        let context = Context::on("2026-11-22".parse().unwrap());
        let mut standings = Standings::new(Arc::new(form), &RawAnswers::default(), &context);
        let british = Locale::default();
        assert_eq!(result(&twice, &standings, british), "");
        let said = [("value", "1,000"), ("value.currency", "EUR")];
        let followed = standings.follow(&said.into_iter().collect(), &context);
        assert!(followed.moved);
        assert_eq!(result(&twice, &standings, british), "EUR 2,000.00");
        let german = Locale::of_tag("de").unwrap();
        assert_eq!(result(&twice, &standings, german), "EUR 2.000,00");
    }
}
