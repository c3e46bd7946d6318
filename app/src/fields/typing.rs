//! What happens while people type.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use domain::Locale;
use domain::forms::{
    Context, FieldError, FieldKey, FormDefinition, RawAnswers, Standings, follow_defaults,
    plain_value, spoken_value,
};
use leptos::{ev, html, prelude::*};

use super::{
    collect::{cell_names, name_of, values_of},
    problems::{self, Watch},
    region::regions_of,
};
use crate::ui::use_held;

/// How often each field was filled in anew: its input then shows another answer than it holds.
pub(super) type Filled = RwSignal<BTreeMap<FieldKey, u32>>;

/// Once awake, takes what was typed before.
pub(super) fn take_over(
    form: Arc<FormDefinition>,
    root: NodeRef<html::Div>,
    answers: RwSignal<RawAnswers>,
    locale: Locale,
) {
    Effect::new(move |_| {
        let Some(root) = root.get() else { return };
        let mut raw = answers.get_untracked();
        for field in &form.fields {
            let cells = field.kind.rows().map(|_| cell_names(&root, &field.key));
            for name in cells.unwrap_or_else(|| field.input_names()) {
                // What is there as it was shown has not been touched.
                if let Some(values) = values_of(&root, &name)
                    && values != shown(&form, &name, &raw, locale)
                {
                    raw.replace(&name, plainly(&form, &name, values, locale));
                }
            }
        }
        if answers.with_untracked(|before| *before != raw) {
            answers.set(raw);
        }
    });
}

/// What inputs of that name show of the answers.
fn shown(form: &FormDefinition, name: &str, raw: &RawAnswers, locale: Locale) -> Vec<String> {
    let kept = raw.under(name).iter();
    kept.map(|plain| spoken_value(form, name, plain, locale))
        .collect()
}

/// What is kept of values that stand in inputs.
fn plainly(form: &FormDefinition, name: &str, values: Vec<String>, locale: Locale) -> Vec<String> {
    let values = values.into_iter();
    values
        .map(|text| plain_value(form, name, &text, locale))
        .collect()
}

/// Says what is wrong with a field as the answers stand.
pub(super) fn looking(
    standings: Memo<Standings>,
) -> impl Fn(&FieldKey) -> Vec<FieldError> + Copy + Send + Sync + 'static {
    move |key: &FieldKey| {
        let problem = standings.with_untracked(|s| s.problem(key));
        problem
            .map(|problem| FieldError::each(key, problem))
            .unwrap_or_default()
    }
}

/// What happens while people type, and when they leave a field.
pub(super) fn listeners(
    form: Arc<FormDefinition>,
    context: Signal<Context>,
    root: NodeRef<html::Div>,
    answers: RwSignal<RawAnswers>,
    (standings, watch, filled): (Memo<Standings>, Watch, Filled),
    (locale, said): (Locale, RwSignal<String>),
) -> (impl Fn(ev::Event) + Clone, impl Fn(ev::FocusEvent)) {
    let Watch {
        problems, heard, ..
    } = watch;
    let follows = form.fields.iter().any(|f| !f.defaults.is_empty());
    let followed = form.clone();
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
    let look = looking(standings);
    let typed = move |event: ev::Event| {
        let (Some(name), Some(root)) = (name_of(&event), root.get_untracked()) else {
            return;
        };
        let (Some(key), Some(values)) = (RawAnswers::key_of(&name), values_of(&root, &name)) else {
            return;
        };
        heard.listen(&form, &root, &name, locale);
        take(&name, plainly(&form, &name, values, locale));
        for region in regions_of(&form, &key) {
            problems::settle(problems, &region, look(&region));
        }
        if problems.with_untracked(|said| problems::says(said, &key)) {
            let now = look(&key);
            problems.update(|said| problems::keep_what_holds(said, &key, &now));
        }
    };
    let leaving = RwSignal::new(BTreeSet::new());
    let left = move |event: ev::FocusEvent| {
        if let Some(name) = name_of(&event) {
            leaving.update(|names| {
                names.insert(name);
            });
        }
    };
    let held = use_held();
    Effect::new(move |_| {
        if held.get() || leaving.with(BTreeSet::is_empty) {
            return;
        }
        for name in leaving.try_update(std::mem::take).unwrap_or_default() {
            if let Some(line) = untrack(|| heard.of(&name)) {
                said.set(line);
            }
            let key = RawAnswers::key_of(&name);
            let found = key.map(|key| problems::at_control(look(&key), &name, &key));
            if let Some(found) = found.filter(|found| !found.is_empty()) {
                problems.update(|said| said.extend(found));
            }
        }
    });
    (typed, left)
}
