//! Why a field is not among those that the preview shows.

use std::sync::Arc;

use domain::{
    forms::{Context, FieldKind, FormDefinition, RawAnswers, clause_with, states},
    program::Tier,
};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// For each hidden field, in the order of the form, what would bring it into view.
fn reasons(
    form: &FormDefinition,
    answers: &RawAnswers,
    context: &Context,
    tiers: &[Tier],
) -> Vec<String> {
    states(form, answers, context)
        .into_iter()
        .filter(|state| !state.visible && !state.field.is_company_only())
        .filter(|state| state.field.kind != FieldKind::GroupEnd)
        .filter_map(|state| {
            let when = clause_with(&form.shown_when(state.field)?, form, tiers);
            let label = &state.field.label;
            Some(format!("\u{201c}{label}\u{201d} is shown when {when}"))
        })
        .collect()
}

#[component]
pub fn HiddenFields(
    form: Arc<FormDefinition>,
    #[prop(into)] context: Signal<Context>,
    answers: RwSignal<RawAnswers>,
    tiers: StoredValue<Vec<Tier>>,
    /// Kept by the page, because each edit draws the preview anew.
    open: RwSignal<bool>,
) -> impl IntoView {
    let reasons = Memo::new(move |_| {
        let context = context.get();
        answers.with(|raw| tiers.with_value(|tiers| reasons(&form, raw, &context, tiers)))
    });
    let count = Memo::new(move |_| reasons.with(Vec::len));
    let any = Memo::new(move |_| count.get() > 0);
    let toggled = move |event: leptos::ev::Event| {
        let details = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::HtmlDetailsElement>().ok());
        if let Some(details) = details {
            open.set(details.open());
        }
    };
    let counted = move || match count.get() {
        1 => "1 field".to_owned(),
        many => format!("{many} fields"),
    };
    let lines = move || {
        let reasons = reasons.get().into_iter();
        reasons
            .map(|reason| view! { <li>{reason}</li> })
            .collect_view()
    };
    move || {
        any.get().then(|| {
            view! {
                <details class="earning" data-part="hidden-fields" open=open.get_untracked() on:toggle=toggled>
                    <summary>"Why is this hidden? " <span class="muted">{counted}</span></summary>
                    {move || open.get().then(|| view! { <ul class="prose small">{lines}</ul> })}
                </details>
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use domain::forms::{Condition, Field, FieldKey, Operator, starter_form};

    use super::*;

    #[test]
    fn names_the_hidden_fields_and_what_they_wait_for() {
        let key = |text: &str| FieldKey::parse(text).unwrap();
        let mut form = starter_form(domain::Currency::EUR);
        let vat = Field::new(key("vat"), FieldKind::Text, "VAT number");
        form.fields
            .push(vat.shown_when(Condition::on(&key("country"), Operator::Is("DE".into()))));
        let mut context = Context::on("2026-11-22".parse().unwrap());
        assert_eq!(
            reasons(&form, &RawAnswers::default(), &context, &[]),
            ["“VAT number” is shown when Country is Germany"]
        );
        let german = [("country", "DE")].into_iter().collect();
        assert!(reasons(&form, &german, &context, &[]).is_empty());

        let gold = Tier {
            id: domain::TierId::from(uuid::Uuid::from_u128(1)),
            name: "Gold".to_owned(),
            position: 0,
        };
        let condition = Condition {
            subject: domain::forms::Subject::Tier,
            operator: Operator::Is(gold.id.to_string()),
        };
        form.fields = vec![Field::new(key("code"), FieldKind::Text, "Code").shown_when(condition)];
        let of_gold = reasons(&form, &german, &context, std::slice::from_ref(&gold));
        assert_eq!(of_gold, ["“Code” is shown when the partner's tier is Gold"]);
        context.tier = Some(gold.id);
        assert!(reasons(&form, &german, &context, &[gold]).is_empty());
    }
}
