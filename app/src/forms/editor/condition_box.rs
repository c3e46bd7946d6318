//! One condition: what is looked at, how, and what it is compared with.

use domain::forms::{Condition, FieldKey, Operator, OperatorKind, Subject};
use leptos::prelude::*;

use super::{
    condition_model::{self as model, OperandInput},
    desk::Desk,
    spot::Spot,
    text_prop::{ChoiceProp, TextProp},
};

/// What a new condition of that field says; nothing where there is nothing to look at.
pub fn first_condition(desk: Desk, key: &FieldKey) -> Option<Condition> {
    desk.form.with_untracked(|form| {
        let (subject, _) = model::subjects(form, key).into_iter().next()?;
        let subject = Subject::try_from(subject).ok()?;
        Some(
            desk.tiers
                .with_value(|tiers| model::start(form, subject, tiers)),
        )
    })
}

/// Subject, operator, operand. Each select stands while those before it stand, so it keeps the focus.
#[component]
pub fn ConditionBox(desk: Desk, spot: Spot) -> impl IntoView {
    let subjects = desk
        .form
        .with_untracked(|form| model::subjects(form, &spot.key));
    let (subject_id, operator_id, operand_id) =
        (spot.id("subject"), spot.id("operator"), spot.id("operand"));
    let read = spot.clone();
    let condition = Memo::new(move |_| desk.form.with(|form| read.condition(form)));
    let subject = Memo::new(move |_| condition.get().map(|c| c.subject));
    let operator = Memo::new(move |_| condition.get().map(|c| c.operator.kind()));
    let set = Callback::new(move |condition: Condition| {
        spot.change(desk, |rule| *rule = condition.into());
    });
    let start = subject
        .get_untracked()
        .map(|s| s.to_string())
        .unwrap_or_default();
    let on_subject = move |word: String| {
        if let Ok(subject) = Subject::try_from(word) {
            let next = desk.form.with_untracked(|form| {
                desk.tiers
                    .with_value(|tiers| model::start(form, subject, tiers))
            });
            set.run(next);
        }
    };
    view! {
        <ChoiceProp id=subject_id label="Look at" choices=subjects value=start apply=on_subject/>
        {move || {
            let id = operator_id.clone();
            subject.get().map(|subject| view! { <OperatorChoice desk id subject condition set/> })
        }}
        {move || {
            let id = operand_id.clone();
            subject.track();
            operator.track();
            condition.get_untracked().map(|now| view! { <OperandChoice desk id now set/> })
        }}
    }
}

#[component]
fn OperatorChoice(
    desk: Desk,
    id: String,
    subject: Subject,
    condition: Memo<Option<Condition>>,
    set: Callback<Condition>,
) -> impl IntoView {
    let kinds = desk
        .form
        .with_untracked(|form| model::operators(form, &subject));
    let choices = kinds
        .iter()
        .map(|k| (k.label().to_owned(), k.label().to_owned()))
        .collect();
    let now = condition
        .get_untracked()
        .map(|c| c.operator.kind().label().to_owned())
        .unwrap_or_default();
    let apply = move |word: String| {
        if let (Some(kind), Some(now)) = (model::operator_of(&word), condition.get_untracked()) {
            let next = desk.form.with_untracked(|form| {
                desk.tiers
                    .with_value(|tiers| model::with_operator(form, &now, kind, tiers))
            });
            set.run(next);
        }
    };
    view! { <ChoiceProp id label="Which" choices value=now apply/> }
}

#[component]
fn OperandChoice(
    desk: Desk,
    id: String,
    now: Condition,
    set: Callback<Condition>,
) -> impl IntoView {
    let input = desk.form.with_untracked(|form| {
        desk.tiers
            .with_value(|tiers| model::operand_input(form, &now, tiers))
    });
    let operands = now.operator.operands();
    let kind = now.operator.kind();
    let subject = now.subject;
    let take = move |operands: Vec<String>| {
        let operator: Operator = model::operator(kind, operands);
        set.run(Condition {
            subject: subject.clone(),
            operator,
        });
    };
    match input {
        OperandInput::None => ().into_any(),
        OperandInput::List(list) if kind == OperatorKind::OneOf => {
            view! { <SeveralOperands list operands take=Callback::new(take)/> }.into_any()
        }
        OperandInput::List(choices) => {
            let value = operands.into_iter().next().unwrap_or_default();
            view! { <ChoiceProp id label="Answer" choices value apply=move |word| take(vec![word])/> }.into_any()
        }
        OperandInput::Text | OperandInput::Number | OperandInput::Day => {
            let several = kind == OperatorKind::OneOf;
            let hint = match input {
                OperandInput::Day => "A day like 2026-12-31, or today, today+30",
                OperandInput::Number => "A number",
                _ if several => "Several answers with a comma between them",
                _ => "As partners would answer",
            };
            let wants_bound = matches!(kind, OperatorKind::AtLeast | OperatorKind::AtMost);
            let apply = move |text: String| {
                if wants_bound && model::read_bound(&text).is_none() {
                    return Some("Enter a number, a day, or a day counted from today".to_owned());
                }
                let operands = if several {
                    text.split(',').map(|t| t.trim().to_owned()).collect()
                } else {
                    vec![text]
                };
                take(operands);
                None
            };
            view! { <TextProp id label="Answer" value=operands.join(", ") hint apply/> }.into_any()
        }
    }
}

/// Boxes for a short list; a long one is chosen from in the same way, and scrolls.
#[component]
fn SeveralOperands(
    list: Vec<(String, String)>,
    operands: Vec<String>,
    take: Callback<Vec<String>>,
) -> impl IntoView {
    let chosen = RwSignal::new(operands);
    let boxes = list
        .into_iter()
        .map(|(value, label)| {
            let checked = chosen.with_untracked(|c| c.contains(&value));
            let toggle = move |event| {
                let on = event_target_checked(&event);
                chosen.update(|chosen| {
                    chosen.retain(|v| *v != value);
                    if on {
                        chosen.push(value.clone());
                    }
                });
                take.run(chosen.get_untracked());
            };
            view! {
                <label class="checkbox">
                    <input type="checkbox" checked=checked on:change=toggle/>
                    <span>{label}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field">
            <legend class="field__label">"Answers"</legend>
            <div class="editor__scroll">{boxes}</div>
        </fieldset>
    }
}
