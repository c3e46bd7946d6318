//! Options that are offered only where a rule holds.

use domain::forms::{FieldKey, OptionRule, RulePart};
use leptos::prelude::*;

use super::{
    condition_box::first_condition,
    desk::Desk,
    rule_group::lead_to,
    rule_list::{RuleFrame, Rules},
    text_prop::ChoiceProp,
};

pub const OPTIONS: Rules = Rules {
    count: |field| field.option_rules.len(),
    one: |desk, key, at| view! { <OptionRuleBox desk key at/> }.into_any(),
    add,
    button: ("add-option-rule", "Show an option only when\u{2026}"),
};

#[component]
fn OptionRuleBox(desk: Desk, key: FieldKey, at: usize) -> impl IntoView {
    let part = RulePart::Option(at);
    let read = key.clone();
    let options = Memo::new(move |_| {
        desk.form.with(|form| {
            let options = form.field(&read).into_iter().flat_map(|f| f.kind.options());
            options
                .map(|o| (o.value.clone(), o.label.clone()))
                .collect::<Vec<_>>()
        })
    });
    let own = key.clone();
    let choice = move || {
        let choices = options.get();
        let now = desk.form.with_untracked(|form| {
            let rule = form.field(&own).and_then(|f| f.option_rules.get(at));
            rule.map(|rule| rule.option.clone())
        });
        let key = own.clone();
        let apply = move |word: String| {
            desk.change(&key, |field| {
                if let Some(rule) = field.option_rules.get_mut(at) {
                    rule.option = word;
                }
            });
        };
        view! { <ChoiceProp id=format!("prop-option-{at}") label="Option" choices value=now.unwrap_or_default() apply/> }
    };
    view! { <RuleFrame desk key part>{choice}</RuleFrame> }
}

/// Begins with an option that has no rule yet.
fn add(desk: Desk, key: &FieldKey) {
    let Some(first) = first_condition(desk, key) else {
        return;
    };
    let mut added = None;
    desk.change(key, |field| {
        let mut options = field.kind.options().iter();
        let free = options.find(|o| field.option_rule(&o.value).is_none());
        let Some(option) = free.map(|option| option.value.clone()) else {
            return;
        };
        added = Some(field.option_rules.len());
        let when = first.into();
        field.option_rules.push(OptionRule { option, when });
    });
    match added {
        Some(at) => lead_to(format!("prop-option-{at}")),
        None => desk
            .said
            .set("Every option of the list has a condition already.".to_owned()),
    }
}
