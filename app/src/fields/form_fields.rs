//! All fields of a form, shown and hidden as the answers ask.

#![expect(clippy::needless_pass_by_value, reason = "a component owns its props")]

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use domain::forms::{
    Answers, Context, FieldErrors, FieldKey, FieldProblem, FormDefinition, RawAnswers, problem_at,
    problem_text,
};
use leptos::{ev, html, prelude::*};

use super::{
    collect::{name_of, values_of},
    field_view::FieldView,
    file_field::Uploads,
    kept_field::KeptField,
    model::{self, Standing},
};
use crate::ui::use_ready;

type Problems = RwSignal<BTreeMap<FieldKey, FieldProblem>>;

/// One field as it stands, for a designer to frame.
pub struct Framed {
    pub key: FieldKey,
    pub visible: bool,
    /// What partners see of it; nothing when they do not.
    pub inner: AnyView,
}

/// What a designer makes of it. Hidden fields have their frames too.
pub type FieldFrame = Callback<Framed, AnyView>;

/// Put it into a `<form method="post" novalidate>`; what it posts is `RawAnswers`. `errors` come from the last try to send;
/// a field's message goes when its answer is mended, and comes when the field is left with an answer that cannot stand.
#[component]
pub fn FormFields(
    form: Arc<FormDefinition>,
    #[prop(into)] context: Signal<Context>,
    answers: RwSignal<RawAnswers>,
    #[prop(into)] errors: Signal<FieldErrors>,
    /// Before each control's id.
    #[prop(into, optional)]
    prefix: String,
    /// The fields that may be answered now; all of them when left out.
    #[prop(optional_no_strip)]
    open: Option<BTreeSet<FieldKey>>,
    /// The answers that closed fields show.
    #[prop(optional)]
    given: Answers,
    #[prop(optional_no_strip)] uploads: Option<Uploads>,
    /// The fields of the page that is shown; the answers to all others go along unseen. All when left out.
    #[prop(optional_no_strip)]
    on_page: Option<Signal<BTreeSet<FieldKey>>>,
    /// Put round each field; the frames are then the items of a list.
    #[prop(optional_no_strip)]
    frame: Option<FieldFrame>,
) -> impl IntoView {
    let root = NodeRef::<html::Div>::new();
    let problems: Problems = RwSignal::new(by_key(&errors.get_untracked()));
    Effect::new(move |before: Option<FieldErrors>| {
        let now = errors.get();
        if before.is_some_and(|before| before != now) {
            problems.set(by_key(&now));
        }
        now
    });
    let judged = form.clone();
    let standings = Memo::new(move |_| {
        answers.with(|raw| context.with(|context| model::standings(&judged, raw, context)))
    });
    take_over(form.clone(), root, answers);

    let rows = form.fields.iter().map(|field| {
        let key = field.key.clone();
        let standing = Memo::new(move |_| {
            let here = on_page.is_none_or(|page| page.with(|page| page.contains(&key)));
            let standing = standings.with(|s| s.get(&key).copied());
            (standing.unwrap_or_default(), here)
        });
        let kept = given
            .get(&field.key)
            .filter(|_| model::is_closed(&field.key, open.as_ref(), &given))
            .cloned();
        let shown = Shown {
            field: field.clone(),
            prefix: prefix.clone(),
            kept,
            frame,
        };
        view! { <Row shown standing answers problems uploads/> }
    });
    let rows = in_list(rows.collect_view().into_any(), frame.is_some());
    let (typed, left) = listeners(form.clone(), context, root, answers, problems);
    let update = model::has_conditions(&form).then(|| view! { <UpdateWithoutScripts/> });
    view! {
        <div class="form" node_ref=root data-ready=use_ready() on:input=typed.clone() on:change=typed on:focusout=left>
            {rows}
            {update}
            <Announcer form standings on_page/>
        </div>
    }
    // Boxed: without it an unoptimised build needs more stack than a thread has.
    .into_any()
}

fn in_list(rows: AnyView, framed: bool) -> AnyView {
    if framed {
        view! {
            <section aria-label="Fields">
                <div class="frames" role="list">{rows}</div>
            </section>
        }
        .into_any()
    } else {
        rows
    }
}

fn by_key(errors: &FieldErrors) -> BTreeMap<FieldKey, FieldProblem> {
    errors
        .iter()
        .filter_map(|e| {
            FieldKey::parse(&e.field)
                .ok()
                .map(|key| (key, e.problem.clone()))
        })
        .collect()
}

/// Once awake, takes what was typed before.
fn take_over(form: Arc<FormDefinition>, root: NodeRef<html::Div>, answers: RwSignal<RawAnswers>) {
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
fn listeners(
    form: Arc<FormDefinition>,
    context: Signal<Context>,
    root: NodeRef<html::Div>,
    answers: RwSignal<RawAnswers>,
    problems: Problems,
) -> (impl Fn(ev::Event) + Clone, impl Fn(ev::FocusEvent)) {
    let look = move |key: &FieldKey| {
        answers.with_untracked(|raw| {
            context.with_untracked(|context| problem_at(&form, raw, key, context))
        })
    };
    let look_again = look.clone();
    let typed = move |event: ev::Event| {
        let (Some(name), Some(root)) = (name_of(&event), root.get_untracked()) else {
            return;
        };
        let (Some(key), Some(values)) = (RawAnswers::key_of(&name), values_of(&root, &name)) else {
            return;
        };
        answers.update(|raw| raw.replace(&name, values));
        if problems.with_untracked(|p| p.contains_key(&key)) {
            let now = look(&key);
            problems.update(|p| match now {
                Some(problem) => drop(p.insert(key, problem)),
                None => drop(p.remove(&key)),
            });
        }
    };
    let left = move |event: ev::FocusEvent| {
        let Some(key) = name_of(&event).and_then(|name| RawAnswers::key_of(&name)) else {
            return;
        };
        if let Some(problem) = look_again(&key).filter(model::worth_saying) {
            problems.update(|p| drop(p.insert(key, problem)));
        }
    };
    (typed, left)
}

/// What a row shows, whatever the answers are.
struct Shown {
    field: domain::forms::Field,
    prefix: String,
    kept: Option<domain::forms::Answer>,
    frame: Option<FieldFrame>,
}

/// Built anew when it comes into view or becomes required: never while it has the focus, for only fields above decide that.
#[component]
fn Row(
    shown: Shown,
    standing: Memo<(Standing, bool)>,
    answers: RwSignal<RawAnswers>,
    problems: Problems,
    uploads: Option<Uploads>,
) -> impl IntoView {
    let Shown {
        field,
        prefix,
        kept,
        frame,
    } = shown;
    let conditional = field.visible_when.is_some().then_some("");
    let message = field.clone();
    let error = Signal::derive(move || {
        problems.with(|p| {
            p.get(&message.key)
                .map(|problem| problem_text(Some(&message), problem))
        })
    });
    move || {
        let (Standing { visible, required }, here) = standing.get();
        if visible && !here {
            return Some(view! { <Unseen field=field.clone() answers/> }.into_any());
        }
        let inner = visible.then(|| {
            let (field, prefix) = (field.clone(), prefix.clone());
            let inner = match kept.clone() {
                Some(answer) => view! { <KeptField field answer/> }.into_any(),
                None => {
                    view! { <FieldView field prefix required answers error uploads/> }.into_any()
                }
            };
            view! { <div class="field-group" data-conditional=conditional>{inner}</div> }.into_any()
        });
        let Some(frame) = frame else { return inner };
        let key = field.key.clone();
        let inner = inner.unwrap_or_else(|| ().into_any());
        let framed = Framed {
            key,
            visible,
            inner,
        };
        Some(frame.run(framed))
    }
}

/// The answer to a field of another page, so that a plain post carries it too.
#[component]
fn Unseen(field: domain::forms::Field, answers: RwSignal<RawAnswers>) -> impl IntoView {
    let pairs = answers.with_untracked(|raw| raw.pairs_of(&field));
    pairs
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view()
}

/// Says politely which fields came and went.
#[component]
fn Announcer(
    form: Arc<FormDefinition>,
    standings: Memo<BTreeMap<FieldKey, Standing>>,
    on_page: Option<Signal<BTreeSet<FieldKey>>>,
) -> impl IntoView {
    let here = move |key: &FieldKey| {
        on_page.is_none_or(|page| page.with_untracked(|page| page.contains(key)))
    };
    let said = RwSignal::new(String::new());
    Effect::new(move |before: Option<BTreeMap<FieldKey, Standing>>| {
        let now = standings.get();
        if let Some(text) =
            before.and_then(|before| model::announcement(&form, here, &before, &now))
        {
            said.set(text);
        }
        now
    });
    view! { <p class="visually-hidden" role="status">{said}</p> }
}

/// Text, not elements: with scripts a browser reads the inside of `noscript` as text, and taking it over would fail.
#[component]
fn UpdateWithoutScripts() -> impl IntoView {
    let html = "<button class=\"button\" name=\"_update\" value=\"1\" formnovalidate>Update the questions</button>";
    view! { <noscript inner_html=html></noscript> }
}
