//! What happens while people type.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use domain::forms::{
    Context, FieldKey, FieldProblem, FormDefinition, RawAnswers, Standings, follow_defaults,
};
use leptos::{ev, html, prelude::*};

use super::{
    collect::{name_of, values_of},
    model,
};
use crate::ui::use_held;

pub(super) type Problems = RwSignal<BTreeMap<FieldKey, FieldProblem>>;
/// How often each field was filled in anew: its input then shows another answer than it holds.
pub(super) type Filled = RwSignal<BTreeMap<FieldKey, u32>>;

/// Once awake, takes what was typed before.
pub(super) fn take_over(
    form: Arc<FormDefinition>,
    root: NodeRef<html::Div>,
    answers: RwSignal<RawAnswers>,
) {
    Effect::new(move |_| {
        let Some(root) = root.get() else { return };
        let mut raw = answers.get_untracked();
        for field in &form.fields {
            for name in field.input_names() {
                if let Some(values) = values_of(&root, &name) {
                    raw.replace(&name, values);
                }
            }
        }
        if answers.with_untracked(|before| *before != raw) {
            answers.set(raw);
        }
    });
}

/// What happens while people type, and when they leave a field.
pub(super) fn listeners(
    form: Arc<FormDefinition>,
    context: Signal<Context>,
    root: NodeRef<html::Div>,
    answers: RwSignal<RawAnswers>,
    (standings, problems, filled): (Memo<Standings>, Problems, Filled),
) -> (impl Fn(ev::Event) + Clone, impl Fn(ev::FocusEvent)) {
    let follows = form.fields.iter().any(|f| !f.defaults.is_empty());
    let followed = form;
    let take = move |name: &str, values: Vec<String>| {
        if !follows {
            answers.update(|raw| raw.replace(name, values));
            return;
        }
        let before = answers.get_untracked();
        let mut now = before.clone();
        now.replace(name, values);
        let (now, anew) =
            context.with_untracked(|context| follow_defaults(&followed, &before, &now, context));
        answers.set(now);
        if !anew.is_empty() {
            filled.update(|filled| {
                for key in anew {
                    *filled.entry(key).or_default() += 1;
                }
            });
        }
    };
    let look = move |key: &FieldKey| standings.with_untracked(|s| s.problem(key));
    let typed = move |event: ev::Event| {
        let (Some(name), Some(root)) = (name_of(&event), root.get_untracked()) else {
            return;
        };
        let (Some(key), Some(values)) = (RawAnswers::key_of(&name), values_of(&root, &name)) else {
            return;
        };
        take(&name, values);
        if problems.with_untracked(|p| p.contains_key(&key)) {
            let now = look(&key);
            problems.update(|p| match now {
                Some(problem) => drop(p.insert(key, problem)),
                None => drop(p.remove(&key)),
            });
        }
    };
    let leaving = RwSignal::new(BTreeSet::new());
    let left = move |event: ev::FocusEvent| {
        if let Some(key) = name_of(&event).and_then(|name| RawAnswers::key_of(&name)) {
            leaving.update(|keys| {
                keys.insert(key);
            });
        }
    };
    let held = use_held();
    Effect::new(move |_| {
        if held.get() || leaving.with(BTreeSet::is_empty) {
            return;
        }
        for key in leaving.try_update(std::mem::take).unwrap_or_default() {
            if let Some(problem) = look(&key).filter(model::worth_saying) {
                problems.update(|p| drop(p.insert(key, problem)));
            }
        }
    });
    (typed, left)
}
