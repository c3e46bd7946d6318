//! When a field is shown, or must be answered: always, or when earlier answers say so.

use domain::forms::{Field, FieldKey, Requirement, RulePart, sentence_with};
use leptos::prelude::*;

use super::{
    condition_box::first_condition,
    desk::Desk,
    rule_group::parts,
    rule_model as model,
    spot::{self, Spot},
    text_prop::ChoiceProp,
};

/// The first choice: always, never, or by a rule. For when a field is shown and must be answered.
#[component]
pub fn RuleChoice(desk: Desk, field: Field, part: RulePart) -> impl IntoView {
    let always: &[(&str, &str)] = match part {
        RulePart::Shown => &[("always", "Always")],
        _ => &[("never", "No"), ("always", "Yes")],
    };
    let choices = always
        .iter()
        .chain(&[("when", "When another answer says so")])
        .map(|(v, l)| ((*v).to_owned(), (*l).to_owned()))
        .collect();
    let now = match (part, &field.required) {
        (_, _) if field.rule(part).is_some() => "when",
        (RulePart::Shown, _) | (RulePart::Required, Requirement::Always) => "always",
        _ => "never",
    };
    let key = field.key.clone();
    let chosen_key = key.clone();
    let choose = move |word: String| choose(desk, &chosen_key, part, &word);
    let has_rule = {
        let key = key.clone();
        Memo::new(move |_| {
            desk.form
                .with(|form| form.field(&key).is_some_and(|f| f.rule(part).is_some()))
        })
    };
    view! {
        <ChoiceProp id=format!("prop-{}", spot::word(part)) label=part.label() choices value=now.to_owned() apply=choose/>
        {move || has_rule.get().then(|| view! { <RuleBox desk key=key.clone() part/> })}
    }
}

fn choose(desk: Desk, key: &FieldKey, part: RulePart, word: &str) {
    let first = first_condition(desk, key);
    desk.change(key, |field| match (part, word, first) {
        (RulePart::Shown, "when", Some(first)) => field.visible_when = Some(first.into()),
        (RulePart::Required, "when", Some(first)) => {
            field.required = Requirement::When(first.into());
        }
        (RulePart::Required, "always", _) => field.required = Requirement::Always,
        _ => field.set_rule(part, None),
    });
}

/// The rule in parts, and the whole read back. The parts are built anew when one comes or goes, and stay while one is changed.
#[component]
pub fn RuleBox(desk: Desk, key: FieldKey, part: RulePart) -> impl IntoView {
    let top = Spot::top(key, part);
    let (read, spoken) = (top.clone(), top.clone());
    let shape = Memo::new(move |_| desk.form.with(|form| read.rule(form).map(model::shape)));
    let built = move || {
        shape.get()?;
        let rule = desk.form.with_untracked(|form| top.rule(form).cloned())?;
        Some(parts(desk, &top, &rule))
    };
    let sentence = move || {
        desk.form.with(|form| {
            let rule = spoken.rule(form)?;
            Some(
                desk.tiers
                    .with_value(|tiers| sentence_with(rule, form, tiers)),
            )
        })
    };
    view! {
        {built}
        <p class="sentence" role="status">{sentence}</p>
    }
}
