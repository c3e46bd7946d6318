//! Options that are offered only where a rule holds.

use domain::forms::{FieldKey, OptionRule, RulePart};
use leptos::prelude::*;

use super::{
    condition_box::first_condition, desk::Desk, rule_box::RuleBox, rule_group::lead_to,
    text_prop::ChoiceProp,
};
use crate::ui::{Button, Variant};

#[component]
pub fn OptionRules(desk: Desk, key: FieldKey) -> impl IntoView {
    let counted = key.clone();
    let count = Memo::new(move |_| {
        let of = |form: &domain::forms::FormDefinition| {
            form.field(&counted).map_or(0, |f| f.option_rules.len())
        };
        desk.form.with(of)
    });
    let listed = key.clone();
    let list = move || {
        let boxes = (0..count.get()).map(|at| {
            let key = listed.clone();
            view! { <OptionRuleBox desk key at/> }.into_any()
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
                attr:id="add-option-rule"
                on:click=move |_| add(desk, &key)
            >
                "Show an option only when\u{2026}"
            </Button>
        </div>
    }
}

#[component]
fn OptionRuleBox(desk: Desk, key: FieldKey, at: usize) -> impl IntoView {
    let part = RulePart::Option(at);
    let (read, gone) = (key.clone(), key.clone());
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
            {choice}
            <RuleBox desk key part/>
        </fieldset>
    }
    .into_any()
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

/// Takes out a rule that is one of many.
pub fn remove(desk: Desk, key: &FieldKey, part: RulePart, name: &str) {
    desk.change(key, |field| field.set_rule(part, None));
    desk.said
        .set(format!("Removed {name}. Undo brings it back."));
    desk.turn();
    lead_to("prop-rules".to_owned());
}
