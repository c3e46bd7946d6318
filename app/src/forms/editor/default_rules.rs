//! Defaults that depend on earlier answers: the first whose rule holds is filled in.

use domain::forms::{DefaultRule, FieldKey, RulePart};
use leptos::prelude::*;

use super::{
    condition_box::first_condition,
    default_input::DefaultInput,
    desk::Desk,
    rule_group::lead_to,
    rule_list::{RuleFrame, Rules},
};

pub const DEFAULTS: Rules = Rules {
    count: |field| field.defaults.len(),
    one: |desk, key, at| view! { <DefaultRuleBox desk key at/> }.into_any(),
    add,
    button: ("add-default-rule", "Fill in something else when\u{2026}"),
};

#[component]
fn DefaultRuleBox(desk: Desk, key: FieldKey, at: usize) -> impl IntoView {
    let part = RulePart::Default(at);
    let field = desk.form.with_untracked(|form| form.field(&key).cloned());
    let own = key.clone();
    let set = Callback::new(move |values: Vec<String>| {
        desk.change(&own, |field| {
            if let Some(rule) = field.defaults.get_mut(at) {
                rule.value = values;
            }
        });
    });
    let input = field.map(|field| {
        let value = field.defaults.get(at).map(|rule| rule.value.clone());
        let (id, value) = (format!("prop-default-{at}"), value.unwrap_or_default());
        view! { <DefaultInput id label="Filled in" kind=field.kind value set/> }
    });
    view! { <RuleFrame desk key part>{input}</RuleFrame> }
}

fn add(desk: Desk, key: &FieldKey) {
    let Some(first) = first_condition(desk, key) else {
        return;
    };
    let mut at = 0;
    desk.change(key, |field| {
        at = field.defaults.len();
        field.defaults.push(DefaultRule {
            when: first.into(),
            value: field.default.clone(),
        });
    });
    lead_to(format!("prop-default-{at}"));
}
