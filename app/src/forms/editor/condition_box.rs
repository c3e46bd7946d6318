//! When a field is shown, or must be answered: always, or when an earlier answer says so.

#![expect(clippy::needless_pass_by_value, reason = "a component owns its props")]

use domain::forms::{
    Condition, Field, FieldKey, Operator, OperatorKind, Requirement, Rule, Subject, sentence,
};
use leptos::prelude::*;

use super::{
    condition_model::{self as model, OperandInput},
    desk::Desk,
    text_prop::{ChoiceProp, TextProp},
};

/// Which of a field's two conditions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Shown,
    Required,
}

impl Part {
    fn id(self) -> &'static str {
        match self {
            Self::Shown => "shown",
            Self::Required => "required",
        }
    }

    fn of(self, field: &Field) -> Option<&Condition> {
        let rule = match self {
            Self::Shown => field.visible_when.as_ref(),
            Self::Required => field.rule(domain::forms::RulePart::Required),
        };
        rule.and_then(|rule| rule.conditions().next())
    }

    fn set(self, field: &mut Field, condition: Condition) {
        match self {
            Self::Shown => field.visible_when = Some(condition.into()),
            Self::Required => field.required = Requirement::When(condition.into()),
        }
    }
}

/// The first choice: always, never, or by condition.
#[component]
pub fn ConditionChoice(desk: Desk, field: Field, part: Part) -> impl IntoView {
    let (label, choices): (&str, &[(&str, &str)]) = match part {
        Part::Shown => (
            "Shown",
            &[
                ("always", "Always"),
                ("when", "When another answer says so"),
            ],
        ),
        Part::Required => (
            "Answer needed",
            &[
                ("never", "No"),
                ("always", "Yes"),
                ("when", "When another answer says so"),
            ],
        ),
    };
    let choices = choices
        .iter()
        .map(|(v, l)| ((*v).to_owned(), (*l).to_owned()))
        .collect();
    let now = match (part, &field.required) {
        (_, _) if part.of(&field).is_some() => "when",
        (Part::Shown, _) | (Part::Required, Requirement::Always) => "always",
        (Part::Required, _) => "never",
    };
    let key = field.key.clone();
    let chosen_key = key.clone();
    let choose = move |word: String| choose(desk, &chosen_key, part, &word);
    let has_condition = {
        let key = key.clone();
        Memo::new(move |_| {
            desk.form
                .with(|form| form.field(&key).is_some_and(|f| part.of(f).is_some()))
        })
    };
    view! {
        <ChoiceProp id=format!("prop-{}", part.id()) label choices value=now.to_owned() apply=choose/>
        {move || has_condition.get().then(|| view! { <ConditionBox desk key=key.clone() part/> })}
    }
}

fn choose(desk: Desk, key: &FieldKey, part: Part, word: &str) {
    let first = desk.form.with_untracked(|form| {
        let subject = model::subjects(form, key).into_iter().next()?;
        let subject = Subject::try_from(subject.0).ok()?;
        Some(
            desk.tiers
                .with_value(|tiers| model::start(form, subject, tiers)),
        )
    });
    desk.change(key, |field| match (part, word, first) {
        (_, "when", Some(condition)) => part.set(field, condition),
        (Part::Shown, _, _) => field.visible_when = None,
        (Part::Required, "always", _) => field.required = Requirement::Always,
        (Part::Required, _, _) => field.required = Requirement::Never,
    });
}

/// Subject, operator, operand, and the whole read back. Each select stands while those before it stand, so it keeps the focus.
#[component]
fn ConditionBox(desk: Desk, key: FieldKey, part: Part) -> impl IntoView {
    let subjects = desk.form.with_untracked(|form| model::subjects(form, &key));
    let read_key = key.clone();
    let condition = Memo::new(move |_| {
        desk.form
            .with(|form| form.field(&read_key).and_then(|f| part.of(f).cloned()))
    });
    let subject = Memo::new(move |_| condition.get().map(|c| c.subject));
    let operator = Memo::new(move |_| condition.get().map(|c| c.operator.kind()));
    let set = Callback::new(move |condition: Condition| {
        desk.change(&key, |field| part.set(field, condition));
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
    let spoken = move || {
        desk.form
            .with(|form| condition.get().map(|c| sentence(&Rule::from(c), form)))
    };
    view! {
        <ChoiceProp id=format!("{}-subject", part.id()) label="Look at" choices=subjects value=start apply=on_subject/>
        {move || subject.get().map(|subject| view! { <OperatorChoice desk part subject condition set/> })}
        {move || {
            subject.track();
            operator.track();
            condition.get_untracked().map(|now| view! { <OperandChoice desk part now set/> })
        }}
        <p class="sentence" role="status">{spoken}</p>
    }
}

#[component]
fn OperatorChoice(
    desk: Desk,
    part: Part,
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
    view! { <ChoiceProp id=format!("{}-operator", part.id()) label="Which" choices value=now apply/> }
}

#[component]
fn OperandChoice(
    desk: Desk,
    part: Part,
    now: Condition,
    set: Callback<Condition>,
) -> impl IntoView {
    let input = desk.form.with_untracked(|form| {
        desk.tiers
            .with_value(|tiers| model::operand_input(form, &now, tiers))
    });
    let id = format!("{}-operand", part.id());
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
