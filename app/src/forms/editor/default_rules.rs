//! Defaults that depend on earlier answers: the first whose rule holds is filled in.

use domain::forms::{DefaultRule, FieldKey, RulePart};
use leptos::prelude::*;

use super::{
    condition_box::first_condition, default_input::DefaultInput, desk::Desk, option_rules::remove,
    rule_box::RuleBox, rule_group::lead_to,
};
use crate::ui::{Button, Variant};

#[component]
pub fn DefaultRules(desk: Desk, key: FieldKey) -> impl IntoView {
    let counted = key.clone();
    let count = Memo::new(move |_| {
        let of = |form: &domain::forms::FormDefinition| {
            form.field(&counted).map_or(0, |f| f.defaults.len())
        };
        desk.form.with(of)
    });
    let listed = key.clone();
    let list = move || {
        let boxes = (0..count.get()).map(|at| {
            let key = listed.clone();
            view! { <DefaultRuleBox desk key at/> }.into_any()
        });
        boxes.collect_view()
    };
    view! {
        {list}
        <div class="button-row">
            <Button
                variant=Variant::Quiet
                small=true
                icon=icondata::LuPlus
                attr:id="add-default-rule"
                on:click=move |_| add(desk, &key)
            >
                "Fill in something else when\u{2026}"
            </Button>
        </div>
    }
}

#[component]
fn DefaultRuleBox(desk: Desk, key: FieldKey, at: usize) -> impl IntoView {
    let part = RulePart::Default(at);
    let gone = key.clone();
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
    let label = part.label();
    let name = label.to_lowercase();
    let remove_label = format!("Remove {name}");
    view! {
        <fieldset class="rule">
            <legend class="field__label">{label}</legend>
            <span class="rule__remove">
                <Button
                    variant=Variant::Quiet
                    small=true
                    square=true
                    icon=icondata::LuTrash2
                    label=remove_label
                    on:click=move |_| remove(desk, &gone, part, &name)
                />
            </span>
            {input}
            <RuleBox desk key part/>
        </fieldset>
    }
    .into_any()
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
