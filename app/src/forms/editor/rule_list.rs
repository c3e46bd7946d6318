//! Rules of which a field has several: one box for each, and a button for one more.

use domain::forms::{Field, FieldKey, RulePart};
use leptos::prelude::*;

use super::{desk::Desk, rule_box::RuleBox, rule_group::lead_to};
use crate::ui::{Button, Variant};

/// How a list of rules is counted, drawn and made longer.
#[derive(Clone, Copy)]
pub struct Rules {
    pub count: fn(&Field) -> usize,
    pub one: fn(Desk, FieldKey, usize) -> AnyView,
    pub add: fn(Desk, &FieldKey),
    /// The id of the button, and what it says.
    pub button: (&'static str, &'static str),
}

#[component]
pub fn RuleList(desk: Desk, key: FieldKey, rules: Rules) -> impl IntoView {
    let counted = key.clone();
    let count = Memo::new(move |_| {
        desk.form
            .with(|form| form.field(&counted).map_or(0, rules.count))
    });
    let listed = key.clone();
    let list = move || {
        let boxes = (0..count.get()).map(|at| (rules.one)(desk, listed.clone(), at));
        boxes.collect_view()
    };
    let (id, text) = rules.button;
    view! {
        {list}
        <div class="button-row">
            <Button
                variant=Variant::Quiet
                small=true
                icon=icondata::LuPlus
                attr:id=id
                on:click=move |_| (rules.add)(desk, &key)
            >
                {text}
            </Button>
        </div>
    }
}

/// One of them: what it decides, and when.
#[component]
pub fn RuleFrame(desk: Desk, key: FieldKey, part: RulePart, children: Children) -> impl IntoView {
    let gone = key.clone();
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
            {children()}
            <RuleBox desk key part/>
        </fieldset>
    }
    .into_any()
}

fn remove(desk: Desk, key: &FieldKey, part: RulePart, name: &str) {
    desk.change(key, |field| field.set_rule(part, None));
    desk.said
        .set(format!("Removed {name}. Undo brings it back."));
    desk.turn();
    lead_to("prop-rules".to_owned());
}
