//! All fields of a form, shown and hidden as the answers ask.

#![expect(clippy::needless_pass_by_value, reason = "a component owns its props")]

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use domain::forms::{
    Answers, Context, Field, FieldBlock, FieldErrors, FieldKey, FieldKind, FormDefinition,
    NewsMark, RawAnswers, Standing, Standings, blocks, problem_text_in, spoken_in,
};
use leptos::{either::Either, html, prelude::*};

use super::{
    combobox::CustomerSource,
    computed,
    field_view::FieldView,
    group_box::{GroupBox, any_seen},
    heard::Heard,
    kept_field::{FixedField, KeptField},
    model,
    problems::{self, Problems, Watch},
    standings::use_standings,
    typing::{Filled, listeners, looking, take_over},
    uploads::Uploads,
};
use crate::locale::use_locale;
use crate::ui::{Tag, Tone, use_ready};

/// One field as it stands, for a designer to frame.
pub struct Framed {
    pub key: FieldKey,
    pub visible: bool,
    /// What partners see of it; nothing when they do not.
    pub inner: AnyView,
}

/// A deal that a field was filled from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    pub name: String,
    pub href: String,
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
    /// Where customers are looked for.
    #[prop(optional_no_strip)]
    customers: Option<CustomerSource>,
    /// The fields of the page that is shown; the answers to all others go along unseen. All when left out.
    #[prop(optional_no_strip)]
    on_page: Option<Signal<BTreeSet<FieldKey>>>,
    /// Fields that are asked otherwise than when the form was begun.
    #[prop(optional)]
    marks: BTreeMap<FieldKey, NewsMark>,
    /// Where fields were filled from at first.
    #[prop(optional)]
    sources: BTreeMap<FieldKey, Source>,
    /// How often others changed each field: its input then shows another answer than it holds.
    #[prop(optional_no_strip)]
    anew: Option<RwSignal<BTreeMap<FieldKey, u32>>>,
    /// Put round each field; the frames are then the items of a list.
    #[prop(optional_no_strip)]
    frame: Option<FieldFrame>,
) -> impl IntoView {
    let root = NodeRef::<html::Div>::new();
    let problems = shown_problems(errors);
    let standings = use_standings(form.clone(), context, answers);
    let locale = use_locale();
    take_over(form.clone(), root, answers, locale);
    let awake = RwSignal::new(false);
    Effect::new(move |_| {
        // Behind the one that takes over.
        if root.get().is_some() {
            awake.set(true);
        }
    });
    let filled: Filled = anew.unwrap_or_default();
    let look = looking(standings);
    let watch = Watch {
        problems,
        again: problems::looking_again(problems, look),
        heard: Heard::default(),
        awake: awake.into(),
    };
    let said = RwSignal::new(String::new());

    let row = |field: &Field| {
        let key = field.key.clone();
        let is_computed = matches!(field.kind, FieldKind::Computed { .. });
        let standing = Memo::new(move |_| {
            let here = on_page.is_none_or(|page| page.with(|page| page.contains(&key)));
            let mut standing = standings.with(|s| s.get(&key)).unwrap_or_default();
            if is_computed {
                // It shows in the row's `result`, so that a row is not made anew for it.
                standing.fixed = None;
            }
            let times = filled.with(|filled| filled.get(&key).copied());
            (standing, here, times)
        });
        let kept = given
            .get(&field.key)
            .filter(|_| {
                field.kind.is_asked() && model::is_closed(&field.key, open.as_ref(), &given)
            })
            .cloned();
        let shown = Shown {
            field: field.clone(),
            prefix: prefix.clone(),
            kept,
            result: computed::use_result(field, standings),
            mark: marks.get(&field.key).copied(),
            source: sources.get(&field.key).cloned(),
            customers,
            frame,
        };
        view! { <Row shown standing answers watch uploads/> }.into_any()
    };
    // A designer's frames stand one under the other, the marks of groups among them.
    let rows: Vec<AnyView> = if frame.is_some() {
        form.fields.iter().map(&row).collect()
    } else {
        let seen = |fields: &[Field]| any_seen(fields, standings, on_page);
        in_groups(&form, &prefix, row, seen)
    };
    let rows = in_list(rows.into_any(), frame.is_some());
    let follows = form.clone();
    let (typed, left) = listeners(
        follows,
        context,
        root,
        answers,
        (standings, watch, filled),
        (locale, said),
    );
    let update = model::has_conditions(&form).then(|| view! { <UpdateWithoutScripts/> });
    view! {
        <div class="form" node_ref=root data-ready=use_ready() on:input=typed.clone() on:change=typed on:focusout=left>
            // How what is posted is written.
            <input type="hidden" name="_locale" value=locale.tag()/>
            {rows}
            {update}
            <Announcer form standings on_page said/>
        </div>
    }
    // Boxed: without it an unoptimised build needs more stack than a thread has.
    .into_any()
}

/// The problems by name: those of the last errors, as far as typing has not mended them.
fn shown_problems(errors: Signal<FieldErrors>) -> Problems {
    let problems: Problems = RwSignal::new(problems::by_name(&errors.get_untracked()));
    Effect::new(move |before: Option<FieldErrors>| {
        let now = errors.get();
        if before.is_some_and(|before| before != now) {
            problems.set(problems::by_name(&now));
        }
        now
    });
    problems
}

/// The rows, those of a group in its box.
fn in_groups(
    form: &FormDefinition,
    prefix: &str,
    row: impl Fn(&Field) -> AnyView,
    seen: impl Fn(&[Field]) -> Memo<bool>,
) -> Vec<AnyView> {
    let in_block = |block: FieldBlock<'_>| match block {
        FieldBlock::Alone(field) => row(field),
        FieldBlock::Group { head, fields } => {
            let rows: Vec<AnyView> = fields.iter().map(&row).collect();
            let id = model::control_id(prefix, head.key.as_str());
            let (head, seen) = (head.clone(), seen(fields));
            view! { <GroupBox id head seen>{rows}</GroupBox> }.into_any()
        }
    };
    blocks(&form.fields).into_iter().map(in_block).collect()
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

/// What a row shows, whatever the answers are.
struct Shown {
    field: Field,
    prefix: String,
    kept: Option<domain::forms::Answer>,
    /// What a computed field comes to.
    result: Signal<String>,
    mark: Option<NewsMark>,
    source: Option<Source>,
    customers: Option<CustomerSource>,
    frame: Option<FieldFrame>,
}

/// Built anew when it comes into view or becomes required: never while it has the focus, for only fields above decide that.
#[component]
fn Row(
    shown: Shown,
    standing: Memo<(Standing, bool, Option<u32>)>,
    answers: RwSignal<RawAnswers>,
    watch: Watch,
    uploads: Option<Uploads>,
) -> impl IntoView {
    let Shown {
        field,
        prefix,
        kept,
        result,
        mark,
        source,
        customers,
        frame,
    } = shown;
    let conditional = field.visible_when.is_some().then_some("");
    let locale = use_locale();
    let message = field.clone();
    let error = Signal::derive(move || {
        watch.problems.with(|p| {
            p.get(message.key.as_str())
                .map(|problem| problem_text_in(Some(&message), problem, locale))
        })
    });
    if !field.option_rules.is_empty() {
        drop_withheld(field.key.clone(), standing, answers);
    }
    move || {
        let (now, here, times) = standing.get();
        let Standing {
            visible,
            required,
            withheld,
            fixed,
        } = now;
        if visible && !here {
            return Some(view! { <Unseen field=field.clone() answers/> }.into_any());
        }
        let inner = visible.then(|| {
            let (field, prefix) = (model::offered(field.clone(), &withheld), prefix.clone());
            let inner = match kept.clone() {
                Some(answer) => view! { <KeptField field answer/> }.into_any(),
                None if field.traits.read_only || !field.partner_edits() => {
                    let id = model::control_id(&prefix, field.key.as_str());
                    view! { <FixedField id field answer=fixed/> }.into_any()
                }
                None => {
                    view! { <FieldView field prefix required answers error watch uploads customers result/> }
                        .into_any()
                }
            };
            let mark = mark.map(|mark| view! { <Marked mark/> });
            let source = source.clone().map(|source| view! { <FilledFrom source/> });
            let group = view! { <div class="field-group" data-conditional=conditional>{mark}{inner}{source}</div> };
            // Made anew, not mended: an input that somebody typed into goes on showing that, whatever its attribute says.
            let group = if times.unwrap_or_default().is_multiple_of(2) {
                Either::Left(group)
            } else {
                Either::Right(group)
            };
            group.into_any()
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

/// Takes an option out of the answer that is not offered any more: its input does not show it either.
fn drop_withheld(
    key: FieldKey,
    standing: Memo<(Standing, bool, Option<u32>)>,
    answers: RwSignal<RawAnswers>,
) {
    Effect::new(move |_| {
        let kept = standing.with(|(now, ..)| {
            answers.with_untracked(|raw| model::without_withheld(raw, &key, &now.withheld))
        });
        if let Some(kept) = kept {
            answers.update(|raw| raw.set(&key, kept));
        }
    });
}

#[component]
fn Marked(mark: NewsMark) -> impl IntoView {
    view! { <p class="field-group__mark"><Tag text=mark.label() tone=Tone::Info icon=icondata::LuSparkles/></p> }
}

/// Said also of an answer that was changed since: it is where it came from.
#[component]
fn FilledFrom(source: Source) -> impl IntoView {
    let Source { name, href } = source;
    view! {
        <p class="muted small" data-part="filled-from">
            "Filled in at first from your deal "<a href=href>{name}</a>
        </p>
    }
}

/// The answer to a field of another page, so that a plain post carries it too.
#[component]
fn Unseen(field: Field, answers: RwSignal<RawAnswers>) -> impl IntoView {
    let locale = use_locale();
    let pairs = answers.with_untracked(|raw| raw.pairs_of(&field));
    pairs
        .into_iter()
        .map(|(name, plain)| {
            let value = spoken_in(&field, &name, &plain, locale);
            (name, value)
        })
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view()
}

/// Says politely which fields came and went, and what else `said` is given.
#[component]
fn Announcer(
    form: Arc<FormDefinition>,
    standings: Memo<Standings>,
    on_page: Option<Signal<BTreeSet<FieldKey>>>,
    said: RwSignal<String>,
) -> impl IntoView {
    let here = move |key: &FieldKey| {
        on_page.is_none_or(|page| page.with_untracked(|page| page.contains(key)))
    };
    Effect::new(move |before: Option<BTreeMap<FieldKey, Standing>>| {
        let now = standings.with(Standings::by_key);
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
