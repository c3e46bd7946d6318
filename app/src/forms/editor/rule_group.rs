//! The parts of a rule. A condition alone stands as it is; several stand in groups, groups in groups.

use domain::forms::{Combine, Rule, RulePart};
use leptos::prelude::*;

use super::{
    condition_box::{ConditionBox, first_condition},
    desk::Desk,
    rule_model as model,
    spot::{self, Spot},
    text_prop::ChoiceProp,
};
use crate::ui::{Button, Variant, focus_by_id};

/// How many there were so far, in the order in which they are read: faults count in the same way.
#[derive(Default)]
struct Count {
    conditions: usize,
    groups: usize,
}

/// The controls of the whole rule.
pub fn parts(desk: Desk, top: &Spot, rule: &Rule) -> AnyView {
    match rule {
        Rule::Compare(_) => {
            let spot = top.clone();
            view! {
                <ConditionBox desk spot=spot.clone()/>
                <AddButtons desk spot number=0 alone=true/>
            }
            .into_any()
        }
        Rule::Group(_, inner) => group(desk, top.clone(), inner, &mut Count::default()),
    }
}

/// The group that is the whole rule has no number, for there is no other.
fn group(desk: Desk, spot: Spot, rules: &[Rule], count: &mut Count) -> AnyView {
    let number = count.groups;
    count.groups += 1;
    let legend = match (number, spot.part) {
        (0, RulePart::Shown) => "Shown when".to_owned(),
        (0, RulePart::Required) => "Answer needed when".to_owned(),
        (0, RulePart::Option(_)) => "Offered when".to_owned(),
        (0, RulePart::Default(_)) => "Filled in when".to_owned(),
        (number, _) => format!("Group {number}"),
    };
    let inner: Vec<AnyView> = rules
        .iter()
        .enumerate()
        .map(|(at, rule)| match rule {
            Rule::Compare(_) => {
                count.conditions += 1;
                condition(desk, spot.inside(at), count.conditions)
            }
            Rule::Group(_, rules) => group(desk, spot.inside(at), rules, count),
        })
        .collect();
    let (own, inside) = (spot.clone(), number > 0);
    let remove =
        inside.then(move || view! { <RemoveButton desk spot=own name=format!("group {number}")/> });
    view! {
        <fieldset class="rule" data-inside=inside.then_some("")>
            <legend class="field__label">{legend}</legend>
            {remove}
            <CombineChoice desk spot=spot.clone()/>
            {inner}
            <AddButtons desk spot number alone=false/>
        </fieldset>
    }
    .into_any()
}

fn condition(desk: Desk, spot: Spot, number: usize) -> AnyView {
    view! {
        <fieldset class="rule">
            <legend class="field__label">{format!("Condition {number}")}</legend>
            <RemoveButton desk spot=spot.clone() name=format!("condition {number}")/>
            <ConditionBox desk spot/>
        </fieldset>
    }
    .into_any()
}

#[component]
fn CombineChoice(desk: Desk, spot: Spot) -> impl IntoView {
    let now = desk.form.with_untracked(|form| spot.combine(form));
    let choices = Combine::ALL
        .iter()
        .map(|c| (c.word().to_owned(), model::combine_label(*c).to_owned()))
        .collect();
    let id = spot.id("match");
    let apply = move |word: String| {
        let Some(chosen) = Combine::from_word(&word) else {
            return;
        };
        spot.change(desk, |rule| {
            if let Rule::Group(combine, _) = rule {
                *combine = chosen;
            }
        });
    };
    view! { <ChoiceProp id label="Match" choices value=now.map(Combine::word).unwrap_or_default().to_owned() apply/> }
}

/// What can be put behind the last part of a group. A condition that stands alone has no groups beside it.
#[component]
fn AddButtons(desk: Desk, spot: Spot, number: usize, alone: bool) -> impl IntoView {
    let (key, part) = (spot.key.clone(), spot.part);
    let full = Memo::new(move |_| {
        desk.form.with(|form| {
            let field = form.field(&key);
            !field.is_some_and(|field| model::has_room(field, part))
        })
    });
    let named = |what: &str| (number > 0).then(|| format!("{what} to group {number}"));
    let (label, group_label) = (named("Add another condition"), named("Add a group"));
    let id = spot.id("add");
    let nests = !alone && model::takes_groups(&spot.place);
    let inner = spot.clone();
    let group = nests.then(move || {
        view! {
            <Button variant=Variant::Quiet small=true label=group_label disabled=full on:click=move |_| add(desk, &inner, true)>
                "Add a group"
            </Button>
        }
    });
    view! {
        <div class="button-row">
            <Button
                variant=Variant::Quiet
                small=true
                icon=icondata::LuPlus
                label
                disabled=full
                attr:id=id
                on:click=move |_| add(desk, &spot, false)
            >
                "Add another condition"
            </Button>
            {group}
        </div>
    }
}

#[component]
fn RemoveButton(desk: Desk, spot: Spot, name: String) -> impl IntoView {
    let label = format!("Remove {name}");
    view! {
        <span class="rule__remove">
            <Button
                variant=Variant::Quiet
                small=true
                square=true
                icon=icondata::LuTrash2
                label
                on:click=move |_| remove(desk, &spot, &name)
            />
        </span>
    }
}

/// Adds a condition, in a group of its own where one is wanted, and leads to its first question.
fn add(desk: Desk, group: &Spot, nested: bool) {
    let Some(first) = first_condition(desk, &group.key) else {
        return;
    };
    let mut added = None;
    desk.change(&group.key, |field| {
        added = field.rule_mut(group.part).and_then(|rule| {
            if nested {
                model::add_group(rule, &group.place, first)
            } else {
                model::add(rule, &group.place, first.into())
            }
        });
    });
    if let Some(place) = added {
        let what = if nested { "Group" } else { "Condition" };
        desk.said.set(format!("{what} added"));
        lead_to(group.at(place).id("subject"));
    }
}

fn remove(desk: Desk, spot: &Spot, name: &str) {
    let mut left = None;
    desk.change(&spot.key, |field| {
        left = field
            .rule_mut(spot.part)
            .and_then(|rule| model::remove(rule, &spot.place));
        if left.is_none() {
            field.set_rule(spot.part, None);
        }
    });
    desk.said
        .set(format!("Removed {name}. Undo brings it back."));
    if let Some(place) = left {
        lead_to(spot.at(place).id("add"));
    } else {
        // The choice above says something else now.
        desk.turn();
        let above = if spot.part.is_one_of_many() {
            "rules".to_owned()
        } else {
            spot::word(spot.part)
        };
        lead_to(format!("prop-{above}"));
    }
}

/// The controls are there once this change has been drawn.
pub fn lead_to(id: String) {
    request_animation_frame(move || focus_by_id(&id));
}
